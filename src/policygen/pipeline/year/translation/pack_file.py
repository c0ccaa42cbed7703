"""A translation pack to a file, in the form that its name asks for."""

from __future__ import annotations

from pathlib import Path

from policygen.model.translation.pack import TranslationPack
from policygen.report.translation.sheet import pack_to_xlsx
from policygen.store.files import File, write_files
from policygen.write.xliff import xliff_bytes


def write_pack_file(pack: TranslationPack, out: Path) -> None:
    """Write a pack as XLSX or XLIFF, whole or not at all. Raises PolicygenError."""
    data = pack_to_xlsx(pack) if out.suffix.lower() == ".xlsx" else xliff_bytes(pack)
    write_files([File(out.name, data)], out.parent)
