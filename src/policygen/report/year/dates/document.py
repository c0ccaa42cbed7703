"""BodyDates -> Document: what is overdue, running, near and later, of one body or of many.

It is in English, as the commands are. It says the day for which it was asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from policygen.model import document as doc
from policygen.model.document import Block, Text
from policygen.model.language import capitalise, format_day, join_names
from policygen.model.year.body_dates import BodyDates
from policygen.model.year.due_date import DueDate, DueState
from policygen.report.layout import CellContent, report_table, titled_group

_TITLE = "What is due"
_LANGUAGE = "en-GB"
_FEW = 3  # bodies that a masthead names
DUE_HEADINGS = {
    DueState.PAST: "Past its day",
    DueState.RUNNING: "Running now",
    DueState.NEAR: "Soon",
    DueState.LATER: "Later",
}
_COUNTED = {DueState.PAST: "past", DueState.RUNNING: "running", DueState.NEAR: "soon"}


def dates_report(bodies: Sequence[BodyDates], on: date) -> doc.Document:
    """Lay out the dates of some bodies as they stand on a day."""
    lead = f"On {_day(on)}: {_counts(bodies, on)}."
    names = [body.organisation for body in bodies]
    organisation = join_names(names) if len(names) <= _FEW else f"{len(names)} bodies"
    is_overdue = any(one.state(on) is DueState.PAST for body in bodies for one in body.dates)
    status = "To be acted on" if is_overdue else "For information"
    return doc.Document(
        meta=doc.Meta(f"{_TITLE}. {organisation}", "policygen", "Dates", lead, _LANGUAGE, (), on),
        layout="brief",
        masthead=doc.Masthead(
            organisation=organisation,
            local_names=(),
            title=_TITLE,
            lead=lead,
            edition="Dates",
            status=doc.Tag(status, solid=not is_overdue),
        ),
        running=doc.Running(_TITLE, "", f"On {_day(on)}", "Page {page} of {pages}"),
        body=tuple(_parts(bodies, on)),
    )


def _counts(bodies: Sequence[BodyDates], on: date) -> str:
    states = Counter(one.state(on) for body in bodies for one in body.dates)
    said = [f"{states[state]} {word}" for state, word in _COUNTED.items() if states[state]]
    return join_names(said) or "nothing is due soon"


def _parts(bodies: Sequence[BodyDates], on: date) -> Iterator[Block]:
    """Yield a table for each state that has a date, the most pressing first."""
    for state, heading in DUE_HEADINGS.items():
        rows = [(body, one) for body in bodies for one in body.dates if one.state(on) is state]
        rows.sort(key=lambda row: row[1].last_day if state is DueState.PAST else row[1].day)
        if rows:
            yield titled_group(f"dates-{state.value}", heading, _table(rows, len(bodies) > 1))
    unknown = [(body, path, tells) for body in bodies for path, tells in body.unknown]
    if unknown:
        head = ["What no profile says yet", "Write it under"]
        rows_of_unknown = [[capitalise(tells), path] for _, path, tells in unknown]
        if len(bodies) > 1:
            head.insert(0, "Body")
            for row, (body, _, _) in zip(rows_of_unknown, unknown, strict=True):
                row.insert(0, body.organisation)
        yield titled_group("dates-unknown", "Not known", report_table(head, rows_of_unknown))


def when_due(one: DueDate) -> str:
    """Return the day of a date as people read it, or its first and its last."""
    return _day(one.day) if one.until is None else f"{_day(one.day)} to {_day(one.until)}"


def _table(rows: Sequence[tuple[BodyDates, DueDate]], is_of_many: bool) -> doc.Table:
    head = ["When", "What", "Who"]
    if is_of_many:
        head.insert(1, "Body")
    cells = [_cells(body, one, is_of_many) for body, one in rows]
    shares = (6, 6, 10, 6) if is_of_many else (6, 13, 8)
    return report_table(head, cells, shares=shares, wide=True)


def _cells(body: BodyDates, one: DueDate, is_of_many: bool) -> list[CellContent]:
    cells: list[CellContent] = [when_due(one), capitalise(one.what), capitalise(one.who)]
    if one.about and not is_of_many:
        about = doc.Quiet((Text(", ".join(one.about)),))
        cells[1] = (Text(capitalise(one.what)), doc.Break(), about)
    if is_of_many:
        cells.insert(1, body.organisation)
    return cells


def _day(day: date) -> str:
    return format_day(day, _LANGUAGE)
