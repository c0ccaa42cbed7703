"""Words for a translator: cut so that nothing in them can break, and put together again."""
