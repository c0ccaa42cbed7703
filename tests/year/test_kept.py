"""Each time that a promise counted, by its days: kept, late, missed, not due yet, or nobody can tell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from policygen.model.year.kept import JudgedDeed, KeptOutcome, LoggedDeed, Moment
from policygen.model.year.timed_promise import PromiseSort, TimedPromise
from policygen.year.kept import kept_promises

SINCE, ON = date(2027, 1, 1), date(2027, 12, 31)


def promise(number: int, unit: str, sort: PromiseSort = "within") -> TimedPromise:
    return TimedPromise("it", "How soon it is done", "", "", sort, number, unit, ())


def moment(text: str) -> Moment | None:
    """A day, `03-01`, or with its time, `03-01 14:30`."""
    if not text:
        return None
    day, _, time = text.partition(" ")
    minutes = int(time[:2]) * 60 + int(time[3:]) if time else None
    return Moment(date.fromisoformat(f"2027-{day}"), minutes)


def judged(one: TimedPromise, *deeds: LoggedDeed, on: date = ON) -> tuple[JudgedDeed, ...]:
    (found,) = kept_promises([one], deeds, SINCE, on)
    return found.times


def deed(began: str = "", done: str = "", kept: bool | None = None, row: int = 1) -> LoggedDeed:
    return LoggedDeed(row, "it", moment(began), moment(done), kept)


@pytest.mark.parametrize(
    ("number", "unit", "began", "done", "outcome", "late"),
    [
        # 1 March 2027 is a Monday.
        (4, "working days", "03-01", "03-05", "kept", 0),
        (4, "working days", "03-01", "03-08", "late", 3),
        (4, "working days", "03-04", "03-10", "kept", 0),  # over a weekend
        (1, "working days", "03-06", "03-08", "kept", 0),  # from a Saturday to Monday
        (1, "working days", "03-06", "03-09", "late", 1),
        (5, "working days", "03-05", "03-12", "kept", 0),
        (7, "days", "03-01", "03-08", "kept", 0),
        (1, "months", "01-31", "02-28", "kept", 0),
        (1, "months", "01-31", "03-01", "late", 1),
        (2, "weeks", "03-01", "03-16", "late", 1),
        (1, "hours", "03-01 10:00", "03-01 11:00", "kept", 0),
        (1, "hours", "03-01 10:00", "03-01 11:01", "late", 0),
        (4, "hours", "03-01 23:00", "03-02 02:30", "kept", 0),
        (4, "hours", "03-01", "03-01", "cannot be told", 0),  # the time of day is missing
        (4, "hours", "03-01", "03-03", "late", 0),
        (48, "hours", "03-01", "03-02", "kept", 0),
        (4, "working days", "", "03-05", "cannot be told", 0),
        (4, "working days", "12-29", "", "not due yet", 0),
        (4, "working days", "12-20", "", "missed", 0),
    ],
)
def test_a_promise_within_a_time(
    number: int, unit: str, began: str, done: str, outcome: str, late: int
) -> None:
    (found,) = judged(promise(number, unit), deed(began, done))
    assert (found.outcome.value, found.days_late) == (outcome, late)


@pytest.mark.parametrize(
    ("kept", "outcome"), [(True, "kept"), (False, "missed"), (None, "cannot be told")]
)
def test_what_lasts_is_as_somebody_says(kept: bool | None, outcome: str) -> None:
    (found,) = judged(promise(30, "days", "lasts"), deed("03-01", "03-02", kept))
    assert found.outcome.value == outcome


def test_what_somebody_says_counts_only_where_days_do_not_decide() -> None:
    (late,) = judged(promise(2, "days"), deed("03-01", "03-09", kept=True))
    assert late.outcome is KeptOutcome.LATE
    (told,) = judged(promise(2, "hours"), deed("03-01", "03-01", kept=True))
    assert told.outcome is KeptOutcome.KEPT


@pytest.mark.parametrize(
    ("done", "outcomes"),
    [
        ((), ["missed", "missed", "missed", "not due yet"]),
        (("03-30", "06-30", "09-01"), ["kept", "kept", "kept", "not due yet"]),
        (("04-10", "06-30", "09-01"), ["late", "kept", "kept", "not due yet"]),
        (("08-01", "09-01"), ["missed", "late", "kept", "not due yet"]),
        (("02-01", "03-01", "10-05"), ["kept", "missed", "late", "not due yet"]),
        (("03-01", "06-01", "09-01", "11-01"), ["kept", "kept", "kept", "kept"]),
    ],
)
def test_what_comes_round_again(done: Any, outcomes: list[str]) -> None:
    deeds = [deed("", day, row=row) for row, day in enumerate(done)]
    found = judged(promise(3, "months", "every"), *deeds)
    assert [one.outcome.value for one in found] == outcomes
    assert [one.due for one in found][:2] == [date(2027, 4, 1), date(2027, 7, 1)]


def test_what_comes_round_again_is_not_missed_on_its_day() -> None:
    counted = promise(3, "months", "every")
    (due,) = judged(counted, on=date(2027, 4, 1))
    assert (due.outcome, due.due) == (KeptOutcome.OPEN, date(2027, 4, 1))
    (done,) = judged(counted, deed("", "04-01"), on=date(2027, 4, 1))
    assert done.outcome is KeptOutcome.KEPT
    missed, _ = judged(counted, on=date(2027, 4, 2))
    assert missed.outcome is KeptOutcome.MISSED


def test_another_year_does_not_count() -> None:
    early = LoggedDeed(1, "it", Moment(date(2026, 12, 31)), None)
    assert judged(promise(2, "days"), early) == ()
