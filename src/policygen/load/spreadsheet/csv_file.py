"""CSV as spreadsheets save it -> rows of texts."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO

from policygen.load.spreadsheet.bounds import bounded
from policygen.load.spreadsheet.refusal import MOST_ROWS, unsound
from policygen.model.office_file.formula import unguarded
from policygen.model.office_file.spreadsheet import Grid

_NUMBERED = re.compile(r"""([,;\t])"?[\w.-]+@[0-9.]+"?(?:[,;\t\r\n]|$)""")


def csv_grid(data: bytes, path: str) -> Grid:
    """Read CSV with commas, semicolons or tabs. Raises PolicygenError."""
    if b"\0" in data:
        raise unsound("This is no CSV: it holds a NULL byte.", path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # as Excel saves it on Windows
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Sequence[str]] = []
    try:
        for row in reader:
            rows.append([unguarded(cell) for cell in row])
            if len(rows) > MOST_ROWS:
                break
    except csv.Error:
        what = "This CSV is broken: it ends within a quotation mark, or a cell is far too long."
        raise unsound(what, path, reader.line_num) from None
    return bounded(rows, path)


def _delimiter(text: str) -> str:
    """Return what parts the cells: the sign before the number of a release, as our own tables have.

    In any other, the sign that the first line has most of.
    """
    found = _NUMBERED.search(text)
    return found[1] if found else max(",;\t", key=text.partition("\n")[0].count)
