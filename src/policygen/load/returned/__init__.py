"""A DOCX that came back: read within bounds, nothing followed outside it."""
