"""What is due -> a Document, CSV, JSON and a calendar."""
