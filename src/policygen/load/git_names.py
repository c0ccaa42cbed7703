"""Which files of a revision are read, and which names no file of it may have.

A repository may be a stranger's. Its names are those of its own folders, which git lists as they
stand there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from policygen.load.own_folders import THEME_FOLDER
from policygen.load.records import RECORD_FILE, RELEASES_FOLDER
from policygen.model.profile import LOGO_TYPES
from policygen.model.release.record import RELEASE_NAME

# What is read of a library or a profile; of its theme every file is, for fonts bear any name.
_READ = (".yaml", ".md", *LOGO_TYPES)
# No name of a file may hold these; on Windows a colon names a drive, or a stream within a file.
_BARRED = "\\:" if os.name == "nt" else "\\"


def is_wanted(path: str, folders: Iterable[str]) -> bool:
    """Tell whether the loaders may read a file in one of the folders, or as one of them."""
    return path in folders or any(map(_read, _beneath(path, folders)))


def is_relevant_link(path: str, folders: Iterable[str]) -> bool:
    """Tell whether a link could stand for what is read: a file, a folder, or a whole release."""
    return is_wanted(path, folders) or any(
        not inside.suffix
        or (_first(inside) == RELEASES_FOLDER and RELEASE_NAME.fullmatch(inside.name) is not None)
        for inside in _beneath(path, folders)
    )


def leads_outside(path: str) -> bool:
    """Tell whether a name could lead out of its folder: git itself would never have made it."""
    return any(part in ("", ".", "..") for part in path.split("/")) or any(
        c in path for c in _BARRED
    )


def _beneath(path: str, folders: Iterable[str]) -> Iterator[PurePosixPath]:
    """Yield the path from each folder that it lies in."""
    for folder in folders:
        if folder == "." or path.startswith(f"{folder}/"):
            yield PurePosixPath(path if folder == "." else path.removeprefix(f"{folder}/"))


def _read(inside: PurePosixPath) -> bool:
    """Of releases only the records count; a profile may itself lie in a folder of that name."""
    if _first(inside) == RELEASES_FOLDER:
        return inside.name == RECORD_FILE
    return _first(inside) == THEME_FOLDER or inside.suffix.lower() in _READ


def _first(inside: PurePosixPath) -> str:
    return "".join(inside.parts[:1])
