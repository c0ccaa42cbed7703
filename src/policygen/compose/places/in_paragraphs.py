"""A whole telling of several places: each sentence once, under the places where it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from policygen.compose.places.alike import alike
from policygen.compose.places.order import merged_order
from policygen.compose.places.parts import Parts, Told
from policygen.compose.places.places import Places
from policygen.compose.places.sentences import (
    Sentence,
    joined_sentences,
    sentences,
)
from policygen.markdown.top_blocks import begins_with_sentence
from policygen.model.wording import Piece, Wording, text_of

_ENDS = re.compile(r"[.?!:]$")
_Key: TypeAlias = tuple[str, str, int]  # of a sentence: its separator, words, how often before


@dataclass(frozen=True, slots=True)
class _Run:
    """Sentences that follow one another and hold in the same places."""

    places: tuple[str, ...]
    sentences: tuple[Sentence, ...]


def told_in_paragraphs(
    wordings: Mapping[str, Wording], places: Places, titles: Mapping[str, Wording]
) -> Told:
    """Return a telling in which each run of sentences stands under the places where it holds.

    What holds in every place stands without a label where the telling begins with it. `titles`
    are those of places whose clause has a title of its own: it stands in their first label.
    """
    language = next(iter(wordings.values())).language
    untitled = dict(titles)
    found = Parts()
    for run in _runs(wordings, places):
        words = joined_sentences(run.sentences)
        if not found.pieces and len(run.places) == len(places.names):
            found.share(words)
            continue
        title = untitled.get(run.places[0])
        if any(untitled.pop(place, None) != title for place in run.places):
            title = None
        label = _label(places.label(run.places, language), title)
        before = ["\n\n"] if found.pieces else []
        after = " " if begins_with_sentence(text_of(words)) else "\n\n"
        separator = run.sentences[0].separator
        found.add(run.places, [*before, *label, after], words, separator)
    return found.told()


def _label(places: str, title: Wording | None) -> list[Piece]:
    """Return a label in bold, with the title that the clause has in these places."""
    if title is None:
        return [f"**{places}:**"]
    stop = "" if _ENDS.search(title.text) else "."
    return [f"**{places}: ", *title.pieces, f"{stop}**"]


def _runs(wordings: Mapping[str, Wording], places: Places) -> list[_Run]:
    """Return every sentence once, in an order that each place's own telling keeps."""
    keyed = {place: _keyed(sentences(wording.pieces)) for place, wording in wordings.items()}
    order = merged_order([tuple(each) for each in keyed.values()])
    keeps_order = all(
        [key for key in order if key in each] == list(each) for each in keyed.values()
    )
    if not keeps_order:
        return list(_apart(wordings))
    where = {key: places.ordered([p for p, each in keyed.items() if key in each]) for key in order}
    one: dict[_Key, Sentence] = {}
    for each in reversed(keyed.values()):  # so that the first place's own words stand
        one |= each
    return [
        _Run(some, tuple(one[key] for key in keys))
        for some, keys in groupby(order, key=where.__getitem__)
    ]


def _keyed(telling: Iterable[Sentence]) -> dict[_Key, Sentence]:
    """Return sentences by what makes two of them the same.

    Each counts as it would stand within a telling, so that a first one begins a paragraph. One that
    a telling repeats is another each time.
    """
    found: dict[_Key, Sentence] = {}
    for sentence in telling:
        sentence = replace(sentence, separator=sentence.separator or "\n\n")
        words = text_of(sentence.pieces)
        earlier = 0
        while (sentence.separator, words, earlier) in found:
            earlier += 1
        found[sentence.separator, words, earlier] = sentence
    return found


def _apart(wordings: Mapping[str, Wording]) -> Iterator[_Run]:
    """Yield the tellings one after the other; places that say the same say it together."""
    for where in alike(wordings):
        yield _Run(where, tuple(sentences(wordings[where[0]].pieces)))
