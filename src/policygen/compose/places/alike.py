"""Which of several places say the same."""

from __future__ import annotations

from collections.abc import Mapping

from policygen.model.wording import Wording


def alike(wordings: Mapping[str, Wording]) -> tuple[tuple[str, ...], ...]:
    """Return the places, those together that say the same words, in the order of the first."""
    by_words: dict[str, list[str]] = {}
    for place, wording in wordings.items():
        by_words.setdefault(wording.text, []).append(place)
    return tuple(map(tuple, by_words.values()))
