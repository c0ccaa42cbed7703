"""A profile with one thing changed and no other byte: comments are people's own."""
