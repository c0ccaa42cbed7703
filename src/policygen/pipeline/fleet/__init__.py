"""Many bodies in one run, built by several processes, told in the order they were asked for."""
