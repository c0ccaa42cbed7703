"""The last saves of the page, kept beside the profile so that they can be undone."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policygen.load.files import read_regular
from policygen.load.own_folders import TRANSLATIONS_FOLDER
from policygen.store.files import File, remove_files

SAVES_FILE = ".policygen-undo.json"
_MOST = 20  # saves
_LIMIT = 10_000_000  # bytes of the whole record


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that a save changed: what it was (None: not there), and a digest of what it became."""

    name: str  # its path in the body's folder
    before: bytes | None
    after: str


@dataclass(frozen=True, slots=True)
class UndoableSave:
    """One save: what was saved, in words of the page, and each file that it changed."""

    what: str
    files: tuple[SavedFile, ...]

    @property
    def key(self) -> str:
        """What tells this save from any other."""
        return digest_of(json.dumps(_to_data(self)).encode())


def digest_of(data: bytes | None) -> str:
    """Return what tells the bytes of a file from any others; "" for a file that is not there."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def read_saves(folder: Path) -> tuple[UndoableSave, ...]:
    """Return the saves that can be undone, the last one last; none where the record is spoilt."""
    try:
        listed = json.loads(read_regular(folder / SAVES_FILE, _LIMIT))
        return tuple(map(_of_data, listed))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return ()


def saves_file(saves: Sequence[UndoableSave]) -> File:
    """Return the file that keeps some saves: the last of them, within bounds."""
    kept: list[bytes] = []
    room = _LIMIT
    for save in reversed(saves[-_MOST:]):
        data = json.dumps(_to_data(save)).encode()
        room -= len(data) + 2
        if room < 2:
            break
        kept.append(data)
    return File(SAVES_FILE, b"[" + b",\n".join(reversed(kept)) + b"]")


def forget_saves(folder: Path) -> None:
    """Remove the record: what is released is not undone."""
    remove_files([folder / SAVES_FILE])


def _to_data(save: UndoableSave) -> dict[str, object]:
    files = [
        {
            "name": one.name,
            "before": None if one.before is None else base64.b64encode(one.before).decode(),
            "after": one.after,
        }
        for one in save.files
    ]
    return {"what": save.what, "files": files}


def _of_data(data: dict[str, object]) -> UndoableSave:
    """Return a save as it was written down. Raises ValueError, TypeError or KeyError otherwise."""
    files = data["files"]
    if not isinstance(files, list):
        raise TypeError
    return UndoableSave(str(data["what"]), tuple(_files_of(files)))


def _files_of(listed: Sequence[dict[str, str]]) -> Iterator[SavedFile]:
    for one in listed:
        name, before = one["name"], one["before"]
        if not _is_within(name):
            raise ValueError(name)
        yield SavedFile(name, None if before is None else base64.b64decode(before), one["after"])


def _is_within(name: str) -> bool:
    """Whether a path leads to a file of the folder itself, or of its translations."""
    parts = name.split("/")
    is_plain = all(part not in ("", ".", "..") for part in parts) and "\\" not in name
    return is_plain and (len(parts) == 1 or parts[0] == TRANSLATIONS_FOLDER)
