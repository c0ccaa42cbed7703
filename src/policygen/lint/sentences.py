"""How long the sentences are, and how old a reader must be, edition by edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from policygen.lint.reading import (
    ReadLine,
    ReadTelling,
    edition_tellings,
    reading_age,
)
from policygen.model.outline.outline import Edition
from policygen.model.outline.style import HouseStyle
from policygen.model.policy import Policy
from policygen.problems import Level, Location, Problem

_Limits: TypeAlias = dict[tuple[str, str], int]  # the most words of a sentence, by id and tier


def sentence_faults(
    policy: Policy, every: Sequence[ReadTelling], style: HouseStyle
) -> Iterator[Problem]:
    """Hold the longest sentence, the average and the reading age to each edition's limits."""
    limits: _Limits = {}
    for edition in policy.outline.editions.values():
        found = edition_tellings(policy, every, edition)
        if edition.longest_sentence:
            _lower_limits(limits, found, edition.longest_sentence)
        running = [line for one in found for line in one.read.lines if _is_running(line)]
        yield from _long_on_average(policy, edition, running, style)
        yield from _hard_to_read(policy, edition, running)
    for one in every:
        if limit := limits.get((one.id, one.tier)):
            yield from _long_sentences(one, limit)


def _lower_limits(limits: _Limits, tellings: Iterable[ReadTelling], longest: int) -> None:
    """Hold each telling to the strictest of the editions that print it."""
    for one in tellings:
        key = (one.id, one.tier)
        limits[key] = min(limits.get(key, longest), longest)


def _is_running(line: ReadLine) -> bool:
    """Tell whether a line is text that is read on, and not a table's cell or a quotation."""
    return not line.cell and not line.quoted


def _long_on_average(
    policy: Policy, edition: Edition, running: Iterable[ReadLine], style: HouseStyle
) -> Iterator[Problem]:
    lengths = [sentence.words for line in running for sentence in line.sentences]
    average = sum(lengths) / len(lengths) if lengths else 0
    if style.average_sentence and average > style.average_sentence:
        what = f"{edition.title}: its sentences have {average:.1f} words on average."
        mend = f"Keep it to {style.average_sentence}: part the longest."
        yield Problem(what, mend, _of(policy), Level.WARNING, code="PG707")


def _hard_to_read(
    policy: Policy, edition: Edition, running: Sequence[ReadLine]
) -> Iterator[Problem]:
    if not edition.reading_age:
        return
    age = reading_age(running)
    if age > edition.reading_age:
        what = f"{edition.title}: it reads easily from about {age:.1f} years of age."
        mend = f"Aim at {edition.reading_age}: shorter words and sentences."
        yield Problem(what, mend, _of(policy), Level.ADVICE, code="PG708")


def _long_sentences(one: ReadTelling, limit: int) -> Iterator[Problem]:
    """Yield each sentence of a telling with more words than it may have."""
    for line in one.read.lines:
        for sentence in line.sentences:
            if sentence.words > limit:
                begun = sentence.text[:60]
                what = f'"{one.id}" has a sentence of {sentence.words} words: "{begun}..."'
                mend = f"Part it: {limit} at most here."
                yield Problem(what, mend, one.location, Level.WARNING, code="PG707")


def _of(policy: Policy) -> Location:
    return Location(policy.profile.name)
