"""The file itself: its zip and its XML, and why it is read no further."""
