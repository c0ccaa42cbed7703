"""Bidirectional text: which values must be isolated, so that they turn no words round.

Documents run from left to right. By the Unicode Bidirectional Algorithm (UAX #9) a value without a
right-to-left character changes nothing around it there, so only the others need an isolate: `<bdi>`
in HTML, `w:rtl` in DOCX, U+2068 and U+2069 in Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_RIGHT_TO_LEFT = ("R", "AL", "AN")  # classes of UAX #9: Hebrew, Arabic, Arabic digits
_LETTERS = ("L", *_RIGHT_TO_LEFT[:2])
_PERHAPS = re.compile(
    "[\u200f\u0590-\u08ff\ufb1d-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_STRETCH = re.compile("R(?:[RN]*R)?")  # over the codes of `_code`

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def has_right_to_left(text: str) -> bool:
    """Whether `text` holds a character that runs from right to left."""
    if not _PERHAPS.search(text):  # the usual case, at the speed of a search
        return False
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter of `text`, and so all of it, runs to the left (UAX #9, P2)."""
    classes = map(unicodedata.bidirectional, text)
    first = next((one for one in classes if one in _LETTERS), "L")
    return first != "L"


def isolated(text: str) -> str:
    """Return `text` within isolates of Unicode where it needs them."""
    if not has_right_to_left(text):
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def split_by_direction(text: str) -> Iterator[tuple[str, bool]]:
    """Yield stretches of `text`, each with whether it runs from right to left.

    What has no direction, such as a space, belongs to a right-to-left stretch only within it.
    """
    codes = "".join(map(_code, text))
    end = 0
    for stretch in _STRETCH.finditer(codes):
        if stretch.start() > end:
            yield text[end : stretch.start()], False
        end = stretch.end()
        yield text[stretch.start() : end], True
    if end < len(text):
        yield text[end:], False


def _code(character: str) -> str:
    """Return R or L for a character that runs that way, N for any other."""
    direction = unicodedata.bidirectional(character)
    if direction in _RIGHT_TO_LEFT:
        return "R"
    return "L" if direction == "L" else "N"
