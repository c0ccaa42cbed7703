"""What is true of every two policies, however they differ."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from applied import applied, seen, seen_of
from hypothesis import given, settings
from hypothesis import strategies as st
from organisations import ALL, EVERYTHING, PROFILES, library, workspace
from organisations import policies as example_policies

from policygen.diff import differences
from policygen.model.comparison.difference import DifferenceKind, Differences
from policygen.model.outline.outline import Front, Outline, Tier
from policygen.model.policy import Citation, Clause, Policy, Section, Telling
from policygen.model.profile import ContentsChoice, Profile
from policygen.model.wording import Printed, Wording

MANY = 1000 if EVERYTHING else 30  # pairs of made-up policies
TIERS = ("overview", "rule")
OUTLINE = Outline(
    source_language="en",
    layers=("base",),
    tiers={tier: Tier(tier, "", "clauses", tier == "rule") for tier in TIERS},
    sections=(),
    audiences={},
    editions={},
    front=Front("document", "", "", ""),
    names=("organisation",),
)
PROFILE = Profile(
    name="Fenwick", short_name="the council", kind="council", jurisdiction="uk", posture="balanced"
)
ABOUT = Section("document", "", Wording("en", ("About",)), ())

WORDS = st.lists(
    st.sampled_from(["we", "keep", "a", "copy", "of", "every", "post"]), min_size=1, max_size=6
)
FACTS = st.builds(
    Printed, st.sampled_from(["organisation.name", "policy.days"]), st.sampled_from(["5", "10"])
)


def wording(words: list[str], facts: list[Printed]) -> Wording:
    return Wording("en", tuple(piece for pair in zip(words, facts, strict=False) for piece in pair))


def clause(title: Wording, told: list[Wording], **slip: Any) -> Clause:
    return Clause(
        "", "", title, tuple(Telling(t, w) for t, w in zip(TIERS, told, strict=False)), **slip
    )


WORDINGS = st.builds(wording, WORDS, st.lists(FACTS, min_size=6, max_size=6))
CLAUSES = st.builds(
    clause,
    WORDINGS,
    st.lists(WORDINGS, max_size=2),
    citations=st.tuples() | st.tuples(st.builds(Citation, st.sampled_from("ab"))),
    audience=st.sampled_from([(), ("managers",)]),
    binding=st.booleans(),
    under=st.sampled_from(["", "may", "never"]),
)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A policy of up to three sections; any clause may stand in any of them."""
    sections = draw(st.lists(st.sampled_from("pqr"), max_size=3, unique=True))
    ids = draw(st.lists(st.sampled_from("abcdefgh"), max_size=8, unique=True)) if sections else []
    held: dict[str, list[Clause]] = {section: [] for section in sections}
    for id in ids:
        held[draw(st.sampled_from(sections))].append(replace(draw(CLAUSES), id=id))
    made = tuple(
        Section(id, "", draw(WORDINGS), tuple(clauses), lead=draw(st.none() | WORDINGS))
        for id, clauses in held.items()
    )
    return Policy("en", PROFILE, (), OUTLINE, ABOUT, made, (), (), (), "", "")


@pytest.mark.slow
@given(policies())
def test_a_policy_does_not_differ_from_itself(policy: Policy) -> None:
    assert differences(policy, policy).found == ()


@pytest.mark.slow
@settings(max_examples=MANY)
@given(policies(), policies())
def test_applying_the_differences_gives_the_second(first: Policy, second: Policy) -> None:
    assert seen(applied(differences(first, second))) == seen_of(second)


@pytest.mark.slow
@settings(max_examples=MANY)
@given(policies(), policies())
def test_the_mirror_image_is_the_same_read_backwards(first: Policy, second: Policy) -> None:
    assert mirrored(differences(first, second)) == told(differences(second, first))


@pytest.mark.slow
@given(policies(), policies())
def test_every_clause_of_both_is_paired_once(first: Policy, second: Policy) -> None:
    pairs = differences(first, second).pairs
    assert sorted(p.first.id for p in pairs if p.first) == sorted(c.id for c in first.clauses())
    assert [p.second.id for p in pairs if p.second] == [c.id for c in second.clauses()]


def told(found: Differences) -> list[str]:
    return sorted(
        repr((d.kind, _ids(found, d.clause), d.part, d.first, d.second)) for d in found.found
    )


def mirrored(found: Differences) -> list[str]:
    return sorted(
        repr((d.kind.mirrored, _ids(found, d.clause), d.part, d.second, d.first))
        for d in found.found
    )


def _ids(found: Differences, id: str) -> list[str]:
    """A clause goes by the names that either side has for it."""
    return sorted(
        {c.id for p in found.pairs if p.clause.id == id for c in (p.first, p.second) if c} or {id}
    )


# --- The examples ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def examples() -> dict[str, Policy]:
    return {name: example_policies(name)[0] for name in ALL}


@pytest.mark.slow
def test_real_policies_too(examples: dict[str, Policy]) -> None:
    """Every pair of examples, both ways round; in `make test` each with itself and with two others.

    A whole section that is one line leads to words that the other policy does not hold, so nobody
    leaves one out where differences are applied; tests/cases/diff/left-out.md does.
    """
    whole = {**examples, "fenwick": _as("fenwick", {"contents": ContentsChoice()})}
    steps = range(len(ALL)) if EVERYTHING else (0, 1, 5)
    for at, a in enumerate(ALL):
        for step in steps:
            b = ALL[(at + step) % len(ALL)]
            applying = differences(whole[a], whole[b])
            assert seen(applied(applying)) == seen_of(whole[b]), (a, b)
            found = differences(examples[a], examples[b])
            assert bool(found.found) == (a != b)
            if step:
                assert mirrored(found) == told(differences(examples[b], examples[a])), (a, b)


@pytest.mark.slow
def test_every_difference_between_real_policies_has_a_cause(examples: dict[str, Policy]) -> None:
    without = [
        (a, b, d.kind.key, d.section, d.clause, d.part)
        for a, b in pairwise(ALL)
        for d in differences(examples[a], examples[b]).found
        if not d.why
    ]
    assert without == []


def test_another_name_gives_names_only(examples: dict[str, Policy]) -> None:
    before = _as("fenwick", {"extent": "everything"})
    other_name = {"name": "Wickbourne District Council", "short_name": "the district"}
    found = differences(before, _as("fenwick", {"extent": "everything", **other_name}))
    assert {d.kind for d in found.found} == {DifferenceKind.NAMES_ONLY}
    named = {"organisation.name", "organisation.short_name"}
    assert {d.clause for d in found.found if d.clause} == {
        clause.id
        for clause in before.clauses()
        if named & {fact for t in clause.tellings for fact, _ in t.wording.values}
        or named & {fact for fact, _ in clause.title.values}
    }


def test_another_deadline_is_set_differently() -> None:
    before = example_policies("fenwick")[0]
    found = differences(before, _as("fenwick", {"commitments": {"capture": 9}}))
    assert {d.kind for d in found.found} == {DifferenceKind.SET_DIFFERENTLY}
    assert {cause.fact for d in found.found for cause in d.why if hasattr(cause, "fact")} == {
        "commitments.capture"
    }


def test_another_branch_is_reworded_because_of_its_fact() -> None:
    before = example_policies("fenwick")[0]
    found = differences(before, _as("fenwick", {"unions": ()}))
    kinds = {d.kind for d in found.found}
    assert DifferenceKind.REWORDED in kinds
    causes = {
        getattr(cause, "fact", "")
        for d in found.found
        if d.kind is DifferenceKind.REWORDED
        for cause in d.why
    }
    assert causes == {"organisation.unions"}


def _as(name: str, changed: dict[str, object]) -> Policy:
    from policygen.compose.composer import compose
    from policygen.load.profile.profile import load_organisation

    one = load_organisation(PROFILES / name / "profile.yaml", library())
    composed = compose(
        library(),
        replace(one, profile=one.profile.model_copy(update=changed)),
        "en-GB",
        workspace().caches.compose,
    )
    assert composed.policy
    return composed.policy
