"""A package's files to bytes, the same every time."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONTENT_TYPES = "[Content_Types].xml"
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold


def pack(files: Mapping[str, bytes], onto: bytes = b"") -> bytes:
    """Zip files by their names, behind those of the zip `onto`.

    The content types come first, and no date is today's.
    """
    target = BytesIO(onto)
    with ZipFile(target, "a", ZIP_DEFLATED) as archive:
        for path in sorted(files, key=lambda path: (path != _CONTENT_TYPES, path)):
            info = ZipInfo(path, _DATE)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0  # the same on every platform
            archive.writestr(info, files[path])
    return target.getvalue()


def unpack(package: bytes) -> dict[str, bytes]:
    """Read every file of a zip."""
    with ZipFile(BytesIO(package)) as archive:
        return {path: archive.read(path) for path in archive.namelist()}
