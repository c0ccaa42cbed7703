"""A new folder to disk, whole or not at all, and with it the files elsewhere that belong to the same change."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from policygen.problems import Place, PolicygenError, Problem
from policygen.store.files import all_or_none, new_mode, write_beside, write_synced

_READ_ONLY = 0o444


def write_folder(
    files: Mapping[str, bytes],
    folder: Path,
    elsewhere: Mapping[Path, bytes],
    *,
    frozen: bool = True,
) -> None:
    """Write files, by path in it, into a folder that is not there yet; `frozen` ones are for reading only.

    `elsewhere` are files whose bytes change with it. Raises PolicygenError; then nothing is changed.
    """
    begun = not folder.parent.exists()
    try:
        if folder.exists():
            raise FileExistsError(17, "it is there already")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with all_or_none() as waiting:
            made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
            # The folder comes first. Should the program be killed before the profile follows, a release stands there
            # whole, and the profile still says the version before: nothing is claimed that is not frozen. The other
            # way round, the profile would claim a version that nobody could read back.
            waiting.append((made, folder))
            made.chmod(new_mode(0o777))
            for name, data in files.items():
                _write(made / name, data, _READ_ONLY if frozen else new_mode(0o666))
            for path, data in elsewhere.items():
                waiting.append((write_beside(path, data, path.stat().st_mode & 0o777), path))
    except BaseException as error:  # an interruption, too, leaves nothing behind
        if begun:
            with contextlib.suppress(OSError):
                folder.parent.rmdir()
        if isinstance(error, OSError):
            raise PolicygenError([_refused(error, folder)]) from None
        raise


def _write(path: Path, data: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_synced(data, path)
    path.chmod(mode)


def _refused(error: OSError, folder: Path) -> Problem:
    what = f"This folder cannot be written: {(error.strerror or 'unknown reason').lower()}. Nothing was changed."
    return Problem(
        what,
        "Check that it is yours, that the disk has room and that no file is open.",
        Place(str(folder)),
    )
