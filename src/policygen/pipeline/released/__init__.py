"""A profile beside its releases: what an approval covers, whether the library has moved."""
