"""A copy that came back from Word: its parts, what was changed in each, and the comments."""
