"""BodyStandings -> Document, rows of cells and JSON: who is behind the model."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date

from policygen.model import document as doc
from policygen.model.document import Block, Inlines, Text
from policygen.model.office_file.spreadsheet import Grid
from policygen.model.year.behind import BehindClause, BodyStanding
from policygen.model.year.due_date import DueState
from policygen.report.consultation.sentences import LANGUAGE, counted
from policygen.report.layout import CellContent, report_table, titled_group
from policygen.report.year.paper import said, told_day

_TITLE = "Who is behind the model"
_SCHEMA = "policygen/behind/1"
_FEW = 12  # numbers of clauses that a cell of a page names
_HEAD = (
    "Folder",
    "Body",
    "Version",
    "As the model was on",
    "Behind since",
    "Clauses behind",
    "Which clauses",
    "Sources that stand otherwise",
    "Own words to read again",
    "Review by",
    "Review",
    "Unconfirmed sources",
    "No policy because",
)
_CLAUSE_HEAD = (
    "Folder",
    "Body",
    "Id",
    "Clause",
    "Name",
    "Since",
    "What changes",
    "Why",
    "Then",
    "Now",
)
BODY_WIDTHS = (16, 34, 10, 14, 14, 10, 40, 40, 30, 12, 10, 40, 40)  # characters of the columns
CLAUSE_WIDTHS = (16, 34, 22, 8, 26, 12, 24, 50, 60, 60)


def behind_report(bodies: Sequence[BodyStanding], on: date) -> doc.Document:
    """Lay out how many bodies are behind, each body, and each clause with how many it concerns."""
    behind = [one for one in bodies if one.is_behind]
    lead = f"On {told_day(on)}: {len(behind)} of {counted(len(bodies), 'body')} behind the model."
    lead = lead.replace("bodys", "bodies")
    organisation = bodies[0].organisation if len(bodies) == 1 else f"{len(bodies)} bodies"
    return doc.Document(
        meta=doc.Meta(f"{_TITLE}. {organisation}", "policygen", "Behind", lead, LANGUAGE, (), on),
        layout="brief",
        masthead=doc.Masthead(
            organisation=organisation,
            local_names=(),
            title=_TITLE,
            lead=lead,
            edition="Behind",
            status=doc.Tag("To be acted on" if behind else "For information", solid=not behind),
        ),
        running=doc.Running(_TITLE, "", f"On {told_day(on)}", "Page {page} of {pages}"),
        body=tuple(_parts(bodies)),
    )


def _parts(bodies: Sequence[BodyStanding]) -> Iterator[Block]:
    head = ("Body", "In force", "Behind in", "Review by", "Sources nobody confirmed")
    rows = [_row(one) for one in bodies]
    table = report_table(head, rows, shares=(6, 5, 8, 5, 5), wide=True)
    yield titled_group("behind-bodies", "Body by body", table)
    yield from _clauses(bodies)
    yield said(
        "A body is behind where today's library would tell what it released otherwise, from its "
        "own facts and words. Its policy is in force as it was approved until it approves another.",
        doc.Role.HINT,
    )


def _row(one: BodyStanding) -> tuple[CellContent, ...]:
    unconfirmed = str(len(one.unconfirmed)) if one.unconfirmed else "–"
    return one.organisation, _in_force(one), _behind_in(one), _review(one), unconfirmed


def _in_force(one: BodyStanding) -> str:
    if one.issued is None:
        return "Nothing released"
    return f"Version {one.version}, since {_narrow_day(one.issued)}"


def _behind_in(one: BodyStanding) -> str:
    if one.fault:
        return f"No policy by today's library: {one.fault}"
    told: list[str] = []
    if one.clauses:
        names = [clause.number or clause.name for clause in one.clauses]
        more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
        since = f", since {_narrow_day(one.behind_since)}" if one.behind_since else ""
        told.append(f"{counted(len(names), 'clause')}{since}: {', '.join(names[:_FEW])}{more}")
    if one.sources:
        told.append(f"{counted(len(one.sources), 'source')}")
    if one.unstamped:
        told.append(f"own words to read again: {', '.join(one.unstamped)}")
    return "; ".join(told) or "–"


def _review(one: BodyStanding) -> Inlines:
    if one.review_by is None:
        return (Text("No date"),)
    day = Text(_narrow_day(one.review_by))
    if one.review in (DueState.PAST, DueState.NEAR):
        is_past = one.review is DueState.PAST
        return day, doc.Break(), doc.Tag("Overdue" if is_past else "Soon", solid=is_past)
    return (day,)


def _narrow_day(day: date) -> str:
    """Return a day that may go on in the next line: these columns are narrow."""
    return told_day(day).replace("\u00a0", " ")


def _clauses(bodies: Sequence[BodyStanding]) -> Iterator[Block]:
    """Yield each clause that has moved, with how many bodies are behind in it."""
    every = [clause for one in bodies for clause in one.clauses]
    counts = Counter(clause.id for clause in every)
    first = {clause.id: clause for clause in reversed(every)}
    rows = [
        ((Text(first[id].name), doc.Break(), doc.Quiet((Text(id),))), str(many), first[id].why)
        for id, many in counts.most_common()
    ]
    if rows:
        head = ("Clause", "Bodies", "Why")
        table = report_table(head, rows, shares=(6, 2, 9), wide=True)
        yield titled_group("behind-clauses", "Clause by clause", table)


def behind_grid(bodies: Sequence[BodyStanding]) -> Grid:
    """Return a row for each body."""
    return (_HEAD, *map(_cells, bodies))


def _cells(one: BodyStanding) -> tuple[str, ...]:
    return (
        one.name,
        one.organisation,
        one.version,
        one.issued.isoformat() if one.issued and one.is_behind else "",
        one.behind_since.isoformat() if one.behind_since else "",
        str(len(one.clauses)),
        ", ".join(f"{clause.number} {clause.name}".strip() for clause in one.clauses),
        "; ".join(one.sources),
        "; ".join(one.unstamped),
        one.review_by.isoformat() if one.review_by else "",
        _state(one),
        "; ".join(one.unconfirmed),
        one.fault,
    )


def _state(one: BodyStanding) -> str:
    if one.review is None:
        return ""
    return {DueState.PAST: "overdue", DueState.NEAR: "soon"}.get(one.review, "")


def behind_clause_grid(bodies: Sequence[BodyStanding]) -> Grid:
    """Return a row for each clause of each body that is behind in it."""
    rows = [
        (
            one.name,
            one.organisation,
            clause.id,
            clause.number,
            clause.name,
            clause.since.isoformat() if clause.since else "",
            clause.what,
            clause.why,
            "\n".join(clause.then),
            "\n".join(clause.now),
        )
        for one in bodies
        for clause in one.clauses
    ]
    return (_CLAUSE_HEAD, *rows)


def behind_to_json(bodies: Sequence[BodyStanding], on: date) -> str:
    """Return the whole of it, indented."""
    data = {
        "schema": _SCHEMA,
        "on": on.isoformat(),
        "bodies": [
            {
                **asdict(one),
                "issued": one.issued.isoformat() if one.issued else None,
                "review_by": one.review_by.isoformat() if one.review_by else None,
                "review": one.review.value if one.review else None,
                "clauses": [_clause_data(clause) for clause in one.clauses],
                "behind": one.is_behind,
            }
            for one in bodies
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


def _clause_data(one: BehindClause) -> dict[str, object]:
    return {**asdict(one), "since": one.since.isoformat() if one.since else None}
