"""Where each clause came from -> Document."""
