"""A profile with one value changed and no other byte: comments are people's own."""

from __future__ import annotations

import copy
import re
from typing import Any

from policygen.load.files import normalise_text
from policygen.load.yaml.reader import Marked, parse_yaml
from policygen.problems import DataPath

_NEEDS_QUOTES = re.compile(r"""^[\s'"\[\]{}#&*!|>%@`,?:-]|[:#,\[\]{}'"\\\n]|\s$""")


def with_value(text: str, shown: str, path: DataPath, new: str) -> str | None:
    """Return what a profile's text says with another value at a path, quoted as before.

    `shown` is what Problems call its file. None where no plain text on one line stands there, or
    where the new one cannot simply take its place.
    """
    marked = parse_yaml(normalise_text(text), shown)
    old = value_of(marked.data, path)
    if not isinstance(old, str) or not old or "\n" in new or path not in marked.marks:
        return None
    location = marked.marks[path]
    start = _offset(text, location.line, location.column)
    found = re.compile(rf"(['\"]?){re.escape(old)}\1").match(text, start)
    if found is None:
        return None
    quote = found[1] or ('"' if _NEEDS_QUOTES.search(new) else "")
    if quote and (quote in new or "\\" in new):
        return None
    changed = f"{text[:start]}{quote}{new}{quote}{text[found.end() :]}"
    return changed if _says(changed, shown, marked, path, new) else None


def value_of(data: Any, path: DataPath) -> Any:
    """Return what stands at a path of a profile's data, or None."""
    for key in path:
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, list) and isinstance(key, int) and key < len(data):
            data = data[key]
        else:
            return None
    return data


def _says(text: str, shown: str, before: Marked, path: DataPath, new: str) -> bool:
    """Tell whether a text holds the same data as before with that one value."""
    wanted = copy.deepcopy(before.data)
    value_of(wanted, path[:-1])[path[-1]] = new
    return bool(parse_yaml(normalise_text(text), shown).data == wanted)


def _offset(text: str, line: int, column: int) -> int:
    """Return where a line and column, from 1, lie in a text whose lines may end in any way."""
    starts = [0, *(end.end() for end in re.finditer("\r\n|\r|\n", text))]
    mark = line == 1 and text.startswith("\ufeff")
    return starts[line - 1] + column - 1 + mark
