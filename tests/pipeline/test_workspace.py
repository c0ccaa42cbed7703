"""What check says of a body depends on that body alone, whichever were looked at before in the same run."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from organisations import ALL, EVERYTHING, PROFILES, library
from small import LAW, PROFILE, Small

from policygen import lint
from policygen.compose.composer import Composed, compose
from policygen.compose.composition import ComposeCache
from policygen.compose.template.cache import TemplateCache
from policygen.lint.facts import FactUseCache
from policygen.lint.look.glyphs import GlyphCache
from policygen.lint.pointers import PointerCache
from policygen.lint.reading import ReadingCache
from policygen.load.profile.profile import load_organisation
from policygen.markdown import prose
from policygen.model.fragment import Organisation
from policygen.pipeline.check import check
from policygen.pipeline.page.words.printed import policy_of_words, printed_tellings
from policygen.pipeline.returned.own_words import OwnWords
from policygen.pipeline.workspace import Workspace


@pytest.fixture(autouse=True)
def alone_as_a_run_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of what the other tests share (see conftest.py)."""
    monkeypatch.setattr("policygen.compose.fill.TemplateCache", TemplateCache)
    monkeypatch.setattr("policygen.pipeline.workspace._compose_cache", ComposeCache)
    for name, kind in (
        ("PointerCache", PointerCache),
        ("ReadingCache", ReadingCache),
        ("GlyphCache", GlyphCache),
        ("FactUseCache", FactUseCache),
    ):
        monkeypatch.setattr(lint, name, kind)
    for parse in ("_blocks", "_line"):
        monkeypatch.setattr(prose, parse, getattr(prose, parse).__wrapped__)


@cache
def organisation(name: str) -> Organisation:
    return load_organisation(PROFILES / name / "profile.yaml", library())


@cache
def alone(name: str) -> tuple[Composed, ...]:
    return tuple(in_languages(name, ComposeCache()))


def in_languages(name: str, cache: ComposeCache) -> Iterator[Composed]:
    body = organisation(name)
    for language in body.profile.languages or ("en",):
        yield compose(library(), body, language, cache)


@pytest.mark.slow
@pytest.mark.parametrize("order", [ALL, ALL[::-1]], ids=["forwards", "backwards"])
def test_every_example_after_every_other_is_as_it_is_alone(order: tuple[str, ...]) -> None:
    """One run that goes through all says of each body what a run of its own says, whichever came first."""
    shared = ComposeCache()
    for name in order:
        assert tuple(in_languages(name, shared)) == alone(name), name


@pytest.mark.skipif(not EVERYTHING, reason="a minute: each pair, one directly after the other")
def test_every_example_right_after_any_other_is_as_it_is_alone() -> None:
    shared = ComposeCache()
    for before, name in product(ALL, ALL):
        list(in_languages(before, shared))
        assert tuple(in_languages(name, shared)) == alone(name), f"{name} after {before}"


# --- bodies made of what has misled a cache before -----------------------------------------------------------

BASE = (
    LAW
    + """
{% if law.limit %}Within {{ law.limit }} days.{% endif %}
{% if terms.own %}Ours.{% endif %}
{% for union in organisation.unions %}Ask {{ union }}. {% endfor %}
We are {{ organisation.name }}.
"""
)
OWN_WORDS = [
    "",
    "{% if terms.own %}Ours.{% endif %}",
    "{{ terms.own }}",
    "{{ terms.nothing }}",
    "{{ organisation.unions }}",
    "{% if organisation.name > 3 %}Many.{% endif %}",
    "[There](#law.nowhere)",
    "{{ 1 + 1 }}",
]
BODIES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Ashby Council", "Birch Ltd.", "Cedar"]),
        "unions": st.sampled_from(["[]", "[UNISON]", "['1']", "[Ours Ltd., GMB]"]),
        "status": st.sampled_from(["draft", "approved"]),
        "languages": st.sampled_from(["[en]", "[en-GB]", "[cy, en]"]),
        "words": st.sampled_from(OWN_WORDS),
        "fact": st.sampled_from(["", "null", "Ours", "'1'", "true", "1"]),
    }
)


def body(name: str, facts: dict[str, Any]) -> Path:
    folder = Path("profiles") / name
    folder.mkdir(parents=True, exist_ok=True)
    text = PROFILE.replace("Fenwick Borough Council", facts["name"])
    text = text.replace("approved", facts["status"])
    text += f"unions: {facts['unions']}\nlanguages: {facts['languages']}\n"
    (folder / "profile.yaml").write_text(text, "utf-8")
    words = f"## Ours {{#law.ours}}\n\n### Rule\n\nOurs, too. {facts['words']}\n"
    (folder / "law.md").write_text(words, "utf-8")
    layer = f"facts: {{terms: {{own: {facts['fact']}}}}}\n" if facts["fact"] else "title: Ours\n"
    (folder / "layer.yaml").write_text(layer, "utf-8")
    return folder / "profile.yaml"


@pytest.mark.slow
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
@given(first=BODIES, second=BODIES)
def test_a_body_after_another_is_told_what_it_is_told_alone(
    first: dict[str, Any], second: dict[str, Any], small: Small
) -> None:
    one, other = body("first", first), body("second", second)
    shared = small.workspace()
    check(one, shared)
    assert check(other, shared) == check(other, small.workspace())


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    facts = "title: Every public body\nfacts: {law: {limit: 5}}\n"
    return Small(tmp_path, monkeypatch).write({"base/law.md": BASE, "base/layer.yaml": facts})


def test_a_name_that_only_another_body_has_is_an_error_in_any_company(small: Small) -> None:
    """A fact of the first body's own layer is unknown to the second, though both leave it unset."""
    facts = {"name": "A", "unions": "[]", "status": "approved", "languages": "[en]"}
    asks = {**facts, "words": "{% if terms.own %}Ours.{% endif %}"}
    one, other = body("aaa", {**asks, "fact": "null"}), body("bbb", {**asks, "fact": ""})
    shared = small.workspace()
    check(one, shared)
    found = {problem.what for problem in check(other, shared) if problem.code == "PG311"}
    assert 'law.ours: There is no fact "terms.own".' in found


# --- what a long run keeps -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_run_does_not_grow_with_its_organisations() -> None:
    """The caches forget: 20 bodies more with words and names of their own leave little behind."""
    run = Workspace().with_library(library())
    like = organisation("little-marden")

    def compose_some(numbers: range) -> None:
        for number in numbers:
            changed = {"name": f"Body number {number}", "short_name": f"body {number}"}
            profile = like.profile.model_copy(update=changed)
            one = Organisation(
                **{key: getattr(like, key) for key in like.__slots__ if key != "profile"},
                profile=profile,
            )
            compose(library(), one, "en-GB", run.caches.compose)

    compose_some(range(10))
    gc.collect()
    tracemalloc.start()
    compose_some(range(10, 30))
    gc.collect()
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 1_500_000  # bytes; each policy that is kept has 200,000 of its own


# --- One user, who types all day ---------------------------------------------------------------------------


def objects_after(workspace: Workspace, tries: range) -> int:
    """How many objects there are once the words of a clause were typed over as often as that."""
    profile = Path("profiles/example/profile.yaml")
    for number in tries:
        own = OwnWords(profile, workspace)
        words = f"- change: replace\n\n### Rule\n\n{{{{ organisation.name }}}} keeps {number}.\n"
        own.put({profile.with_name("law.md"): f"## Keep a record {{#law.records}}\n\n{words}"})
        policy = policy_of_words(own.organisation(), own.workspace)
        [rule] = printed_tellings(policy, "law.records", workspace)
        assert f"keeps {number}." in rule.html
    gc.collect()
    return len(gc.get_objects())


@pytest.mark.parametrize(("most", "is_bounded"), [(10, True), (1_500, False)])
def test_what_was_typed_over_is_forgotten(
    most: int, is_bounded: bool, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.of_one_user(most=most).with_library(small.library())
    settled = objects_after(workspace, range(15))
    more = objects_after(workspace, range(15, 45)) - settled
    assert (more < 100) is is_bounded  # 30 tries leave some 600 where there is room for them
