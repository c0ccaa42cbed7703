"""A profile with another version and no other byte changed: comments are people's own."""

from __future__ import annotations

import re
from pathlib import Path

from policygen.load.files import display_path, normalise_text, read_bytes
from policygen.load.yaml.reader import Marked, parse_yaml, read_yaml
from policygen.problems import PolicygenError, Problem

_VERSION = ("policy", "version")


def with_version(file: Path, version: str) -> str:
    """Return what the profile's file would hold with that version, quoted as before.

    Raises PolicygenError where the version is not simply a value in its place.
    """
    marked = read_yaml(file)
    location = marked.location(_VERSION)
    # Not by `read_text`: the file keeps its line endings and its byte order mark.
    text = read_bytes(file).decode()
    changed = _replaced(
        text, _offset(text, location.line, location.column), _old_version(marked), version
    )
    if changed and _says(changed, marked, version, file):
        return changed
    what = "The version cannot be changed here by itself."
    mend = f'Write `version: "{version}"` here. Then release it without --minor or --major.'
    raise PolicygenError([Problem(what, mend, location, code="PG522", field=_VERSION)])


def _old_version(marked: Marked) -> str:
    policy = marked.data.get("policy")
    return str(policy.get("version") or "") if isinstance(policy, dict) else ""


def _replaced(text: str, start: int, old: str, new: str) -> str:
    """Replace the value at an offset, quoted or not; "" where another text stands there."""
    found = re.compile(rf"(['\"]?){re.escape(old)}\1").match(text, start)
    if not old or found is None:
        return ""
    quote = found[1]
    return f"{text[:start]}{quote}{new}{quote}{text[found.end() :]}"


def _says(text: str, before: Marked, version: str, file: Path) -> bool:
    """Tell whether a text holds the same data as before with another version."""
    wanted = {**before.data, "policy": {**before.data["policy"], "version": version}}
    return bool(parse_yaml(normalise_text(text), display_path(file)).data == wanted)


def _offset(text: str, line: int, column: int) -> int:
    """Return where a line and column, from 1, lie in a text whose lines may end in any way."""
    starts = [0, *(end.end() for end in re.finditer("\r\n|\r|\n", text))]
    mark = line == 1 and text.startswith("\ufeff")
    return starts[line - 1] + column - 1 + mark
