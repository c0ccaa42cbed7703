"""Why a returned file is not read any further."""

from __future__ import annotations

from policygen.model.office_file.form import form_of_file, is_locked
from policygen.model.office_file.unpack import ZipBounds, ZipFault

COPY_LIMIT = 50_000_000  # bytes of the file: reviewers paste pictures
BOUNDS = ZipBounds(COPY_LIMIT, unpacked=60_000_000, files=4_000)
AS_WORD = "In Word, choose File, Save As, Word Document (.docx), and name that file."
ASK_AGAIN = "Open it in Word, save it again, or ask whoever sent it for another copy."
UNLOCK = "Open it in Word, take the password off under File, Info, and save it again."
_SMALLER = "Open it in Word, take out what is not ours, and save it again."
_SAID = {
    ZipFault.TOO_LARGE: ("This file is larger than 50 MB.", _SMALLER),
    ZipFault.TOO_LARGE_UNPACKED: ("Unpacked, the words of this file exceed 60 MB.", _SMALLER),
    ZipFault.TOO_MANY: (f"This file holds more than {BOUNDS.files:,} files.", _SMALLER),
    ZipFault.BROKEN: ("This file is broken: it cannot be unpacked.", ASK_AGAIN),
    ZipFault.LOCKED: ("A password locks this file.", UNLOCK),
    ZipFault.ODDLY_PACKED: ("This file is packed in a way that Word does not use.", ASK_AGAIN),
    ZipFault.LEADS_OUT: ("A path in this file leads out of it.", ASK_AGAIN),
    ZipFault.TWO_OF_ONE_NAME: ("Two parts of this file have one name.", ASK_AGAIN),
}


class Refusal(Exception):
    """A file that is not read any further; PG670 is no Word file, PG671 one that is not sound."""

    def __init__(self, what: str, mend: str = ASK_AGAIN, code: str = "PG671") -> None:
        self.what, self.mend, self.code = what, mend, code
        super().__init__(what)


def other_form(form: str, mend: str = AS_WORD) -> Refusal:
    """Return the refusal of a file of another form, such as "a PDF"."""
    is_told = form.endswith("no Word file")
    what = f"This is {form}." if is_told else f"This is not a Word file: it is {form}."
    return Refusal(what, mend, "PG670")


def zip_refusal(fault: ZipFault, data: bytes) -> Refusal:
    """Return the refusal of a zip that is not sound, or of a file that is none."""
    if fault is not ZipFault.NO_ZIP:
        return Refusal(*_SAID[fault])
    if is_locked(data):
        return Refusal(*_SAID[ZipFault.LOCKED])
    form = form_of_file(data)
    is_pdf = form == "a PDF"
    return other_form(form, "Ask for the Word file with the changes in it." if is_pdf else AS_WORD)
