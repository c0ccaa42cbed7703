"""Freeze a release: its files, its record and, where the version moves, the profile; all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version as installed
from pathlib import Path

from policygen.load.files import display_path
from policygen.load.library import read_files
from policygen.load.profile import FILE
from policygen.load.records import RECORD_FILE, RELEASES_FOLDER, read_seal, release_versions
from policygen.load.theme import THEME_FOLDER
from policygen.model.policy import HistoryEntry, Policy
from policygen.model.profile import Profile
from policygen.model.release import FileChecksum, Predecessor, ReleaseRecord, release_to_json
from policygen.problems import Place, PolicygenError, Problem
from policygen.store.folder import write_folder
from policygen.store.releases import IGNORED_FILES, verify_releases

SOURCES = "profile"  # where a release keeps what the policy was made from
# No file of the release: with it version control leaves them as they are, and other ends of lines are a change.
_ATTRIBUTES = {".gitattributes": b"* -text\n"}


def freeze(
    profile: Path,
    entry: HistoryEntry,
    policy: Policy,
    published: Mapping[str, bytes],
    made_from: Mapping[str, bytes],
    text: str | None = None,
) -> Path:
    """Write a release into its own folder, and return that.

    `profile` is the profile's file, `published` the files by name, each policy.json among them, and `made_from`
    the `sources` as they were read. `text` is what the profile holds from now on, where its version has moved.
    Raises PolicygenError; then nothing is changed.
    """
    folder = profile.parent
    if problems := verify_releases(folder):  # what follows a changed release would vouch for it
        raise PolicygenError(problems)
    if _moved(profile, policy.profile, made_from):
        what = "The profile was changed while the release was being made."
        raise PolicygenError(
            [Problem(what, "Save your files, and release it again.", Place(display_path(profile)))]
        )
    known = release_versions(folder)
    kept = {**made_from, **({} if text is None else {FILE: text.encode()})}
    files = {**published, **{f"{SOURCES}/{name}": data for name, data in kept.items()}}
    record = ReleaseRecord(
        organisation=policy.profile.name,
        entry=entry,
        files={
            name: FileChecksum(len(data), hashlib.sha256(data).hexdigest())
            for name, data in files.items()
        },
        profile_digest=policy.profile_digest,
        library_digest=policy.library_digest,
        policygen=installed("policygen"),
        before=Predecessor(known[-1], read_seal(folder, known[-1])) if known else None,
    )
    place = folder / RELEASES_FOLDER / entry.version
    moved = {} if text is None else {profile.resolve(): text.encode()}
    write_folder({RECORD_FILE: release_to_json(record), **files, **_ATTRIBUTES}, place, moved)
    return place


def source_files(profile: Path, facts: Profile) -> dict[str, bytes]:
    """What a policy is made from, by path in the profile's folder: profile, own words, logo, theme."""
    folder = profile.parent.resolve()
    logo = [(folder / facts.brand.logo).resolve()] if facts.brand.logo else []
    theme = sorted(
        path
        for path in (folder / THEME_FOLDER).rglob("*")
        if path.is_file() and path.name not in IGNORED_FILES
    )
    paths = [*read_files(folder), *logo, *theme]
    return {
        FILE: profile.read_bytes(),
        **{path.relative_to(folder).as_posix(): path.read_bytes() for path in paths},
    }


def _moved(profile: Path, facts: Profile, made_from: Mapping[str, bytes]) -> bool:
    try:
        return source_files(profile, facts) != made_from
    except OSError:
        return True
