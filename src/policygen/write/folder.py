"""A new folder to disk, whole or not at all, and with it the files elsewhere that belong to the same change."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from policygen.problems import Place, PolicygenError, Problem
from policygen.write.disk import swap

_READ_ONLY = 0o444


def save_folder(
    files: Mapping[str, bytes], folder: Path, beside: Mapping[Path, bytes], *, frozen: bool = True
) -> None:
    """Write files, by path in it, into a folder that is not there yet; `frozen` ones are for reading only.

    `beside` are files elsewhere whose bytes change with it. Raises PolicygenError; then nothing is changed.
    """
    waiting: list[tuple[Path, Path]] = []
    begun = not folder.parent.exists()
    try:
        if folder.exists():
            raise FileExistsError(17, "it is there already")
        folder.parent.mkdir(parents=True, exist_ok=True)
        umask = os.umask(0)
        os.umask(umask)
        for path, data in beside.items():
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            waiting.append((Path(name), path))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(path.stat().st_mode & 0o777)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        waiting.append((made, folder))  # the last to be put in place, so that it never has to be taken back
        made.chmod(0o777 & ~umask)
        for name, data in files.items():
            _write(made / name, data, _READ_ONLY if frozen else 0o666 & ~umask)
        swap(waiting)
    except BaseException as error:  # an interruption, too, leaves nothing behind
        for temporary, _ in waiting:
            _clear(temporary)
        if begun:
            with contextlib.suppress(OSError):
                folder.parent.rmdir()
        if isinstance(error, OSError):
            raise PolicygenError([_refused(error, folder)]) from None
        raise


def _write(path: Path, data: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(mode)


def _clear(temporary: Path) -> None:
    with contextlib.suppress(OSError):
        if temporary.is_dir():
            shutil.rmtree(temporary)
        else:
            temporary.unlink(missing_ok=True)


def _refused(error: OSError, folder: Path) -> Problem:
    what = f"This folder cannot be written: {(error.strerror or 'unknown reason').lower()}. Nothing was changed."
    return Problem(what, "Check that it is yours, that the disk has room and that no file is open.", Place(str(folder)))
