"""Documents as plain text, to be read aloud, in braille or in a form."""
