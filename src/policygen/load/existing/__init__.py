"""A policy that a body already has -> its passages: one reader for each form of file."""
