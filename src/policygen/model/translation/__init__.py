"""A translation: of which words each part was made, by whom, and who has read it."""
