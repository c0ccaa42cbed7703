"""What a body owes stands in its rules: no practice adds a duty, no time is typed, and no rule asks."""

from __future__ import annotations

import pytest
from small import Small

from policygen.lint import LintCache
from policygen.lint.policy import lint
from policygen.markdown.prose import ProseCache

STYLE = "duties: [must, has to]\nrecurring: [weekly]\n"
CLAUSE = """\
# The law

## Keep a record {#law.records}

### Rule

%s

### In practice

%s
"""
SAYS = 'The practice of "law.records" says '
PROMISES = 'The practice of "law.records" promises '
TYPES = '"law.records" types a time: '


def found(small: Small, rule: str, practice: str) -> list[str]:
    small.write({"style.yaml": STYLE, "base/law.md": CLAUSE % (rule, practice)})
    said = lint(small.policy(), small.library().style, LintCache(), ProseCache())
    return [problem.what for problem in said if problem.code in ("PG716", "PG717", "PG719")]


@pytest.mark.parametrize(
    ("practice", "what"),
    [
        ("It is easy.\nYou must save it.", SAYS + '"must": "You must save it.".'),
        (
            "| Who | What |\n|---|---|\n| Owner | Has to save it |",
            SAYS + '"Has to": "Has to save it".',
        ),
        (
            "Save it in {{ commitments.capture }}.",
            PROMISES + "{{ commitments.capture }}, and its rule does not.",
        ),
        ("Look at it weekly.", TYPES + '"weekly".'),
        ("Look at it every month.", TYPES + '"every month".'),
    ],
)
def test_what_nobody_signed_is_named(small: Small, practice: str, what: str) -> None:
    assert found(small, "Keep it.", practice) == [what]


@pytest.mark.parametrize(
    "practice",
    [
        "Saving takes ten minutes.",
        "::: example\nThe press must wait, and two weeks later it had its answer within two days.\n:::",
        "::: wording\nYou must be kind.\n:::",
        "It is saved within {{ commitments.capture }}.",
    ],
)
def test_a_practice_may_tell_how(small: Small, practice: str) -> None:
    assert found(small, "Save it within {{ commitments.capture }}.", practice) == []


@pytest.mark.parametrize(
    "time", ["within 5 working days", "two years", "each quarter", "once a year", "weekly"]
)
def test_a_rule_types_no_time(small: Small, time: str) -> None:
    assert found(small, f"Save it {time}.", "Easy.") == [TYPES + f'"{time}".']


def test_a_body_may_type_what_it_likes(small: Small) -> None:
    small.write(
        {"organisation/law.md": "## Ours {#law.ours}\n\n### Rule\n\nSave it within two days.\n"}
    )
    assert found(small, "Keep it.", "Easy.") == []


def test_a_rule_that_asks_is_named_and_a_practice_may_ask(small: Small) -> None:
    asked = 'The rule of "law.records" asks: "Is it ours?".'
    assert found(small, "Keep it. Is it ours?", "Whose is it?") == [asked]
    assert found(small, "| Ask | Do |\n|---|---|\n| Is it ours? | Keep it |", "Look.") == []
