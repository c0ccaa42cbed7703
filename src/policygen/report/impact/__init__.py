"""What a change of the library reaches -> Document and JSON."""
