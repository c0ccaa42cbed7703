"""A consultation on disk: its record, its log, the names beside it, and forms that came back."""
