"""A body of several places: a stack in each, folded and filled by itself, then joined."""
