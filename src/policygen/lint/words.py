"""Words to avoid, a "must" without its reason, limits and roles that should be facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from policygen.lint.phrases import LIMIT, any_of
from policygen.lint.reading import ReadTelling, own_files
from policygen.model.outline.style import HouseStyle
from policygen.model.policy import Policy
from policygen.problems import Level, Problem

_MUST = re.compile(r"\bmust\b")


def word_faults(
    policy: Policy, every: Sequence[ReadTelling], style: HouseStyle
) -> Iterator[Problem]:
    """Go through every telling."""
    own = own_files(policy)
    avoided = _Phrases.of(style.avoid)
    facts = _Phrases.of(style.facts)
    reasons = any_of(style.reasons) if style.reasons else None
    for one in every:
        yield from _avoided(one, avoided, lambda other: f"Say: {other}.")
        if one.location.path not in own:
            yield from _avoided(one, facts, _print_fact)
        if reasons and _lacks_reason(one, reasons):
            yield _no_reason(one)
    for _, tellings in groupby(every, key=lambda one: one.id):
        yield from _typed_twice(list(tellings))


def _no_reason(one: ReadTelling) -> Problem:
    what = f'"{one.id}" says "must", and not why.'
    mend = "Give the reason in the same telling, cite a source, or say `- because:` in the slip."
    return Problem(what, mend, one.location, Level.WARNING, code="PG713")


def _print_fact(fact: str) -> str:
    return f"Print the fact: {{{{ {fact} }}}}."


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases of the house style, each with what to write instead.

    One pattern finds any of them.
    """

    instead: Mapping[str, str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, instead: Mapping[str, str]) -> _Phrases | None:
        return cls(instead, any_of(tuple(instead))) if instead else None


def _avoided(
    one: ReadTelling, phrases: _Phrases | None, advice: Callable[[str], str]
) -> Iterator[Problem]:
    if phrases is None:
        return
    for found in dict.fromkeys(one.find(phrases.pattern)):
        key = next(key for key in phrases.instead if any_of((key,)).fullmatch(found))
        what = f'"{one.id}" says "{found}".'
        mend = advice(phrases.instead[key])
        yield Problem(what, mend, one.location, Level.WARNING, code="PG712")


def _lacks_reason(one: ReadTelling, reasons: re.Pattern[str]) -> bool:
    """Tell whether a clause says "must" and nothing says why: no source, no edit, no words of it.

    `reasons` are the words that give a reason, such as "because".
    """
    if not one.clause or not one.find(_MUST):
        return False
    has_source = bool(one.clause.citations)
    has_because = any(origin.because for origin in one.clause.origins)
    return not has_source and not has_because and not one.find(reasons)


def _typed_twice(tellings: Sequence[ReadTelling]) -> Iterator[Problem]:
    """The same limit, typed in two tellings of one clause or section.

    One day they will disagree.
    """
    seen: dict[str, str] = {}
    for one in tellings:
        for found in dict.fromkeys(limit.lower() for limit in one.find(LIMIT)):
            if seen.setdefault(found, one.tier) != one.tier:
                what = f'"{one.id}" says "{found}" in two tellings.'
                yield Problem(
                    what,
                    "Make it a fact, or say it once.",
                    one.location,
                    Level.WARNING,
                    code="PG714",
                )
