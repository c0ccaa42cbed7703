"""The cells of a workbook's sheets as texts: shared strings, dates, formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from policygen.load.returned.package.xml import WordNode
from policygen.load.spreadsheet.refusal import MOST_COLUMNS, MOST_ROWS
from policygen.model.office_file.spreadsheet import cell_place

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# What a number shows by its format: a day, a time of day, hours that may be more than a day has.
_DAY, _TIME, _HOURS = "day", "time", "hours"
# Formats that every program knows as such, and how others are known for one.
_KNOWN: dict[int, tuple[str, ...]] = {
    **dict.fromkeys((*range(14, 18), *range(27, 37), *range(50, 59)), (_DAY,)),
    **dict.fromkeys(range(18, 22), (_TIME,)),
    22: (_DAY, _TIME),
    46: (_HOURS,),
}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?!h+\])[^\]]*\]', re.IGNORECASE)
_SHOWS = {
    _DAY: re.compile("[dy]", re.IGNORECASE),
    _TIME: re.compile(r"(?<![\[h])h+(?![h\]])", re.IGNORECASE),
    _HOURS: re.compile(r"\[h+\]", re.IGNORECASE),
}
_LAST_DAY = 2_958_465  # 9999-12-31, as a spreadsheet counts days
_SECONDS = 86_400  # of a day


class BookCells:
    """Reads cells by what a workbook holds for all its sheets."""

    def __init__(
        self, strings: WordNode | None, styles: WordNode | None, *, since_1904: bool
    ) -> None:
        self._strings = [_text(one) for one in strings.iter("{*}si")] if strings is not None else []
        self._moments = _moments(styles) if styles is not None else {}
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
        if kind == "n" and (shows := self._moments.get(int(cell.get("s", 0)))):
            return self._moment(said, shows)
        return said

    def _moment(self, said: str, shows: Sequence[str]) -> str:
        """Return what a number of days shows: 2026-12-07, 2026-12-07 14:30, 14:30 or 36:00.

        What is no such number stays as it is.
        """
        try:
            days = float(said)
        except ValueError:
            return said
        if not 0 <= days <= _LAST_DAY or (_DAY in shows and days < 1):
            return said
        seconds = round(days * _SECONDS)
        told: list[str] = []
        if _DAY in shows:
            try:
                day = self._first_day + timedelta(days=seconds // _SECONDS)
            except OverflowError:  # on old Macs the last day has a lower number
                return said
            told.append(day.date().isoformat())
        if _DAY not in shows or (_TIME in shows and seconds % _SECONDS):
            told.append(_clock(seconds if _HOURS in shows else seconds % _SECONDS))
        return " ".join(told)


def _clock(seconds: int) -> str:
    """Return a time as people type it: 09:30, and with seconds only where there are some."""
    minutes, rest = divmod(seconds, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{rest:02}" if rest else text


def _moments(styles: WordNode) -> dict[int, tuple[str, ...]]:
    """Return the styles of cells that show their number as a day or a time, and as which."""
    own = {
        int(one.get("numFmtId", 0)): _QUOTED.sub("", one.get("formatCode", ""))
        for one in styles.iter("{*}numFmt")
    }
    known = {
        **_KNOWN,
        **{
            number: tuple(what for what, sign in _SHOWS.items() if sign.search(code))
            for number, code in own.items()
        },
    }
    looks: Sequence[WordNode] = [
        one for block in styles.iter("{*}cellXfs") for one in block.iter("{*}xf")
    ]
    formats = (known.get(int(one.get("numFmtId", 0)), ()) for one in looks)
    return {number: shows for number, shows in enumerate(formats) if shows}


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
