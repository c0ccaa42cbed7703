"""The files that somebody gives to be reviewed: each once, and no comment form among them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from policygen.load.consultation.form import form_number
from policygen.load.files import read_bytes
from policygen.load.returned.package.open import ReturnedFile, open_returned_bytes
from policygen.load.returned.package.refusal import COPY_LIMIT
from policygen.load.spreadsheet.csv_file import csv_grid
from policygen.load.spreadsheet.docx import docx_grid
from policygen.load.spreadsheet.xlsx import is_workbook, xlsx_grid
from policygen.model.given_file import GivenFile
from policygen.problems import Location, Message, PolicygenError, Problem

_LISTS = (".csv", ".tsv", ".txt")


def each_once(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return the files without those that hold the same as an earlier one, and a note of each.

    One that cannot be read stays, to be told where it is opened.
    """
    first: dict[str, Path] = {}
    once: list[Path] = []
    notes: list[str] = []
    for path in paths:
        try:
            digest = hashlib.sha256(read_bytes(path, COPY_LIMIT)).hexdigest()
        except PolicygenError:
            digest = str(path)
        same = first.setdefault(digest, path)
        if same is path:
            once.append(path)
        elif same == path:
            notes.append(f"{path} was named twice, and is told once.")
        else:
            notes.append(f"{path} is the same file as {same}, and is told once.")
    return tuple(once), tuple(notes)


def open_copy(given: GivenFile, organisation: str) -> ReturnedFile:
    """Open a returned copy of an organisation's policy.

    Raises PolicygenError for a comment form, filled in or not, in Word, as a workbook or as a list,
    and for what is no sound Word file.
    """
    _require_no_form(_number_in_cells(given), organisation, given.shown)
    file = open_returned_bytes(given.data, given.shown)
    if file.imprint is None:
        _require_no_form(form_number(docx_grid(file)), organisation, given.shown)
    return file


def _number_in_cells(given: GivenFile) -> str:
    """Return the number of a form that is a list or a workbook; "" for everything else."""
    try:
        if given.ending in _LISTS:
            return form_number(csv_grid(given.data, given.name))
        if is_workbook(given.data):
            return form_number(xlsx_grid(given.data, given.name))
        return ""
    except PolicygenError:  # no sound one: what it is instead is told where a copy is opened
        return ""


def _require_no_form(number: str, organisation: str, path: str) -> None:
    if number:
        what = f"This is a comment form, of {number}, and no copy of the policy."
        mend = Message(
            f"Forms and copies are gathered by `policygen consult collate {organisation} ...`.",
            on_page="Forms and copies are gathered on the page Consultation.",
        )
        raise PolicygenError([Problem(what, mend, Location(path), code="PG698")])
