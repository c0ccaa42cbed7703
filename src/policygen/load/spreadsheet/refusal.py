"""Why a spreadsheet is not read any further."""

from __future__ import annotations

from policygen.model.office_file.unpack import ZipBounds, ZipFault
from policygen.problems import Location, PolicygenError, Problem

FILE_LIMIT = 10_000_000  # bytes of a file; ours have about 30,000
ZIP_BOUNDS = ZipBounds(FILE_LIMIT, unpacked=40_000_000, files=1_000)
MOST_SHEETS = 60
MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_CHARACTERS = 20_000  # of one cell
_AGAIN = "Open it, save it again as XLSX or CSV, or ask whoever sent it for another copy."
_SAID = {
    ZipFault.NO_ZIP: "This is no workbook (XLSX).",
    ZipFault.TOO_LARGE: "This file is larger than 10 MB.",
    ZipFault.TOO_LARGE_UNPACKED: "Unpacked, this file exceeds 40 MB.",
    ZipFault.TOO_MANY: "This workbook holds more than 1,000 files.",
    ZipFault.BROKEN: "This file is broken: it cannot be unpacked.",
    ZipFault.LOCKED: "A password locks this file.",
    ZipFault.ODDLY_PACKED: "This file is packed in a way that no office program uses.",
    ZipFault.LEADS_OUT: "A path in this file leads out of it.",
    ZipFault.TWO_OF_ONE_NAME: "Two parts of this file have one name.",
}


def unsound(what: str, path: str, line: int = 0) -> PolicygenError:
    """Return the error of a spreadsheet that cannot be read."""
    return PolicygenError([Problem(what, _AGAIN, Location(path, line), code="PG686")])


def unsound_zip(fault: ZipFault, path: str) -> PolicygenError:
    """Return the error of a workbook that is not sound."""
    return unsound(_SAID[fault], path)
