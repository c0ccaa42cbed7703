"""The files in a stranger's zip, read within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from enum import Enum
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

_ENCRYPTED = 0x1  # a flag of the zip format
# All that zipfile says of a file whose bytes are not what they claim to be. Anything else is a
# fault of ours, and must not pass for damage.
_DAMAGE = (
    BadZipFile,  # no directory, a wrong checksum, a header that contradicts the directory
    EOFError,  # it ends within a file
    NotImplementedError,  # a flag or a version that zipfile does not know
    ValueError,  # an offset before the start
    zlib.error,  # the packed bytes are none
)


class ZipFault(Enum):
    """Why a zip is not read any further."""

    NO_ZIP = "no zip"
    TOO_LARGE = "the file is too large"
    TOO_LARGE_UNPACKED = "what it holds is too large"
    TOO_MANY = "it holds too many files"
    BROKEN = "it cannot be unpacked"
    LOCKED = "a password locks it"
    ODDLY_PACKED = "it is packed in a way that Word does not use"
    LEADS_OUT = "a path in it leads out of it"
    TWO_OF_ONE_NAME = "two of its files have one name"


class UnsoundZip(Exception):
    """A zip that is not read any further."""

    def __init__(self, fault: ZipFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


class ZipBounds(NamedTuple):
    """The most that is read: bytes of the file, bytes of all that it holds, files."""

    packed: int
    unpacked: int
    files: int


def unpack_zip(
    data: bytes, bounds: ZipBounds, is_wanted: Callable[[str], bool] = lambda _: True
) -> dict[str, bytes]:
    """Return the files of a zip by their paths, those that are wanted. Raises UnsoundZip.

    Sizes are found by reading: what a zip says of itself is not believed. What is not wanted is not
    unpacked.
    """
    if not data.startswith(b"PK"):
        raise UnsoundZip(ZipFault.NO_ZIP)
    if len(data) > bounds.packed:
        raise UnsoundZip(ZipFault.TOO_LARGE)
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _unpack(archive, bounds, is_wanted)
    except _DAMAGE:
        raise UnsoundZip(ZipFault.BROKEN) from None


def _unpack(
    archive: ZipFile, bounds: ZipBounds, is_wanted: Callable[[str], bool]
) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > bounds.files:
        raise UnsoundZip(ZipFault.TOO_MANY)
    files: dict[str, bytes] = {}
    room = bounds.unpacked
    known: set[str] = set()
    for entry in entries:
        path = _checked_path(entry, known)
        if not is_wanted(path):
            continue
        files[path] = _read(archive, entry, room)
        room -= len(files[path])
    return files


def _read(archive: ZipFile, entry: ZipInfo, room: int) -> bytes:
    """Unpack one file of at most `room` bytes."""
    if entry.flag_bits & _ENCRYPTED:
        raise UnsoundZip(ZipFault.LOCKED)
    if entry.compress_type not in (ZIP_DEFLATED, ZIP_STORED):
        raise UnsoundZip(ZipFault.ODDLY_PACKED)
    with archive.open(entry) as file:
        data = file.read(room + 1)
    if len(data) > room:
        raise UnsoundZip(ZipFault.TOO_LARGE_UNPACKED)
    return data


def _checked_path(entry: ZipInfo, known: set[str]) -> str:
    """Return the path of a file within the package, and add it to those that are `known`."""
    path = entry.filename
    parts = path.split("/")
    odd = "\\" in path or ":" in path or "\0" in entry.orig_filename
    if odd or not path.isprintable() or any(part in ("", ".", "..") for part in parts):
        raise UnsoundZip(ZipFault.LEADS_OUT)
    if path.lower() in known:
        raise UnsoundZip(ZipFault.TWO_OF_ONE_NAME)
    known.add(path.lower())
    return path
