"""Document -> Markdown."""
