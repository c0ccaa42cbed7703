"""A file of Office, Word's among them: its zip, read within bounds, and what it is."""
