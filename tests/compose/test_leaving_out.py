"""Leave out any clauses and sections that not every body needs: the policy is whole all the same."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from organisations import EVERYTHING

from policygen.compose.composer import compose
from policygen.compose.composition import ComposeCache
from policygen.diff import differences
from policygen.load.library.library import load_library
from policygen.load.profile.profile import load_organisation
from policygen.markdown.prose import ProseCache
from policygen.model import document as doc
from policygen.model.comparison.difference import DifferenceKind, Differences, FactCause
from policygen.model.document.walk import walk
from policygen.model.fragment import Library, Organisation
from policygen.model.policy import Policy
from policygen.model.profile import ContentsChoice, LeaveOut
from policygen.present.edition import present
from policygen.problems import errors

PROFILES = Path(__file__).parents[2] / "profiles"
EXAMPLES = sorted(file.parent.name for file in PROFILES.glob("*/profile.yaml"))
DRAWS = range(12) if EVERYTHING else range(1)
CACHE, PROSE = ComposeCache(), ProseCache()
LEFT_OUT = LeaveOut(because="We do without it")


@cache
def shipped() -> Library:
    return load_library()


@cache
def whole(name: str) -> tuple[Organisation, Policy]:
    """An example that leaves nothing out, and its policy."""
    read = load_organisation(PROFILES / name / "profile.yaml", shipped())
    everything = {"extent": "everything", "contents": ContentsChoice()}
    organisation = replace(read, profile=read.profile.model_copy(update=everything))
    return organisation, composed(organisation)


def composed(organisation: Organisation) -> Policy:
    language = (*organisation.profile.languages, "en")[0]
    found = compose(shipped(), organisation, language, CACHE)
    assert found.policy, [str(problem) for problem in errors(found.problems)]
    return found.policy


def without(organisation: Organisation, ids: list[str]) -> Policy:
    contents = ContentsChoice(leave_out=dict.fromkeys(ids, LEFT_OUT))
    profile = organisation.profile.model_copy(update={"contents": contents})
    return composed(replace(organisation, profile=profile))


def optional(policy: Policy) -> list[str]:
    """The clauses and the whole sections that a body may leave out without a word more."""
    core = policy.outline.grades.binding
    sections = [s for s in policy.sections if all(c.grade != core for c in s.clauses)]
    clauses = [c.id for s in policy.sections for c in s.clauses if c.grade != core]
    return [*(section.id for section in sections), *clauses]


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("name", EXAMPLES if EVERYTHING else EXAMPLES[1:3])
def test_any_set_may_be_left_out(name: str, draw: int) -> None:
    organisation, before = whole(name)
    random = Random(f"{name}{draw}")
    ids = random.sample(optional(before), random.randrange(1, 40))
    after = without(organisation, ids)
    assert {id for id in ids if "." in id} <= {one.id for one in after.left_out}
    assert_numbers(after)
    assert_links(after)
    assert_chart_ends(after)
    found = differences(before, after)
    assert only_left_out(found)
    gone = {pair.clause.id for pair in found.pairs if not pair.second}
    assert gone == {one.id for one in after.left_out}


def test_a_line_that_a_section_loses_names_the_promise_that_it_was_about() -> None:
    """No rule promises a first word any more, so nothing measures whether it came in time."""
    organisation, before = whole("little-marden")
    found = differences(before, without(organisation, ["crisis.first-hour"])).found
    [lost] = [one for one in found if (one.section, one.part) == ("crisis", "measure")]
    [cause] = lost.why
    assert isinstance(cause, FactCause)
    assert (cause.fact, cause.first, cause.second) == (
        "commitments.first_word", "24\xa0hours", "off",
    )  # fmt: skip


def assert_numbers(policy: Policy) -> None:
    for place, section in enumerate(policy.sections, 1):
        assert section.number == str(place)
        numbers = [clause.number for clause in section.clauses]
        assert numbers == [f"{place}.{at}" for at in range(1, len(numbers) + 1)]


def assert_links(policy: Policy) -> None:
    document = present(policy, "full-story", PROSE)
    anchors = {block.anchor for block in walk(document.body) if isinstance(block, doc.Heading)}
    left_out = {one.id for one in policy.left_out}
    linked = set(re.findall(r"href='#([^']+)'", repr(document.body)))
    assert not linked & left_out
    assert {id for id in linked if policy.clause(id)} <= anchors
    assert not anchors & left_out


def assert_chart_ends(policy: Policy) -> None:
    """Every way of every question leads on, never back, and never to what is left out."""
    chart = next((s for s in policy.sections if s.id == policy.outline.front.chart), None)
    ids = [clause.id for clause in chart.clauses] if chart else []
    ends = {"", "next", *(mark.value for mark in doc.Mark)}
    for place, clause in enumerate(chart.clauses if chart else ()):
        for way in (clause.yes, clause.no):
            assert way in ends or way in ids[place + 1 :]


def only_left_out(found: Differences) -> bool:
    """Whether nothing but what is left out differs, and what words say for want of it.

    A section says nothing of a promise that no rule makes any more.
    """
    for difference in found.found:
        facts = [getattr(cause, "fact", "") for cause in difference.why]
        follows = bool(facts) and all(fact.startswith(("has.", "commitments.")) for fact in facts)
        if difference.kind is not DifferenceKind.LEFT_OUT and not follows:
            return False
    return True
