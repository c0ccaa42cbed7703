"""Files in one zip, or in a folder, with their checksums: the same files give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from policygen.load.files import display_path
from policygen.problems import Location, Message, PolicygenError, Problem
from policygen.store.files import File, write_files

_CHECKSUMS = "SHA256SUMS"
_DAWN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows; no file's own time is kept
_READABLE = 0o644 << 16


def with_checksums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files by path, and the list of their checksums: `sha256sum -c` reads it."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in files.items()]
    return {**files, _CHECKSUMS: "".join(lines).encode()}


def write_bundle(files: Mapping[str, bytes], out: Path) -> None:
    """Write files into a zip, where `out` is called so, or into a folder: all of them or none.

    A bundle that was made before is renewed. Raises PolicygenError, for a folder with other files
    in it too; then nothing is changed.
    """
    if out.suffix.lower() == ".zip":
        write_files([File(out.name, zipped(files))], out.parent)
        return
    _require_own(out, files)
    write_files([File(path, data) for path, data in files.items()], out)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files by path in one zip."""
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = ZipInfo(path, _DAWN)
            entry.external_attr = _READABLE
            archive.writestr(entry, content, ZIP_DEFLATED)
    return data.getvalue()


def _require_own(out: Path, files: Mapping[str, bytes]) -> None:
    """Raise PolicygenError for a folder with files that are none of the bundle's."""
    if not out.is_dir():
        return
    found = sorted(path for path in out.rglob("*") if not path.is_dir())
    other = next((path for path in found if path.relative_to(out).as_posix() not in files), None)
    if other:
        name = other.relative_to(out).as_posix()
        what = f"This folder holds another file: {name}. A bundle has a folder to itself."
        mend = Message(
            "Name a new folder, or a file that ends in .zip, with --out.",
            on_page="Download it as a zip.",
        )
        raise PolicygenError([Problem(what, mend, Location(display_path(out)), code="PG592")])
