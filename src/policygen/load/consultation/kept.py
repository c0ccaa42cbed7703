"""The copies and forms that a consultation keeps, each by its checksum."""

from __future__ import annotations

import hashlib
from pathlib import Path

from policygen.load.consultation.record import PEOPLE_FOLDER
from policygen.load.files import display_path, read_bytes
from policygen.load.returned.package.refusal import COPY_LIMIT
from policygen.problems import Location, PolicygenError, Problem

KEPT_FOLDER = f"{PEOPLE_FOLDER}/files"


def kept_file(folder: Path, sha256: str) -> Path | None:
    """Return where a file is kept, or None where it was erased.

    Raises PolicygenError where it is not what came back any more.
    """
    path = next(iter(sorted((folder / KEPT_FOLDER).glob(f"{sha256}.*"))), None)
    if path and hashlib.sha256(read_bytes(path, COPY_LIMIT)).hexdigest() != sha256:
        what = "This file is not what came back: it was changed."
        mend = "Put it back from a backup. Its name is the sha256 of what it held."
        raise PolicygenError([Problem(what, mend, Location(display_path(path)), code="PG683")])
    return path
