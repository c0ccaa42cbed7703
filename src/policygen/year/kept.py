"""What was kept, late or missed: each row of a log against its promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from policygen.model.year.kept import JudgedDeed, KeptOutcome, KeptPromise, LoggedDeed, Moment
from policygen.model.year.timed_promise import TimedPromise
from policygen.year.days import days_after, months_after

_MINUTES = {"minutes": 1, "hours": 60}
_DAYS = {"days": 1, "weeks": 7}
_MONTHS = {"months": 1, "years": 12}
_DAY = 24 * 60  # minutes
_WEEKEND = 5  # the weekday with which it begins; Monday is 0


# What each version promised, by name, and the day from which it did; the earliest first.
Terms: TypeAlias = Sequence[tuple[date, Mapping[str, TimedPromise]]]


def kept_promises(
    promises: Iterable[TimedPromise],
    deeds: Sequence[LoggedDeed],
    since: date,
    on: date,
    terms: Terms = (),
) -> tuple[KeptPromise, ...]:
    """Judge each promise from one day to another, both with it.

    What began on a day is judged by what was promised on that day: by the last of `terms` that had
    begun. A deed without a day counts, for nobody knows that it is of another time.
    """
    found: list[KeptPromise] = []
    for promise in promises:
        own = [one for one in deeds if one.promise == promise.name and _is_within(one, since, on)]
        own.sort(key=lambda one: (one.day or since, one.row))
        if promise.sort == "every":
            times = tuple(_recurring(promise, own, since, on))
        else:
            times = tuple(_judged(promised_on(one.day, promise, terms), one, on) for one in own)
        found.append(KeptPromise(promise, times))
    return tuple(found)


def promised_on(day: date | None, promise: TimedPromise, terms: Terms) -> TimedPromise:
    """Return a promise as it was made on a day: as it is now, where no version says otherwise."""
    told = promise
    for begins, promises in terms:
        if day and begins <= day:
            told = promises.get(promise.name, told)
    return told


def incidents(deeds: Iterable[LoggedDeed], since: date, on: date) -> tuple[LoggedDeed, ...]:
    """Return the rows that tell an incident between two days, the earliest first."""
    found = [one for one in deeds if one.incident and _is_within(one, since, on)]
    return tuple(sorted(found, key=lambda one: (one.day or since, one.row)))


def due_after(promise: TimedPromise, day: date) -> date:
    """Return the last day on which a promise is kept that counts from a day."""
    number, unit = promise.number, promise.unit
    if unit in _MINUTES:
        return days_after(day, -(-number * _MINUTES[unit] // _DAY))
    if unit in _DAYS:
        return days_after(day, number * _DAYS[unit])
    if unit in _MONTHS:
        return months_after(day, number * _MONTHS[unit])
    return _working_days_after(day, number)


def _working_days_after(day: date, days: int) -> date:
    """Return the day some Mondays to Fridays later; public holidays count too."""
    weeks, rest = divmod(days, 5)
    day = days_after(day, weeks * 7)
    while day.weekday() >= _WEEKEND:  # what begins at a weekend counts from Monday on
        day = days_after(day, -1)
    for _ in range(rest):
        day = days_after(day, 1)
        while day.weekday() >= _WEEKEND:
            day = days_after(day, 1)
    return day


def _is_within(deed: LoggedDeed, since: date, on: date) -> bool:
    return deed.day is None or since <= deed.day <= on


def _judged(promise: TimedPromise, deed: LoggedDeed, on: date) -> JudgedDeed:
    """Judge one time of a promise that is due within a time, or lasts for one."""
    if promise.sort == "lasts" or deed.began is None:
        return JudgedDeed(_as_said(deed), None, deed)
    due = due_after(promise, deed.began.day)
    if deed.done is None:
        if deed.kept is not None:
            return JudgedDeed(_as_said(deed), due, deed)
        return JudgedDeed(KeptOutcome.MISSED if on > due else KeptOutcome.OPEN, due, deed)
    if promise.unit in _MINUTES:
        return _judged_by_time(promise, deed, deed.began, deed.done)
    if deed.done.day <= due:
        return JudgedDeed(KeptOutcome.KEPT, due, deed)
    return JudgedDeed(KeptOutcome.LATE, due, deed, (deed.done.day - due).days)


def _judged_by_time(
    promise: TimedPromise, deed: LoggedDeed, began: Moment, done: Moment
) -> JudgedDeed:
    """Judge a promise of hours. Where a time of day lacks, the days may still decide it."""
    allowed = promise.number * _MINUTES[promise.unit]
    days = (done.day - began.day).days
    due = due_after(promise, began.day)
    if began.minutes is not None and done.minutes is not None:
        least = most = days * _DAY + done.minutes - began.minutes
    else:
        least, most = (days - 1) * _DAY + 1, (days + 1) * _DAY - 1
    if most <= allowed:
        return JudgedDeed(KeptOutcome.KEPT, due, deed)
    if least > allowed:
        return JudgedDeed(KeptOutcome.LATE, due, deed, (least - allowed) // _DAY)
    return JudgedDeed(_as_said(deed), due, deed)


def _as_said(deed: LoggedDeed) -> KeptOutcome:
    """Return what somebody says of a deed that its days do not decide."""
    if deed.kept is None:
        return KeptOutcome.UNCLEAR
    return KeptOutcome.KEPT if deed.kept else KeptOutcome.MISSED


def _recurring(
    promise: TimedPromise, deeds: Sequence[LoggedDeed], since: date, on: date
) -> Iterator[JudgedDeed]:
    """Yield each time that something was due again: what was done by then, or later, or never.

    A deed counts once, for the first time that waits for it. The last is the one that is next due.
    """
    days = list(_due_days(promise, since, on))
    waiting = [one for one in deeds if one.done]
    for number, due in enumerate(days):
        nearest = next(iter(waiting), None)
        following = days[number + 1] if number + 1 < len(days) else None
        done = nearest.done.day if nearest and nearest.done else None
        if nearest is None or done is None or (following and done > following):
            yield JudgedDeed(KeptOutcome.MISSED, due)
            continue
        # Whatever else was done by this day was done for it too.
        waiting = [one for one in waiting if one.done and one.done.day > max(done, due)]
        late = max((done - due).days, 0)
        yield JudgedDeed(KeptOutcome.LATE if late else KeptOutcome.KEPT, due, nearest, late)
    outcome = KeptOutcome.KEPT if waiting else KeptOutcome.OPEN
    yield JudgedDeed(outcome, _nth(promise, since, len(days) + 1), next(iter(waiting), None))


def _due_days(promise: TimedPromise, since: date, on: date) -> Iterator[date]:
    """Yield the days that are over by which something was due again: the last day is not."""
    times = 1
    while True:
        day = _nth(promise, since, times)
        if day >= on or day == date.max:
            return
        yield day
        times += 1


def _nth(promise: TimedPromise, since: date, times: int) -> date:
    number, unit = promise.number * times, promise.unit
    if unit in _MONTHS:
        return months_after(since, number * _MONTHS[unit])
    if unit in _DAYS:
        return days_after(since, number * _DAYS[unit])
    if unit in _MINUTES:
        return since + timedelta(minutes=number * _MINUTES[unit])
    return _working_days_after(since, number)
