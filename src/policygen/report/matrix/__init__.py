"""Many policies side by side -> Document, page, CSV and JSON."""
