"""Why a comment form is not read any further."""

from __future__ import annotations

from policygen.model.office_file.unpack import ZipBounds, ZipFault
from policygen.problems import Location, PolicygenError, Problem

FORM_LIMIT = 10_000_000  # bytes of a form; ours have about 30,000
FORM_BOUNDS = ZipBounds(FORM_LIMIT, unpacked=40_000_000, files=1_000)
MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_CHARACTERS = 20_000  # of one cell
FORM_AGAIN = "Open it, save it again as XLSX or CSV, or ask whoever sent it for another copy."
_SAID = {
    ZipFault.NO_ZIP: "This is no workbook (XLSX).",
    ZipFault.TOO_LARGE: "This form is larger than 10 MB.",
    ZipFault.TOO_LARGE_UNPACKED: "Unpacked, this form exceeds 40 MB.",
    ZipFault.TOO_MANY: "This form holds more than 1,000 files.",
    ZipFault.BROKEN: "This form is broken: it cannot be unpacked.",
    ZipFault.LOCKED: "A password locks this form.",
    ZipFault.ODDLY_PACKED: "This form is packed in a way that no office program uses.",
    ZipFault.LEADS_OUT: "A path in this form leads out of it.",
    ZipFault.TWO_OF_ONE_NAME: "Two parts of this form have one name.",
}


def unsound(what: str, path: str, line: int = 0) -> PolicygenError:
    """Return the error of a form that cannot be read."""
    return PolicygenError([Problem(what, FORM_AGAIN, Location(path, line), code="PG686")])


def unsound_zip(fault: ZipFault, path: str) -> PolicygenError:
    """Return the error of a workbook that is not sound."""
    return unsound(_SAID[fault], path)
