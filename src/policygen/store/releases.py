"""Releases as they lie on disk: read one, list them, and see that none was changed.

    profiles/<organisation>/releases/<version>/      such as 1.0, and 1.0-h2 for its handbook
        release.json        the record: what, who, where, when, and a checksum of every file
        policy.json         the canonical policy; policy.<language>.json for further languages
        overview.pdf ...    the files as published
        profile/            the profile, the organisation's own words and its logo, as they stood

The guard is the checksums: whoever reads a release compares every file with the record first.
A release is named by its version, or by a day on which it was in force: `fenwick@2027-03-01`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

from policygen.load.files import display_path, read_regular, reason
from policygen.load.policy import read_policy
from policygen.load.profile.path import is_on_disk
from policygen.load.records import (
    PUT_BACK,
    RECORD_FILE,
    RELEASES_FOLDER,
    read_every_record,
    read_records,
    release_names,
)
from policygen.model.language import format_day
from policygen.model.policy import Policy
from policygen.model.release.history import HistoryEntry
from policygen.model.release.record import (
    FileChecksum,
    ReleaseRecord,
    entry_in_force,
    is_superseded,
)
from policygen.problems import Location, Message, PolicygenError, Problem

POLICY = "policy.json"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE = "en-GB"  # of Problems
_FILES = 10_000  # a real release has about twenty
_DEPTH = 20  # folders within folders
_FILE_LIMIT = 200_000_000  # bytes of one file
# What a computer leaves in a folder that somebody looked into, and what keeps version control from
# changing it.
IGNORED_FILES = {".DS_Store", "Thumbs.db", "desktop.ini", ".gitattributes"}


@dataclass(frozen=True, slots=True)
class Release:
    """One release as read: its policies as they were frozen, the first language's first."""

    folder: Path
    record: ReleaseRecord
    policies: tuple[Policy, ...]
    superseded: bool
    replaced: bool = False  # whether a later issue of its handbook stands beside it

    @property
    def name(self) -> str:
        """Return what the command line calls it: fenwick@1.0."""
        return f"{self.folder.resolve().parents[1].name}@{self.record.name}"

    def marked(self) -> tuple[Policy, ...]:
        """Return its policies to print today.

        A superseded one says so on every page, and one whose handbook has a later issue on those of
        the handbook.
        """
        policies = self.policies
        if self.superseded:
            return tuple(map(_superseded, policies))
        if self.replaced:
            return tuple(replace(policy, handbook_state="replaced") for policy in policies)
        return policies


def _superseded(policy: Policy) -> Policy:
    control = policy.profile.policy.model_copy(update={"status": "superseded"})
    return replace(policy, profile=policy.profile.model_copy(update={"policy": control}))


def split_release_name(name: str) -> tuple[str, str]:
    """Split `fenwick@1.0` into profile and version: "" without one, or for a path on disk."""
    profile, at, version = name.rpartition("@")
    is_release = at and profile and not is_on_disk(name)
    return (profile, version) if is_release else (name, "")


def list_releases(profile_folder: Path) -> tuple[tuple[ReleaseRecord, bool], ...]:
    """Return the record of every version, oldest first, and whether it is superseded.

    Raises PolicygenError.
    """
    records = read_records(profile_folder)
    entries = tuple(record.entry for record in records)
    return tuple(
        (record, is_superseded(record.entry, entries[number + 1 :]))
        for number, record in enumerate(records)
    )


def list_every_release(profile_folder: Path) -> tuple[tuple[ReleaseRecord, bool], ...]:
    """Return every record, those of handbooks too, and whether another took its place.

    Of an issue of the handbook a later one does, or whatever does of its version. Raises
    PolicygenError.
    """
    superseded = {record.name: gone for record, gone in list_releases(profile_folder)}
    records = read_every_record(profile_folder)
    newest = {record.entry.version: record.name for record in records}  # of each version the last
    return tuple(
        (
            record,
            superseded.get(record.entry.version, False)
            or (record.handbook is not None and newest[record.entry.version] != record.name),
        )
        for record in records
    )


def read_release(profile_folder: Path, name: str) -> Release:
    """Read one release, such as 1.0 or 1.0-h2, once every file of it is as the record has it.

    In place of a name, a day means the version, or issue of its handbook, that was in force then.
    Raises PolicygenError: for a version that is not there, with those that are; for a day on which
    none was in force; for every file that was changed, added or taken away; for a policy.json that
    this program cannot read.
    """
    if _DAY.fullmatch(name):
        name = name_on(profile_folder, _day(name))
    if name not in release_names(profile_folder):
        raise PolicygenError([_no_release(profile_folder, name)])
    records = {record.name: record for record in read_every_record(profile_folder)}
    record = records[name]
    version = record.entry.version
    gone = next(gone for one, gone in list_releases(profile_folder) if one.name == version)
    newest = [one.name for one in records.values() if one.entry.version == version][-1]
    folder = profile_folder / RELEASES_FOLDER / name
    problems = tuple(_tampered(folder, record))
    if problems:
        raise PolicygenError(problems)
    if POLICY not in record.files:
        raise PolicygenError([_changed(f"This release holds no {POLICY}.", folder)])
    translations = sorted(name for name in record.files if fnmatch(name, "policy.*.json"))
    policies = tuple(read_policy(folder / name) for name in (POLICY, *translations))
    return Release(folder, record, policies, gone, replaced=name != newest)


def version_on(profile_folder: Path, day: date) -> str:
    """Return the version that was in force on a day. Raises PolicygenError where none was."""
    entries = tuple(record.entry for record in read_records(profile_folder))
    found = entry_in_force(entries, day)
    if found is None:
        raise PolicygenError([_none_in_force(profile_folder, entries, day)])
    return found.version


def name_on(profile_folder: Path, day: date) -> str:
    """Return the name of the release whose words were in force on a day, such as 1.0-h2.

    It is the version's own, or the last issue of its handbook until then: its rules are the same.
    Raises PolicygenError where none was.
    """
    version = version_on(profile_folder, day)
    names = [
        record.name
        for record in read_every_record(profile_folder)
        if record.entry.version == version
        and (not record.handbook or record.handbook.issued <= day)
    ]
    return names[-1]


def _day(text: str) -> date:
    """Return the day of a name such as 2027-03-01. Raises PolicygenError for none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        what = f"The calendar has no day {text}."
        mend = "Write a day as year, month and day: 2027-03-01."
        raise PolicygenError([Problem(what, mend, code="PG591")]) from None


def _none_in_force(profile_folder: Path, entries: tuple[HistoryEntry, ...], day: date) -> Problem:
    """Say which release was the first to be in force, and what there was on the day instead."""
    name = profile_folder.resolve().name
    what = f"No version of {name} was in force on {_told(day)}"
    out = [one for one in entries if one.status == "consultation" and one.issued <= day]
    if out:
        what += f": version {out[-1].version} was a draft that was out for comment"
    approved = [one for one in entries if one.status == "approved"]
    if not entries:
        mend = Message(
            f'Nothing is released yet: `policygen release {name} --summary "..."` does that.',
            on_page="Nothing is released yet: the page Release does that.",
        )
        return Problem(f"{what}.", mend, code="PG590")
    if not approved:
        mend = Message(
            f"None has been approved yet; `policygen list releases {name}` shows what there is.",
            on_page="None has been approved yet; the page Release shows what there is.",
        )
        return Problem(f"{what}.", mend, code="PG590")
    first = min(approved, key=lambda one: one.issued)
    begins = f"The first in force was {first.version}, issued on {_told(first.issued)}"
    mend = Message(
        f"{begins}; `policygen list releases {name}` shows every one.",
        on_page=f"{begins}; the page Release shows every one.",
    )
    return Problem(f"{what}.", mend, code="PG590")


def _told(day: date) -> str:
    return format_day(day, _LANGUAGE).replace("\u00a0", " ")


def _no_release(profile_folder: Path, wanted: str) -> Problem:
    """Say which releases there are."""
    known = release_names(profile_folder)
    name = profile_folder.resolve().name
    mend = Message(
        f'It has none yet: `policygen release {name} --summary "..."` makes one.',
        on_page="It has none yet: the page Release makes one.",
    )
    if known:
        newest = known[-1]
        mend = Message(
            f"The newest is {newest}; `policygen list releases {name}` shows every one.",
            on_page=f"The newest is {newest}; the page Release shows every one.",
        )
    what = f'There is no release "{wanted}" of {name}.'
    if _DAY.fullmatch(wanted):  # which is today, where nobody typed one
        what = f"No version of {name} was in force on {_told(_day(wanted))}."
    return Problem(what, mend, code="PG531")


def verify_releases(profile_folder: Path) -> tuple[Problem, ...]:
    """Return a Problem for each record or file of the releases that is not as it was."""
    try:
        records = read_every_record(profile_folder)
    except PolicygenError as error:
        return error.problems
    root = profile_folder / RELEASES_FOLDER
    return tuple(problem for record in records for problem in _tampered(root / record.name, record))


def _tampered(folder: Path, record: ReleaseRecord) -> Iterator[Problem]:
    """Yield a Problem for each file of a release that was changed, removed or added."""
    found: set[str] = set()
    try:
        for path in _contents(folder):
            name = path.relative_to(folder).as_posix()
            if path.name in IGNORED_FILES and name not in record.files:
                continue
            found.add(name)
            yield from _file_faults(path, name, record)
            if len(found) > _FILES:
                yield _changed(f"This release holds more than {_FILES:,} files.", folder)
                return
    except OSError as error:
        what = f"This cannot be read: {reason(error)}."
        mend = "Check that the release and all in it are yours to read."
        location = Location(display_path(Path(error.filename or folder)))
        yield Problem(what, mend, location, code="PG532")
        return  # what else is missing, nobody can tell
    for name in record.files:
        if name not in found:
            yield _changed("This file of a release is missing.", folder / name)


def _file_faults(path: Path, name: str, record: ReleaseRecord) -> Iterator[Problem]:
    """Yield what is wrong with one file that lies in a release."""
    if path.is_symlink() or not path.is_file():
        yield _changed("This is not a plain file.", path)
    elif name in record.files:
        if not _is_as_recorded(path, record.files[name]):
            yield _changed("This file of a release was changed.", path)
    elif name != RECORD_FILE:
        yield _changed("This file does not belong to the release.", path, "Take it out.")


def _contents(folder: Path, depth: int = 0) -> Iterator[Path]:
    """Yield what lies in a folder, in order; links and far too deep folders are not entered."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink() and depth < _DEPTH:
            yield from _contents(path, depth + 1)
        else:
            yield path


def _is_as_recorded(path: Path, checksum: FileChecksum) -> bool:
    try:
        data = read_regular(path, min(checksum.bytes, _FILE_LIMIT))
    except OSError:
        return False
    return len(data) == checksum.bytes and hashlib.sha256(data).hexdigest() == checksum.sha256


def _changed(what: str, path: Path, mend_first: str = "") -> Problem:
    mend = f"{mend_first} {PUT_BACK}" if mend_first else PUT_BACK
    return Problem(what, mend, Location(display_path(path)), code="PG530")
