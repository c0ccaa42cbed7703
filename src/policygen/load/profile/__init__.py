"""A profile's folder: where it is, its facts, and the files in it that are not read."""
