"""A consultation's folder on disk -> its record and its log, each line held to the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from policygen.load.consultation.folder import (
    CONSULTATION_FILE,
    CONSULTATIONS_FOLDER,
    consultation_versions,
)
from policygen.load.consultation.people import read_people
from policygen.load.files import display_path, read_bytes
from policygen.model.consultation.log import ConsultationLog
from policygen.model.consultation.record import LogEntry, consultation_from_json, line_from_json
from policygen.problems import Location, Message, PolicygenError, Problem

LOG_FILE, PEOPLE_FOLDER = "log.jsonl", "people"
_LIMIT = 100_000_000  # bytes of a log
_PUT_BACK = "A log only grows: put it back from version control or from a backup."
_Value = TypeVar("_Value")


def newest_consultation(profile_folder: Path, version: str = "") -> Path:
    """Return the folder of a consultation: of a version, or the newest. Raises PolicygenError."""
    known = consultation_versions(profile_folder)
    name = profile_folder.resolve().name
    if version and version not in known:
        told = f"There are {', '.join(known)}." if known else "There is none yet."
        what = f"Version {version} of {name} was never out for comment."
        raise PolicygenError([Problem(what, told, code="PG693")])
    if not known:
        what = f"No version of {name} is out for comment."
        mend = Message(
            f'`policygen consult open {name} --summary "..."` opens a consultation.',
            on_page="Open one on the page Consultation.",
        )
        raise PolicygenError([Problem(what, mend, code="PG693")])
    return profile_folder / CONSULTATIONS_FOLDER / (version or known[-1])


def read_log(folder: Path) -> ConsultationLog:
    """Read a consultation. Raises PolicygenError where its log is not what it was."""
    record = read_bytes(folder / CONSULTATION_FILE, _LIMIT)
    consultation = _parsed(consultation_from_json, record, folder / CONSULTATION_FILE, 1)
    path = folder / LOG_FILE
    last = hashlib.sha256(record).hexdigest()
    entries: list[LogEntry] = []
    for number, data in enumerate(read_bytes(path, _LIMIT).splitlines(), 1):
        line = _parsed(line_from_json, data, path, number)
        if line.previous != last:
            what = "This line does not follow the one before it: the log was changed."
            location = Location(display_path(path), number, 1)
            raise PolicygenError([Problem(what, _PUT_BACK, location, code="PG683")])
        entries.append(line.entry)
        last = hashlib.sha256(data).hexdigest()
    people = {one.id: one for one in read_people(folder / PEOPLE_FOLDER).people}
    return ConsultationLog(consultation, last, tuple(entries), people)


def _parsed(read: Callable[[bytes], _Value], data: bytes, path: Path, line: int) -> _Value:
    try:
        return read(data)
    except ValidationError:
        what = "This line is none of a consultation's: it was changed."
        location = Location(display_path(path), line, 1)
        raise PolicygenError([Problem(what, _PUT_BACK, location, code="PG683")]) from None
