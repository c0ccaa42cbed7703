"""A consultation to disk: its folder, once; then lines that are added to its log, and names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from policygen.load.consultation.folder import (
    CONSULTATION_FILE,
    CONSULTATIONS_FOLDER,
    consultation_versions,
)
from policygen.load.consultation.kept import kept_file
from policygen.load.consultation.people import PEOPLE_FILE
from policygen.load.consultation.record import LOG_FILE, PEOPLE_FOLDER, read_log
from policygen.load.files import read_bytes
from policygen.model.consultation.log import ConsultationLog
from policygen.model.consultation.record import (
    Consultation,
    LogEntry,
    LogLine,
    consultation_to_json,
    line_to_json,
)
from policygen.model.consultation.respondent import RespondentBook
from policygen.problems import PolicygenError, Problem
from policygen.store.files import File
from policygen.store.folder import write_folder

_LIMIT = 100_000_000  # bytes of a log
_IGNORED = b"""\
# Who answered, and the files that they sent. These never go into version control.
*
!.gitignore
"""
_PEOPLE_HEAD = """\
# Who answered the consultation. This file stays outside version control.
# Give somebody a `body` if they speak for it: then its name is printed. A person's name never is.
# To erase somebody: policygen consult forget PROFILE r1
"""
_FILES_HEAD = "# What each file was called, and who wrote in it. It is kept under its checksum."


def create_consultation(
    profile_folder: Path, consultation: Consultation, files: Mapping[str, bytes]
) -> Path:
    """Write the folder of a new consultation, with its letters, and return it.

    Raises PolicygenError; then nothing is written.
    """
    folder = profile_folder / CONSULTATIONS_FOLDER / consultation.version
    record = consultation_to_json(consultation)
    own = {
        CONSULTATION_FILE: record,
        LOG_FILE: b"",
        ".gitattributes": b"* -text\n",  # other ends of lines would be a change of the log
        f"{PEOPLE_FOLDER}/.gitignore": _IGNORED,
        f"{PEOPLE_FOLDER}/{PEOPLE_FILE}": people_text(RespondentBook()).encode(),
    }
    write_folder({**own, **files}, folder, {}, frozen=False)
    return folder


def verify_consultations(profile_folder: Path) -> Iterator[Problem]:
    """Yield a Problem for each log, and each file that is kept, that is not as it was."""
    for version in consultation_versions(profile_folder):
        folder = profile_folder / CONSULTATIONS_FOLDER / version
        try:
            for sha256 in read_log(folder).files:
                kept_file(folder, sha256)
        except PolicygenError as error:
            yield from error.problems


def log_file(folder: Path, log: ConsultationLog, added: Iterable[LogEntry]) -> File:
    """Return the log of a consultation with some lines more; those that are there stay."""
    data = read_bytes(folder / LOG_FILE, _LIMIT)
    last = log.last
    for entry in added:
        line = line_to_json(LogLine(last, entry))
        last = hashlib.sha256(line).hexdigest()
        data += line + b"\n"
    return File(LOG_FILE, data)


def people_file(book: RespondentBook) -> File:
    """Return the file of names."""
    return File(f"{PEOPLE_FOLDER}/{PEOPLE_FILE}", people_text(book).encode())


def people_text(book: RespondentBook) -> str:
    """Return the file of names as text; a JSON string is one of YAML too."""
    lines = [_PEOPLE_HEAD, "respondents:"]
    for one in book.people:
        lines += [f"  {one.id}:", f"    name: {_quoted(one.name)}"]
        lines.append(f"    body: {_quoted(one.body)}" if one.body else "    body:")
    lines += ["", _FILES_HEAD, "files:"]
    for file in book.files:
        lines += [f"  {_quoted(file.sha256)}:", f"    name: {_quoted(file.name)}"]
        lines.append(f"    respondents: [{', '.join(file.respondents)}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
