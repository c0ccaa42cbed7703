"""A translation pack to a file, in the form that its name asks for."""

from __future__ import annotations

from pathlib import Path

from policygen.model.translation.pack import TranslationPack
from policygen.report.translation.sheet import pack_to_xlsx
from policygen.store.files import File, write_files
from policygen.write.xliff import xliff_bytes


def write_pack_file(pack: TranslationPack, out: Path) -> None:
    """Write a pack as XLSX or XLIFF, whole or not at all. Raises PolicygenError."""
    ending = out.suffix.lower().removeprefix(".")
    write_files([File(out.name, pack_bytes(pack, ending))], out.parent)


def pack_bytes(pack: TranslationPack, ending: str) -> bytes:
    """Return a pack as xlsx, or else as XLIFF."""
    return pack_to_xlsx(pack) if ending == "xlsx" else xliff_bytes(pack)
