"""Two policies told apart -> Document and JSON."""
