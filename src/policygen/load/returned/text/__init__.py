"""The text of a returned file: its words in lines, and what stands beside them."""
