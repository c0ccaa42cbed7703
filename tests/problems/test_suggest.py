"""A name is suggested for a slip of a letter or two; else all names are listed."""

from __future__ import annotations

import time

import pytest

from policygen.problems import nearest

KINDS = ["agency", "council", "department", "health-body", "parish-council", "police-force"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("counsil", "council"),
        ("concil", "council"),
        ("councill", "council"),
        ("cuoncil", "council"),
        ("Council", "council"),
        ("health_body", "health-body"),
        ("health body", "health-body"),
        ("dpeartmetn", "department"),
    ],
)
def test_a_slip_is_answered_with_the_name(typed: str, meant: str) -> None:
    assert nearest(typed, KINDS) == f'Did you mean "{meant}"?'


@pytest.mark.parametrize("typed", ["parish", "town-hall", "counterpart", "school", "x", ""])
def test_another_word_is_answered_with_the_whole_list(typed: str) -> None:
    assert nearest(typed, KINDS, "docs/add-a-kind.md") == (
        f"Known: {', '.join(KINDS)}. To add one, see docs/add-a-kind.md."
    )


def test_one_slip_at_most_in_a_short_name() -> None:
    assert nearest("xy", ["cy"]) == 'Did you mean "cy"?'
    assert nearest("xz", ["cy"]) == "Known: cy."


def test_nothing_is_known() -> None:
    assert nearest("a", []) == "None are known here."


def test_a_long_list_is_cut_to_its_section() -> None:
    known = [f"law.clause-{n}" for n in range(50)] + ["other.a", "other.b"]
    assert nearest("other.else", known) == "Known: other.a, other.b."
    assert nearest("law.zzzzzz", known).endswith("and 10 more.")


def test_a_long_name_costs_little() -> None:
    started = time.process_time()
    nearest("a" * 1_000, ["b" * 999, "a" * 997] * 50)
    assert time.process_time() - started < 2
