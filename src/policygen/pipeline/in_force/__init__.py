"""What the page of `serve` shows of the year after a release, and what is asked for on it."""
