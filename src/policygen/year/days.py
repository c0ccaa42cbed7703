"""Days before and after a day, and the days on which something recurs."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta


def days_after(day: date, days: int) -> date:
    """Return the day some days later, or earlier; the calendar's first or last where it ends."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def months_after(day: date, months: int) -> date:
    """Return the same day of a month later, or earlier; the last of a month that is shorter.

    It is the calendar's first or last day where that ends.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    _, last = monthrange(year, month + 1)
    return date(year, month + 1, min(day.day, last))


def recurring_days(begins: date, days: int, months: int, until: date) -> Iterator[date]:
    """Yield each day up to `until` on which something recurs: every so many days, or months.

    The first is one such time after `begins`. One of `days` and `months` is 0.
    """
    times = 1
    while True:
        day = days_after(begins, days * times) if days else months_after(begins, months * times)
        if day > until or day == date.max:
            return
        yield day
        times += 1
