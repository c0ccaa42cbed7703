"""The heading and the slip of a clause or a section, as the organisation's fragment has them."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^(#{1,2}[ \t]+)(.*?)([ \t]*\{#[^}]*\}[ \t]*)?(\r?)$")
_KEY = re.compile(r"^- ([a-z-]+):")


def with_title(text: str, line: int, title: str) -> str | None:
    """Return a file's text with another title in a heading's line (from 1).

    None where no heading stands there.
    """
    lines = text.split("\n")
    found = _HEADING.match(lines[line - 1]) if 0 < line <= len(lines) else None
    if found is None:
        return None
    lines[line - 1] = f"{found[1]}{title}{found[3] or ''}{found[4]}"
    return "\n".join(lines)


def with_key(text: str, line: int, key: str, value: str) -> str:
    """Return a file's text with a key in the slip under the heading at a line (from 1)."""
    lines = text.split("\n")
    ending = "\r" if lines[line - 1].endswith("\r") else ""
    new = f"- {key}: {value}{ending}"
    first = line
    while first < len(lines) and not lines[first].strip():
        first += 1
    at = first
    while at < len(lines) and (found := _KEY.match(lines[at])):
        if found[1] == key:
            lines[at] = new
            return "\n".join(lines)
        at += 1
    if at > first:
        lines[first:first] = [new]
    else:
        lines[line:line] = [ending, new]
    return "\n".join(lines)
