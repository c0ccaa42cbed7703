"""A body's own Word template, `theme/policy.dotx`: its bytes, if a document may be made with it."""

from __future__ import annotations

import errno
from pathlib import Path

from policygen.load.files import read_regular
from policygen.model.word_template import TEMPLATE_LIMIT, WordTemplateFault, template_faults
from policygen.problems import Location, PolicygenError, Problem


def read_word_template(file: Path, location: Location) -> bytes:
    """Read a template. Raises PolicygenError with all that keeps it from being one."""
    try:
        data = read_regular(file, TEMPLATE_LIMIT)
    except OSError as error:
        raise PolicygenError([_problem(_unread(error), location)]) from None
    faults = template_faults(data)
    if faults:
        raise PolicygenError([_problem(fault, location) for fault in faults])
    return data


def _unread(error: OSError) -> WordTemplateFault:
    if error.errno == errno.EFBIG:
        what = "The template is larger than 4 MB."
        return WordTemplateFault(what, "Compress its pictures, and save it again.", "PG431")
    return WordTemplateFault("The template cannot be read.", "Put the file itself there.", "PG431")


def _problem(fault: WordTemplateFault, location: Location) -> Problem:
    return Problem(fault.what, fault.mend, location, code=fault.code)
