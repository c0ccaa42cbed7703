"""Document -> DOCX."""
