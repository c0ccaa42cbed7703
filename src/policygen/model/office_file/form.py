"""What a file is that was taken for one of Word, by how it begins and what it holds."""

from __future__ import annotations

from collections.abc import Mapping

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # how Office names what a password locks

# How files begin that are named .docx or .dotx now and then, and what they are.
_BEGINNINGS = (
    (_OLD_WORD, "an old Word file (.doc or .dot), or one that a password locks"),
    (b"{\\rtf", "an RTF file"),
    (b"%PDF", "a PDF"),
    (b"version https://git-lfs", "a pointer of Git LFS, not the file itself"),
    (b"<", "a web page or an XML file"),
)
OTHER_PROGRAMS = (
    ("spreadsheetml", "an Excel workbook"),
    ("presentationml", "a PowerPoint presentation"),
    ("visio", "a Visio drawing"),
)


def form_of_file(data: bytes) -> str:
    """Return what a file is that is no zip."""
    if not data:
        return "an empty file"
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    named = (name for beginning, name in _BEGINNINGS if start.startswith(beginning))
    return next(named, "no Word file")


def form_of_zip(files: Mapping[str, bytes]) -> str:
    """Return what a zip is that is no file of Office."""
    if b"opendocument" in files.get("mimetype", b""):
        return "an OpenDocument file, such as LibreOffice saves"
    return "a ZIP file, and no Word file"


def form_of_kind(kind: str) -> str:
    """Return what a file of Office is by the kind of content of its main part."""
    return next((name for sign, name in OTHER_PROGRAMS if sign in kind), "no Word file")


def is_locked(data: bytes) -> bool:
    """Tell whether a password locks a file that Office wrote."""
    return data.startswith(_OLD_WORD) and _LOCKED in data
