"""Finished files to disk: all of a profile's or none, each whole."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Sequence
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


def save(files: Sequence[File], out: Path) -> list[Path]:
    """Write every file beside its place, then put all in place. Raises PolicygenError; then nothing is changed.

    A file that already holds the same bytes is left alone.
    """
    waiting: list[tuple[Path, Path]] = []
    paths = [out / file.path for file in files]
    path = out
    try:
        for file, path in zip(files, paths, strict=True):
            if path.is_dir():  # found out before anything is put in place
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if not _same(path, file.data):
                waiting.append((_beside(path, file.data), path))
        swap(waiting)
    except OSError as error:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        raise PolicygenError([_refused(error, path)]) from None
    return paths


def swap(waiting: Sequence[tuple[Path, Path]]) -> None:
    """Put every new file in the place of the old one; when one is refused, put all the old ones back.

    A program that holds a file open may refuse, half way through a build.
    """
    moved: list[tuple[Path, Path | None]] = []
    try:
        for temporary, path in waiting:
            before = path.replace(path.with_name(f".{path.name}.before")) if path.exists() else None
            moved.append((path, before))
            temporary.replace(path)
    except BaseException:  # an interruption, too
        for path, before in moved:
            with contextlib.suppress(OSError):
                if before:
                    before.replace(path)
                else:
                    path.unlink(missing_ok=True)
        raise
    for _, before in moved:
        if before:
            with contextlib.suppress(OSError):
                before.unlink()


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _beside(path: Path, data: bytes) -> Path:
    """Write the bytes to a new file in the same folder, and only then give it a readable mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _refused(error: OSError, path: Path) -> Problem:
    reason = (error.strerror or "unknown reason").lower()
    return Problem(
        f"The file cannot be written: {reason}. Nothing was changed.",
        "Free some space, close the file if it is open, or choose another place with --out.",
        Place(str(path)),
    )
