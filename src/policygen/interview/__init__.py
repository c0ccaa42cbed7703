"""A new profile: what is asked, how each answer is checked, and the file that is made of them."""
