"""`policygen dates --format ics`: the dates of some bodies as one calendar file."""

from __future__ import annotations

from collections.abc import Sequence

from policygen.model.language import join_names
from policygen.model.year.body_dates import BodyDates
from policygen.problems import PolicygenError, Problem
from policygen.report.year.dates.calendar_file import dates_to_calendar


def calendar(bodies: Sequence[BodyDates]) -> bytes:
    """Return the calendar file of some bodies.

    Raises PolicygenError where none of them has a date: no program opens a calendar without one.
    """
    if any(body.dates for body in bodies):
        return dates_to_calendar(bodies)
    what = f"{join_names([body.organisation for body in bodies])}: no date is known for a calendar."
    mend = "Write the date of the review under `policy.review_by`, and each vote under `elections`."
    raise PolicygenError([Problem(what, mend, code="PG568")])
