"""One run at a time in a folder: locks, and the temporary files of runs that were killed.

A lock is the operating system's own, on a file in the folder. It ends with the process that holds
it, however that ends, so that a killed run never locks anybody out. Whoever holds the lock of a
folder knows that every temporary file in it is left over.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import socket
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from policygen.load.files import display_path, excerpt, reason
from policygen.problems import Location, PolicygenError, Problem

LOCK_FILE = ".policygen.lock"
_SECONDS = 60.0  # that a run waits for another; a build needs its folder for less than one
_PAUSE = 0.05  # seconds between two tries
_FLAGS = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_LOCKED_BYTE = 1 << 30  # far behind what the file holds: Windows forbids to read what is locked
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
_PREFIX, _SUFFIX = ".policygen-", ".tmp"


_HELD: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())  # by this run


@contextmanager
def folder_locks(folders: Iterable[Path]) -> Iterator[None]:
    """Hold the locks of some folders, made where missing, and clear what killed runs left.

    A run may ask again for a folder that it holds; it asks for a folder before those in it. Raises
    PolicygenError when another run holds one for too long, or when a folder cannot be written.
    """
    wanted = {folder.resolve() for folder in folders} - _HELD.get()
    with ExitStack() as stack:
        for folder in sorted(wanted):  # every run in one order, so that no two wait for each other
            stack.enter_context(_folder_lock(folder))
        token = _HELD.set(_HELD.get() | wanted)
        try:
            yield
        finally:
            _HELD.reset(token)


def temporary_path(folder: Path) -> Path:
    """Return a path for a temporary file or folder; its maker must hold the folder's lock."""
    return folder / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"


@contextmanager
def _folder_lock(folder: Path) -> Iterator[None]:
    path = folder / LOCK_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = _acquire(path)
    except OSError as error:
        what = f"This folder cannot be written: {reason(error)}. Nothing was changed."
        mend = "Check that it is a folder, that it is yours and that the disk has room."
        place = Location(display_path(folder))
        raise PolicygenError([Problem(what, mend, place, code="PG505")]) from None
    try:
        _write_holder(descriptor)
        _clear_temporaries(folder)
        yield
    finally:
        _clear_temporaries(folder)
        with suppress(OSError):  # Windows keeps the name of an open file
            path.unlink()
        os.close(descriptor)


def _acquire(path: Path) -> int:
    """Return the descriptor of a lock file, locked.

    Raises PolicygenError after a while, and OSError.
    """
    deadline = time.monotonic() + _SECONDS
    while True:
        descriptor = _open(path)
        if descriptor is not None:
            if _lock(descriptor, path) and _is_at(descriptor, path):
                return descriptor
            os.close(descriptor)
        if time.monotonic() > deadline:
            raise PolicygenError([_held(path)])
        time.sleep(_PAUSE)


def _open(path: Path) -> int | None:
    """Open the lock file, or make it; None when another run made or removed it just then."""
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        with suppress(FileExistsError):
            return os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o666)
        return None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, f"{LOCK_FILE} in it is no plain file")
    return descriptor


def _lock(descriptor: int, path: Path) -> bool:
    """Try to lock a file, and tell whether that worked."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            return False
        os.close(descriptor)
        what = "The disk of this folder knows no locks, so two runs could spoil each other's files."
        mend = "Choose a folder on this computer, and copy the files from there."
        place = Location(display_path(path.parent))
        raise PolicygenError([Problem(what, mend, place, code="PG511")]) from None
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    """Tell whether a file still stands at its path: the run before removes it when it is done."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path, follow_symlinks=False))
    except OSError:
        return False


def _write_holder(descriptor: int) -> None:
    """Write into the lock file who holds it, for those who wait."""
    holder = f"process {os.getpid()} on {socket.gethostname()}"
    with suppress(OSError):  # the disk may be full
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, holder.encode())


def _held(path: Path) -> Problem:
    """Say who holds a lock."""
    holder = ""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        holder = os.read(descriptor, 200).decode(errors="replace")
        os.close(descriptor)
    named = f" ({excerpt(holder, 100)})" if holder else ""
    what = f"Another run of policygen{named} is writing into this folder."
    mend = "Wait until it is done, or end it; then try again."
    return Problem(what, mend, Location(display_path(path.parent)), code="PG510")


def _clear_temporaries(folder: Path) -> None:
    """Remove every temporary file and folder of policygen from a folder."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
