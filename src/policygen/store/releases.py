"""Releases as they lie on disk: read one, list them, and see that none was changed.

    profiles/<organisation>/releases/<version>/
        release.json        the record: what, who, where, when, and a checksum of every file
        policy.json         the canonical policy; policy.<language>.json for further languages
        overview.pdf ...    the files as published
        profile/            the profile, the organisation's own words and its logo, as they stood

The guard is the checksums: whoever reads a release compares every file with the record first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from policygen.load.files import display_path
from policygen.load.policy import read_policy
from policygen.load.profile_path import is_on_disk
from policygen.load.records import (
    PUT_BACK,
    RECORD_FILE,
    RELEASES_FOLDER,
    read_records,
    release_versions,
)
from policygen.model.policy import Policy
from policygen.model.release import FileChecksum, ReleaseRecord, is_superseded
from policygen.problems import Place, PolicygenError, Problem, nearest

POLICY = "policy.json"
_FILES = 10_000  # a real release has about twenty
_DEPTH = 20  # folders within folders
# What a computer leaves in a folder that somebody looked into, and what keeps version control from changing it.
IGNORED_FILES = {".DS_Store", "Thumbs.db", "desktop.ini", ".gitattributes"}


@dataclass(frozen=True, slots=True)
class Release:
    """One release as read: its policies as they were frozen, the first language's first."""

    folder: Path
    record: ReleaseRecord
    policies: tuple[Policy, ...]
    superseded: bool

    @property
    def name(self) -> str:
        """What the command line calls it: fenwick@1.0."""
        return f"{self.folder.resolve().parents[1].name}@{self.record.entry.version}"

    def marked(self) -> tuple[Policy, ...]:
        """Its policies to print today: one whose place a later release took says so on every page."""
        return tuple(map(_superseded, self.policies)) if self.superseded else self.policies


def _superseded(policy: Policy) -> Policy:
    control = policy.profile.policy.model_copy(update={"status": "superseded"})
    return replace(policy, profile=policy.profile.model_copy(update={"policy": control}))


def split_release_name(name: str) -> tuple[str, str]:
    """`fenwick@1.0` as profile and version. A name without one, or of something on disk, has an empty version."""
    profile, at, version = name.rpartition("@")
    return (profile, version) if at and profile and not is_on_disk(name) else (name, "")


def list_releases(profile_folder: Path) -> tuple[tuple[ReleaseRecord, bool], ...]:
    """Every record, oldest first, and whether it is superseded. Raises PolicygenError."""
    records = read_records(profile_folder)
    later = [tuple(r.entry for r in records[place + 1 :]) for place in range(len(records))]
    return tuple(
        (record, is_superseded(record.entry, after))
        for record, after in zip(records, later, strict=True)
    )


def read_release(profile_folder: Path, version: str) -> Release:
    """Read one release, once every file of it is found as the record has it.

    Raises PolicygenError: for a version that is not there, with those that are; for every file that was
    changed, added or taken away; for a policy.json that this program cannot read.
    """
    known = release_versions(profile_folder)
    if version not in known:
        name = profile_folder.resolve().name
        made = f'It has none yet: `policygen release {name} --summary "..."` makes one.'
        mend = nearest(version, known) if known else made
        raise PolicygenError([Problem(f'There is no release "{version}" of {name}.', mend)])
    record, gone = next(
        pair for pair in list_releases(profile_folder) if pair[0].entry.version == version
    )
    folder = profile_folder / RELEASES_FOLDER / version
    if problems := tuple(_tampered(folder, record)):
        raise PolicygenError(problems)
    if POLICY not in record.files:
        raise PolicygenError([_problem(f"This release holds no {POLICY}.", folder)])
    further = sorted(name for name in record.files if fnmatch(name, "policy.*.json"))
    return Release(
        folder, record, tuple(read_policy(folder / name) for name in (POLICY, *further)), gone
    )


def verify_releases(profile_folder: Path) -> tuple[Problem, ...]:
    """Every Problem with an organisation's releases: a record, or any file, that is not as it was."""
    try:
        records = read_records(profile_folder)
    except PolicygenError as error:
        return error.problems
    return tuple(
        p for r in records for p in _tampered(profile_folder / RELEASES_FOLDER / r.entry.version, r)
    )


def _tampered(folder: Path, record: ReleaseRecord) -> Iterator[Problem]:
    """A Problem for each file of a release that was changed, taken away, or put there since."""
    found: set[str] = set()
    try:
        for path in _inside(folder):
            name = path.relative_to(folder).as_posix()
            if path.name in IGNORED_FILES and name not in record.files:
                continue
            found.add(name)
            yield from _wrong(path, name, record)
            if len(found) > _FILES:
                yield _problem(f"This release holds more than {_FILES:,} files.", folder)
                return
    except OSError as error:
        what = f"This cannot be read: {(error.strerror or 'unknown reason').lower()}."
        place = Place(display_path(Path(error.filename or folder)))
        yield Problem(what, "Check that the release and all in it are yours to read.", place)
        return  # what else is missing, nobody can tell
    for name in record.files:
        if name not in found:
            yield _problem("This file of a release is missing.", folder / name)


def _wrong(path: Path, name: str, record: ReleaseRecord) -> Iterator[Problem]:
    """What is wrong with one file that lies in a release."""
    if path.is_symlink() or not path.is_file():
        yield _problem("This is not a plain file.", path)
    elif name in record.files:
        if not _as_kept(path, record.files[name]):
            yield _problem("This file of a release was changed.", path)
    elif name != RECORD_FILE:
        yield _problem("This file does not belong to the release.", path, "Take it out. ")


def _inside(folder: Path, depth: int = 0) -> Iterator[Path]:
    """What lies in a folder, in order; a link is named and never followed, nor is a folder far too deep."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink() and depth < _DEPTH:
            yield from _inside(path, depth + 1)
        else:
            yield path


def _as_kept(path: Path, kept: FileChecksum) -> bool:
    try:
        if path.stat().st_size != kept.bytes:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == kept.sha256
    except OSError:
        return False


def _problem(what: str, path: Path, mend: str = "") -> Problem:
    return Problem(what, mend + PUT_BACK, Place(display_path(path)))
