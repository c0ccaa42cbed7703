"""A policy that a body already has, as read from its file."""
