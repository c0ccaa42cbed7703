"""Document -> HTML."""
