"""A body of several places: what is told for each is what that place's own policy tells."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import pytest
from organisations import EVERYTHING, PROFILES, library
from small import Small

from policygen.compose.composer import compose
from policygen.compose.composition import ComposeCache
from policygen.compose.places.places import Places
from policygen.compose.places.sentences import sentences
from policygen.compose.places.wording import join_wordings
from policygen.diff import differences
from policygen.load.profile.profile import load_organisation
from policygen.model.comparison.difference import FactCause
from policygen.model.document.walk import plain, walk
from policygen.model.policy import Clause, Policy, policy_from_json, policy_to_json
from policygen.model.wording import Wording
from policygen.present.edition import present

CACHE = ComposeCache()
ENGLAND_AND_WALES = ("england", "wales")
GREAT_BRITAIN = (*ENGLAND_AND_WALES, "scotland")
FOUR_NATIONS = (*GREAT_BRITAIN, "northern-ireland")
BODIES = [
    (kind, places)
    for kind in ("department", "agency")
    for places in (ENGLAND_AND_WALES, GREAT_BRITAIN, FOUR_NATIONS)
]


@cache
def policy(kind: str, places: tuple[str, ...]) -> Policy:
    body = load_organisation(PROFILES / "rivers-and-tides/profile.yaml", library())
    jurisdiction = places[0] if len(places) == 1 else places
    choice = {"kind": kind, "jurisdiction": jurisdiction, "extent": "everything"}
    profile = body.profile.model_copy(update=choice)
    composed = compose(library(), replace(body, profile=profile), "en-GB", CACHE)
    assert composed.policy, "\n".join(map(str, composed.problems))
    return composed.policy


def told(clause: Clause | None, tier: str, place: str) -> str | None:
    """What a clause tells in one place, or None."""
    wording = clause.told(tier) if clause else None
    own = wording.told_in(place) if wording else None
    return own.text if own else None


@pytest.mark.parametrize(("kind", "places"), BODIES)
def test_each_place_is_told_what_its_own_policy_tells(kind: str, places: tuple[str, ...]) -> None:
    joined = policy(kind, places)
    for place in places:
        alone = policy(kind, (place,))
        ids = {clause.id for each in (joined, alone) for clause in each.clauses()}
        for id in ids:
            for tier in joined.outline.tiers:
                here = told(joined.clause(id), tier, place)
                assert here == told(alone.clause(id), tier, place), (place, id, tier)
        heads = {section.id: section for section in joined.sections}
        for section in alone.sections:
            for part, wording in section.parts.items():
                if part not in ("title", "label"):
                    own = heads[section.id].parts[part].told_in(place)
                    assert own is not None, (place, section.id, part)
                    assert own.text == wording.text


@pytest.mark.parametrize(("kind", "places"), BODIES)
def test_facts_sources_and_origins_are_those_of_all_places(
    kind: str, places: tuple[str, ...]
) -> None:
    joined = policy(kind, places)
    each = [policy(kind, (place,)) for place in places]
    assert {s.id for s in joined.sources} == {s.id for one in each for s in one.sources}
    assert joined.commitments == each[0].commitments
    assert {layer.name for layer in joined.stack} == {
        layer.name for one in each for layer in one.stack
    }
    wales = next(layer for layer in joined.stack if layer.name == "jurisdiction/wales")
    assert wales.places == ("wales",)
    for clause in joined.clauses():
        for origin in clause.origins:
            for place, one in zip(places, each, strict=True):
                alone = one.clause(clause.id)
                here = {(o.path, o.line) for o in alone.origins} if alone else set()
                is_said = not origin.places or place in origin.places
                assert ((origin.path, origin.line) in here) == is_said, (clause.id, origin)
    numbers = [clause.number for section in joined.sections for clause in section.clauses]
    assert numbers == [
        f"{s}.{c}"
        for s, section in enumerate(joined.sections, 1)
        for c, _ in enumerate(section.clauses, 1)
    ]
    assert policy_from_json(policy_to_json(joined)) == joined


def test_places_that_agree_are_told_together() -> None:
    rule = policy("agency", FOUR_NATIONS).clause("law.information-requests").told("rule")
    labels = [line.partition(":**")[0] for line in rule.text.splitlines() if ":**" in line]
    assert labels == ["**In England, Wales and Northern Ireland", "**In Scotland", "**Everywhere"]
    document = present(policy("agency", FOUR_NATIONS), "policy")
    said = [plain(b.inlines) for b in walk(document.body) if hasattr(b, "inlines")]
    assert any(line.startswith("In Scotland: ") for line in said)


SENTENCES = (
    "Keep it.",
    "Ask first.",
    "Post it.",
    "- Posts\n- Replies",
    "| What | How |\n|---|---|\n| Posts | Now |",
    "::: note\nNobody looks.\n\nAt night.\n:::",
    "1. One\n\n   More\n\n2. Two",
    "Two things hold:",
)


def test_any_tellings_can_be_joined_and_told_apart_again() -> None:
    for seed in range(2000 if EVERYTHING else 200):
        random = Random(seed)
        names = FOUR_NATIONS[: random.randint(2, 4)]
        tellings = {name: any_telling(random) for name in names}
        joined = join_wordings(tellings, Places(names, library()), "whole")
        for name, wording in tellings.items():
            own = joined.told_in(name) if joined else None
            assert (own and own.text) == (wording and wording.text), (seed, joined)


def any_telling(random: Random) -> Wording | None:
    """Some of SENTENCES in any order, some of them more than once, or nothing."""
    text = ""
    for sentence in random.choices(SENTENCES, k=random.randint(0, 4)):
        ends_a_line = text.endswith((".", ":")) and sentence.endswith((".", ":"))
        between = random.choice(("\n", "\n\n")) if ends_a_line else "\n\n"
        text += between * bool(text) + sentence
    return Wording("en", (text,)) if text else None


def test_a_list_of_one_is_that_one(small: Small) -> None:
    small.write({"base/law.md": "# The law\n\n## Keep it {#law.keep}\n\n### Rule\n\nKeep it.\n"})
    plain_form = policy_to_json(small.policy())
    profile = small.path("organisation/profile.yaml")
    for several in ("[england]", "\n  - england"):
        text = profile.read_text()
        profile.write_text(text.replace("jurisdiction: england", f"jurisdiction: {several}"))
        assert policy_to_json(small.policy()) == plain_form
        profile.write_text(text)


def test_a_comparison_says_which_places_differ() -> None:
    one, two = policy("department", ("england",)), policy("department", ENGLAND_AND_WALES)
    found = differences(one, two)
    by_clause = {(d.clause, d.part): d for d in found.found}
    chamber = by_clause["confidentiality.the-chamber-first", "rule"]
    places = ("england", "england, wales")
    causes = [cause for cause in chamber.why if isinstance(cause, FactCause)]
    assert ("organisation.jurisdiction", *places) in [(c.fact, c.first, c.second) for c in causes]
    assert len({d.clause for d in found.found if d.clause}) < 40  # the others are the same


def test_an_edit_keeps_the_words_of_each_place(small: Small) -> None:
    small.write(
        {
            "base/law.md": "# The law\n\n## Keep it {#law.keep}\n\n### Rule\n\nKeep it.\n",
            "jurisdiction/england/law.md": "## Keep it {#law.keep}\n\n- change: extend\n\n"
            "### Rule\n\n{{ inherited }}\n\nTell the king.\n",
            "organisation/profile.yaml": small.path("organisation/profile.yaml")
            .read_text()
            .replace("jurisdiction: england", "jurisdiction: [england, wales]"),
            "jurisdiction/wales/layer.yaml": "title: Wales\n",
        }
    )
    before = small.policy().clause("law.keep")
    done = small.run("edit", "example", "law.keep", "--because", "Ours")
    assert done.exit_code == 0, done.output
    [own] = [origin for _, origin in small.policy().origins() if origin.layer == "organisation"]
    assert (bool(own.was), own.stale) == (True, False)
    assert small.policy().clause("law.keep").tellings[0].wording.text == (
        before.tellings[0].wording.text
    )


@pytest.mark.parametrize(
    "text", ["Answer a request within\n20 days of it.", "~~~\nOne.\n\nTwo.\n~~~", "- One\n  line."]
)
def test_what_is_one_thing_is_not_cut_in_two(text: str) -> None:
    """A sentence over two lines, code between tildes, an item of a list."""
    assert [Wording("en", one.pieces).text for one in sentences((text,))] == [text]
    assert len(sentences((f"{text}\n\nNext.",))) == 2
