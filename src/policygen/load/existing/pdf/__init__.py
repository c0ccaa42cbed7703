"""The text of a PDF: by its tags where it has them, or else by how it is laid out."""
