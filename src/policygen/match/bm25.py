"""BM25: how well the words of a query fit each of some texts.

A score grows with how often a text has a word, how few others have it, and how short the text is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

_SATURATION = 1.4  # k1: how soon a word that stands often counts no more
_LENGTH = 0.6  # b: how much a long text is held back


class Bm25:
    """The texts by their names; each is its words, with how much each counts."""

    def __init__(self, texts: Mapping[str, Mapping[str, float]]) -> None:
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        lengths = {name: sum(words.values()) for name, words in texts.items()}
        average = sum(lengths.values()) / max(len(lengths), 1) or 1.0
        for name, words in texts.items():
            around = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[name] / average)
            for word, weight in words.items():
                saturated = weight * (_SATURATION + 1) / (weight + around)
                self._postings[word].append((name, saturated))
        number = len(texts)
        self._rarity = {
            word: math.log(1 + (number - len(found) + 0.5) / (len(found) + 0.5))
            for word, found in self._postings.items()
        }

    def rarity(self, word: str) -> float:
        """Return how much a word tells texts apart; of a word that none has, as one of one text."""
        return self._rarity.get(word, 0.0)

    def scores(self, query: Mapping[str, float]) -> dict[str, float]:
        """Return the score of each text that has a word of a query, by name."""
        found: dict[str, float] = defaultdict(float)
        for word, weight in query.items():
            if word in self._postings:
                factor = weight * self._rarity[word]
                for name, saturated in self._postings[word]:
                    found[name] += factor * saturated
        return found


def weighted(parts: Iterable[tuple[Iterable[str], float]]) -> dict[str, float]:
    """Return how much each word counts in several texts, each with its weight."""
    found: dict[str, float] = defaultdict(float)
    for words, weight in parts:
        for word in words:
            found[word] += weight
    return dict(found)
