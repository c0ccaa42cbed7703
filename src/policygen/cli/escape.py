"""Texts for a terminal: what is unprintable, or turns text round, is shown as its escape."""

from __future__ import annotations

import re

from policygen.characters import bad_characters

_MARKS = "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"  # of direction; a document may hold them
_STYLE = re.compile("\x1b\\[[0-9;]*m")  # a colour or a weight, as click and rich write it


def printable(text: str, keep: str = "") -> str:
    r"""Return a text for one line of a terminal: what is unprintable becomes \n, \x1b, \u202e.

    Characters in `keep` stay.
    """
    if text.isprintable():  # which is false for every space but U+0020
        return text
    bad = {found.character for found in bad_characters(text)} | set("\t\n\r\u2028\u2029" + _MARKS)
    bad -= set(keep)
    return "".join(_escape(character) if character in bad else character for character in text)


def printable_styled(text: str) -> str:
    """Return a text for a terminal with its line ends, and the colours that the program set."""
    pieces = []
    start = 0
    for style in _STYLE.finditer(text):
        pieces += [printable(text[start : style.start()], keep="\n\t"), style[0]]
        start = style.end()
    return "".join([*pieces, printable(text[start:], keep="\n\t")])


def _escape(character: str) -> str:
    """Return the escape that Python writes for a character."""
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
