"""Every stack that a profile can select composes, and none speaks of another's law or people.

`make audit` looks at all stacks. `make test` looks at a sample in which every two of a place, a kind and a
posture still meet, and so every layer; `make quick` at some in which every place, kind and posture does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, product
from typing import Any

import pytest
from covering import covering, pairs
from organisations import EVERYTHING, library

from policygen.compose.composer import Composed, compose
from policygen.compose.composition import ComposeCache
from policygen.compose.stack import select_stack
from policygen.facts.examples import offered_services
from policygen.lint import LintCache
from policygen.lint.facts import FactUseCache, unused_facts
from policygen.lint.policy import lint
from policygen.lint.provenance import unconfirmed_sources
from policygen.markdown.prose import ProseCache
from policygen.model.fragment import ExampleWords, Layer, Organisation
from policygen.model.outline.owner import owner_facts
from policygen.model.policy import Policy
from policygen.model.profile import Profile
from policygen.problems import Level, Location

CONTACTS = (
    "press_office",
    "legal",
    "records",
    "data_protection",
    "security",
    "human_resources",
    "safeguarding",
    "out_of_hours",
)
WHO = {"role": "the team", "email": "team@body.example", "phone": "0123 456"}
COMPLETE: dict[str, Any] = {
    "name": "The Body",
    "short_name": "the body",
    "website": "https://body.example",
    "languages": ["en-GB"],
    "complaints": "https://body.example/complaints",
    "policy": {
        "number": "1",
        "version": "1.0",
        "status": "approved",
        "owner": WHO,
        "approver": WHO,
        "approved_at": "a meeting",
        "issued": "2026-12-07",
        "review_by": "2027-12-07",
        "equality_assessment": {"date": "2026-11-02", "url": "https://body.example/eia"},
    },
    "contacts": dict.fromkeys(CONTACTS, WHO),
    "channels": [
        {
            "platform": "Facebook",
            "handle": "body",
            "purpose": "News",
            "owner": "the officer",
            "languages": ["en-GB"],
            "staffed_hours": "9 to 5",
            "response_time": "1 day",
            "moderation": "after",
        },
        {
            "platform": "X",
            "handle": "@body",
            "purpose": "News",
            "owner": "the officer",
            "languages": ["en-GB"],
            "staffed_hours": "9 to 5",
            "response_time": "1 day",
            "moderation": "none",
            "status": "closed",
        },
    ],
    "approval": [{"content": "posts", "approver": "the owner", "within": "1 day"}],
}
SWITCHES: dict[str, Any] = {  # what a body may have or not, and wording must do without
    "elected_members": True,
    "elections": [{"event": "a vote", "starts": "2027-03-22", "ends": "2027-05-06"}],
    "unions": ["a union"],
    "professions": [
        {
            "name": "engineers",
            "regulator": "their board",
            "guidance": "https://body.example/guidance",
        }
    ],
    "delivery_partners": ["a partner"],
    "banned_apps": ["an app"],
    "related_policies": [{"title": "a policy", "url": "https://body.example/policy"}],
}
EXTENTS = ("core", "usual", "everything")
GIVEN = {"name", "short_name", "kind", "jurisdiction", "posture", *COMPLETE}
ONE = [{name: value} for name, value in SWITCHES.items()]
ALL_BUT_ONE = [{name: value for name, value in SWITCHES.items() if name != off} for off in SWITCHES]
LIBRARY = library()
CACHE, LINT, PROSE = ComposeCache(), LintCache(), ProseCache()
EVERY = list(product(*(LIBRARY.names(rung) for rung in ("jurisdiction", "kind", "posture"))))
STACKS = [(place, kind, posture) for place, kind, posture in EVERY if LIBRARY.exists(kind, place)]
Stack = tuple[str, str, str]

# People and institutions of one kind of body, or of one country, in words that no source's title says.
OF_A_KIND = {
    "department": r"[Cc]ivil [Ss]ervi|[Cc]ivil servant|[Mm]inister|Permanent Secretar|[Mm]inistry",
    "council": r"[Cc]ouncillor|[Mm]onitoring [Oo]fficer|[Ff]ull [Cc]ouncil|[Rr]eturning [Oo]fficer",
}
OF_A_PLACE = {
    "new-zealand": r"\bTe [A-ZĀĒĪŌŪ]|Māori|\biwi\b|Aotearoa|Official Information|Privacy Act 2020|Waitangi"
    r"|(?<!NHS )(?<!NHS 24 on )\b111\b",
    "uk": r"Freedom of Information Act 2000|UK GDPR|Equality Act|Data Protection Act|\b999\b|Whitehall|Cabinet Office",
    "england": r"Model Councillor Code|Keeping children safe in education|Localism|College of Policing|Caldicott",
    "wales": r"Cymr|\bWelsh Ministers|Senedd|Welsh Language",
    "scotland": r"Scottish Minister|Gaelic|Holyrood|FOISA|Scottish Information",
    "northern-ireland": r"Stormont|Northern Ireland Act|Section 75|\bNICS\b|Ulster|\bPSNI\b",
    "australia": r"Commonwealth|\bAPS\b|[Cc]aretaker (?:period|[Cc]onvention)|Aboriginal|Torres Strait|\b000\b|Banerji",
}


def organisation(
    jurisdiction: str, kind: str, posture: str, switches: dict[str, Any], extent: str | None = None
) -> Organisation:
    stack = {"jurisdiction": jurisdiction, "kind": kind, "posture": posture}
    data = {**COMPLETE, **switches, **stack, "extent": extent}
    layer = Layer("organisation", "Own", Location())
    return Organisation("body", "profile.yaml", Profile.model_validate(data), {}, layer, b"", "")


@cache
def complete(jurisdiction: str, kind: str, posture: str, extent: str) -> Composed:
    """With everything that a body may have."""
    body = organisation(jurisdiction, kind, posture, SWITCHES, extent)
    return compose(LIBRARY, body, "en-GB", CACHE)


def policy(jurisdiction: str, kind: str, posture: str, extent: str = "everything") -> Policy:
    """With everything that a body may have, and all that there is to say to it."""
    composed = complete(jurisdiction, kind, posture, extent)
    assert composed.policy is not None, "\n".join(map(str, composed.problems))
    return composed.policy


def layers(jurisdiction: str, kind: str, posture: str) -> set[str]:
    """The names of a stack's layers."""
    return {
        layer.name
        for layer in select_stack(LIBRARY, organisation(jurisdiction, kind, posture, {})).layers
    }


SOME = covering(STACKS, lambda stack: (*pairs(stack), *layers(*stack)))
FEW = covering(SOME, lambda stack: stack)
LOOKED_AT = [
    pytest.param(*stack, marks=() if stack in FEW else pytest.mark.slow, id="-".join(stack))
    for stack in (STACKS if EVERYTHING else SOME)
]
every_stack = pytest.mark.parametrize(("jurisdiction", "kind", "posture"), LOOKED_AT)


def texts(policy: Policy) -> Iterator[tuple[str, str]]:
    """Every text that prints, and where it stands."""
    for section in (policy.front, *policy.sections):
        for wording in section.parts.values():
            yield section.id, wording.text
    for clause in policy.clauses():
        for wording in (clause.title, *(telling.wording for telling in clause.tellings)):
            yield clause.id, wording.text
    for source in policy.sources:
        yield f"source {source.id}", source.title


def test_a_kind_is_left_out_only_where_the_library_says_so() -> None:
    """Four kinds exist in some nations; all else is found everywhere, as far as the library knows."""
    found: dict[str, set[str]] = {}
    for place, kind, _ in STACKS:
        found.setdefault(kind, set()).add(place)
    somewhere = {kind: places for kind, places in found.items() if len(places) < len(OF_A_PLACE)}
    assert somewhere == {
        "parish-council": {"england", "wales", "scotland"},
        "fire-service": {"england", "wales", "scotland", "northern-ireland"},
        "combined-authority": {"england", "wales"},
        "national-park": {"england", "wales", "scotland"},
    }


def test_the_samples_meet_all_there_is() -> None:
    assert set(chain(*FEW)) == set(chain(*STACKS))
    assert set(chain(*map(pairs, SOME))) == set(chain(*map(pairs, STACKS)))
    every_layer = {layer.name for group in LIBRARY.layers.values() for layer in group}
    assert every_layer <= set(chain(*(layers(*stack) for stack in SOME)))
    assert len(FEW) < len(SOME) < len(STACKS) / 2


BETWEEN = [*ONE, *ALL_BUT_ONE]


def between(stack: Stack) -> list[dict[str, Any]]:
    """A fifth of what lies between all that a body may have and nothing; in `make audit` all of it.

    Stacks of one kind take the fifths in turn; where there are fewer, each takes more.
    """
    if EVERYTHING:
        return BETWEEN
    parts = min(5, len(alike(stack)))
    return BETWEEN[turn(stack) % parts :: parts]


def turn(stack: Stack) -> int:
    """Its place among those of its kind that are looked at."""
    return alike(stack).index(stack)


def alike(stack: Stack) -> list[Stack]:
    return [other for other in SOME if other[1] == stack[1]]


WITH_EVERYTHING = covering(SOME, lambda stack: (*stack, *layers(*stack)))


def extents(stack: Stack) -> tuple[str, ...]:
    """At which a stack's words are measured: the short ones in turn, and of every layer those with everything.

    In `make audit` at all.
    """
    if EVERYTHING:
        return EXTENTS
    core, usual, everything = EXTENTS
    in_turn = (core, usual)[turn(stack) % 2]
    return (in_turn, everything) if stack in WITH_EVERYTHING else (in_turn,)


def test_every_kind_is_tried_with_all_that_lies_between_and_at_every_extent() -> None:
    for kind in LIBRARY.names("kind"):
        of_it = [stack for stack in SOME if stack[1] == kind]
        tried = [switches for stack in of_it for switches in between(stack)]
        assert all(switches in tried for switches in BETWEEN)
        assert {extent for stack in of_it for extent in extents(stack)} == set(EXTENTS)


@every_stack
def test_it_composes_whatever_the_body_has(jurisdiction: str, kind: str, posture: str) -> None:
    """With all that there is, with nothing, and with what lies between."""
    found: dict[str, list[str]] = {}
    stack = (jurisdiction, kind, posture)
    bodies = [({}, extent) for extent in extents(stack)]
    bodies += [(switches, "everything") for switches in between(stack)]
    made = [(SWITCHES, extent, complete(*stack, extent)) for extent in extents(stack)]
    for switches, extent in bodies:
        body = organisation(*stack, switches, extent)
        made.append((switches, extent, compose(LIBRARY, body, "en-GB", CACHE)))
    for switches, extent, composed in made:
        for problem in composed.problems:
            if problem.code == "PG325":  # words that take something for granted say so, and must
                continue
            with_what = f"{','.join(switches) or 'nothing'}, at {extent}"
            found.setdefault(str(problem), []).append(with_what)
    assert not found, "\n".join(f"{problem}\n  with {names[0]}" for problem, names in found.items())


def with_services(stack: Stack, services: list[str] | None) -> Organisation:
    chosen = {} if services is None else {"services": services}
    return organisation(*stack, {**SWITCHES, **chosen}, "everything")


@every_stack
def test_what_a_board_signs_depends_on_no_fact_of_the_owners(
    jurisdiction: str, kind: str, posture: str
) -> None:
    """A new telephone number, account or date of a vote leaves every rule as it was signed."""
    made = policy(jurisdiction, kind, posture)
    tiers = [key for key, tier in made.outline.tiers.items() if tier.required]
    found = [
        (clause.id, owner_facts(wording, made.outline))
        for clause in made.clauses()
        for wording in (clause.title, *filter(None, map(clause.told, tiers)))
        if owner_facts(wording, made.outline) or WHO["phone"] in wording.text
    ]
    signed = [one for one in made.clauses() if any(map(one.told, tiers))]
    chosen = [(one.id, path) for one in signed for path in re.findall(r"[a-z_.]+", one.when)]
    found += [(id, (path,)) for id, path in chosen if made.outline.is_owner_fact(path)]
    for section in made.sections:
        parts = section.parts.values()
        found += [(section.id, owner_facts(wording, made.outline)) for wording in parts]
    assert [each for each in found if each[1]] == []


@pytest.mark.parametrize("kind", LIBRARY.names("kind"))
def test_an_example_is_told_whole_or_not_at_all_whatever_the_body_does(kind: str) -> None:
    """With each service that a kind knows, alone, and with none."""
    stacks = {posture: (place, of, posture) for place, of, posture in SOME if of == kind}
    known = {service for stack in stacks.values() for service in services_of(stack)}
    tried = [(stack, []) for stack in stacks.values()]
    tried += [(next(iter(stacks.values())), [service]) for service in sorted(known)]
    found: list[str] = []
    for stack, services in tried:
        composed = compose(LIBRARY, with_services(stack, services), "en-GB", CACHE)
        found += [f"{services}: {one}" for one in composed.problems if one.code != "PG325"]
    assert found == []


def services_of(stack: Stack) -> dict[str, ExampleWords]:
    return offered_services(select_stack(LIBRARY, with_services(stack, None)).layers)


@every_stack
def test_the_usual_services_give_most_examples_their_words(
    jurisdiction: str, kind: str, posture: str
) -> None:
    made = policy(jurisdiction, kind, posture)
    known = services_of((jurisdiction, kind, posture))
    words = {word for service in made.profile.services for word in known[service]}
    assert {"notice", "question", "plan", "decision", "mistake"} <= words


CIVIL_SERVICE = r"[Cc]ivil [Ss]erv|\bAPS\b|Public Service Act|Official Secrets"


ASKED = [
    place
    for place in LIBRARY.names("jurisdiction")
    for name in LIBRARY.kind_layers("agency", place)
    for layer in LIBRARY.layers.get(name, ())
    if "civil_service" in layer.asks
]
assert ASKED


@pytest.mark.parametrize("place", ASKED)
def test_an_agency_outside_the_civil_service_gets_none_of_its_words(place: str) -> None:
    """And one that says nothing does where its agencies belong to it."""
    said, found = [], []
    for extent in EXTENTS:
        switches = {**SWITCHES, "civil_service": False}
        composed = compose(
            LIBRARY, organisation(place, "agency", "balanced", switches, extent), "en-GB", CACHE
        )
        assert composed.policy is not None
        assert composed.problems == ()
        found += [at for at, text in texts(composed.policy) if re.search(CIVIL_SERVICE, text)]
        usual = organisation(place, "agency", "balanced", {}, extent)
        inside = compose(LIBRARY, usual, "en-GB", CACHE).policy
        assert inside is not None
        said += [at for at, text in texts(inside) if re.search(CIVIL_SERVICE, text)]
    assert found == []
    assert said != []


@every_stack
def test_no_law_of_another_place_is_named(jurisdiction: str, kind: str, posture: str) -> None:
    """Neither a title from another layer's sources nor one of its `law` facts."""
    made = policy(jurisdiction, kind, posture)
    mine = layers(jurisdiction, kind, posture)
    here, elsewhere = names_of_law(mine)
    alien = {
        name: layers for name, layers in elsewhere.items() if not any(name in own for own in here)
    }
    assert alien or len(mine) == len(LIBRARY.layers)
    assert [
        (at, name, alien[name])
        for at, text in texts(made)
        for name in named_in(text)
        if name in alien
    ] == []


def names_of_law(mine: set[str]) -> tuple[set[str], dict[str, str]]:
    """The names that layers of a stack have, and those of all the others, each with its layer."""
    here = {name for layer, name in every_law() if layer in mine}
    elsewhere = {name: layer for layer, name in every_law() if layer not in mine and len(name) > 6}
    return here, elsewhere


@cache
def every_law() -> tuple[tuple[str, str], ...]:
    """Every title of a source and every text of a `law` fact, each after the name of its layer."""
    found: list[tuple[str, str]] = []
    for layer in chain.from_iterable(LIBRARY.layers.values()):
        law = (layer.facts.get("law") or {}).values()
        names = [source.title for source in layer.sources.values()]
        names += [value for value in law if isinstance(value, str)]
        found += [(layer.name, name) for name in names]
    return tuple(found)


@cache
def named_in(text: str) -> tuple[str, ...]:
    """The names of every layer's law that stand in a text; most texts are told in many stacks."""
    return tuple(name for name in dict.fromkeys(name for _, name in every_law()) if name in text)


@every_stack
def test_nobody_of_another_kind_or_place_is_named(
    jurisdiction: str, kind: str, posture: str
) -> None:
    mine = layers(jurisdiction, kind, posture)
    wrong = [words for other, words in OF_A_KIND.items() if f"kind/{other}" not in mine]
    wrong += [words for other, words in OF_A_PLACE.items() if f"jurisdiction/{other}" not in mine]
    made = policy(jurisdiction, kind, posture)
    assert [
        (at, found) for at, text in texts(made) for words in wrong for found in all_of(words, text)
    ] == []


@cache
def all_of(words: str, text: str) -> tuple[str, ...]:
    """What a pattern finds in a text; most texts are told in many stacks."""
    return tuple(found[0] for found in re.finditer(words, text))


@pytest.mark.slow
def test_the_words_that_are_looked_for_do_stand_somewhere() -> None:
    """A guard that finds nothing anywhere would guard nothing."""
    every = "\n".join(text for stack in SOME for _, text in texts(policy(*stack)))
    for words in (*OF_A_KIND.values(), *OF_A_PLACE.values()):
        assert re.search(words, every)


def test_every_fact_of_the_layers_is_used_by_some_wording() -> None:
    assert len(LIBRARY.checked) == len(LIBRARY.layers), "else not all are looked at"
    assert list(map(str, unused_facts(LIBRARY, FactUseCache()))) == []


def test_every_source_is_cited_by_a_clause() -> None:
    layers = [layer for many in LIBRARY.layers.values() for layer in many]
    edits = (edit for layer in layers for fragment in layer.fragments for edit in fragment.edits)
    cited = {reference.source for edit in edits for reference in edit.sources}
    uncited = {f"{layer.name}: {id}" for layer in layers for id in layer.sources if id not in cited}
    assert uncited == set()


@pytest.mark.slow
def test_nothing_rests_on_an_unverified_source_alone() -> None:
    found = [problem for stack in SOME for problem in unconfirmed_sources(policy(*stack))]
    assert {problem.code for problem in found} == {"PG701"}


def test_every_fact_that_switches_wording_is_tried() -> None:
    """A field of the profile that a condition asks for is switched here, or a complete profile has it.

    Or layers say what it usually is, so that some of the stacks have it and others lack it.
    """
    used: set[str] = set()
    for group in LIBRARY.layers.values():
        for fragment in (f for layer in group for f in layer.fragments):
            for edit in fragment.edits:
                texts = [p.text for p in edit.tellings.values()]
                conditions = re.findall(r"\{% (?:if|elif|for \w+ in) ([^%]+)%\}", "\n".join(texts))
                conditions += [edit.when.text] if edit.when else []
                used |= {
                    name for c in conditions for name in re.findall(r"\borganisation\.(\w+)", c)
                }
                used |= {
                    name
                    for c in conditions
                    for name in re.findall(r"\b(elections|channels|approval)\b", c)
                }
    used -= {"services"}  # each is tried above, alone and with none
    usual = {fact for group in LIBRARY.layers.values() for layer in group for fact in layer.usual}
    assert used <= GIVEN | set(SWITCHES) | usual, used - GIVEN - set(SWITCHES) - usual


@every_stack
def test_every_number_says_its_place(jurisdiction: str, kind: str, posture: str) -> None:
    made = policy(jurisdiction, kind, posture)
    assert [s.number for s in made.sections] == [str(n + 1) for n in range(len(made.sections))]
    assert all(section.clauses for section in made.sections)


# Each layer, each kind at each extent; `make audit` has all.
READ = [
    pytest.param(*stack, marks=() if stack in FEW else pytest.mark.slow, id="-".join(stack))
    for stack in (
        STACKS
        if EVERYTHING
        else covering(
            SOME,
            lambda stack: (
                *stack,
                *layers(*stack),
                *((stack[1], extent) for extent in extents(stack)),
            ),
        )
    )
]


@pytest.mark.parametrize(("jurisdiction", "kind", "posture"), READ)
def test_its_words_keep_to_the_house_style_and_the_budgets(
    jurisdiction: str, kind: str, posture: str
) -> None:
    """Every sentence, word, reason, term and budget that `check` looks at, with all that a body can have.

    The policy has as many words as a board reads, and the full story as people use, at each extent.
    """
    found = [
        f"{extent}: {problem}"
        for extent in extents((jurisdiction, kind, posture))
        for problem in lint(policy(jurisdiction, kind, posture, extent), LIBRARY.style, LINT, PROSE)
        if problem.level is not Level.ADVICE
    ]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("stack", SOME if EVERYTHING else FEW, ids="-".join)
def test_so_do_the_words_for_a_body_that_has_nothing(stack: Stack) -> None:
    """Another sentence stands where no union is named, and no account listed."""
    composed = compose(LIBRARY, organisation(*stack, {}, "everything"), "en-GB", CACHE)
    assert composed.policy
    found = lint(composed.policy, LIBRARY.style, LINT, PROSE)
    assert [problem for problem in found if problem.level is not Level.ADVICE] == []


@every_stack
def test_the_house_rules_for_a_profile_fit_into_one(
    jurisdiction: str, kind: str, posture: str
) -> None:
    """The shortest profiles hold 80 characters, the others that have room for rules about 300; a link takes 23."""
    made = policy(jurisdiction, kind, posture, "everything")
    clause = made.clause("house-rules.short-versions")
    told = clause.told("rule") if clause else None
    assert told is not None
    rows = dict(re.findall(r"^\| ([^|\n]+) \| ([^|\n]+) \|$", told.text, re.M))
    sizes = {name: len(words.replace("[link]", "x" * 23)) for name, words in rows.items()}
    assert sizes["A short profile"] <= 80
    assert next(size for name, size in sizes.items() if name.startswith("A longer profile")) <= 300
