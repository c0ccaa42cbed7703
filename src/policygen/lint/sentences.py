"""How long the sentences are, and how old a reader must be, edition by edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.lint.reading import (
    ReadTelling,
    edition_tellings,
    reading_age,
    split_sentences,
    word_total,
)
from policygen.model.outline.style import HouseStyle
from policygen.model.policy import Policy
from policygen.problems import Level, Place, Problem


def sentence_faults(
    policy: Policy, every: Sequence[ReadTelling], style: HouseStyle
) -> Iterator[Problem]:
    """The longest sentence, the average one, the reading age.

    Each against the edition's own limit.
    """
    strictest: dict[tuple[str, str], int] = {}
    for edition in policy.outline.editions.values():
        found = edition_tellings(policy, every, edition)
        for one in found if edition.longest_sentence else ():
            key = (one.id, one.tier)
            strictest[key] = min(strictest.get(key, 1000), edition.longest_sentence or 1000)
        running = [
            line.text for one in found for line in one.lines if not line.cell and not line.quoted
        ]
        lengths = [word_total(sentence) for text in running for sentence in split_sentences(text)]
        average = sum(lengths) / len(lengths) if lengths else 0
        if style.average_sentence and average > style.average_sentence:
            what = f"{edition.title}: its sentences have {average:.1f} words on average."
            mend = f"Keep it to {style.average_sentence}: part the longest."
            yield Problem(what, mend, _of(policy), Level.WARNING, code="PG707")
        age = reading_age(running)
        if edition.reading_age and age > edition.reading_age:
            what = f"{edition.title}: it reads easily from about {age:.1f} years of age."
            mend = f"Aim at {edition.reading_age}: shorter words and sentences."
            yield Problem(what, mend, _of(policy), Level.ADVICE, code="PG708")
    for one in every:
        limit = strictest.get((one.id, one.tier))
        for line in one.lines if limit else ():
            for sentence in split_sentences(line.text):
                words = word_total(sentence)
                if limit and words > limit:
                    what = f'"{one.id}" has a sentence of {words} words: "{sentence[:60]}..."'
                    mend = f"Part it: {limit} at most here."
                    yield Problem(what, mend, one.place, Level.WARNING, code="PG707")


def _of(policy: Policy) -> Place:
    return Place(policy.profile.name)
