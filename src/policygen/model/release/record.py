"""Record: what stands in a release's `release.json`, and how versions are ordered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from policygen.model.release.history import HandbookIssue, HistoryEntry
from policygen.model.text import Line

RELEASE_SCHEMA: Literal["policygen/release/1"] = "policygen/release/1"
_NUMBER = "(?:0|[1-9][0-9]{0,5})"
_VERSION = rf"{_NUMBER}(?:\.{_NUMBER}){{1,2}}"
VERSION = re.compile(_VERSION)  # 1.0 or 1.0.2
# A version, or an issue of its handbook: 1.0-h2. The first issue is the version's own release.
RELEASE_NAME = re.compile(rf"(?P<version>{_VERSION})(?:-h(?P<issue>[2-9]|[1-9][0-9]{{1,5}}))?")

Checksum = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class FileChecksum:
    """One file of a release: its size in bytes, and the sha256 of what it holds."""

    bytes: int
    sha256: Checksum


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The release before and its seal, the sha256 of its record: a chain that shows changes."""

    version: str
    sha256: Checksum


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """One release: what it is, who approved it, what made it, and its files."""

    organisation: Line
    entry: HistoryEntry
    files: dict[str, FileChecksum]  # by path in the release's folder
    profile_digest: Checksum
    library_digest: Checksum
    policygen: Line  # the version of the program
    before: Predecessor | None = None
    handbook: HandbookIssue | None = None  # of a release of the handbook; `entry` is its policy's
    schema: Literal["policygen/release/1"] = RELEASE_SCHEMA

    @property
    def name(self) -> str:
        """What its folder is called: 1.0, or 1.0-h2 for an issue of the handbook."""
        return self.handbook.name if self.handbook else self.entry.version


def version_key(version: str) -> tuple[int, ...]:
    """A version as numbers to order it by: 1.10 stands after 1.9, and 1.0 is 1.0.0.

    It must match `VERSION`.
    """
    found = [int(part) for part in version.split(".")]
    return (*found, *([0] * (3 - len(found))))


def release_key(name: str) -> tuple[int, ...]:
    """The name of a release as numbers to order it by: 1.0-h2 stands between 1.0 and 1.1.

    It must match `RELEASE_NAME`.
    """
    version, _, issue = name.partition("-h")
    return (*version_key(version), int(issue or 1))


def next_number(version: str, *, major: bool) -> str:
    """The next version after one: 1.0 -> 1.1, or 2.0; it keeps its number of parts."""
    parts = version.split(".")
    first = [str(int(parts[0]) + 1), "0"] if major else [parts[0], str(int(parts[1]) + 1)]
    return ".".join([*first, *("0" for _ in parts[2:])])


def is_superseded(one: HistoryEntry, later: tuple[HistoryEntry, ...]) -> bool:
    """Whether a later approved release took its place; one out for comment does not."""
    return any(one.status == "consultation" or next_.status == "approved" for next_ in later)


def entry_in_force(entries: tuple[HistoryEntry, ...], day: date) -> HistoryEntry | None:
    """The release that was in force on a day: the last approved one issued until then, if any.

    `entries` are those of one body, oldest first. One out for comment is never in force.
    """
    issued = [one for one in entries if one.status == "approved" and one.issued <= day]
    return max(reversed(issued), key=lambda one: one.issued, default=None)


def release_to_json(record: ReleaseRecord) -> bytes:
    """Write a record: UTF-8, indented, one trailing newline."""
    return _adapter().dump_json(record, indent=2) + b"\n"


def release_from_json(data: bytes) -> ReleaseRecord:
    """Read a record back. Raises pydantic's ValidationError when it is not one."""
    return _adapter().validate_json(data)


@cache
def _adapter() -> TypeAdapter[ReleaseRecord]:
    return TypeAdapter(ReleaseRecord)
