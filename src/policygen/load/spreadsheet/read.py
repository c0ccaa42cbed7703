"""A spreadsheet that somebody gives, in whatever form it came -> its sheets."""

from __future__ import annotations

from policygen.load.spreadsheet.csv_file import csv_grid
from policygen.load.spreadsheet.refusal import unsound
from policygen.load.spreadsheet.xlsx import is_workbook, read_workbook
from policygen.model.given_file import GivenFile
from policygen.model.office_file.spreadsheet import Workbook, WorkbookSheet

_OLD = b"\xd0\xcf\x11\xe0"


def read_spreadsheet(file: GivenFile) -> Workbook:
    """Read an XLSX, or a CSV as a workbook of one sheet without a name. Raises PolicygenError."""
    data, shown = file.data, file.shown
    if is_workbook(data):
        return read_workbook(data, shown)
    if data.startswith(_OLD):
        what = "This is an old Excel file (.xls), or one that a password locks."
        raise unsound(what, shown)
    if data.startswith(b"PK"):
        is_open_document = b"opendocument" in data[:200]
        what = "an OpenDocument file" if is_open_document else "a ZIP file, and no workbook (XLSX)"
        raise unsound(f"This is {what}.", shown)
    return Workbook((WorkbookSheet("", csv_grid(data, shown)),))
