"""Lines of at most so many columns, counted as a terminal or a braille display shows them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

WIDTH = 72  # columns
_SPACES = re.compile("[ \t]+")  # a no-break space holds together what stands around it
_WIDE = "WF"  # East Asian widths of two columns
# Chinese and Japanese have no spaces: a line may end after any character, but begins with none of
# these and ends with none of those.
_NEVER_FIRST = "、。，．：；？！）〕］｝〉》」』】・ー々"
_NEVER_LAST = "（〔［｛〈《「『【"


def wrapped(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> str:
    """Return a paragraph in lines, `first` before the first and `rest` before the others.

    Each line of the text begins a new one. A word that is too long, such as an address, stays whole
    on a line of its own.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        lines += _folded(line, width, rest if lines else first, rest)
    return "\n".join(line.rstrip() for line in lines)


def columns(text: str) -> int:
    """Return how many columns a text takes; marks that stand on a letter take none."""
    return sum(map(_columns_of, text))


def _folded(line: str, width: int, first: str, rest: str) -> Iterator[str]:
    made, indent = "", first
    for space, piece in _pieces(line):
        longer = f"{made}{space}{piece}" if made else piece
        if made and columns(indent + longer) > width:
            yield indent + made
            made, indent = piece, rest
        else:
            made = longer
    yield indent + made


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    """Yield what may not be parted, with the space before it."""
    for word in filter(None, _SPACES.split(line)):
        space = " "
        for piece in _stretches(word):
            yield space, piece
            space = ""


def _stretches(word: str) -> Iterator[str]:
    """Yield a word whole, or where it has wide characters, each of these for itself."""
    made = ""
    for character in word:
        if made and _may_part(made[-1], character):
            yield made
            made = ""
        made += character
    yield made


def _may_part(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters that no space parts."""
    if before in _NEVER_LAST or after in _NEVER_FIRST or not _columns_of(after):
        return False
    return 2 in (_columns_of(before), _columns_of(after))


def _columns_of(character: str) -> int:
    if unicodedata.east_asian_width(character) in _WIDE:
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1
