"""A profile with another version, and not a byte of it changed besides: comments and layout are people's own."""

from __future__ import annotations

import re
from pathlib import Path

from policygen.load.files import display_path, normalise_text
from policygen.load.yaml import parse_yaml, read_yaml
from policygen.problems import PolicygenError, Problem

AT = ("policy", "version")


def with_version(file: Path, version: str) -> str:
    """What the profile's file would hold with that version, in the quotes that stand there, if any.

    Raises PolicygenError where the version is not simply a value in its place.
    """
    marked = read_yaml(file)
    policy = marked.data.get("policy")
    old = str(policy.get("version") or "") if isinstance(policy, dict) else ""
    text = (
        file.read_bytes().decode()
    )  # not by `read_text`: it keeps its ends of lines and its byte order mark
    place = marked.place(AT)
    start = _offset(text, place.line, place.column)
    found = re.compile(rf"(['\"]?){re.escape(old)}\1").match(text, start) if old else None
    if found:
        changed = f"{text[:start]}{found[1]}{version}{found[1]}{text[found.end() :]}"
        wanted = {**marked.data, "policy": {**policy, "version": version}}
        if parse_yaml(normalise_text(changed), display_path(file)).data == wanted:
            return changed
    what, mend = (
        "The version cannot be changed here by itself.",
        f'Write `version: "{version}"` here.',
    )
    raise PolicygenError(
        [Problem(what, f"{mend} Then release it without --minor or --major.", place)]
    )


def _offset(text: str, line: int, column: int) -> int:
    """Where a line and column, from 1, lie in a text whose lines may end in either way."""
    ends = [0, *(end.end() for end in re.finditer("\r\n|\r|\n", text))]
    mark = line == 1 and text.startswith("\ufeff")
    return ends[line - 1] + column - 1 + mark
