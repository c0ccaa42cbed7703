"""The records of an organisation's releases on disk, checked against one another."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import from_json as parsed

from policygen.load.files import display_path, excerpt, read_bytes
from policygen.model.release import (
    RELEASE_SCHEMA,
    VERSION,
    Predecessor,
    ReleaseRecord,
    release_from_json,
    version_key,
)
from policygen.problems import Place, PolicygenError, Problem

RELEASES_FOLDER, RECORD_FILE = "releases", "release.json"
_LIMIT = 1_000_000  # bytes of a record; a real one has about 4,000
PUT_BACK = (
    "A release never changes: put the folder back as it was, from version control or from a backup."
)


def release_versions(profile_folder: Path) -> tuple[str, ...]:
    """The versions that are released, oldest first: the folders of releases/ that are named like one."""
    root = profile_folder / RELEASES_FOLDER
    try:
        found = [
            p.name
            for p in root.iterdir()
            if VERSION.fullmatch(p.name) and (p.is_dir() or p.is_symlink())
        ]
    except OSError:
        return ()
    return tuple(sorted(found, key=version_key))


def read_records(profile_folder: Path) -> tuple[ReleaseRecord, ...]:
    """Every release's record, oldest first. Raises PolicygenError with all that is wrong with them.

    Each must follow the one before as that stands now: an old release that was made anew, or taken out, shows.
    The other files of a release are not looked at here.
    """
    problems: list[Problem] = []
    records: list[ReleaseRecord] = []
    before: Predecessor | None = None
    for version in release_versions(profile_folder):
        path = profile_folder / RELEASES_FOLDER / version / RECORD_FILE
        try:
            record, digest = _read(path)
        except PolicygenError as error:
            problems += error.problems
            continue
        if record.entry.version != version:
            what = f"This folder is called {version}, and its record is that of {excerpt(record.entry.version)}."
            problems.append(Problem(what, PUT_BACK, Place(display_path(path))))
        elif (
            record.before != before and not problems
        ):  # one that cannot be read breaks the chain by itself
            problems.append(Problem(_parted(record, before), PUT_BACK, Place(display_path(path))))
        records.append(record)
        before = Predecessor(version, digest)
    if problems:
        raise PolicygenError(problems)
    return tuple(records)


def read_seal(profile_folder: Path, version: str) -> str:
    """The sha256 of one release's record, which stands for every file of it and for the releases before."""
    return hashlib.sha256(
        read_bytes(profile_folder / RELEASES_FOLDER / version / RECORD_FILE, _LIMIT)
    ).hexdigest()


def _read(path: Path) -> tuple[ReleaseRecord, str]:
    """A record and its seal."""
    linked = next((p for p in (path, path.parent, path.parents[1]) if p.is_symlink()), None)
    if linked:
        what = "This leads to another place: a release lies in its own folder, whole."
        raise PolicygenError([Problem(what, PUT_BACK, Place(display_path(linked)))])
    try:
        data = read_bytes(path, _LIMIT)
    except PolicygenError as error:
        raise PolicygenError(
            replace(problem, mend=PUT_BACK) for problem in error.problems
        ) from None
    try:
        return release_from_json(data), hashlib.sha256(data).hexdigest()
    except ValidationError:
        raise PolicygenError([_refused(data, Place(display_path(path)))]) from None


def _refused(data: bytes, place: Place) -> Problem:
    try:
        whole = parsed(data)
    except ValueError:
        whole = None
    schema = whole.get("schema") if isinstance(whole, dict) else None
    if (
        isinstance(schema, str)
        and schema != RELEASE_SCHEMA
        and schema.startswith(RELEASE_SCHEMA.rpartition("/")[0] + "/")
    ):
        what = f'Another version of policygen made this: its schema is "{excerpt(schema)}"; this one reads "{RELEASE_SCHEMA}".'
        return Problem(what, "Install the version that made it.", place)
    return Problem(
        "This is not a whole record of a release: it was changed or cut short.", PUT_BACK, place
    )


def _parted(record: ReleaseRecord, before: Predecessor | None) -> str:
    """How a release and the one before it have come apart."""
    if record.before is None:
        return f"This was the first release when it was made, and now {before.version if before else ''} is older."
    if before is None or before.version != record.before.version:
        return f"Release {excerpt(record.before.version)}, which came before this one, is missing."
    return f"Release {before.version} is not the one that stood here when {record.entry.version} was made."
