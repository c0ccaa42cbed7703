"""Document -> DOCX: `visitor.py` makes the body of blocks, `package/` is the file around it."""
