"""Bodies built on other machines, by the workers of a Dask scheduler (extra `fleet`)."""
