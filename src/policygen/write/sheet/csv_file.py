"""Rows of cells -> CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from io import StringIO

from policygen.model.office_file.formula import guarded
from policygen.model.office_file.spreadsheet import Grid


def csv_bytes(grid: Grid) -> bytes:
    """Return rows as CSV: UTF-8 with the mark by which spreadsheets know it.

    A cell that a spreadsheet would take for a formula has an apostrophe before it.
    """
    into = StringIO()
    csv.writer(into).writerows([[guarded(cell) for cell in row] for row in grid])
    return into.getvalue().encode("utf-8-sig")
