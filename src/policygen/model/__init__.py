"""Nouns: immutable values that import only one another."""
