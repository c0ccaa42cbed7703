"""`policygen dates`: one body or a folder of them, on a day, in each format."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from frozen import FILES, Frozen
from icalendar import Calendar, Component
from small import LAW

DATES = "    review_by: 2027-12-07\n"
VOTES = "elections: [{event: 'Town; \"elections\", and', starts: 2027-03-22, ends: 2027-05-06}]\n"
SOURCES = "foi: {title: Information Act, publisher: P, url: https://a.example, status: in-force, checked_on: 2026-11-21}\n"
WORDS = LAW.replace("### Rule", "- source: foi\n\n### Rule").replace(
    "Keep it.", "Keep it. Count them {{ commitments.count }}."
)


@pytest.fixture
def body(fresh: Frozen) -> Frozen:
    fresh.write({**FILES, "base/law.md": WORDS, "base/sources.yaml": SOURCES})
    fresh.replace("brand:", f"{DATES}{VOTES}commitments: {{count: 6}}\nbrand:")
    return fresh


def told(body: Frozen, *words: str) -> str:
    ended = body.run("dates", *words)
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def calendar(data: bytes) -> Component:
    """What a calendar program makes of a file that keeps to RFC 5545; anything else is a fault here."""
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b""), "every line ends with CRLF"
    assert max(map(len, data.split(b"\r\n"))) <= 75, "no line is longer than 75 octets"
    read = Calendar.from_ical(data)
    assert (read["version"], bool(read["prodid"])) == ("2.0", True)
    events = read.walk("VEVENT")
    assert events
    assert not any(part.errors for part in read.walk())
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART"} <= event.keys(), "RFC 5545, 3.6.1"
        assert event["dtstamp"].dt.tzinfo is not None
        assert event["dtend"].dt > event["dtstart"].dt
        (alarm,) = event.walk("VALARM")
        assert {"ACTION", "TRIGGER", "DESCRIPTION"} <= alarm.keys(), "RFC 5545, 3.6.6"
        assert alarm["trigger"].dt < timedelta(0), "a reminder before"
    uids = [event["uid"] for event in events]
    assert len(set(uids)) == len(uids)
    return read


def test_a_body_is_told_what_is_past_near_and_later(body: Frozen) -> None:
    said = told(body, "example", "--on", "2027-05-10")
    said = said.replace("\u00a0", " ")
    assert "On 10 May 2027: 1 past and 1 soon." in said
    past, soon, later = (said.index(part) for part in ("Past its day", "Soon", "Later"))
    assert past < said.index("22 March 2027") < soon
    assert soon < said.index("7 June 2027") < later < said.index("Review the policy")


def test_a_folder_of_bodies_and_several_named_are_told_together(body: Frozen) -> None:
    other = Path("profiles/other")
    other.mkdir()
    (other / "profile.yaml").write_text(
        "name: Thornby Town Council\nshort_name: the council\nkind: council\njurisdiction: england\nposture: balanced\n"
        "commitments: {count: on}\npolicy: {review_by: 2027-02-01}\n"
    )
    Path("profiles/notes").mkdir()
    folder = told(body, "profiles", "--format", "json")
    assert folder == told(body, "example", "other", "--format", "json") == told(body, "-f", "json")
    found = json.loads(folder)
    assert [one["body"] for one in found["bodies"]] == ["example", "other"]
    assert "2 bodies" not in told(body, "profiles"), "so few are named"
    (other / "profile.yaml").write_text("name: [\n")
    ended = body.run("dates", "profiles", "--format", "csv")
    assert ended.exit_code == 1
    assert "profiles/other/profile.yaml:2:1: error" in ended.stderr
    assert "example" in ended.stdout, "the others are told all the same"


def test_a_body_is_told_which_dates_its_profile_lacks(body: Frozen) -> None:
    assert "Not known" not in told(body, "example")
    body.replace(DATES, "")
    body.replace(VOTES, "")
    said = told(body, "example")
    assert said.index("Not known") < said.index("When the policy is to be reviewed")
    assert said.index("policy.review_by") < said.index("elections")
    assert "policy.issued" not in said
    assert '"unknown": [' in told(body, "example", "-f", "json")


def test_a_spreadsheet_and_a_program_read_the_same_dates(body: Frozen) -> None:
    words = ("example", "--on", "2027-03-30", "--format")
    data = json.loads(told(body, *words, "json"))
    assert data["on"] == "2027-03-30"
    rows = list(csv.DictReader(io.StringIO(told(body, *words, "csv").removeprefix("\ufeff"))))
    states = {row["fact"]: row["state"] for row in rows}
    assert states == {
        "elections.0": "running",
        "commitments.count": "later",
        "sources": "later",
        "policy.review_by": "later",
    }
    for row, one in zip(rows, data["bodies"][0]["dates"], strict=True):
        assert (row["day"], row["until"], row["what"]) == (
            one["day"],
            one["until"] or "",
            one["what"],
        )


def test_a_page_is_the_same_for_the_same_day(body: Frozen) -> None:
    words = ("example", "--format", "html", "--on")
    page = told(body, *words, "2027-03-30")
    assert page == told(body, *words, "2027-03-30") != told(body, *words, "2027-03-31")
    assert "On 30 March 2027" in page.replace("\u00a0", " ")


def test_a_calendar_has_every_date_until_the_review_and_knows_no_day(body: Frozen) -> None:
    told(body, "example", "--out", "ours.ics")
    data = Path("ours.ics").read_bytes()
    events = calendar(data).walk("VEVENT")
    days = {event["categories"].to_ical().decode(): event["dtstart"].dt for event in events}
    assert days["review"] == date(2027, 12, 7)
    assert sum("every 6 months" in event["summary"] for event in events) == 2
    vote = next(event for event in events if event["dtstart"].dt == date(2027, 3, 22))
    assert vote["dtend"].dt == date(2027, 5, 7), "the first day after it"
    assert vote["summary"] == 'Town; "elections", and: the period before the vote'
    assert {event["dtstamp"].dt.date() for event in events} == {date(2026, 12, 7)}
    told(body, "example", "--out", "again.ics", "--on", "2031-01-01")
    assert Path("again.ics").read_bytes() == data


def test_two_policies_of_one_organisation_keep_all_their_events(body: Frozen) -> None:
    """A calendar program takes two events of one id for one, and shows the last of them."""
    shutil.copytree("profiles/example", "profiles/members")
    one = calendar(body.run("dates", "example", "--format", "ics").stdout_bytes)
    both = calendar(body.run("dates", "profiles", "--format", "ics").stdout_bytes)
    assert len(both.walk("VEVENT")) == 2 * len(one.walk("VEVENT"))


def test_a_review_that_is_put_off_moves_its_event(body: Frozen) -> None:
    before = calendar(body.run("dates", "example", "--format", "ics").stdout_bytes)
    body.replace("review_by: 2027-12-07", "review_by: 2028-03-01")
    body.replace("issued: 2026-12-07", "issued: 2027-11-01")
    after = calendar(body.run("dates", "example", "--format", "ics").stdout_bytes)
    old, new = (
        next(event for event in each.walk("VEVENT") if event["summary"] == "Review the policy")
        for each in (before, after)
    )
    assert old["uid"] == new["uid"]
    assert (old["dtstart"].dt, new["dtstart"].dt) == (date(2027, 12, 7), date(2028, 3, 1))
    assert new["sequence"] > old["sequence"]
    assert new["dtstamp"].dt > old["dtstamp"].dt


def test_a_calendar_that_no_program_opens_is_seen() -> None:
    with pytest.raises(AssertionError):
        calendar(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n")


def test_a_calendar_without_a_date_is_refused(body: Frozen) -> None:
    body.write({"base/law.md": LAW})
    body.replace(DATES, "")
    body.replace(VOTES, "")
    ended = body.run("dates", "example", "--out", "none.ics")
    assert ended.exit_code == 1
    assert "no date is known for a calendar" in ended.stderr
    assert not Path("none.ics").exists()
