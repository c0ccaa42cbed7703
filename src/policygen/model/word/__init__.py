"""What the writer of a DOCX and its reader share."""
