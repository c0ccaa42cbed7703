"""KeptFindings -> Document and JSON: what a body promised, and what it did."""

from __future__ import annotations

import json
from typing import Any

from policygen.model import document as doc
from policygen.model.office_file.spreadsheet import Grid
from policygen.model.year.kept import JudgedDeed, KeptPromise
from policygen.model.year.kept_findings import KeptFindings
from policygen.report.year.kept.parts import (
    incident_part,
    kept_summary,
    moved_parts,
    never_needed_part,
    promise_parts,
)
from policygen.report.year.paper import said, told_day, year_paper

_TITLE = "What was promised, and what was kept"
_SCHEMA = "policygen/kept/1"
_HINT = (
    "Working days are Mondays to Fridays. Public holidays count, so something may be called late "
    "that was in time."
)
_HEAD = (
    "Commitment",
    "Promise",
    "Clause",
    "Outcome",
    "Began",
    "Due",
    "Done",
    "Days late",
    "Note",
)


def kept_paper(found: KeptFindings) -> doc.Document:
    """Lay out what was kept, late, missed and never needed, beside what has moved since."""
    lead = f"From {told_day(found.since)} to {told_day(found.on)}. {kept_summary(found)}"
    body = (
        *promise_parts(found),
        incident_part(found.incidents, found.promises),
        *never_needed_part(found),
        *moved_parts(found.moved, found.policy.outline),
        said(_HINT, doc.Role.HINT),
    )
    return year_paper(found.policy, _TITLE, lead, body, found.on, "For the review")


def kept_grid(found: KeptFindings) -> Grid:
    """Return a row for each time that a promise counted."""
    rows = [_row(one, time) for one in found.promises for time in one.times]
    return (_HEAD, *rows)


def _row(one: KeptPromise, time: JudgedDeed) -> tuple[str, ...]:
    promise = one.promise
    deed = time.deed
    began = deed.began.day.isoformat() if deed and deed.began else ""
    done = deed.done.day.isoformat() if deed and deed.done else ""
    return (
        promise.name,
        promise.says,
        ", ".join(clause.number for clause in promise.clauses),
        time.outcome.value,
        began,
        time.due.isoformat() if time.due else "",
        done,
        str(time.days_late or ""),
        deed.note if deed else "",
    )


def kept_to_json(found: KeptFindings) -> str:
    """Return the whole of it, indented."""
    data = {
        "schema": _SCHEMA,
        "since": found.since.isoformat(),
        "on": found.on.isoformat(),
        "promises": [_promise(one) for one in found.promises],
        "incidents": [
            {"day": one.day.isoformat() if one.day else None, "what": one.incident, "row": one.row}
            for one in found.incidents
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


def _promise(one: KeptPromise) -> dict[str, Any]:
    promise = one.promise
    times = [dict(zip(_HEAD[3:], _row(one, time)[3:], strict=True)) for time in one.times]
    return {
        "name": promise.name,
        "says": promise.says,
        "text": promise.text,
        "clauses": [clause.id for clause in promise.clauses],
        "needed": one.was_needed,
        "times": [
            {key.lower().replace(" ", "_"): said for key, said in time.items()} for time in times
        ],
    }
