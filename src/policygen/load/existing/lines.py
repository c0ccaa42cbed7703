"""What every reader of an existing policy gives: its lines in reading order, of three kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_LONGEST_HEADING = 14  # words
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}|[A-Z]|[IVX]{1,5}|Appendix \w)[.):]?\s+(?=\S)")
_DEPTH = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}")
_BULLET = re.compile(
    r"(?:[•◦▪■●○‣⁃·*\uf0b7\uf0a7–—-]|o(?=\s{2})|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\))\s+"
)
_ENDINGS = (".", ";", ",", ":", "!", "…")
_CAPITALS = 1  # the level of a heading in capitals without a number
_PLAIN = 2  # the level of any other heading that only its look shows


class LineKind(Enum):
    """What a line is that is no heading."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class ExistingLine:
    """A paragraph, an item or a row, its cells between tabs. `level` is a heading's, from 1.

    `size` is that of the letters of a heading that only its look shows, in any one unit; 0 where
    the file does not say.
    """

    text: str
    level: int = 0
    kind: LineKind = LineKind.PARAGRAPH
    size: float = 0


def text_line(text: str, level: int = 0) -> ExistingLine:
    """Return a line of plain text: an item without its bullet, or a paragraph."""
    bullet = None if level else _BULLET.match(text)
    if bullet is None:
        return ExistingLine(text, level)
    return ExistingLine(text[bullet.end() :], kind=LineKind.ITEM)


def numbered_depth(text: str) -> int:
    """Return how deep the number that begins a heading stands, `3.2` at 2; 0 without a number."""
    number = _NUMBER.match(text)
    depth = _DEPTH.match(text) if number else None
    return depth[0].count(".") + 1 if depth else 0


def is_bullet(text: str) -> bool:
    """Tell whether a text begins with what people type before an item."""
    return _BULLET.match(text) is not None


def heading_level(text: str, *, is_marked: bool) -> int:
    """Return the level of a heading that only its look shows, or 0 for what looks like none.

    One that `is_marked` stands in bold or larger letters, or alone between blank lines.
    """
    words = text.split()
    if not words or len(words) > _LONGEST_HEADING or text.rstrip().endswith(_ENDINGS):
        return 0
    number = _NUMBER.match(text)
    first = text[number.end() :][:1] if number else text[:1]
    if is_bullet(text) or not (first.isupper() or first.isdigit()):
        return 0
    is_capital = text.isupper() and len(text) > 3
    if not (is_marked or is_capital):
        return 0
    return numbered_depth(text) or (_CAPITALS if is_capital else _PLAIN)
