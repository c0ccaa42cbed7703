"""The one reader of Markdown."""
