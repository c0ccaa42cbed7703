"""Values that YAML takes for a comment, because a # stands in front of them without quotes.

A # after one space, or before a letter, is most often part of a text: `colour: #5b2d8e`,
`name: Smith # Sons`. One after two spaces, with a space behind it, is a note and passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from policygen.load.yaml.reader import Marked
from policygen.problems import DataPath, Level, Location, Problem

_COMMENT = re.compile(r"(?P<space>[ \t]+)#(?P<text>.*)")
_EMPTY_VALUE = re.compile(r"[^#]*?(?::|-)(?P<comment>[ \t]+#.*)")
_SHOWN = 40  # characters of a comment that a message quotes


def lost_values(marked: Marked) -> Iterator[Problem]:
    """Yield a warning for each value that is empty, or cut short, because of an unquoted #."""
    lines = marked.text.split("\n")
    for path, value in _texts_and_empty_values(marked.data, ()):
        location = marked.marks.get(path)
        if location is None or not 0 < location.line <= len(lines):
            continue
        line = lines[location.line - 1]
        comment = _after_nothing(line) if value is None else _after_text(line, value, location)
        if comment is not None and not _is_note(comment):
            yield _lost(line, comment, location, path, is_empty=value is None)


def _texts_and_empty_values(data: Any, path: DataPath) -> Iterator[tuple[DataPath, Any]]:
    """Yield every value of which a # may have cut something off, with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _texts_and_empty_values(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts_and_empty_values(value, (*path, number))
    elif data is None or isinstance(data, str):
        yield path, data


def _after_nothing(line: str) -> str | None:
    """Return the comment of a line on which a key or a dash has no value."""
    found = _EMPTY_VALUE.fullmatch(line)
    return found["comment"] if found else None


def _after_text(line: str, value: str, location: Location) -> str | None:
    """Return the comment that follows a text that stands without quotes on one line."""
    rest = line[location.column - 1 :]
    if not rest.startswith(value):
        return None
    found = _COMMENT.fullmatch(rest[len(value) :])
    return found[0] if found else None


def _is_note(comment: str) -> bool:
    found = _COMMENT.fullmatch(comment)
    if found is None:
        return False
    is_apart = len(found["space"]) > 1 or "\t" in found["space"]
    return is_apart and (not found["text"] or found["text"].startswith((" ", "\t", "#")))


def _lost(
    line: str, comment: str, location: Location, path: DataPath, *, is_empty: bool
) -> Problem:
    text = comment.strip()
    quoted = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    column = len(line) - len(comment.lstrip()) + 1
    field = ".".join(str(part) for part in path)
    lost = "is empty" if is_empty else "ends here"
    what = f"{field} {lost}: an unquoted # begins a note, so {quoted} is not read."
    mend = (
        "Put the value in quotes; or, for a note, write two spaces before the # and one after it."
    )
    at = Location(location.path, location.line, column)
    return Problem(what, mend, at, Level.WARNING, code="PG111", field=path)
