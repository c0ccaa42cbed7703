"""Differences, a Matrix, an Impact, a Provenance -> Document, JSON and CSV."""
