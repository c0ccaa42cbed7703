"""Worksheet -> CSV and XLSX, for people who decide in a spreadsheet."""

from __future__ import annotations

from policygen.model.matching.columns import CHOICES, SheetColumn
from policygen.model.matching.worksheet import Worksheet
from policygen.model.office_file.spreadsheet import Grid
from policygen.report.match.table import HEAD, sheet_rows
from policygen.write.sheet.csv_file import csv_bytes
from policygen.write.sheet.xlsx import SheetLook, xlsx_bytes

_WIDTHS = (20, 24, 60, 70, 30, 30, 12, 12, 12, 12, 30, 24, 12)  # characters, column by column
_NAME = "Your policy beside ours"


def worksheet_to_csv(sheet: Worksheet) -> bytes:
    """Return the rows to decide in, as spreadsheets know them."""
    return csv_bytes(_grid(sheet))


def worksheet_to_xlsx(sheet: Worksheet) -> bytes:
    """Return the rows to decide in, with lists to choose from."""
    columns = list(SheetColumn)
    choices = {columns.index(column): words for column, words in CHOICES.items()}
    return xlsx_bytes(_grid(sheet), SheetLook(_NAME, "en-GB", _WIDTHS, 0, choices))


def _grid(sheet: Worksheet) -> Grid:
    return (HEAD, *sheet_rows(sheet))
