"""Fingerprint: everything that a build depends on, read as bytes and not understood, in a few milliseconds.

Two builds of one fingerprint make the same files, so that the second need not be made.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path

from policygen.load.epoch import EPOCH_VARIABLE
from policygen.load.files import display_path
from policygen.load.library import read_files, shipped
from policygen.load.records import RECORD_FILE, RELEASES_FOLDER, release_versions
from policygen.load.theme import THEME_FOLDER
from policygen.load.unread import unread_files
from policygen.load.yaml import read_yaml
from policygen.problems import PolicygenError

_PROGRAM = Path(__file__).resolve().parents[1]
_APART = ("templates", "profiles")  # in the wheel they lie within the program
_LIMIT = 20_000_000  # bytes; no part of a build is as large


def input_fingerprint(profile: Path, templates: Iterable[Path], asked: object) -> str:
    """One sha256 of the program, the words, the profile's folder and what was asked; "" where one is unreadable.

    The paths count too, because problems and origins name them.
    """
    roots = [shipped("templates"), *templates]
    whole = hashlib.sha256(repr((_program(), os.environ.get(EPOCH_VARIABLE, ""), asked)).encode())
    try:
        for folder, files in (
            (profile.parent, _own(profile)),
            *((root, _beneath(root)) for root in roots),
        ):
            if not folder.is_dir():
                return ""
            whole.update(f"{display_path(folder)}\0{folder.resolve().name}\0".encode())
            for file in files:
                whole.update(f"{file.relative_to(folder).as_posix()}\0{_digest(file)}\0".encode())
    except (OSError, ValueError, PolicygenError):
        return ""
    return whole.hexdigest()


def _own(profile: Path) -> Iterator[Path]:
    """What a profile's folder brings: the profile, its own words, its logo, its theme, the records of its releases."""
    folder = profile.parent
    yield profile
    yield from read_files(folder)
    yield from (path for path in unread_files(folder) if path.is_file())  # each is a warning
    brand = read_yaml(profile).data.get("brand")
    logo = brand.get("logo") if isinstance(brand, dict) else None
    if isinstance(logo, str):
        yield folder / logo
    yield from (
        folder / RELEASES_FOLDER / version / RECORD_FILE for version in release_versions(folder)
    )
    if (theme := folder.resolve() / THEME_FOLDER) == theme.resolve():  # a link could lead anywhere
        yield from _beneath(folder / THEME_FOLDER)


def _beneath(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(file: Path) -> str:
    """The sha256 of a regular file of a reasonable size; else raise OSError."""
    if not file.is_file() or file.stat().st_size > _LIMIT:
        raise OSError(f"{file} is not a file of policygen")
    return hashlib.sha256(file.read_bytes()).hexdigest()


@cache
def _program() -> str:
    """This program, its writers, and the versions of all that has a hand in a document."""
    wanted = (
        re.match(r"[\w.-]+", line) for line in requires("policygen") or () if "extra ==" not in line
    )
    libraries = sorted((found[0], _version(found[0])) for found in wanted if found)
    points = entry_points(group="policygen.writers")
    writers = sorted(
        (point.name, point.value, point.dist.version if point.dist else "") for point in points
    )
    parts = [file.relative_to(_PROGRAM) for file in _beneath(_PROGRAM)]
    files = [
        part for part in parts if part.parts[0] not in _APART and "__pycache__" not in part.parts
    ]
    return repr(
        (
            sys.version,
            libraries,
            writers,
            [(part.parts, _digest(_PROGRAM / part)) for part in files],
        )
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # it does without
        return ""
