"""Sent, returned copy, today -> Review: what a copy that comes back says, clause by clause."""
