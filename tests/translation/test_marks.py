"""Stars and links around a translator's words print as such, or the translation is refused."""

from __future__ import annotations

import itertools

import pytest
from markdown_it import MarkdownIt

from policygen.model.translation.pack import Segment
from policygen.translation.check import segment_faults
from policygen.translation.codes import cut_codes, put_codes, with_spaces_outside

BESIDE = ("", "x", " ", "«", ".", "字")


def segment(source: str) -> Segment:
    text, codes = cut_codes(source, lambda code: code)
    return Segment(1, text, codes)


@pytest.mark.parametrize("mark", ["*", "**", "_", "__"])
def test_marks_are_refused_just_where_they_would_print_as_they_are_typed(mark: str) -> None:
    original = segment(f"Ask {mark}the lead{mark} now.")
    seen = set()
    for before, first, last, after in itertools.product(BESIDE, ("x", "«"), ("y", "»"), BESIDE):
        for edge in ("", "w"):
            target = f"{edge}{before}{{1}}{first} {last}{{/1}}{after}{edge}".strip()
            line = put_codes(target, original)
            prints = "</" in MarkdownIt().renderInline(line)
            assert prints == (not segment_faults(original, target)), line
            seen.add(prints)
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("source", "target", "line"),
    [
        (
            "Ask **the lead** now.",
            "Gofyn {1} yr arweinydd {/1} nawr.",
            "Gofyn **yr arweinydd** nawr.",
        ),
        ("See [the *law*](a) now.", "Y {1} gyfraith {2} hon {/2} {/1}.", "Y [gyfraith *hon*](a) ."),
        ("**The lead** says.", "{1} Yr arweinydd{/1}", "**Yr arweinydd**"),
    ],
)
def test_a_space_beside_a_code_stands_outside_its_marks(
    source: str, target: str, line: str
) -> None:
    original = segment(source)
    tidied = with_spaces_outside(target, original)
    assert segment_faults(original, tidied) == []
    assert put_codes(tidied, original) == line


@pytest.mark.parametrize("source", ["Ask **the lead** now.", "See [the law](a) now."])
@pytest.mark.parametrize("target", ["Gofyn {1}{/1} nawr.", "Gofyn {1} {/1} nawr."])
def test_a_pair_without_words_is_refused(source: str, target: str) -> None:
    original = segment(source)
    (fault,) = segment_faults(original, with_spaces_outside(target, original))
    assert fault.startswith("has no words in the placeholder {1}")


def test_a_fact_or_a_condition_within_a_pair_is_words_enough() -> None:
    original = segment("Ask **{{ a }}** or **{% if b %}c{% endif %}** or *[d](e)*.")
    target = "{1}{2}{/1}, {3}{4}c{5}{/3}, {6}{7}d{/7}{/6}."
    assert segment_faults(original, target) == []
