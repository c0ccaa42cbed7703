"""Duties that nobody signed: a practice with a "must", and times that are typed and not promised.

What a body owes stands in its rules, and what it promises within a time is a commitment, so that
its board reads both in one place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from policygen.lint.phrases import any_of, times
from policygen.lint.reading import ReadTelling, own_files
from policygen.model.outline.style import HouseStyle
from policygen.model.policy import Clause, Policy
from policygen.model.wording import Wording, printed_facts
from policygen.problems import Level, Problem

_COMMITMENT = "commitments."


def duty_faults(
    policy: Policy, every: Sequence[ReadTelling], style: HouseStyle
) -> Iterator[Problem]:
    """Go through every telling of every clause; an example tells a story, and owes nothing."""
    tiers = policy.outline.tiers
    signed = {key for key, tier in tiers.items() if tier.required}
    practice = {key for key, tier in tiers.items() if tier.carries_over}
    own = own_files(policy)
    duties = any_of(style.duties) if style.duties else None
    in_practice = times(style.recurring, tells_how=True)
    in_rules = times(style.recurring, tells_how=False)
    for one in every:
        if one.clause is None:
            continue
        is_practice = one.tier in practice
        if is_practice:
            if duties:
                yield from _duties(one, duties)
            # A checklist is made of the rules of other clauses, and has none of its own.
            has_rule = one.clause.is_told_in(signed)
            rules = [one.clause] if has_rule else policy.clauses()
            yield from _unsigned_promises(one, one.clause, rules, signed)
        if one.location.path not in own:
            yield from _typed_times(one, in_practice if is_practice else in_rules)


def _duties(one: ReadTelling, duties: re.Pattern[str]) -> Iterator[Problem]:
    """Yield each sentence of a practice that lays down a duty."""
    if not one.read.find(duties, one.read.own_text):
        return
    sentences = (sentence.text for line in one.read.own_lines for sentence in line.sentences)
    for sentence in sentences:
        if found := duties.search(sentence):
            what = f'The practice of "{one.id}" says "{found[0]}": "{sentence[:60]}".'
            mend = "Put the duty into the rule, which is signed, or say how it is done without it."
            yield Problem(what, mend, one.location, Level.WARNING, code="PG716")


def _unsigned_promises(
    one: ReadTelling, clause: Clause, ruling: Iterable[Clause], signed: Collection[str]
) -> Iterator[Problem]:
    """Yield each commitment that a practice prints and no rule of the `ruling` clauses does."""
    telling = clause.told(one.tier)
    facts = dict.fromkeys(_commitments(telling) if telling else ())
    if not facts:
        return
    rules = [each.told(tier) for each in ruling for tier in signed]
    promised = {fact for wording in rules if wording for fact in _commitments(wording)}
    for fact in facts:
        if fact not in promised:
            what = f'The practice of "{one.id}" promises {{{{ {fact} }}}}, and its rule does not.'
            mend = "Print the commitment in the rule, which is signed, or leave it out here."
            yield Problem(what, mend, one.location, Level.WARNING, code="PG716")


def _commitments(wording: Wording) -> Iterator[str]:
    for printed in printed_facts(wording.pieces):
        if printed.fact.startswith(_COMMITMENT):
            yield printed.fact


def _typed_times(one: ReadTelling, patterns: Iterable[re.Pattern[str]]) -> Iterator[Problem]:
    """Yield each time that the library types, which a body could not change."""
    every = [found for typed in patterns for found in one.read.find(typed, one.read.own_text)]
    for found in {found.lower(): found for found in every}.values():
        what = f'"{one.id}" types a time: "{found}".'
        mend = "Make it a commitment in layer.yaml, or a fact under law if a law sets it."
        yield Problem(what, mend, one.location, Level.WARNING, code="PG717")
