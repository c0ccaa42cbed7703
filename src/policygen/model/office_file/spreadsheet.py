"""A spreadsheet as it was read: sheets of rows of texts, and where each cell stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Grid: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet: its name, "" for a CSV, and its rows.

    `formulas` and `merged` say where what is no plain cell stands: C7, A1:B3.
    """

    name: str
    rows: Grid
    formulas: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a file, in its order."""

    sheets: tuple[WorkbookSheet, ...]
    has_macros: bool = False


def cell_place(row: int, column: int) -> str:
    """Return what a spreadsheet calls a cell; both count from 0: (6, 2) is C7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
