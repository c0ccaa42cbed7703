"""A filled-in worksheet, CSV or XLSX -> its rows by the heads of their columns."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from policygen.load.files import given_file, normalise_text
from policygen.load.spreadsheet.faults import cell_faults, macro_fault
from policygen.load.spreadsheet.xlsx import read_workbook
from policygen.model.given_file import GivenFile
from policygen.model.matching.columns import SheetColumn
from policygen.model.office_file.formula import unguarded
from policygen.model.office_file.spreadsheet import Grid
from policygen.problems import Location, Message, PolicygenError, Problem

_LIMIT = 20_000_000  # bytes
_MOST_ROWS = 20_000
_HEADS = {column.value.lower(): column for column in SheetColumn}
_NEEDED = (SheetColumn.ID, SheetColumn.FOUND, SheetColumn.DOCUMENT)
_AGAIN = Message(
    "Print the worksheet again with --format xlsx, and fill that one in.",
    on_page="Download the worksheet again as XLSX, and fill that one in.",
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty: its number as the spreadsheet has it, and its cells, trimmed."""

    number: int
    cells: Mapping[SheetColumn, str]

    def __getitem__(self, column: SheetColumn) -> str:
        """Return a cell, "" for an empty one."""
        return self.cells.get(column, "")


def read_worksheet(source: Path | GivenFile) -> tuple[SheetRow, ...]:
    """Read the rows of a worksheet. Raises PolicygenError for what is none."""
    file = given_file(source, _LIMIT)
    data, shown = file.data, file.shown
    rows = _xlsx(data, shown) if data.startswith(b"PK") else _csv(data, shown)
    numbered = enumerate(rows, 1)
    heads: dict[int, SheetColumn] = {}
    for _, row in numbered:
        heads = _heads(row)
        if heads:
            break
    if not heads:
        names = ", ".join(column.value for column in _NEEDED)
        raise _refused(f"This is no worksheet: no row has the heads {names}.", shown)
    found = (SheetRow(number, _cells(row, heads)) for number, row in numbered)
    return tuple(row for row in found if row.cells)


def _heads(row: Sequence[str]) -> dict[int, SheetColumn]:
    """Return the columns of a row of heads; none of a row that is another."""
    found = {at: _HEADS[cell.lower()] for at, cell in enumerate(row) if cell.lower() in _HEADS}
    return found if set(_NEEDED) <= set(found.values()) else {}


def _cells(row: Sequence[str], heads: Mapping[int, SheetColumn]) -> dict[SheetColumn, str]:
    return {column: row[at] for at, column in heads.items() if at < len(row) and row[at]}


def _xlsx(data: bytes, shown: str) -> Grid:
    """Return the rows of a workbook. What is noted in one stands in the policy's own words."""
    workbook = read_workbook(data, shown, most=1)
    faults = (*macro_fault(workbook, shown), *cell_faults(workbook.sheets[0], shown))
    if faults:
        raise PolicygenError(faults)
    return workbook.sheets[0].rows


def _csv(data: bytes, shown: str) -> list[list[str]]:
    try:
        text = normalise_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        text = normalise_text(data.decode("cp1252", "replace"))  # as Excel saves it
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text), delimiter=separator):
            rows.append([unguarded(cell.strip()) for cell in row])
            if len(rows) > _MOST_ROWS:
                raise _refused(f"This worksheet has more than {_MOST_ROWS:,} rows.", shown)
    except csv.Error:
        raise _refused("This worksheet is no CSV that can be read.", shown) from None
    return rows


def _refused(what: str, shown: str) -> PolicygenError:
    return PolicygenError([Problem(what, _AGAIN, Location(shown), code="PG694")])
