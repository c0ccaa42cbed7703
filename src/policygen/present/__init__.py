"""Values to Document."""
