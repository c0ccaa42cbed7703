"""Results kept for runs to come, in a folder of the user's own.

Reading a result back may run what it holds: it is pickled, and templates in it are Python's
bytecode. So it is believed as Python believes the bytecode beside a program, from files that nobody
but the user could have written: the folder is the user's, open to nobody else and no link, and so
is each file. There is no key to sign them with, since whoever could write here could read it too.
What is not so, or is broken, is silently made anew.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

_Result = TypeVar("_Result")
VARIABLE = "POLICYGEN_CACHE"  # names another folder; "off" does without one
_PROGRAM = Path(__file__).resolve().parents[1]
# What makes the results, with the files that stand beside all rooms, such as characters.py.
_ROOMS = ("compose", "facts", "load", "markdown", "model", "problems")
_LIBRARIES = ("jinja2", "markdown-it-py", "mdit-py-plugins", "pydantic", "ruamel.yaml")
_MOST = 64_000_000  # bytes of all results together; those of one body have about 2,000,000
_DIGEST = 32  # bytes
_NOT_OURS = stat.S_IRWXG | stat.S_IRWXO
_BROKEN = (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, TypeError)


def user_cache() -> DiskCache | None:
    """Return the cache of whoever runs this; None where it is off, or files have no owners."""
    named = os.environ.get(VARIABLE, "")
    if named == "off" or not hasattr(os, "geteuid"):
        return None
    return DiskCache(Path(named) if named else _folder())


def _folder() -> Path:
    """Return the folder in which this system wants such files."""
    home = Path(os.path.expanduser("~"))
    if sys.platform == "darwin":
        return home / "Library/Caches/policygen"
    wanted = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (wanted if wanted.is_absolute() else home / ".cache") / "policygen"


class DiskCache:
    """Results by key, each a file; the oldest make room.

    Nothing that goes wrong with its files stops a run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str, make: Callable[[], _Result]) -> _Result:
        """Return the result under a key, made now if it is not there.

        The key holds everything that the result depends on but this program. What `make` raises is
        not kept.
        """
        name = sha256(f"{self._program}\0{key}".encode()).hexdigest()
        with _opened(self.folder) as folder:
            data = _read(name, folder) if folder is not None else b""
            if data:
                with suppress(*_BROKEN, ValueError):
                    found: _Result = pickle.loads(data)
                    return found
            result = make()
            if folder is not None:
                _write(name, pickle.dumps(result, pickle.HIGHEST_PROTOCOL), folder)
        return result

    @cached_property
    def _program(self) -> str:
        """What makes the results: this program by its files' times, Python and the libraries."""
        files = [part for room in _ROOMS for part in file_stamps(_PROGRAM / room)]
        files += [_stamp(path, path.stat()) for path in sorted(_PROGRAM.glob("*.py"))]
        libraries = [(name, version(name)) for name in _LIBRARIES]
        return sha256(repr((sys.version, libraries, files)).encode()).hexdigest()


def file_stamps(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    """Yield each file of a folder with its size and time of change, as Python knows its sources.

    Bytecode is none. Raises OSError.
    """
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from file_stamps(entry.path)
            else:
                yield _stamp(entry.path, entry.stat())


def _stamp(path: Path | str, found: os.stat_result) -> tuple[str, int, int]:
    return str(path), found.st_size, found.st_mtime_ns


@contextmanager
def _opened(folder: Path) -> Iterator[int | None]:
    """Open a folder that is the user's alone, made if need be; None for any other."""
    descriptor = None
    try:
        with suppress(OSError):
            folder.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                folder.mkdir(mode=0o700)
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        is_ours = descriptor is not None and _is_users(os.fstat(descriptor), _NOT_OURS)
        yield descriptor if is_ours else None
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _is_users(found: os.stat_result, forbidden: int) -> bool:
    """Tell whether something is the user's, and its mode has none of some bits."""
    return found.st_uid == os.geteuid() and not found.st_mode & forbidden


def _read(name: str, folder: int) -> bytes:
    """Return a result as it was written under its name; empty for anything else."""
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return b""
    with open(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or not _is_users(found, _NOT_OURS):
            return b""
        with suppress(OSError):
            data = file.read(_MOST)
            if data[:_DIGEST] == _digest(name, data[_DIGEST:]):
                return data[_DIGEST:]
    return b""


def _write(name: str, data: bytes, folder: int) -> None:
    """Put a result in place, whole or not at all; a disk that takes none is left alone."""
    temporary = f".{name}.{os.getpid()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with suppress(OSError):
        descriptor = os.open(temporary, flags, 0o600, dir_fd=folder)
        try:
            with open(descriptor, "wb") as file:
                file.write(_digest(name, data) + data)
            os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            os.unlink(temporary, dir_fd=folder)
            raise
        _make_room(folder)


def _digest(name: str, data: bytes) -> bytes:
    """Return what binds a result to its name, so that none is taken for another."""
    return sha256(name.encode() + data).digest()


def _make_room(folder: int) -> None:
    """Remove the oldest results beyond the bound. Raises OSError."""
    with os.scandir(folder) as entries:
        found = [(entry.stat(follow_symlinks=False), entry.name) for entry in entries]
    total = 0
    for one, name in sorted(found, key=lambda pair: pair[0].st_mtime_ns, reverse=True):
        total += one.st_size
        if total > _MOST:
            os.unlink(name, dir_fd=folder)
