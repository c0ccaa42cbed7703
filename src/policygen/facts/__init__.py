"""Values of the profile and of the layers: their paths, and what they are called."""
