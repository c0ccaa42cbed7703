"""Finished files to disk: all of a profile's or none, each whole.

Every file is written beside its place first, under a temporary name. Putting it in place is then
one step of the disk's, so that whoever looks, even after a power cut, finds the old file or the new
one.
"""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from policygen.load.files import read_regular, reason
from policygen.problems import Location, Message, PolicygenError, Problem
from policygen.store.lock import folder_locks, temporary_path
from policygen.store.mark import set_mark


@dataclass(frozen=True, slots=True)
class File:
    """One finished file: its path beneath the output folder, and its bytes."""

    path: str
    data: bytes
    edition: str = ""
    format: str = ""
    language: str = ""
    audience: str = ""  # whom its edition is cut for


@dataclass(frozen=True, slots=True)
class Pending:
    """A new file or folder that waits beside its place."""

    temporary: Path
    path: Path


def write_files(files: Sequence[File], out: Path) -> list[Path]:
    """Write every file beneath `out`, and return their paths; what is the same stays as it is.

    Raises PolicygenError; then nothing is changed.
    """
    paths = [out / file.path for file in files]
    path = out
    try:
        with replacing({path.parent for path in paths}) as pending:
            for file, path in zip(files, paths, strict=True):
                if path.is_dir():  # found out before anything is put in place
                    raise IsADirectoryError(errno.EISDIR, "it is a folder")
                if not _holds(path, file.data):
                    pending.append(write_beside(path, file.data, new_mode(0o666)))
                    set_mark(pending[-1].temporary, file.data)
    except OSError as error:
        raise PolicygenError([unwritable(error, path)]) from None
    return paths


def write_pieces(pieces: Iterable[bytes], path: Path) -> None:
    """Write one file piece by piece, whole or not at all; what is the same stays as it is.

    Nobody need hold all of it. Raises PolicygenError; then nothing is changed.
    """
    try:
        with replacing([path.parent]) as pending:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "it is a folder")
            new = write_beside(path, pieces, new_mode(0o666))
            if not (path.is_file() and filecmp.cmp(new.temporary, path, shallow=False)):
                pending.append(new)
    except OSError as error:
        raise PolicygenError([unwritable(error, path)]) from None


def remove_files(paths: Iterable[Path]) -> None:
    """Remove files whose place nothing takes; one that is held open stays."""
    for path in paths:
        with suppress(OSError):
            path.unlink()


@contextmanager
def replacing(folders: Iterable[Path]) -> Iterator[list[Pending]]:
    """Lock some folders, gather what is pending, and in the end put all in place, in order.

    Whatever goes wrong, an interruption too, leaves everything as it was; it is raised again.
    """
    with folder_locks(folders):  # which clears the temporary files in the end
        pending: list[Pending] = []
        yield pending
        replace_all(pending)


def write_beside(path: Path, data: bytes | Iterable[bytes], mode: int) -> Pending:
    """Write bytes to a temporary file beside another, and only then give it a mode."""
    temporary = temporary_path(path.parent)
    write_synced(data, temporary)
    temporary.chmod(mode)
    return Pending(temporary, path)


def write_synced(data: bytes | Iterable[bytes], path: Path) -> None:
    """Write a new file down to the disk: else a power cut may leave a name without words."""
    with open(path, "xb") as file:
        file.writelines([data] if isinstance(data, bytes) else data)
        file.flush()
        os.fsync(file.fileno())


def new_mode(mode: int) -> int:
    """Return what the user's umask leaves of a mode."""
    umask = os.umask(0)
    os.umask(umask)
    return mode & ~umask


@dataclass(frozen=True, slots=True)
class _Step:
    """One replacement that has begun, and the backup of what stood there, if anything did."""

    pending: Pending
    backup: Path | None


def replace_all(pending: Sequence[Pending]) -> None:
    """Put every new file or folder in its place; when one is refused, undo all.

    The old file stays where it is until the one step that puts the new one there; a backup, made
    before, brings it back. A program that holds a file open may refuse, half way through a build.
    """
    steps: list[_Step] = []
    try:
        for item in pending:
            is_there = os.path.lexists(item.path)
            backup = temporary_path(item.path.parent) if is_there else None
            steps.append(_Step(item, backup))
            if backup:
                _link_or_copy(item.path, backup)
            item.temporary.replace(item.path)
    except BaseException:  # an interruption, too
        for step in reversed(steps):
            with suppress(OSError):
                _undo(step)
        raise
    for step in steps:
        if step.backup:
            with suppress(OSError):
                step.backup.unlink()


def _link_or_copy(path: Path, backup: Path) -> None:
    """Make a hard link to a file, which takes no time; where the disk knows none, a copy."""
    try:
        os.link(path, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a disk, or a system, without hard links
        shutil.copy2(path, backup, follow_symlinks=False)


def _undo(step: _Step) -> None:
    """Bring back what stood in a place; what is new goes back to where it was written."""
    temporary = step.pending.temporary
    path = step.pending.path
    if os.path.lexists(temporary):
        return  # it was not put in place yet
    if step.backup:
        step.backup.replace(path)
    else:
        path.replace(temporary)


def _holds(path: Path, data: bytes) -> bool:
    """Tell whether a file holds these bytes."""
    try:
        return path.stat().st_size == len(data) and read_regular(path, len(data)) == data
    except OSError:
        return False


def unwritable(error: OSError, path: Path) -> Problem:
    """Say that a file could not be written, and why."""
    what = f"The file cannot be written: {reason(error)}. Nothing was changed."
    mend = Message(
        "Free some space, close the file if it is open, or choose another place with --out.",
        on_page="Free some space, close the file if it is open, and try again.",
    )
    return Problem(what, mend, Location(str(error.filename2 or path)), code="PG504")
