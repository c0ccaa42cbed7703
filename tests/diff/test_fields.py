"""Whatever a clause has is compared, and counts after an approval; or the reason why not stands here."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from test_properties import ABOUT, OUTLINE, PROFILE

from policygen.diff import differences
from policygen.model.comparison.difference import Difference
from policygen.model.policy import Citation, Clause, Policy, Section, Source, Telling
from policygen.model.wording import Wording
from policygen.pipeline.released.approval import _printed_parts


def words(text: str) -> Wording:
    return Wording("en", (text,))


CLAUSE = Clause("p.keep", "1.1", words("Keep it"), (Telling("rule", words("Keep a copy.")),))
# Another value of each field that tells a reader something.
OTHER: dict[str, Any] = {
    "title": words("Keep all of it"),
    "tellings": (Telling("rule", words("Keep two copies.")),),
    "label": words("Records"),
    "citations": (Citation("act"),),
    "audience": ("managers",),
    "binding": True,
    "under": "never",
    "yes": "may",
    "no": "never",
}
NOT_COMPARED = {
    "id": "it says which two are compared",
    "number": "it follows from the place, which is compared",
    "grade": "it chooses what is printed, and what is left out is compared",
    "chosen_by": "the cause of other words",
    "origins": "the cause of other words",
    "omission": "both sides of what is left out are compared as a whole",
    "places": "the words say where they hold",
    "when": "the cause of a clause that is not there",
}
NOT_PRINTED = {"binding": "a reader of the policy does not see it"}


def policy(clause: Clause) -> Policy:
    section = Section("p", "1", words("Part"), (clause,))
    sources = (Source("act", "An act", "The state", "https://act.example", "in-force"),)
    return Policy("en", PROFILE, (), OUTLINE, ABOUT, (section,), sources, (), (), "", "")


def test_every_field_is_told_of() -> None:
    assert {*OTHER, *NOT_COMPARED} == {field.name for field in fields(Clause)}
    assert not {*OTHER} & {*NOT_COMPARED}


@pytest.mark.parametrize("name", OTHER)
def test_another_value_is_a_difference(name: str) -> None:
    other = replace(CLAUSE, **{name: OTHER[name]})
    found: tuple[Difference, ...] = differences(policy(CLAUSE), policy(other)).found
    assert {difference.clause for difference in found} == {"p.keep"}


@pytest.mark.parametrize("name", OTHER)
def test_what_is_printed_counts_after_an_approval(name: str) -> None:
    other = replace(CLAUSE, **{name: OTHER[name]})
    assert (_printed_parts(other) == _printed_parts(CLAUSE)) is (name in NOT_PRINTED)
