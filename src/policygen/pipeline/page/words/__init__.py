"""The words of one clause on the page: as they print, and put the body's own way."""
