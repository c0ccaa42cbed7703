"""Finished files to disk: all of a profile's or none, each whole.

Every file is written beside its place first, under a name of its own. Putting it in place is then one step of
the disk's, so that whoever looks, even after a power cut, finds the old file or the new one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from policygen.problems import Place, PolicygenError, Problem


@dataclass(frozen=True, slots=True)
class File:
    """One finished file: its path beneath the output folder, and its bytes."""

    path: str
    data: bytes
    edition: str = ""
    format: str = ""
    language: str = ""


def write_files(files: Sequence[File], out: Path) -> list[Path]:
    """Write every file beside its place, then put all in place. Raises PolicygenError; then nothing is changed.

    A file that already holds the same bytes is left alone.
    """
    paths = [out / file.path for file in files]
    path = out
    try:
        with all_or_none() as waiting:
            for file, path in zip(files, paths, strict=True):
                if path.is_dir():  # found out before anything is put in place
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                if not _same(path, file.data):
                    path.parent.mkdir(parents=True, exist_ok=True)
                    waiting.append((write_beside(path, file.data, new_mode(0o666)), path))
    except OSError as error:
        raise PolicygenError([_refused(error, path)]) from None
    return paths


@contextmanager
def all_or_none() -> Iterator[list[tuple[Path, Path]]]:
    """Gather what waits beside its place, as (temporary, place), and in the end put all in place, in this order.

    Whatever goes wrong, an interruption too, leaves nothing of it behind; it is raised again.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        yield waiting
        replace_all(waiting)
    except BaseException:
        for temporary, _ in waiting:
            _clear(temporary)
        raise


def write_beside(path: Path, data: bytes, mode: int) -> Path:
    """Write the bytes to a new file in the folder of another, and only then give it a mode. Gives its path."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        write_synced(data, handle)
        Path(name).chmod(mode)
    except BaseException:
        _clear(Path(name))
        raise
    return Path(name)


def write_synced(data: bytes, into: int | Path) -> None:
    """Write a file to the end: in a power cut, a disk may know a file's name before it holds the words."""
    with open(into, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def new_mode(mode: int) -> int:
    """What is left of a mode for a new file or folder of whoever runs the program."""
    umask = os.umask(0)
    os.umask(umask)
    return mode & ~umask


def replace_all(waiting: Sequence[tuple[Path, Path]]) -> None:
    """Put every new file or folder in its place; when one is refused, undo all.

    The old file stays where it is until the one step that puts the new one there; a second name, made before,
    brings it back. A program that holds a file open may refuse, half way through a build.
    """
    begun: list[tuple[Path, Path, Path | None]] = []
    try:
        for temporary, path in waiting:
            before = path.with_name(f".{path.name}.before") if os.path.lexists(path) else None
            begun.append((temporary, path, before))
            if before:
                _name_again(path, before)
            temporary.replace(path)
    except BaseException:  # an interruption, too
        for temporary, path, before in reversed(begun):
            with contextlib.suppress(OSError):
                _undo(temporary, path, before)
        raise
    for _, _, before in begun:
        if before:
            _clear(before)


def _name_again(path: Path, before: Path) -> None:
    """Give a file a second name; where the disk knows no second names, a copy."""
    before.unlink(missing_ok=True)  # of a run that was ended by force
    try:
        os.link(path, before, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a disk, or a system, without such names
        shutil.copy2(path, before, follow_symlinks=False)


def _undo(temporary: Path, path: Path, before: Path | None) -> None:
    """Bring back what stood in a place, if it was taken; what is new goes back to where it was written."""
    if not os.path.lexists(temporary):
        before.replace(path) if before else path.replace(temporary)
    elif before:
        _clear(before)


def _clear(temporary: Path) -> None:
    with contextlib.suppress(OSError):
        if temporary.is_dir() and not temporary.is_symlink():
            shutil.rmtree(temporary)
        else:
            temporary.unlink(missing_ok=True)


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _refused(error: OSError, path: Path) -> Problem:
    reason = (error.strerror or "unknown reason").lower()
    return Problem(
        f"The file cannot be written: {reason}. Nothing was changed.",
        "Free some space, close the file if it is open, or choose another place with --out.",
        Place(str(error.filename2 or path)),
    )
