"""A sign-off list that came back, XLSX or CSV -> who signed which version on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policygen.load.files import given_file
from policygen.load.spreadsheet.day import parse_day
from policygen.load.spreadsheet.faults import cell_faults, macro_fault
from policygen.load.spreadsheet.read import read_spreadsheet
from policygen.load.spreadsheet.refusal import FILE_LIMIT
from policygen.model.given_file import GivenFile
from policygen.model.office_file.spreadsheet import WorkbookSheet, cell_place
from policygen.model.year.briefing import SignOffWords
from policygen.model.year.sign_off import SignOff
from policygen.problems import Location, Message, PolicygenError, Problem

_NUMBER = re.compile(r"([\w.-]+)@([0-9]+(?:\.[0-9]+){1,2})")
_HANDBOOK = re.compile(r"-h[0-9]+$")  # a handbook has a number of its own: 1.0-h2
_FIRST_ROWS = 30  # among which the heads stand
_AGAIN = Message(
    "`policygen signed PROFILE --kit FOLDER` makes an empty list.",
    on_page="Download the sign-off kit: it has an empty list.",
)
_DAY_HEADS = ("date", "day", "signed")  # what people call the column of days, too


@dataclass(frozen=True, slots=True)
class Versions:
    """Of which body and versions a list may be: all that were approved, and those that were not."""

    organisation: str
    approved: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignOffList:
    """A list that came back: the version that it was made for, "" if it does not say, and rows.

    A sheet of a workbook is a list of its own.
    """

    shown: str
    version: str
    rows: tuple[SignOff, ...]


def read_sign_offs(
    source: Path | GivenFile, words: SignOffWords, versions: Versions
) -> tuple[SignOffList, ...]:
    """Read a list, and each sheet of a workbook that is one.

    Raises PolicygenError with every row that cannot be counted. For a list of another body or of a
    version that was never in force, too.
    """
    file = given_file(source, FILE_LIMIT)
    workbook = read_spreadsheet(file)
    problems = [*macro_fault(workbook, file.shown)]
    sheets = [one for one in workbook.sheets if _head_row(one, words) is not None]
    if not sheets:
        heads = ", ".join(f'"{head}"' for head in words.heads[:4])
        what = f"This is no sign-off list: no row has the heads {heads}."
        problems.append(Problem(what, _AGAIN, Location(file.shown), code="PG570"))
    lists: list[SignOffList] = []
    for sheet in sheets:
        problems += cell_faults(sheet, file.shown)
        reader = _ListReader(sheet, file.shown, words, versions)
        shown = file.shown if len(sheets) == 1 else f"{file.shown}, sheet {sheet.name}"
        lists.append(SignOffList(shown, reader.version, tuple(reader.rows())))
        problems += reader.problems
    if problems:
        raise PolicygenError(problems)
    return tuple(lists)


def _head_row(sheet: WorkbookSheet, words: SignOffWords) -> int | None:
    rows = enumerate(sheet.rows[:_FIRST_ROWS])
    return next((at for at, row in rows if {"name", "day"} <= set(_columns(row, words))), None)


def _columns(row: Sequence[str], words: SignOffWords) -> dict[str, int]:
    """Return where a row of heads has each column; those of others are passed over."""
    names = ("name", "role", "version", "day", "briefed_by")
    known = {head.casefold(): name for head, name in zip(words.heads, names, strict=True)}
    known |= dict.fromkeys(_DAY_HEADS, "day")
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        if name := known.get(" ".join(cell.casefold().split())):
            found.setdefault(name, at)
    return found


class _ListReader:
    """Reads the rows of one list, and gathers what cannot be counted."""

    def __init__(
        self, sheet: WorkbookSheet, shown: str, words: SignOffWords, versions: Versions
    ) -> None:
        self._sheet, self._shown, self._versions = sheet, shown, versions
        self.problems: list[Problem] = []
        self._head = _head_row(sheet, words) or 0
        self._at = _columns(sheet.rows[self._head], words)
        self.version = self._own_version()

    def rows(self) -> Iterator[SignOff]:
        """Yield each row in which somebody is named."""
        for number in range(self._head + 1, len(self._sheet.rows)):
            row = self._sheet.rows[number]
            name, role, said, day, briefed_by = (
                self._cell(row, column)
                for column in ("name", "role", "version", "day", "briefed_by")
            )
            if not name:
                if day:
                    what = "This row has a day, and no name."
                    self._tell(what, "Write who signed, or empty the row.", number, "name")
                continue
            version = _HANDBOOK.sub("", said.removeprefix("v").strip()) or self.version
            signed = self._day(day, number)
            if signed and self._is_known(version, number):
                place = self._place(number, "day")
                yield SignOff(name, role, version, signed, briefed_by, place)
            elif not day:
                yield SignOff(name, role, "", None)

    def _own_version(self) -> str:
        """Return the version that stands over the rows; a Problem for another body's."""
        cells = (cell.strip() for row in self._sheet.rows[: self._head] for cell in row)
        found = next(filter(None, map(_NUMBER.fullmatch, cells)), None)
        if found is None:
            return ""
        if found[1] != self._versions.organisation:
            what = f"This is a list of {found[0]}, not of {self._versions.organisation}."
            mend = Message(
                f"Name the profile that it belongs to: policygen signed {found[1]} {self._shown}",
                on_page="Give it to the page of the body that it belongs to.",
            )
            self.problems.append(Problem(what, mend, Location(self._shown), code="PG571"))
            return ""
        self._is_known(found[2], None)
        return found[2]

    def _is_known(self, version: str, row: int | None) -> bool:
        """Tell whether a version was ever in force; a Problem for one that was not."""
        if version in self._versions.approved:
            return True
        if any(one.code in ("PG571", "PG572") for one in self.problems):
            return False  # told once: every row would say so
        known = ", ".join(self._versions.approved)
        if not version:
            what = "Nobody can see which version was signed: the list names none."
        elif version in self._versions.others:
            what = f"Version {version} was a draft that was out for comment, and never in force."
        else:
            what = f'There is no version "{version}" of {self._versions.organisation}.'
        mend = f'Write it under "Version", one of: {known}.'
        self._tell(what, mend, row, "version", "PG572")
        return False

    def _day(self, text: str, row: int) -> date | None:
        day = parse_day(text) if text else None
        if text and day is None:
            mend = "Write it like 7 December 2026 or 2026-12-07."
            self._tell(f'"{text}" is no day.', mend, row, "day")
        return day

    def _cell(self, row: Sequence[str], column: str) -> str:
        at = self._at.get(column)
        return " ".join(row[at].split()) if at is not None and at < len(row) else ""

    def _tell(
        self, what: str, mend: str, row: int | None, column: str, code: str = "PG573"
    ) -> None:
        location = Location(self._place(row, column))
        self.problems.append(Problem(what, mend, location, code=code))

    def _place(self, row: int | None, column: str) -> str:
        parts = [self._shown]
        if self._sheet.name:
            parts.append(f"sheet {self._sheet.name}")
        if row is not None:
            parts.append(cell_place(row, self._at.get(column, self._at["name"])))
        return ", ".join(parts)
