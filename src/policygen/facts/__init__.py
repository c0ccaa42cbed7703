"""Values of the profile and of the layers: their paths, their names, and what they are called."""
