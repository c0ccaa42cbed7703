"""BodyDates: the dates of one body, as one day sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policygen.model.year.due_date import DueDate


@dataclass(frozen=True, slots=True)
class BodyDates:
    """The dates of one body, the earliest first.

    `name` is that of its folder. `as_of` is the day from which its facts are: that of issue.
    `unknown` are the facts that would tell more dates, each as (path, what it would tell).
    """

    name: str
    organisation: str
    as_of: date | None
    dates: tuple[DueDate, ...]
    unknown: tuple[tuple[str, str], ...] = ()
