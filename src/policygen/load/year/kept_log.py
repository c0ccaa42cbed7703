"""A log of what was kept, XLSX or CSV -> its rows, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from policygen.load.files import given_file
from policygen.load.spreadsheet.day import parse_day
from policygen.load.spreadsheet.read import read_spreadsheet
from policygen.load.spreadsheet.refusal import FILE_LIMIT
from policygen.model.given_file import GivenFile
from policygen.model.office_file.spreadsheet import Workbook, WorkbookSheet, cell_place
from policygen.model.year import kept_log as log
from policygen.model.year.kept import LoggedDeed, Moment
from policygen.model.year.timed_promise import TimedPromise
from policygen.problems import Location, Message, PolicygenError, Problem, nearest

_ANEW = Message(
    "`policygen kept PROFILE --template log.xlsx` makes an empty one.",
    on_page="Download an empty one on the page Yearly review.",
)
# A spreadsheet that opened our CSV saves its days as it shows them: 01/03/2027 14:30.
_DAY = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\D*\d{1,2}\D+\d{4}"
_MOMENT = re.compile(
    rf"(?P<day>{_DAY})(?:[T ](?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?::\d{{2}})?)?"
)
_HOURS, _MINUTES = 24, 60
_SHOWN = 40  # characters of a cell that a Problem repeats
_ENDING = re.compile(r"@[0-9.]+$")


def read_kept_log(
    source: Path | GivenFile, body: str, promises: Sequence[TimedPromise]
) -> tuple[LoggedDeed, ...]:
    """Read the log of a body, whose folder is `body`; empty rows are nothing.

    Raises PolicygenError with every cell that cannot be read, or for a file that is no such log.
    """
    file = given_file(source, FILE_LIMIT)
    workbook = read_spreadsheet(file)
    deeds: list[LoggedDeed] = []
    problems: list[Problem] = []
    sheets = _sheets(workbook, file.shown)
    for sheet in sheets:
        reader = _LogReader(sheet, file.shown, promises)
        reader.require_own(body)
        name = sheet.name if len(sheets) > 1 else ""
        deeds += (replace(one, sheet=name) for one in reader.deeds())
        problems += reader.problems
    if problems:
        raise PolicygenError(problems)
    return tuple(deeds)


def _sheets(workbook: Workbook, shown: str) -> tuple[WorkbookSheet, ...]:
    """Return each sheet with the heads of a log, such as one for each site; else the first.

    Raises PolicygenError for what no log needs.
    """
    if workbook.has_macros:
        what = "This workbook holds macros, which no log needs, so it is not read."
        mend = "Save it as a workbook without macros (XLSX), if you know who made it."
        raise PolicygenError([Problem(what, mend, Location(shown), code="PG612")])
    found = tuple(one for one in workbook.sheets if _head_row(one) is not None)
    sheets = found or workbook.sheets[:1]
    problems = [problem for sheet in sheets for problem in _cell_faults(sheet, shown)]
    if problems:
        raise PolicygenError(problems)
    return sheets


def _cell_faults(sheet: WorkbookSheet, shown: str) -> Iterator[Problem]:
    for places, what, mend in (
        (sheet.formulas, "This cell holds a formula.", "Type what it comes to as plain text."),
        (sheet.merged, "These cells are merged.", "Take the merging away: a row for each time."),
    ):
        for place in places:
            yield Problem(what, mend, Location(_place(shown, sheet, place)), code="PG612")


def _head_row(sheet: WorkbookSheet) -> int | None:
    wanted = {name.casefold() for name in log.NEEDED}
    rows = enumerate(sheet.rows)
    return next((at for at, row in rows if wanted <= {cell.casefold() for cell in row}), None)


def _place(shown: str, sheet: WorkbookSheet, cell: str) -> str:
    name = f"sheet {sheet.name}" if sheet.name else ""
    return ", ".join(filter(None, [shown, name, cell]))


def _is_before(one: Moment, other: Moment) -> bool:
    """Tell whether a moment was before another, as far as anybody can say without the time."""
    if one.day != other.day or one.minutes is None or other.minutes is None:
        return one.day < other.day
    return one.minutes < other.minutes


class _LogReader:
    """Reads one sheet; `problems` are what cannot be understood in it."""

    def __init__(self, sheet: WorkbookSheet, shown: str, promises: Sequence[TimedPromise]) -> None:
        self.problems: list[Problem] = []
        self._sheet, self._shown = sheet, shown
        self._names = {one.name.casefold(): one.name for one in promises}
        self._names |= {one.says.casefold(): one.name for one in promises}
        self._head = self._find_head()
        head = [cell.casefold() for cell in sheet.rows[self._head]]
        self._columns = {
            name: head.index(name.casefold()) for name in log.LOG_HEADS if name.casefold() in head
        }

    def _find_head(self) -> int:
        """Return which row has the heads. Raises PolicygenError for none."""
        found = _head_row(self._sheet)
        if found is not None:
            return found
        named = ", ".join(f'"{name}"' for name in log.NEEDED)
        what = f"This is no log of what was kept: no row has the heads {named}."
        raise PolicygenError([Problem(what, _ANEW, Location(self._shown), code="PG611")])

    def require_own(self, body: str) -> None:
        """Raise PolicygenError for a log that says that it is another body's."""
        above = [row for row in self._sheet.rows[: self._head] if row and row[0] == log.TITLE]
        named = _ENDING.sub("", above[0][1]) if above and len(above[0]) > 1 else ""
        if named and named != body:
            what = f"This is the log of {named}, not of {body}."
            mend = f"Name the profile that it belongs to, or give the log of {body}."
            raise PolicygenError([Problem(what, mend, Location(self._shown), code="PG611")])

    def deeds(self) -> Iterator[LoggedDeed]:
        """Yield every row in which somebody wrote something."""
        written = (log.BEGAN, log.DONE, log.KEPT, log.NOTE, log.INCIDENT)
        for number in range(self._head + 1, len(self._sheet.rows)):
            cells = {name: self._cell(number, name) for name in log.LOG_HEADS}
            if any(cells[name] for name in written):
                yield self._deed(number, cells)

    def _deed(self, row: int, cells: Mapping[str, str]) -> LoggedDeed:
        deed = LoggedDeed(
            row=row + 1,
            promise=self._promise(row, cells),
            began=self._moment(row, log.BEGAN),
            done=self._moment(row, log.DONE),
            kept=self._kept(row, cells[log.KEPT]),
            note=cells[log.NOTE],
            incident=cells[log.INCIDENT],
        )
        if deed.began and deed.done and _is_before(deed.done, deed.began):
            what = "This was done before it began."
            self._refuse(row, log.DONE, what, "Put the days right: the earlier one under Began.")
        return deed

    def _promise(self, row: int, cells: Mapping[str, str]) -> str:
        typed = cells[log.PROMISE]
        if not typed:
            if not cells[log.INCIDENT]:
                what = "This row does not say which promise it is of."
                mend = f'Write the promise, or what went wrong under "{log.INCIDENT}".'
                self._refuse(row, log.PROMISE, what, mend)
            return ""
        name = self._names.get(typed.casefold())
        if name is None:
            what = f'The policy promises nothing that is called "{typed[:_SHOWN]}".'
            self._refuse(row, log.PROMISE, what, nearest(typed, sorted(self._names.values())))
        return name or ""

    def _moment(self, row: int, column: str) -> Moment | None:
        typed = self._cell(row, column)
        if not typed:
            return None
        found = _MOMENT.fullmatch(typed)
        if found and (day := parse_day(found["day"])):
            if found["hour"] is None:
                return Moment(day)
            hour, minute = int(found["hour"]), int(found["minute"])
            if hour < _HOURS and minute < _MINUTES:
                return Moment(day, hour * _MINUTES + minute)
        mend = "Write it like 2027-03-01, or with the time of day, 2027-03-01 14:30."
        self._refuse(row, column, f'"{typed[:_SHOWN]}" is no day.', mend)
        return None

    def _kept(self, row: int, typed: str) -> bool | None:
        words = typed.casefold()
        if not words:
            return None
        if words not in (log.YES, log.NO):
            what = f'"{typed[:_SHOWN]}" is neither yes nor no.'
            self._refuse(row, log.KEPT, what, "Write yes or no, and the rest beside it.")
        return words == log.YES

    def _refuse(self, row: int, column: str, what: str, mend: str) -> None:
        place = cell_place(row, self._columns[column])
        location = Location(_place(self._shown, self._sheet, place))
        self.problems.append(Problem(what, mend, location, code="PG613"))

    def _cell(self, row: int, column: str) -> str:
        at = self._columns.get(column)
        cells = self._sheet.rows[row]
        return cells[at].strip() if at is not None and at < len(cells) else ""
