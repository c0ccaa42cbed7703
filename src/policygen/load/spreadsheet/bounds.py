"""Rows of cells, as many and as long as a table may have, without what no document can print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policygen.characters import printable_text
from policygen.load.spreadsheet.refusal import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, unsound
from policygen.model.office_file.spreadsheet import Grid


def bounded(rows: Iterable[Sequence[str]], path: str) -> Grid:
    """Return rows of printable cells. Raises PolicygenError for more than a table may hold."""
    found: list[tuple[str, ...]] = []
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise unsound(f"This table has more than {MOST_ROWS:,} rows.", path)
        if len(row) > MOST_COLUMNS:
            raise unsound(f"This table has more than {MOST_COLUMNS} columns.", path, number)
        if any(len(cell) > MOST_CHARACTERS for cell in row):
            what = f"A cell of this table has more than {MOST_CHARACTERS:,} characters."
            raise unsound(what, path, number)
        found.append(tuple(map(printable_text, row)))
    return tuple(found)
