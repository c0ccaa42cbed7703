"""What was built: its files, and what they were made from."""
