"""Passages and clauses -> Ranking: which may answer which, the likeliest first.

A clause is looked for by all its words, and once more by those that people would look it up by.
A word counts for little where most passages have it.
How strong a pair is, is a number without a unit; `_LIKELY` and `_PERHAPS` were set on policies that
were invented for it (bench/match), so that nine in ten of what is called unlikely are not there.

Tried and left out: words of a clause's section, more words for one thing, less of the headings.
They ranked the invented policies better, and those that other bodies wrote no better or worse.
So did words of the clauses that a passage is nearest to. The passages beside it, and the depth of a
clause that fits best by itself, ranked the invented policies worse.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from policygen.match.bm25 import Bm25, weighted
from policygen.match.words import stems
from policygen.model.existing.policy import ExistingPassage
from policygen.model.matching.ranking import (
    Likelihood,
    LikelyClause,
    LikelyPassage,
    Ranking,
    SoughtClause,
)

_MOST_CLAUSES = 10  # that a passage is shown with
_MOST_PASSAGES = 3  # that a clause is shown with
_LIKELY, _PERHAPS = 16.0, 8.0
# How much the parts of a clause count, and the headings above a passage beside its own words.
_LABEL, _TITLE, _ASKS, _SECTION = 3.0, 2.0, 2.0, 0.5
_TIERS = {"overview": 0.5, "snapshot": 0.5, "rule": 1.0, "practice": 0.5}
_KEY_LABEL, _KEY_WORDS = 3.0, 1.0
_NEAREST_HEADING, _HIGHER_HEADING = 1.5, 0.5
_TELLING = 0.8  # how rare among the passages, beside the rarest, a word is that counts in full
_KEYS = 0.5  # of the words that a clause is looked up by, beside all its words


def rank(passages: Sequence[ExistingPassage], clauses: Sequence[SoughtClause]) -> Ranking:
    """Rank every passage with every clause."""
    words = Bm25({clause.id: _all_words(clause) for clause in clauses})
    keys = Bm25({clause.id: _key_words(clause) for clause in clauses})
    by_passage: dict[int, tuple[LikelyClause, ...]] = {}
    strengths: dict[str, dict[int, float]] = defaultdict(dict)
    queries = _telling({passage.number: _passage_words(passage) for passage in passages})
    for passage in passages:
        query = queries[passage.number]
        of_words, of_keys = words.scores(query), keys.scores(query)
        score = {id: found + _KEYS * of_keys[id] for id, found in of_words.items()}
        ordered = sorted(score, key=lambda id: (-score[id], id))
        for place, id in enumerate(ordered, 1):
            strength = math.sqrt(of_words[id] * of_keys[id] / place)
            strengths[id][passage.number] = strength
        by_passage[passage.number] = tuple(
            LikelyClause(id, _likelihood(strengths[id][passage.number]))
            for id in ordered[:_MOST_CLAUSES]
        )
    return Ranking(by_passage, {id: _strongest(found) for id, found in strengths.items()})


def _strongest(strengths: Mapping[int, float]) -> tuple[LikelyPassage, ...]:
    ordered = sorted(strengths, key=lambda number: (-strengths[number], number))
    return tuple(
        LikelyPassage(number, _likelihood(strengths[number])) for number in ordered[:_MOST_PASSAGES]
    )


def _likelihood(strength: float) -> Likelihood:
    if strength >= _LIKELY:
        return Likelihood.LIKELY
    return Likelihood.PERHAPS if strength >= _PERHAPS else Likelihood.UNLIKELY


def _all_words(clause: SoughtClause) -> Mapping[str, float]:
    return weighted(
        [
            (_terms(clause.label), _LABEL),
            (_terms(clause.title), _TITLE),
            (_terms(clause.section_title), _SECTION),
            *((_terms(ask), _ASKS) for ask in clause.asks),
            *((_terms(text), _TIERS.get(tier, 1.0)) for tier, text in clause.tellings.items()),
        ]
    )


def _key_words(clause: SoughtClause) -> Mapping[str, float]:
    return weighted(
        [
            (_terms(clause.label), _KEY_LABEL),
            (_terms(clause.title), _KEY_WORDS),
            *((_terms(ask), _KEY_WORDS) for ask in clause.asks),
        ]
    )


def _passage_words(passage: ExistingPassage) -> Mapping[str, float]:
    """Return the words of a passage and of the headings above it, as a query.

    A word that a long passage repeats says little more each time.
    """
    *higher, nearest = passage.headings or ("",)
    said = weighted([(_terms(passage.text), 1.0)])
    around = weighted(
        [(_terms(nearest), _NEAREST_HEADING), *((_terms(one), _HIGHER_HEADING) for one in higher)]
    )
    query = {word: 1 + math.log(count) for word, count in said.items()}
    return {word: query.get(word, 0.0) + around.get(word, 0.0) for word in {**query, **around}}


def _telling(queries: Mapping[int, Mapping[str, float]]) -> Mapping[int, Mapping[str, float]]:
    """Return queries in which a word that most of them have counts for little.

    Every passage of an existing policy says "social media", and few of our clauses do.
    """
    of_all = Bm25({str(number): query for number, query in queries.items()})
    rare = _TELLING * math.log(1 + (len(queries) - 0.5) / 1.5)  # of a word that one passage has
    return {
        number: {word: count * min(of_all.rarity(word) / rare, 1) for word, count in query.items()}
        for number, query in queries.items()
    }


def _terms(text: str) -> Iterator[str]:
    """Yield the words of a text, and each two that stand together."""
    words = stems(text)
    yield from words
    yield from (f"{one} {other}" for one, other in pairwise(words))
