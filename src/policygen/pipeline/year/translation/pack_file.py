"""A translation pack as a file, in the form that its name asks for."""

from __future__ import annotations

from policygen.model.translation.pack import TranslationPack
from policygen.report.translation.sheet import pack_to_xlsx
from policygen.write.xliff import xliff_bytes


def pack_bytes(pack: TranslationPack, ending: str) -> bytes:
    """Return a pack as xlsx, or else as XLIFF."""
    return pack_to_xlsx(pack) if ending == "xlsx" else xliff_bytes(pack)
