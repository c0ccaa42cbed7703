"""Disk to model."""
