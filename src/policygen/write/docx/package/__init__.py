"""The file around the body of a DOCX: template, styles, numbering, pictures, names, zip."""
