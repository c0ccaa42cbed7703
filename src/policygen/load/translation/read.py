"""A file that a translator sent back -> what it says, in whichever of the two forms."""

from __future__ import annotations

from policygen.load.spreadsheet.xlsx import is_workbook
from policygen.load.translation.sheet import read_pack_sheet
from policygen.load.translation.xliff import read_xliff
from policygen.model.given_file import GivenFile
from policygen.model.translation.returned import ReturnedPack

PACK_LIMIT = 20_000_000  # bytes; a pack of everything has about 600,000


def read_pack(file: GivenFile) -> ReturnedPack:
    """Read a pack that came back. Raises PolicygenError for what is none, or is unsound."""
    if is_workbook(file.data) or file.data.startswith(b"PK"):
        return read_pack_sheet(file)
    return read_xliff(file)
