"""A telling's source written anew in one place: its printed lines, and Markdown for one of them."""
