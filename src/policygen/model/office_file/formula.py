"""What a spreadsheet would run: a cell of a CSV that begins as a formula does. Pure.

A program opens a CSV with the separator of its country: where that is a semicolon, one within a
text begins a cell, and so does the end of a line, since no quotation mark stands before it.
"""

from __future__ import annotations

import re

_FIRST = r"^(?=[=+\-@\t\r])"
_FIRST_GUARDED = r"^'(?=[=+\-@\t\r])"
_BEGINS = r'[;\t\r\n]["\t ]*'  # a cell, in such a program
_RUNS = r"(?=[=+@]|-(?! ))"  # a dash and a space begin a line of a list
_BARE = re.compile(rf"({_FIRST}|{_BEGINS}{_RUNS})")
_GUARDED = re.compile(rf"(?:{_FIRST_GUARDED}|({_BEGINS})'{_RUNS})")


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe stands before what it would run."""
    return _BARE.sub(r"\1'", cell)


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophes that guard it."""
    return _GUARDED.sub(lambda found: found[1] or "", cell)
