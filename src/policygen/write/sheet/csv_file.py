"""Rows of cells -> CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from io import StringIO

from policygen.model.office_file.spreadsheet import Grid

_STARTS = ("=", "+", "-", "@", "\t", "\r")  # by which a spreadsheet knows a formula


def csv_bytes(grid: Grid) -> bytes:
    """Return rows as CSV: UTF-8 with the mark by which spreadsheets know it.

    A cell that a spreadsheet would take for a formula has an apostrophe before it.
    """
    into = StringIO()
    csv.writer(into).writerows([[guarded(cell) for cell in row] for row in grid])
    return into.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs; `unguarded` takes the apostrophe away again."""
    return f"'{cell}" if cell.startswith(_STARTS) else cell


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that guards it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_STARTS) else cell
