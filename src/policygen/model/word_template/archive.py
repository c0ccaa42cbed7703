"""The files in a template's zip, read within bounds: it may be a stranger's."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

TEMPLATE_LIMIT = 4_000_000  # bytes of the file
_UNPACKED = 30_000_000  # bytes of all that it holds
_FILES = 400
_ENCRYPTED = 0x1  # a flag of the zip format

# How files begin that are named .dotx now and then, and what they are.
_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc or .dot), or one that a password locks"),
    (b"{\\rtf", "an RTF file"),
    (b"%PDF", "a PDF"),
    (b"version https://git-lfs", "a pointer of Git LFS, not the template"),
    (b"<", "a web page or an XML file"),
)
AS_TEMPLATE = "In Word, save it as Word Template (.dotx)."


class WordTemplateFault(NamedTuple):
    """What is wrong with a template, how to mend it, and the code of the Problem."""

    what: str
    mend: str
    code: str


class UnsoundTemplate(Exception):
    """A file that is not read any further; `fault` says why."""

    def __init__(self, what: str, mend: str = AS_TEMPLATE, code: str = "PG431") -> None:
        self.fault = WordTemplateFault(what, mend, code)
        super().__init__(what)


def unpack_template(data: bytes) -> dict[str, bytes]:
    """Return every file of a template by its path. Raises UnsoundTemplate.

    Sizes are found by reading: what a zip says of itself is not believed.
    """
    if not data.startswith(b"PK"):
        raise UnsoundTemplate(f"This is {_form(data)}.", code="PG430")
    if len(data) > TEMPLATE_LIMIT:
        raise UnsoundTemplate(
            "The template is larger than 4 MB.", "Compress its pictures, and save it again."
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _unpack(archive)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise UnsoundTemplate("The template is broken: it cannot be unpacked.") from None


def _form(data: bytes) -> str:
    """Return what a file is that is no zip."""
    if not data:
        return "an empty file"
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    named = (name for beginning, name in _BEGINNINGS if start.startswith(beginning))
    return next(named, "no Word file")


def _unpack(archive: ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > _FILES:
        raise UnsoundTemplate(f"The template holds more than {_FILES} files.")
    files: dict[str, bytes] = {}
    room = _UNPACKED
    known: set[str] = set()
    for entry in entries:
        path = _checked_path(entry, known)
        if entry.flag_bits & _ENCRYPTED:
            raise UnsoundTemplate("A password locks the template.", "Save it without one.")
        if entry.compress_type not in (ZIP_DEFLATED, ZIP_STORED):
            raise UnsoundTemplate("The template is packed in a way that Word does not use.")
        with archive.open(entry) as file:
            files[path] = file.read(room + 1)
        room -= len(files[path])
        if room < 0:
            raise UnsoundTemplate(
                "Unpacked, the template is larger than 30 MB.",
                "Compress its pictures, and save it again.",
            )
    return files


def _checked_path(entry: ZipInfo, known: set[str]) -> str:
    """Return the path of a file within the package, and add it to those that are `known`."""
    path = entry.filename
    parts = path.split("/")
    odd = "\\" in path or ":" in path or "\0" in entry.orig_filename
    if odd or not path.isprintable() or any(part in ("", ".", "..") for part in parts):
        raise UnsoundTemplate("A path in the template leads out of it.")
    if path.lower() in known:
        raise UnsoundTemplate("Two files of the template have one name.")
    known.add(path.lower())
    return path
