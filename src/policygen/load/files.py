"""A stranger's file, read within bounds, and the name by which messages call it.

The size of a file is found by reading it, never by asking for it: a pipe, a device or a file that
still grows would give a wrong answer, or none.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from policygen.characters import marked_line, printable_text
from policygen.model.given_file import GivenFile
from policygen.problems import Location, PolicygenError, Problem

TEXT_LIMIT = 1_000_000  # bytes; a real profile has about 5,000
_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # each system has one
_DISPLAY_ROOTS: ContextVar[tuple[tuple[Path, str], ...]] = ContextVar("display_roots", default=())
_SPECIAL = "it is a pipe, a device or a socket"


def display_path(path: Path) -> str:
    """Return a path as the user knows it: from the working folder, or under its `display_root`."""
    for root, name in _DISPLAY_ROOTS.get():
        if path.is_relative_to(root):
            return name + path.relative_to(root).as_posix()
    if not path.is_absolute():
        return str(path)
    typed = str(path)
    working_folder = os.getcwd()
    if typed == working_folder:
        return "."
    return typed.removeprefix(working_folder.rstrip(os.sep) + os.sep)


@contextmanager
def display_root(root: Path, name: str) -> Iterator[None]:
    """Within the block, show `name`, such as `HEAD~3:`, in place of the folder `root`."""
    token = _DISPLAY_ROOTS.set(((root, name), *_DISPLAY_ROOTS.get()))
    try:
        yield
    finally:
        _DISPLAY_ROOTS.reset(token)


def real_path(path: Path) -> Path:
    """Return where a path leads, all links followed; a circle of links leads to itself."""
    return Path(os.path.realpath(path))


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder: one too long for the disk, or that is not ours, is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def read_regular(path: Path, limit: int) -> bytes:
    """Read a regular file of at most `limit` bytes; it never waits for another program.

    Raises OSError, with errno EFBIG for a larger file and EINVAL for a pipe, a device or a socket.
    """
    try:
        _refuse_special(os.stat(path).st_mode)  # opening a device may already do something
        descriptor = os.open(path, os.O_RDONLY | _NEVER_WAIT)
    except ValueError:
        raise OSError(errno.EINVAL, "no file can have this name") from None
    with open(descriptor, "rb") as file:
        _refuse_special(os.fstat(descriptor).st_mode)  # it may have changed since
        data = file.read(limit + 1) or b""
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"it has more than {limit:,} bytes")
    return data


def read_bytes(path: Path, limit: int = TEXT_LIMIT) -> bytes:
    """Read a regular file of at most `limit` bytes. Raises PolicygenError when that fails."""
    try:
        return read_regular(path, limit)
    except OSError as error:
        raise PolicygenError([_unreadable(error, path, limit)]) from None


def given_file(source: Path | GivenFile, limit: int) -> GivenFile:
    """Return a file with its bytes, which a path leads to or which are here already.

    Raises PolicygenError for one that cannot be read, or has more than `limit` bytes.
    """
    if isinstance(source, Path):
        shown = marked_line(display_path(source))
        return GivenFile(plain_name(source.name), shown, read_bytes(source, limit))
    if len(source.data) > limit:
        raise PolicygenError([_too_large(Location(source.shown), limit)])
    return source


def plain_name(name: str) -> str:
    """Return a name as it can be written down and found again: on one line, printable.

    A file may be called anything: with two spaces, in another encoding, to be read backwards.
    """
    return " ".join(printable_text(name).split())


def name_fault(folder: Path) -> Problem | None:
    """Return why nothing can be written that names a folder; None where that can be."""
    shown = display_path(folder)
    try:
        f"{shown} {folder.resolve().name}".encode()
    except UnicodeEncodeError:
        what, mend = "The name of this folder is not in UTF-8.", "Give it another name."
        return Problem(what, mend, Location(marked_line(shown)), code="PG501")
    return None


def read_text(path: Path, limit: int = TEXT_LIMIT) -> str:
    """Read a UTF-8 text file. Raises PolicygenError when it cannot be read, or is not text."""
    data = read_bytes(path, limit)
    if b"\0" in data:
        what, mend = "This is not a text file.", "Save it as plain text in UTF-8."
        raise PolicygenError([_not_text(what, mend, Location(display_path(path), 1, 1))])
    try:
        return normalise_text(data.decode())
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        what, mend = "This file is not in UTF-8.", "Save it again with the encoding UTF-8."
        location = Location(display_path(path), line, column)
        raise PolicygenError([_not_text(what, mend, location)]) from None


def normalise_text(text: str) -> str:
    """Return a text without its byte order mark, and with one kind of line ending."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def excerpt(text: str, length: int = 200) -> str:
    """Return what a file holds, short enough for a line and safe for a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text[:length])


def reason(error: OSError) -> str:
    """Say in a few words, without a full stop, why a file or folder was refused."""
    return (error.strerror or "unknown reason").lower()


def _refuse_special(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, _SPECIAL)


def _unreadable(error: OSError, path: Path, limit: int) -> Problem:
    location = Location(display_path(path))
    if error.errno == errno.EFBIG:
        return _too_large(location, limit)
    mend = "Check that it is there and yours."
    if error.strerror == _SPECIAL:
        mend = "Put a plain file there."
    return Problem(f"This file cannot be read: {reason(error)}.", mend, location, code="PG501")


def _too_large(location: Location, limit: int) -> Problem:
    what = f"This file has more than {limit:,} bytes."
    return Problem(what, "Check that it is the one you mean.", location, code="PG502")


def _not_text(what: str, mend: str, location: Location) -> Problem:
    return Problem(what, mend, location, code="PG503")
