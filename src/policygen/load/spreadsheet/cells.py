"""The cells of a workbook's sheets as texts: shared strings, dates, formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from policygen.load.returned.package.xml import WordNode
from policygen.load.spreadsheet.refusal import MOST_COLUMNS, MOST_ROWS
from policygen.model.office_file.spreadsheet import cell_place

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# Formats of numbers that every program knows as dates, and how others are known for one.
_DATES = {*range(14, 23), *range(27, 37), *range(50, 59)}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE = re.compile("[dy]", re.IGNORECASE)
_DAY = 24 * 60  # minutes
_LAST_DAY = 2_958_465  # 9999-12-31, as a spreadsheet counts days


class BookCells:
    """Reads cells by what a workbook holds for all its sheets."""

    def __init__(
        self, strings: WordNode | None, styles: WordNode | None, *, since_1904: bool
    ) -> None:
        self._strings = [_text(one) for one in strings.iter("{*}si")] if strings is not None else []
        self._date_styles = _date_styles(styles) if styles is not None else set()
        self._first_day = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)

    def rows(self, root: WordNode) -> tuple[list[list[str]], list[str]]:
        """Return the rows of a sheet, and the places of its formulas."""
        rows: dict[int, list[str]] = {}
        formulas: list[str] = []
        for number, row in enumerate(root.iter("{*}row"), 1):
            at = int(row.get("r", number))
            if at > MOST_ROWS * 10 or len(rows) > MOST_ROWS:
                break
            rows[at] = self._cells(row, at, formulas)
        last = max((at for at, cells in rows.items() if any(cells)), default=0)
        return [rows.get(at, []) for at in range(1, min(last, MOST_ROWS + 1) + 1)], formulas

    def _cells(self, row: WordNode, row_number: int, formulas: list[str]) -> list[str]:
        cells: dict[int, str] = {}
        for number, cell in enumerate(row.iter("{*}c")):
            found = _PLACE.fullmatch(cell.get("r", ""))
            at = _column(found[1]) if found else number
            if next(cell.iter("{*}f"), None) is not None:
                formulas.append(cell_place(row_number - 1, at))
            if said := self._said(cell):
                cells[at] = said
        width = min(max(cells, default=-1) + 1, MOST_COLUMNS + 1)
        return [cells.get(at, "") for at in range(width)]

    def _said(self, cell: WordNode) -> str:
        """Return what a cell says: of a formula itself, never what it comes to."""
        formula = next(cell.iter("{*}f"), None)
        if formula is not None:
            return f"={formula.text or ''}"
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell)
        value = next(cell.iter("{*}v"), None)
        said = value.text or "" if value is not None else ""
        if kind == "s" and said:
            return self._strings[int(said)]
        if kind == "b" and said:
            return "TRUE" if said == "1" else "FALSE"
        if kind == "n" and int(cell.get("s", 0)) in self._date_styles:
            return self._date(said)
        return said

    def _date(self, said: str) -> str:
        """Return the day of a number of days, and the time of day that its fraction is.

        Like 2026-12-07, or 2026-12-07 14:30; less than a day is a time alone, 14:30. What is none
        of these stays as it is.
        """
        try:
            days = float(said)
        except ValueError:
            return said
        if not 0 < days <= _LAST_DAY:
            return said
        moment = self._first_day + timedelta(minutes=round(days * _DAY))
        if days < 1 and (moment.hour or moment.minute):
            return f"{moment:%H:%M}"
        return f"{moment:%Y-%m-%d %H:%M}".removesuffix(" 00:00")


def _date_styles(styles: WordNode) -> set[int]:
    """Return the styles of cells that show their number as a date."""
    own = {
        int(one.get("numFmtId", 0))
        for one in styles.iter("{*}numFmt")
        if _DATE.search(_QUOTED.sub("", one.get("formatCode", "")))
    }
    looks: Sequence[WordNode] = [
        one for block in styles.iter("{*}cellXfs") for one in block.iter("{*}xf")
    ]
    return {
        number for number, one in enumerate(looks) if int(one.get("numFmtId", 0)) in _DATES | own
    }


def _text(element: WordNode) -> str:
    """Return the text of a cell or a shared string, without how it is pronounced."""
    pieces = (
        one.text or ""
        for one in element.iter("{*}t")
        if not any(str(up.tag).endswith("}rPh") for up in one.iterancestors())
    )
    return "".join(pieces)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
