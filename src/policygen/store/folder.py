"""A new folder to disk, whole or not at all, with the files elsewhere that change with it."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from policygen.load.files import display_path, reason
from policygen.problems import Location, PolicygenError, Problem
from policygen.store.files import Pending, new_mode, replacing, write_beside, write_synced
from policygen.store.lock import temporary_path

_READ_ONLY = 0o444


def write_folder(
    files: Mapping[str, bytes],
    folder: Path,
    elsewhere: Mapping[Path, bytes],
    *,
    frozen: bool = True,
) -> None:
    """Write files, by path in it, into a new folder; `frozen` ones are for reading only.

    `elsewhere` are files whose bytes change with it. Raises PolicygenError; then nothing is
    changed.
    """
    parent = folder.parent
    is_new_parent = not parent.exists()
    mode = _READ_ONLY if frozen else new_mode(0o666)
    try:
        with replacing({parent, *(path.parent for path in elsewhere)}) as pending:
            if folder.exists():
                raise FileExistsError(errno.EEXIST, "it is there already")
            # The folder comes first. Should the program be killed before the profile follows, a
            # release stands there whole, and the profile still says the version before: nothing is
            # claimed that is not frozen. The other way round, the profile would claim a version
            # that nobody could read back.
            pending.append(Pending(temporary_path(parent), folder))
            _write_all(files, pending[0].temporary, mode)
            for path, data in elsewhere.items():
                pending.append(write_beside(path, data, path.stat().st_mode & 0o777))
    except BaseException as error:  # an interruption, too, leaves nothing behind
        if is_new_parent:
            with suppress(OSError):
                parent.rmdir()
        if isinstance(error, OSError):
            raise PolicygenError([_unwritable(error, folder)]) from None
        raise


def _write_all(files: Mapping[str, bytes], folder: Path, mode: int) -> None:
    folder.mkdir()
    folder.chmod(new_mode(0o777))
    for name, data in files.items():
        _write(folder / name, data, mode)


def _write(path: Path, data: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_synced(data, path)
    path.chmod(mode)


def _unwritable(error: OSError, folder: Path) -> Problem:
    what = f"This folder cannot be written: {reason(error)}. Nothing was changed."
    mend = "Check that it is yours, that the disk has room and that no file is open."
    return Problem(what, mend, Location(display_path(folder)), code="PG505")
