"""What is true of every fold and of every policy, however the layers look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from organisations import EVERYTHING
from small import OUTLINE, Small

from policygen.characters import bad_characters
from policygen.compose.fold import Draft, Fold
from policygen.load.yaml.reader import parse_yaml
from policygen.model.fragment import Edit, EditKind, InheritedMark, Layer, Passage
from policygen.model.outline.outline import Outline
from policygen.model.policy import Policy, policy_from_json, policy_to_json
from policygen.model.wording import Loop, Wording
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.workspace import Workspace
from policygen.problems import Location, Problem

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(file.parent for file in (ROOT / "profiles").glob("*/profile.yaml"))
TIERS = ("overview", "snapshot", "rule")


@pytest.fixture(scope="module")
def outline() -> Outline:
    from pydantic import TypeAdapter

    return TypeAdapter(Outline).validate_python(
        parse_yaml(OUTLINE, "outline.yaml", typed=True).data
    )


# --- Folding -----------------------------------------------------------------------------------------------


def edit(id: str, change: EditKind, tiers: Iterable[str] = TIERS, after: str | None = None) -> Edit:
    place = Location("x.md", 1, 1)
    text, inherited = f"{change.value} {id}.", ()
    if change is EditKind.EXTEND:
        text, inherited = f"{{{{ inherited }}}}\n\n{text}", (InheritedMark(0),)
    passage = Passage(text, place, "x", "en", inherited=inherited)
    told = {} if change is EditKind.REMOVE else dict.fromkeys(tiers, passage)
    title = Passage(id, place, "x", "en")
    locations = {"after": place} if after else {}
    return Edit(
        id, change, title, told, place, "x", after, because="Because.", key_locations=locations
    )


def layer(name: str) -> Layer:
    return Layer(name, name, Location())


def fold(outline: Outline, layers: Iterable[Iterable[Edit]]) -> tuple[list[Draft], list[Problem]]:
    problems: list[Problem] = []
    folded = Fold(outline, problems)
    for number, edits in enumerate(layers):
        folded.layer(layer(f"kind/{number}"), edits)
    return folded.clauses(), problems


IDS = [f"law.{letter}" for letter in "abcde"]
EDITS = st.builds(
    edit,
    st.sampled_from(IDS),
    st.sampled_from(EditKind),
    st.sets(st.sampled_from(TIERS), min_size=1),
    st.none() | st.sampled_from([*IDS, "law"]),
)
LAYERS = st.lists(st.lists(EDITS, max_size=4, unique_by=lambda e: e.id), max_size=4)


def shown(drafts: list[Draft]) -> list[object]:
    return [
        (d.id, d.title.text, {t: [p.text for p in told] for t, told in d.tellings.items()})
        for d in drafts
    ]


@given(layers=LAYERS, at=st.integers(0, 4))
def test_folding_an_empty_layer_changes_nothing(
    outline: Outline, layers: list[list[Edit]], at: int
) -> None:
    assert fold(outline, [*layers[:at], [], *layers[at:]]) == fold(outline, layers)


@given(layers=LAYERS)
def test_add_then_remove_restores(outline: Outline, layers: list[list[Edit]]) -> None:
    new = "law.new"
    more = [*layers, [edit(new, EditKind.ADD, after="law")], [edit(new, EditKind.REMOVE)]]
    assert shown(fold(outline, more)[0]) == shown(fold(outline, layers)[0])


@pytest.mark.slow
@given(layers=LAYERS)
def test_every_fold_is_sound(outline: Outline, layers: list[list[Edit]]) -> None:
    """Whatever the faults: no clause twice, none without an origin or from nowhere, tiers in order."""
    drafts, _ = fold(outline, layers)
    ids = [draft.id for draft in drafts]
    assert len(ids) == len(set(ids))
    added = {e.id for edits in layers for e in edits if e.change is EditKind.ADD}
    assert set(ids) <= added
    for draft in drafts:
        assert draft.origins[0].edit == "add"
        assert list(draft.tellings) == [tier for tier in TIERS if tier in draft.tellings]
        assert not any(
            "inherited" in p.text
            for told in draft.tellings.values()
            for p in told
            if draft.origins[1:]
        )


@given(texts=st.permutations(["a", "b", "c"]))
def test_the_order_of_unrelated_extensions_shows_only_in_their_own_clauses(
    outline: Outline, texts: list[str]
) -> None:
    base = [edit(f"law.{letter}", EditKind.ADD) for letter in "abc"]
    one = fold(outline, [base, *([edit(f"law.{letter}", EditKind.EXTEND)] for letter in texts)])
    other = fold(outline, [base, [edit(f"law.{letter}", EditKind.EXTEND) for letter in "abc"]])
    assert shown(one[0]) == shown(other[0])


@pytest.mark.parametrize(
    "order", list(permutations([("law.x", "law.a"), ("law.y", "law.b"), ("law.z", "law")]))
)
def test_the_order_of_unrelated_additions_does_not_matter(
    order: tuple[tuple[str, str], ...], outline: Outline
) -> None:
    base = [edit("law.a", EditKind.ADD), edit("law.b", EditKind.ADD)]
    drafts, problems = fold(
        outline, [base, *([edit(id, EditKind.ADD, after=after)] for id, after in order)]
    )
    assert ([draft.id for draft in drafts], problems) == (
        ["law.z", "law.a", "law.x", "law.b", "law.y"],
        [],
    )


# --- Policies ----------------------------------------------------------------------------------------------


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(folder, marks=() if number < 3 else pytest.mark.slow)
        for number, folder in enumerate(EXAMPLES)
    ],
    ids=lambda folder: folder.name,
)
def policies(request: pytest.FixtureRequest) -> tuple[Policy, ...]:
    return compose_profile(request.param / "profile.yaml", Workspace()).policies


def wordings(policy: Policy) -> Iterator[Wording]:
    for section in (policy.front, *policy.sections):
        yield from section.parts.values()
    for clause in policy.clauses():
        yield from (clause.title, *(telling.wording for telling in clause.tellings))


@pytest.mark.slow
def test_every_clause_has_an_origin(policies: tuple[Policy, ...]) -> None:
    for policy in policies:
        for clause in policy.clauses():
            assert clause.origins[0].edit == "add"
            assert all(o.line > 0 and o.path.endswith(".md") for o in clause.origins)
            assert {o.layer for o in clause.origins} <= {
                *(layer.name for layer in policy.stack),
                *postures(policy),
            }


def postures(policy: Policy) -> set[str]:
    return {f"posture/{name}" for name in policy.profile.postures.values()}


def test_numbers_are_unique_and_in_order(policies: tuple[Policy, ...]) -> None:
    for policy in policies:
        assert [s.number for s in policy.sections] == [
            str(n) for n in range(1, len(policy.sections) + 1)
        ]
        for section in policy.sections:
            for place, clause in enumerate(section.clauses, 1):
                assert clause.number == f"{section.number}.{place}"
        ids = [clause.id for clause in policy.clauses()]
        assert len(ids) == len(set(ids))


def test_a_skeleton_with_its_values_gives_its_text(policies: tuple[Policy, ...]) -> None:
    for wording in (w for policy in policies for w in wordings(policy)):
        values = iter(wording.values)

        def value(found: re.Match[str], values: Iterator[tuple[str, str]] = values) -> str:
            path, text = next(values)
            assert path == found[1]
            return text

        marked = re.sub(r"⟦([^⟧]+)⟧", value, wording.skeleton)
        gaps = {p.text for p in wording.pieces if not isinstance(p, str | Loop) and p.gap}
        text = wording.text
        for gap in gaps:
            text = text.replace(f"[{gap}]", gap)
        assert marked == text
        assert next(values, None) is None
        assert not re.search("[\ue000-\uf8ff]|\\{\\{|\\{%|<!--", wording.text)


def test_json_and_back(policies: tuple[Policy, ...]) -> None:
    for policy in policies:
        assert policy_from_json(policy_to_json(policy)) == policy
        assert policy_to_json(policy_from_json(policy_to_json(policy))) == policy_to_json(policy)


@pytest.mark.slow
@pytest.mark.parametrize(
    "folder", EXAMPLES[:: 1 if EVERYTHING else 3], ids=lambda folder: folder.name
)
def test_composing_twice_is_the_same(folder: Path) -> None:
    first, second = (compose_profile(folder / "profile.yaml", Workspace()) for _ in range(2))
    assert (first.policies, first.problems) == (second.policies, second.problems)
    assert list(map(policy_to_json, first.policies)) == list(map(policy_to_json, second.policies))


VALUES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]),
    min_size=1,
    max_size=40,
).filter(lambda text: not any(bad_characters(text)))


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(value=VALUES.map(lambda text: " ".join(text.split())).filter(bool))
def test_a_value_goes_through_a_profile_as_it_is(value: str, small: Small) -> None:
    """From the file to the policy and through its JSON: no value is read as YAML, Jinja or Markdown."""
    quoted = '"' + "".join(f"\\U{ord(c):08x}" for c in value) + '"'
    profile = small.path("organisation/profile.yaml").read_text()
    profile = re.sub("^name: .*$", lambda _: f"name: {quoted}", profile, flags=re.M)
    small.write(
        {
            "organisation/profile.yaml": profile,
            "base/law.md": "# Law\n\n## At {{ organisation.name }} {#law.a}\n\n### Rule\n\n{{ organisation.name }}",
        }
    )
    policy = small.policy()
    clause = policy.clause("law.a")
    assert clause is not None
    assert clause.title.text == f"At {value}"
    assert clause.tellings[0].wording.text == value
    assert policy_from_json(policy_to_json(policy)) == policy


def test_the_property_of_origins_can_fail(small: Small) -> None:
    small.write({"base/law.md": "# The law\n\n## A {#law.a}\n\n### Rule\n\nx"})
    policy = small.policy()
    clause = policy.sections[0].clauses[0]
    assert clause.origins
    bare = replace(
        policy, sections=(replace(policy.sections[0], clauses=(replace(clause, origins=()),)),)
    )
    with pytest.raises(IndexError):
        test_every_clause_has_an_origin((bare,))
