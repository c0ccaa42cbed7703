"""A profile with another version and no other byte changed."""

from __future__ import annotations

from pathlib import Path

from policygen.load.files import display_path, read_bytes
from policygen.load.yaml.reader import read_yaml
from policygen.problems import Message, PolicygenError, Problem
from policygen.store.profile_edit.value import with_value

_VERSION = ("policy", "version")


def with_version(file: Path, version: str) -> str:
    """Return what the profile's file would hold with that version, quoted as before.

    Raises PolicygenError where the version is not simply a value in its place.
    """
    # Not by `read_text`: the file keeps its line endings and its byte order mark.
    text = read_bytes(file).decode()
    changed = with_value(text, display_path(file), _VERSION, version)
    if changed is not None:
        return changed
    location = read_yaml(file).location(_VERSION)
    what = "The version cannot be changed here by itself."
    mend = Message(
        f'Write `version: "{version}"` here. Then release it without --minor or --major.',
        on_page=f"Write {version} as the version on the page Facts. "
        "Then choose the first answer to “Which version is it?”.",
    )
    raise PolicygenError([Problem(what, mend, location, code="PG522", field=_VERSION)])
