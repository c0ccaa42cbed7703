"""The records of an organisation's releases on disk, checked against one another."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import from_json

from policygen.load.files import display_path, excerpt, read_bytes, read_regular, reason
from policygen.model.release.record import (
    RELEASE_NAME,
    RELEASE_SCHEMA,
    VERSION,
    Predecessor,
    ReleaseRecord,
    release_from_json,
    release_key,
)
from policygen.problems import Location, PolicygenError, Problem

RELEASES_FOLDER, RECORD_FILE = "releases", "release.json"
_LIMIT = 1_000_000  # bytes of a record; a real one has about 4,000
_FAMILY = RELEASE_SCHEMA.rpartition("/")[0] + "/"
PUT_BACK = (
    "A release never changes: put the folder back as it was, from version control or from a backup."
)


def release_versions(profile_folder: Path) -> tuple[str, ...]:
    """Return the released versions, oldest first, without the issues of their handbooks."""
    return tuple(filter(VERSION.fullmatch, release_names(profile_folder)))


def release_names(profile_folder: Path) -> tuple[str, ...]:
    """Return the names of all releases, oldest first: folders of releases/ named like one."""
    root = profile_folder / RELEASES_FOLDER
    try:
        entries = [path for path in root.iterdir() if RELEASE_NAME.fullmatch(path.name)]
        names = [path.name for path in entries if path.is_dir() or path.is_symlink()]
    except OSError:
        return ()
    return tuple(sorted(names, key=release_key))


def read_records(profile_folder: Path) -> tuple[ReleaseRecord, ...]:
    """Read the record of every released version, oldest first, as `read_every_record` does."""
    return tuple(one for one in read_every_record(profile_folder) if one.handbook is None)


def read_every_record(profile_folder: Path) -> tuple[ReleaseRecord, ...]:
    """Read every release's record, oldest first, those of handbooks after that of their version.

    Raises PolicygenError with all that is wrong with them. Each must follow the one before as that
    stands now: an old release that was made anew, or taken out, shows. The other files of a release
    are not looked at here.
    """
    problems: list[Problem] = []
    records: list[ReleaseRecord] = []
    predecessor: Predecessor | None = None
    for name in release_names(profile_folder):
        path = profile_folder / RELEASES_FOLDER / name / RECORD_FILE
        try:
            record, digest = _read(path)
        except PolicygenError as error:
            problems += error.problems
            continue
        if record.name != name:
            named = excerpt(record.name, 40)
            what = f"This folder is called {name}, and its record is that of {named}."
            problems.append(_changed(what, path))
        elif record.before != predecessor and not problems:  # an unreadable one breaks the chain
            problems.append(_changed(_broken_chain(record, predecessor), path))
        records.append(record)
        predecessor = Predecessor(name, digest)
    if problems:
        raise PolicygenError(problems)
    return tuple(records)


def read_seal(profile_folder: Path, name: str) -> str:
    """Return the sha256 of a release's record: it stands for its files and all before it."""
    path = profile_folder / RELEASES_FOLDER / name / RECORD_FILE
    return hashlib.sha256(read_bytes(path, _LIMIT)).hexdigest()


def _read(path: Path) -> tuple[ReleaseRecord, str]:
    """Read a record, and return it with its seal."""
    link = next((p for p in (path, path.parent, path.parents[1]) if p.is_symlink()), None)
    if link:
        what = "This leads to another place: a release lies in its own folder, whole."
        raise PolicygenError([_changed(what, link)])
    try:
        data = read_regular(path, _LIMIT)
    except OSError as error:
        what = f"This file cannot be read: {reason(error)}."
        raise PolicygenError([_changed(what, path)]) from None
    try:
        return release_from_json(data), hashlib.sha256(data).hexdigest()
    except ValidationError:
        raise PolicygenError([_no_record(data, path)]) from None


def _no_record(data: bytes, path: Path) -> Problem:
    """Say why a file is no record: of another version of the program, or changed."""
    schema = _schema(data)
    if schema != RELEASE_SCHEMA and schema.startswith(_FAMILY):
        what = (
            f'Another version of policygen made this: its schema is "{excerpt(schema)}"; '
            f'this one reads "{RELEASE_SCHEMA}".'
        )
        mend = "Install the version that made it."
        return Problem(what, mend, Location(display_path(path)), code="PG534")
    return _changed("This is not a whole record of a release: it was changed or cut short.", path)


def _schema(data: bytes) -> str:
    """Return what a JSON file says of its kind; "" where it says nothing."""
    try:
        tree = from_json(data)
    except ValueError:
        return ""
    schema = tree.get("schema") if isinstance(tree, dict) else ""
    return schema if isinstance(schema, str) else ""


def _broken_chain(record: ReleaseRecord, predecessor: Predecessor | None) -> str:
    """Say how a release and the one before it have come apart."""
    expected = record.before
    if expected is None:
        older = predecessor.version if predecessor else ""
        return f"This was the first release when it was made, and now {older} is older."
    if predecessor is None or predecessor.version != expected.version:
        missing = excerpt(expected.version, 40)
        return f"Release {missing}, which came before this one, is missing."
    return f"Release {expected.version} is not the one that stood here when {record.name} was made."


def _changed(what: str, path: Path) -> Problem:
    return Problem(what, PUT_BACK, Location(display_path(path)), code="PG530")
