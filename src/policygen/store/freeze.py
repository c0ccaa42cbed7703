"""Freeze a release: its files, its record and, where the version moves, the profile; all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version as installed
from pathlib import Path

from policygen.load.library import read_files
from policygen.load.profile import FILE
from policygen.load.records import FOLDER, RECORD, seal, versions
from policygen.load.theme import FOLDER as THEME
from policygen.load.yaml import shown
from policygen.model.policy import HistoryEntry, Policy
from policygen.model.profile import Profile
from policygen.model.release import Before, Kept, Record, to_json
from policygen.problems import Place, PolicygenError, Problem
from policygen.store.folder import save_folder
from policygen.store.releases import BESIDE, verify

SOURCES = "profile"  # where a release keeps what the policy was made from
# No file of the release: with it version control leaves them as they are, and other ends of lines are a change.
AS_THEY_ARE = {".gitattributes": b"* -text\n"}


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
    if problems := verify(folder):  # what follows a changed release would vouch for it
        raise PolicygenError(problems)
    if _moved(profile, policy.profile, made_from):
        what = "The profile was changed while the release was being made."
        raise PolicygenError(
            [Problem(what, "Save your files, and release it again.", Place(shown(profile)))]
        )
    known = versions(folder)
    kept = {**made_from, **({} if text is None else {FILE: text.encode()})}
    files = {**published, **{f"{SOURCES}/{name}": data for name, data in kept.items()}}
    record = Record(
        organisation=policy.profile.name,
        entry=entry,
        files={
            name: Kept(len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()
        },
        profile_digest=policy.profile_digest,
        library_digest=policy.library_digest,
        policygen=installed("policygen"),
        before=Before(known[-1], seal(folder, known[-1])) if known else None,
    )
    place = folder / FOLDER / entry.version
    moved = {} if text is None else {profile.resolve(): text.encode()}
    save_folder({RECORD: to_json(record), **files, **AS_THEY_ARE}, place, moved)
    return place


def sources(profile: Path, facts: Profile) -> dict[str, bytes]:
    """What a policy is made from, by path in the profile's folder: profile, own words, logo, theme."""
    folder = profile.parent.resolve()
    logo = [(folder / facts.brand.logo).resolve()] if facts.brand.logo else []
    theme = sorted(
        path for path in (folder / THEME).rglob("*") if path.is_file() and path.name not in BESIDE
    )
    paths = [*read_files(folder), *logo, *theme]
    return {
        FILE: profile.read_bytes(),
        **{path.relative_to(folder).as_posix(): path.read_bytes() for path in paths},
    }


def _moved(profile: Path, facts: Profile, made_from: Mapping[str, bytes]) -> bool:
    try:
        return sources(profile, facts) != made_from
    except OSError:
        return True
