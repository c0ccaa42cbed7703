"""What documents are to look like, and whether they can: colour, font, Word template."""
