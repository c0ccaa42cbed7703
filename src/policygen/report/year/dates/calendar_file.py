"""BodyDates -> a calendar file (iCalendar, RFC 5545), for Outlook and any other calendar program.

Each date is an event of whole days with a reminder before it. Nothing in it comes from the clock: a
body's dates give the same bytes whenever they are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

from policygen.model.language import capitalise
from policygen.model.year.body_dates import BodyDates
from policygen.model.year.due_date import DueDate

_PRODUCT = "-//policygen//Dates of a policy//EN"
_MORNING = timedelta(hours=9)  # a reminder at midnight wakes people
_COUNTED_FROM = date(2000, 1, 1)
# What comes round again, or stands for many: each day is an event of its own.
_ONE_EVENT_A_DAY = ("commitment", "sources", "law")


def dates_to_calendar(bodies: Sequence[BodyDates]) -> bytes:
    """Return a calendar of all the dates; of several bodies each event begins with its body."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    is_of_many = len(bodies) > 1
    calendar.add("x-wr-calname", "Social media policies" if is_of_many else _title(bodies[0]))
    for body in bodies:
        for key, one in _with_keys(body.dates):
            calendar.add_component(_event(body, one, key, is_of_many))
    data: bytes = calendar.to_ical()
    return data


def _title(body: BodyDates) -> str:
    return f"Social media policy of {body.organisation}"


def _with_keys(dates: Sequence[DueDate]) -> Iterator[tuple[str, DueDate]]:
    """Yield each date with what makes it the same matter the next time, on another day even."""
    seen: Counter[str] = Counter()
    for one in dates:
        key = one.what if one.kind == "election" else one.path
        if one.kind in _ONE_EVENT_A_DAY:
            key = f"{key} {one.day.isoformat()}"
        seen[key] += 1
        yield f"{one.kind} {key} {seen[key]}", one


def _event(body: BodyDates, one: DueDate, key: str, is_of_many: bool) -> Event:
    as_of = body.as_of or one.day
    summary = f"{body.organisation}: {one.what}" if is_of_many else capitalise(one.what)
    summary = summary.replace("\u00a0", " ")
    event = Event()
    # An organisation may have two policies, such as one for its members: each in its own folder.
    whose = f"policygen:{body.name} {body.organisation}"
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{whose} {key}")))
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("sequence", max(0, (as_of - _COUNTED_FROM).days))  # a later issue moves the event
    event.add("dtstart", one.day)
    event.add("dtend", one.day_after)
    event.add("summary", summary)
    event.add("description", _description(body, one))
    event.add("categories", [one.kind])
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    event.add_component(_reminder(one, summary))
    return event


def _description(body: BodyDates, one: DueDate) -> str:
    lines = [f"For {one.who}.", f"{_title(body)}."]
    if one.kind == "sources":
        lines.append("Write who looked them up, and when, under confirmed in its profile.")
    elif one.kind != "law":
        place = ".".join(key for key in one.path.split(".") if not key.isdigit())
        lines.append(f"To change the date, change {place} in its profile, and make this file anew.")
    if one.about:
        lines.append(f"Concerns {', '.join(one.about)}.")
    return "\n".join(lines)


def _reminder(one: DueDate, summary: str) -> Alarm:
    """Return a reminder on the morning from which the date counts as near, or of the day before."""
    days = max(1, (one.day - one.near_from).days)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _MORNING - timedelta(days))
    alarm.add("description", summary)
    return alarm
