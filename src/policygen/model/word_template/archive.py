"""The files in a template's zip, read within bounds: it may be a stranger's."""

from __future__ import annotations

from typing import NamedTuple

from policygen.model.office_file.form import form_of_file
from policygen.model.office_file.unpack import UnsoundZip, ZipBounds, ZipFault, unpack_zip

TEMPLATE_LIMIT = 4_000_000  # bytes of the file
_BOUNDS = ZipBounds(TEMPLATE_LIMIT, unpacked=30_000_000, files=400)
AS_TEMPLATE = "In Word, save it as Word Template (.dotx)."
_COMPRESS = "Compress its pictures, and save it again."
_SAID = {
    ZipFault.TOO_LARGE: ("The template is larger than 4 MB.", _COMPRESS),
    ZipFault.TOO_LARGE_UNPACKED: ("Unpacked, the template is larger than 30 MB.", _COMPRESS),
    ZipFault.TOO_MANY: (f"The template holds more than {_BOUNDS.files} files.", AS_TEMPLATE),
    ZipFault.BROKEN: ("The template is broken: it cannot be unpacked.", AS_TEMPLATE),
    ZipFault.LOCKED: ("A password locks the template.", "Save it without one."),
    ZipFault.ODDLY_PACKED: (
        "The template is packed in a way that Word does not use.",
        AS_TEMPLATE,
    ),
    ZipFault.LEADS_OUT: ("A path in the template leads out of it.", AS_TEMPLATE),
    ZipFault.TWO_OF_ONE_NAME: ("Two files of the template have one name.", AS_TEMPLATE),
}


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
    """Return every file of a template by its path. Raises UnsoundTemplate."""
    try:
        return unpack_zip(data, _BOUNDS)
    except UnsoundZip as unsound:
        if unsound.fault is ZipFault.NO_ZIP:
            raise UnsoundTemplate(f"This is {form_of_file(data)}.", code="PG430") from None
        raise UnsoundTemplate(*_SAID[unsound.fault]) from None
