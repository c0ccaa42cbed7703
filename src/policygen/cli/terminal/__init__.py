"""A Document on a terminal: as wide as that is, in colour where it may be, plain without loss."""
