"""A body's own Word template, in place of `base.docx`: its styles, head, foot and fields."""
