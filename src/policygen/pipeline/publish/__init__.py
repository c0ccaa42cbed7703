"""Policies to files: what is printed, where it is saved, and what a site needs."""
