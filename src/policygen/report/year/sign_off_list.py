"""A release -> the empty list on which people sign that they were told of it: XLSX and CSV."""

from __future__ import annotations

from policygen.model.office_file.spreadsheet import Grid
from policygen.model.outline.label import fill_label
from policygen.model.year.briefing import SignOffWords
from policygen.write.sheet.csv_file import csv_bytes
from policygen.write.sheet.xlsx import SheetLook, xlsx_bytes

_LANGUAGE = "en-GB"
_WIDTHS = (30, 34, 14, 18, 34)  # characters, column by column


def sign_off_to_xlsx(title: str, release: str, seal: str, words: SignOffWords) -> bytes:
    """Return the list as a workbook in which only the rows can be filled in."""
    grid = _grid(title, release, seal, words)
    head = len(grid) - 1
    look = SheetLook(
        "Sign-off list", _LANGUAGE, _WIDTHS, head, fill=frozenset(range(len(_WIDTHS))), grows=True
    )
    return xlsx_bytes(grid, look)


def sign_off_to_csv(title: str, release: str, seal: str, words: SignOffWords) -> bytes:
    """Return the list as CSV, its heads last."""
    return csv_bytes(_grid(title, release, seal, words))


def _grid(title: str, release: str, seal: str, words: SignOffWords) -> Grid:
    return (
        (fill_label(words.title, policy=title),),
        (words.release, release),
        (words.seal, seal),
        (words.note,),
        words.heads,
    )
