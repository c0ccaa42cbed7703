"""A workbook that came back -> the translation of each row, and who made and reviewed it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from policygen.load.spreadsheet.day import parse_day
from policygen.load.spreadsheet.read import read_spreadsheet
from policygen.load.translation.refusal import no_pack
from policygen.model.given_file import GivenFile
from policygen.model.office_file.spreadsheet import Grid, cell_place
from policygen.model.translation.columns import (
    MACHINE,
    PACK_HEAD,
    PACK_TITLE,
    PERSON,
    PackColumn,
)
from policygen.model.translation.returned import ReturnedPack, ReturnedSegment, ReturnedUnit
from policygen.problems import Location, PolicygenError, Problem

_COLUMNS = list(PackColumn)
_AS_IT_WAS = "Write it as the pack had it, or as its list offers."
_ROW = re.compile(r"(?P<unit>[^#\s]+)#(?P<number>[0-9]{1,6})")


def read_pack_sheet(file: GivenFile) -> ReturnedPack:
    """Read the first sheet. Raises PolicygenError with every cell at fault."""
    book = read_spreadsheet(file)
    sheet = book.sheets[0]
    if book.has_macros:
        raise no_pack("This workbook holds macros, as none of ours does.", file.shown)
    rows = sheet.rows
    if not rows or not rows[0] or rows[0][0] != PACK_TITLE:
        raise no_pack("This workbook is no translation pack.", file.shown)
    heads = tuple(column.value for column in PackColumn)
    if len(rows) <= PACK_HEAD or rows[PACK_HEAD][: len(heads)] != heads:
        raise no_pack("The headings of this workbook were changed.", file.shown, PACK_HEAD + 1)
    if changed := (*sheet.formulas, *sheet.merged):
        what = f"This workbook holds a formula or merged cells: {', '.join(changed[:5])}."
        raise no_pack(what, file.shown)
    reader = _Reader(file.shown, rows)
    units = tuple(reader.units())
    if reader.problems:
        raise PolicygenError(reader.problems)
    language = rows[0][3] if len(rows[0]) > 3 else ""
    return ReturnedPack(file.shown, units, language)


class _Reader:
    """Turns rows into units, and gathers what is wrong with their cells."""

    def __init__(self, shown: str, rows: Grid) -> None:
        self.shown = shown
        self.rows = rows
        self.problems: list[Problem] = []

    def units(self) -> Iterator[tuple[str, ReturnedUnit]]:
        """Yield each unit with the original that it is of: its rows follow one another."""
        by_unit: dict[tuple[str, str], list[int]] = {}
        for number, row in enumerate(self.rows[PACK_HEAD + 1 :], PACK_HEAD + 1):
            found = _ROW.fullmatch(_cell(row, PackColumn.UNIT))
            if found:
                key = _cell(row, PackColumn.FILE), found["unit"]
                by_unit.setdefault(key, []).append(number)
            elif any(row):
                self.fault(number, PackColumn.UNIT, "This cell no longer names a unit.")
        for (original, id), numbers in by_unit.items():
            yield original, self.unit(id, numbers)

    def unit(self, id: str, numbers: Sequence[int]) -> ReturnedUnit:
        """Return the rows of one unit."""
        segments: dict[int, ReturnedSegment] = {}
        rows: dict[int, int] = {}  # where the translation of a segment stands
        for number in numbers:
            row = self.rows[number]
            text = unicodedata.normalize("NFC", " ".join(_cell(row, PackColumn.TARGET).split()))
            location = self.place(number, PackColumn.TARGET)
            segment = int(_cell(row, PackColumn.UNIT).rpartition("#")[2])
            if segment in rows and text not in ("", segments[segment].target):
                what = f"Row {rows[segment] + 1} has other words for the same sentence."
                self.fault(number, PackColumn.TARGET, what, "Keep one of the two.")
            elif segment not in rows:
                segments[segment] = ReturnedSegment(text, location, bool(text))
            if text:
                rows.setdefault(segment, number)
        made = [self.made_by(number) for number in numbers]
        cells = (_cell(self.rows[number], PackColumn.REVIEWED_BY) for number in numbers)
        names = {" ".join(cell.split()) for cell in cells}  # as a line of a slip may hold it
        days = [self.day(number) for number in numbers]
        reviewed_by = ", ".join(sorted(names)) if "" not in names else ""
        return ReturnedUnit(
            id,
            segments,
            self.place(numbers[0], PackColumn.UNIT),
            by_machine=any(made),
            reviewed_by=reviewed_by,
            reviewed_on=max((day for day in days if day), default=None) if reviewed_by else None,
        )

    def made_by(self, number: int) -> bool:
        """Tell whether a machine made a row."""
        said = _cell(self.rows[number], PackColumn.MADE_BY)
        if said not in ("", PERSON, MACHINE):
            self.fault(number, PackColumn.MADE_BY, f'"{said}" is neither {PERSON} nor {MACHINE}.')
        return said == MACHINE

    def day(self, number: int) -> date | None:
        """Return the day on which a row was reviewed, if it says one."""
        said = _cell(self.rows[number], PackColumn.REVIEWED_ON)
        day = parse_day(said)
        if said and day is None:
            self.fault(number, PackColumn.REVIEWED_ON, f'"{said}" is no day like 2027-01-05.')
        return day

    def place(self, number: int, column: PackColumn) -> Location:
        """Return where a cell stands: its row, and the name of the cell after the file's."""
        cell = cell_place(number, _COLUMNS.index(column))
        return Location(f"{self.shown} {cell}")

    def fault(self, number: int, column: PackColumn, what: str, mend: str = _AS_IT_WAS) -> None:
        """Note a fault of a cell."""
        self.problems.append(Problem(what, mend, self.place(number, column), code="PG734"))


def _cell(row: Sequence[str], column: PackColumn) -> str:
    at = _COLUMNS.index(column)
    return row[at] if at < len(row) else ""
