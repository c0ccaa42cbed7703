"""A release: its record, and what the change history tells of it."""
