"""BodyDates -> CSV for a spreadsheet, and JSON for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from policygen.model.year.body_dates import BodyDates
from policygen.model.year.due_date import DueDate
from policygen.write.sheet.csv_file import csv_bytes

_SCHEMA = "policygen/dates/1"
_COLUMNS = (
    *("body", "organisation", "state", "day", "until", "kind", "what", "who", "fact", "about"),
)


def dates_to_csv(bodies: Sequence[BodyDates], on: date) -> bytes:
    """A line for each date, the bodies in turn; days are written year-month-day."""
    rows = [
        (
            body.name,
            body.organisation,
            one.state(on).value,
            one.day.isoformat(),
            one.until.isoformat() if one.until else "",
            one.kind,
            one.what.replace("\u00a0", " "),
            one.who,
            one.path,
            " ".join(one.about),
        )
        for body in bodies
        for one in body.dates
    ]
    return csv_bytes((_COLUMNS, *rows))


def dates_to_json(bodies: Sequence[BodyDates], on: date) -> str:
    """Every body with its dates, the day for which it was asked, and how each date stands on it."""
    data = {
        "schema": _SCHEMA,
        "on": on.isoformat(),
        "bodies": [
            {
                "body": body.name,
                "organisation": body.organisation,
                "dates": [_date(one, on) for one in body.dates],
                "unknown": [path for path, _ in body.unknown],
            }
            for body in bodies
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


def _date(one: DueDate, on: date) -> dict[str, object]:
    return {
        "state": one.state(on).value,
        "day": one.day.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "kind": one.kind,
        "what": one.what.replace("\u00a0", " "),
        "who": one.who,
        "fact": one.path,
        "about": one.about,
    }
