"""`python -m policygen` is the program too, where its folder of commands is not on the path."""

from policygen.cli import main

main(prog_name="policygen")
