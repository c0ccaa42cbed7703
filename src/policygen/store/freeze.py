"""Freeze a release: its files, its record and a new version in the profile, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path

from policygen.load.files import display_path, read_bytes, real_path
from policygen.load.library.on_disk import read_files
from policygen.load.own_folders import THEME_FOLDER, translation_files
from policygen.load.profile.path import PROFILE_FILE
from policygen.load.records import RECORD_FILE, RELEASES_FOLDER, read_seal, release_names
from policygen.model.policy import Policy
from policygen.model.profile import Profile
from policygen.model.release.history import HandbookIssue, HistoryEntry
from policygen.model.release.record import FileChecksum, Predecessor, ReleaseRecord, release_to_json
from policygen.problems import Location, PolicygenError, Problem
from policygen.store.folder import write_folder
from policygen.store.lock import folder_locks
from policygen.store.releases import IGNORED_FILES, verify_releases

SOURCES = "profile"  # the folder in which a release keeps what the policy was made from
_SOURCE_LIMIT = 20_000_000  # bytes; no file of a profile is as large
# No file of the release: with it version control leaves them as they are; other line endings would
# be a change.
_ATTRIBUTES = {".gitattributes": b"* -text\n"}


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """The `source_files` of a policy, as they were read on disk, and as its release keeps them.

    They differ where the profile on disk is a draft of the next version.
    """

    on_disk: Mapping[str, bytes]
    kept: Mapping[str, bytes]


def freeze(
    profile: Path,
    entry: HistoryEntry,
    policy: Policy,
    published: Mapping[str, bytes],
    made_from: MadeFrom,
    text: str | None = None,
    issue: HandbookIssue | None = None,
) -> Path:
    """Write a release into its own folder, and return that.

    `profile` is the profile's file, `published` the files by name, each policy.json among them, and
    `text` is what the profile holds from now on, where its version has moved. With an `issue` it is
    one of the handbook, and `entry` that of its policy. Raises PolicygenError; then nothing is
    changed.
    """
    folder = profile.parent
    with folder_locks([folder]):  # no other release comes between the check and the record
        # What follows a changed release would vouch for it, so they are verified first.
        problems = [
            *verify_releases(folder),
            *_changes_meanwhile(
                profile, policy, made_from.on_disk, issue.name if issue else entry.version
            ),
        ]
        if problems:
            raise PolicygenError(problems)
        sources = {**made_from.kept, **({} if text is None else {PROFILE_FILE: text.encode()})}
        files = {**published, **{f"{SOURCES}/{name}": data for name, data in sources.items()}}
        record = _record(entry, policy, files, _predecessor(folder), issue)
        location = folder / RELEASES_FOLDER / record.name
        moved = {} if text is None else {profile.resolve(): text.encode()}
        write_folder(
            {RECORD_FILE: release_to_json(record), **files, **_ATTRIBUTES}, location, moved
        )
    return location


def source_files(file: Path, profile: Profile) -> dict[str, bytes]:
    """Return what a policy is made from, by path in its folder: profile, words, logo, theme.

    `file` holds the profile. A release calls it profile.yaml, whatever its own name is.
    Raises PolicygenError for what leads out of the folder, or cannot be read.
    """
    folder = real_path(file.parent)
    own_file = folder / file.name
    words = (*read_files(folder), *translation_files(folder))
    others = [*words, *_logo(folder, profile), *_theme_files(folder)]
    every = [own_file, *others]
    outside = [path for path in every if not real_path(path).is_relative_to(folder)]
    if outside:
        raise PolicygenError(map(_outside, outside))
    paths = {PROFILE_FILE: own_file}
    paths |= {path.relative_to(folder).as_posix(): path for path in others}
    return {name: read_bytes(path, _SOURCE_LIMIT) for name, path in paths.items()}


def _logo(folder: Path, profile: Profile) -> list[Path]:
    if not profile.brand.logo:
        return []
    path = folder / profile.brand.logo
    return [real_path(path) if ".." in path.parts else path]


def _theme_files(folder: Path) -> list[Path]:
    theme = folder / THEME_FOLDER
    files = (path for path in theme.rglob("*") if path.is_file() or path.is_symlink())
    return sorted(path for path in files if path.name not in IGNORED_FILES)


def _outside(path: Path) -> Problem:
    what = "This file lies outside the profile's folder, so no release can hold it."
    mend = "Copy the file itself into the folder, in place of the link to it."
    return Problem(what, mend, Location(display_path(path)), code="PG520")


def _changes_meanwhile(
    profile: Path, policy: Policy, made_from: Mapping[str, bytes], new: str
) -> Iterator[Problem]:
    """Report what somebody did to the profile or its releases while this one was being made."""
    location = Location(display_path(profile))
    try:
        is_same = source_files(profile, policy.profile) == made_from
    except PolicygenError:
        is_same = False
    if not is_same:
        what = "The profile was changed while the release was being made."
        yield Problem(what, "Save your files, and release it again.", location, code="PG521")
    known = {one.version for one in policy.history} | {one.name for one in policy.handbook_issues}
    if known - {new} != set(release_names(profile.parent)):
        what = "Another version was released while this one was being made."
        yield Problem(what, "Look at it, and release this one again.", location, code="PG521")


def _predecessor(folder: Path) -> Predecessor | None:
    """Return the newest release and its seal."""
    known = release_names(folder)
    return Predecessor(known[-1], read_seal(folder, known[-1])) if known else None


def _record(
    entry: HistoryEntry,
    policy: Policy,
    files: Mapping[str, bytes],
    before: Predecessor | None,
    issue: HandbookIssue | None,
) -> ReleaseRecord:
    checksums = {
        name: FileChecksum(len(data), hashlib.sha256(data).hexdigest())
        for name, data in files.items()
    }
    return ReleaseRecord(
        organisation=policy.profile.name,
        entry=entry,
        files=checksums,
        profile_digest=policy.profile_digest,
        library_digest=policy.library_digest,
        policygen=installed("policygen"),
        before=before,
        handbook=issue,
    )
