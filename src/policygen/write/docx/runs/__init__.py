"""What stands in a paragraph of Word: characters, links, fields, bookmarks, tracked changes."""
