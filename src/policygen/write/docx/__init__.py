"""Document -> DOCX: `visitor.py` turns blocks into paragraphs and tables, `package/` is the file around them."""
