"""What is due, and when: of a body with releases, elections, promises and sources, on one day after another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from frozen import FILES, Frozen
from small import LAW

from policygen.pipeline.check import check
from policygen.pipeline.workspace import Workspace
from policygen.pipeline.year.dates import body_dates, dates_of_term
from policygen.problems import Level, Problem
from policygen.year.days import days_after, months_after, recurring_days

DATES = "    review_by: 2028-12-07\n    equality_assessment: {date: 2026-11-02}\n"
VOTES = "elections: [{event: Town elections, starts: 2027-03-22, ends: 2027-05-06}]\n"
PROMISES = "commitments: {count: 6}\n"
SOURCES = """\
foi: {title: Information Act, publisher: P, url: https://a.example, status: in-force, checked_on: 2026-11-21, valid_to: 2028-03-31}
code: {title: The code, publisher: P, url: https://b.example, status: unverified}
"""
WORDS = LAW.replace("### Rule", "- source: foi\n- source: code\n\n### Rule").replace(
    "Keep it.", "Keep it. Count them {{ commitments.count }}."
)
FILE = Path("profiles/example/profile.yaml")


@pytest.fixture
def body(fresh: Frozen) -> Frozen:
    fresh.write({**FILES, "base/law.md": WORDS, "base/sources.yaml": SOURCES})
    fresh.replace("brand:", f"{DATES}{VOTES}{PROMISES}brand:")
    return fresh


def asked(on: str) -> dict[str, Problem]:
    """What `check` says of dates on a day, by its code."""
    found = check(FILE, Workspace(), date.fromisoformat(on))
    return {one.code: one for one in found if "PG560" <= one.code <= "PG569"}


def test_a_quiet_day_asks_for_nothing(body: Frozen) -> None:
    assert asked("2026-12-07") == {}
    assert check(FILE, Workspace()) == check(FILE, Workspace(), date(2026, 12, 7)), (
        "no day, no date"
    )


def test_a_review_is_near_for_six_months_and_then_an_error(body: Frozen) -> None:
    assert "PG561" not in asked("2028-06-06")
    near = asked("2028-06-07")["PG561"]
    assert near.level is Level.WARNING
    assert "by 7 December 2028, in 26 weeks." in near.what
    assert str(near.location).startswith("profiles/example/profile.yaml:15:16")
    assert "today." in asked("2028-12-07")["PG561"].what, "the last day is not past yet"
    past = asked("2028-12-08")
    assert past["PG560"].level is Level.ERROR
    assert "PG561" not in past


def test_a_draft_has_no_review_to_miss_and_what_is_superseded_asks_for_nothing(
    body: Frozen,
) -> None:
    body.replace("status:   approved", "status: draft")
    assert "PG560" not in asked("2029-01-01")
    body.replace("status: draft", "status: superseded")
    assert asked("2029-01-01") == {}


def test_an_election_period_is_near_runs_and_is_over(body: Frozen) -> None:
    assert "PG562" not in asked("2027-02-07")
    assert "begins on 22 March 2027, in 6 weeks." in asked("2027-02-08")["PG562"].what
    assert "is running, until the end of 6 May 2027." in asked("2027-03-22")["PG562"].what
    assert asked("2027-05-06")["PG562"].level is Level.ADVICE
    over = asked("2027-05-07")
    assert over["PG563"].level is Level.WARNING
    assert over["PG563"].field == ("elections", 0)


def test_a_source_is_looked_up_again_after_a_year_by_the_library_or_by_the_body(
    body: Frozen,
) -> None:
    assert "PG564" not in asked("2027-11-21")
    assert "(foi)" in asked("2027-11-22")["PG564"].what, "of the other nobody has ever said a word"
    body.replace("brand:", "confirmed: {foi: {by: Legal, on: 2027-11-20}}\nbrand:")
    assert "PG564" not in asked("2027-11-22")
    assert not any(one.code == "PG346" for one in check(FILE, Workspace()))
    assert "PG564" in asked("2028-11-21")


def test_a_source_that_is_in_force_no_longer_is_told_with_its_clauses(body: Frozen) -> None:
    assert "PG567" not in asked("2027-09-29")
    assert "Information Act is in force until 31 March 2028, and is cited by law.records" in (
        asked("2027-09-30")["PG567"].what
    )
    assert "was in force until" in asked("2028-04-01")["PG567"].what


def test_what_is_promised_every_six_months_is_due_around_its_day(body: Frozen) -> None:
    assert "PG565" not in asked("2027-05-06")
    assert ": due on 7 June 2027" in asked("2027-05-07")["PG565"].what
    assert "it was due on 7 June 2027" in asked("2027-07-07")["PG565"].what
    assert "PG565" not in asked("2027-07-09")
    assert ": due on 7 December 2027" in asked("2027-12-01")["PG565"].what
    body.replace("commitments: {count: 6}", "commitments: {count: off}")
    assert "PG565" not in asked("2027-12-01")


def test_a_small_change_puts_no_promise_off(body: Frozen) -> None:
    body.release("First")
    body.replace('version: "1.0"', 'version: "1.1"')
    body.replace("issued: 2026-12-07", "issued: 2027-05-20")
    assert ": due on 7 June 2027" in asked("2027-06-01")["PG565"].what


def test_an_assessment_is_old_once_another_version_was_approved_after_it(body: Frozen) -> None:
    body.release("First")
    assert "PG566" not in asked("2026-12-08"), "it was made for this version"
    body.replace('version: "1.0"', 'version: "2.0"')
    body.replace("issued: 2026-12-07", "issued: 2027-06-01")
    old = asked("2027-06-01")["PG566"]
    assert old.level is Level.WARNING
    assert "of 2 November 2026 is older than the policy" in old.what
    body.replace("{date: 2026-11-02}", "{date: 2027-05-02}")
    assert "PG566" not in asked("2027-06-01")


def test_a_version_that_changed_no_rule_needs_no_new_assessment(body: Frozen) -> None:
    body.release("First")
    body.replace('version: "1.0"', 'version: "1.1"')
    body.replace("issued: 2026-12-07", "issued: 2027-06-01")
    body.release("A telephone number", "")
    assert "PG566" not in asked("2027-06-01")


def test_a_term_has_every_date_and_a_day_the_next_ones(body: Frozen) -> None:
    term = dates_of_term(FILE, Workspace())
    promised = [one.day.isoformat() for one in term.dates if one.kind == "commitment"]
    assert promised == ["2027-06-07", "2027-12-07", "2028-06-07", "2028-12-07"]
    assert [one.day for one in term.dates] == sorted(one.day for one in term.dates)
    today = body_dates(FILE, Workspace(), date(2027, 6, 20))
    promised = [one.day.isoformat() for one in today.dates if one.kind == "commitment"]
    assert promised == ["2027-06-07", "2027-12-07"], (
        "the last one, if it was within a month, and the next"
    )


def test_days_are_counted_as_a_calendar_does() -> None:
    assert months_after(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert months_after(date(2028, 2, 29), -12) == date(2027, 2, 28)
    assert months_after(date(9999, 12, 1), 1) == date.max
    assert months_after(date(1, 1, 1), -1) == days_after(date(1, 1, 1), -1) == date.min
    month_ends = list(recurring_days(date(2027, 1, 31), 0, 1, date(2027, 4, 30)))
    assert month_ends == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
