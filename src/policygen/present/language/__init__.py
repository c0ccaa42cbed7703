"""Words in another language, and translations that nobody has reviewed."""
