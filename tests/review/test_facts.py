"""Facts come back as facts, whatever Word did to the runs; a changed value is told as one."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from organisations import ALL, policies, workspace

from policygen.model.document import Emphasis, Inline, Inlines, Link, Strong, Text, Value
from policygen.model.document.walk import plain, text_lines, walk
from policygen.present.edition import present
from policygen.review.facts import ValueChange, restore_facts
from policygen.review.printed_line import leaves, with_leaves

COUNCIL = Value("organisation.short_name", "the council")
CAPTURE = Value("commitments.capture", "5 working days")
SENT: Inlines = (Text("Save every post of "), COUNCIL, Text(" within "), CAPTURE, Text("."))


def retyped(inlines: Inlines) -> Inlines:
    """A line as it comes back: facts are words like any others."""

    def words(leaf: Inline) -> Inlines:
        return (Text(leaf.text),) if isinstance(leaf, Value) else (leaf,)

    return with_leaves(inlines, words)


def values(inlines: Inlines) -> list[tuple[str, str]]:
    return [(leaf.path, leaf.text) for leaf in leaves(inlines) if isinstance(leaf, Value)]


@cache
def lines(organisation: str) -> tuple[Inlines, ...]:
    """Every line of its full story that prints a fact."""
    document = present(policies(organisation)[0], "full-story", workspace().caches.prose)
    every = (line for block in walk(document.body) for line in text_lines(block))
    return tuple(line for line in every if values(line))


@pytest.mark.parametrize("organisation", ALL)
def test_every_printed_fact_comes_back_as_what_it_was(organisation: str) -> None:
    for line in lines(organisation):
        restored = restore_facts(line, retyped(line))
        assert values(restored.inlines) == [(p, t) for p, t in values(line) if t]
        assert restored.changes == ()
        assert plain(restored.inlines) == plain(line)


@pytest.mark.parametrize(
    ("returned", "found"),
    [
        (
            "Save every post of the council within 3 working days.",
            ("5 working days", "3 working days"),
        ),
        ("Save every post of the council within a week.", ("5 working days", "a week")),
        ("Save each post of the council within 10 days.", ("5 working days", "10 days")),
        ("Save every post of our city within 5 working days.", ("the council", "our city")),
    ],
)
def test_other_words_between_the_same_neighbours_are_another_value(
    returned: str, found: tuple[str, str]
) -> None:
    (change,) = restore_facts(SENT, (Text(returned),)).changes
    assert (change.before, change.after) == found


@pytest.mark.parametrize(
    "returned",
    [
        "Save every post of the council at once.",
        "Please save every post, each reply and every advert of the council within 5 working days.",
        "Within 5 working days, save every post.",
        "",
        "Nothing of it is left",
    ],
)
def test_words_around_a_fact_are_no_value(returned: str) -> None:
    restored = restore_facts(SENT, (Text(returned),))
    assert [change for change in restored.changes if change.after not in returned] == []
    assert plain(restored.inlines) == returned


def test_marks_and_cut_up_runs_are_kept() -> None:
    returned = (
        Text("Save "),
        Strong((Text("every post of the cou"),)),
        Text("ncil within "),
        Link("https://www.example", (Value("", "5 wor"), Emphasis((Value("", "king days"),)))),
        Text("."),
    )
    restored = restore_facts(SENT, returned)
    assert values(restored.inlines) == [(one.path, one.text) for one in (COUNCIL, CAPTURE)]
    assert plain(restored.inlines) == plain(SENT)
    assert [type(inline) for inline in restored.inlines] == [Text, Strong, Text, Link, Text]


@given(st.data())
def test_an_inserted_word_costs_no_fact(data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(lines("fenwick")))
    words = plain(line).split(" ")
    at = data.draw(st.integers(0, len(words)))
    returned = " ".join((*words[:at], "indeed", *words[at:]))
    restored = restore_facts(line, (Text(returned),))
    assert plain(restored.inlines) == returned
    told = [(p, t) for p, t in values(line) if t]
    kept = values(restored.inlines)
    changed = [(change.path, change.after) for change in restored.changes]
    assert [path for path, _ in kept] == [path for path, _ in told]
    assert all("indeed" in text for _, text in changed)
    assert len(changed) <= 1


def test_a_change_says_which_fact() -> None:
    (change,) = restore_facts(
        SENT, (Text("Save every post of the council within 3 hours."),)
    ).changes
    assert change == ValueChange("commitments.capture", "5 working days", "3 hours")
