"""How long an edition is, against its budget in words, clauses and pages.

Pages are a writer's to count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygen.cache import BoundedCache, IdentityKey
from policygen.lint.reading import word_total
from policygen.markdown.prose import ProseCache
from policygen.model.document import (
    CURRENT_LINE,
    GAP_LINE,
    GAP_LIST,
    Group,
    Paragraph,
    Role,
)
from policygen.model.document.walk import plain, text_lines, walk
from policygen.model.outline.outline import Edition
from policygen.model.policy import Policy
from policygen.model.wording import Wording
from policygen.present.cut import Cut
from policygen.present.edition import present
from policygen.problems import Level, Location, Problem

_UNCOUNTED = (CURRENT_LINE, GAP_LINE, GAP_LIST)  # the roles of groups that no budget counts


@dataclass(frozen=True, slots=True)
class EditionLength:
    """How many words one edition has, and how many it may have at the body's extent."""

    edition: Edition
    words: int
    most: int


class LengthCache:
    """The lengths of the editions of the last few policies: `check` judges them, and tells them."""

    def __init__(self) -> None:
        self.lengths: BoundedCache[IdentityKey, tuple[EditionLength, ...]] = BoundedCache(4)


def edition_lengths(
    policy: Policy, cache: LengthCache, prose: ProseCache
) -> tuple[EditionLength, ...]:
    """Return the length of every edition that has a budget in words.

    A gap counts as one word: the numbers of marks are not counted.
    """
    return cache.lengths.get(IdentityKey(policy), lambda: tuple(_lengths(policy, prose)))


def _lengths(policy: Policy, prose: ProseCache) -> Iterator[EditionLength]:
    for key, edition in policy.outline.editions.items():
        if most := policy.budget(edition.words):
            yield EditionLength(edition, edition_words(policy, key, prose), most)


def budget_faults(policy: Policy, cache: LengthCache, prose: ProseCache) -> Iterator[Problem]:
    """Yield a warning for every edition that is over its budget, with its longest clauses."""
    location = Location(policy.profile.name)
    for length in edition_lengths(policy, cache, prose):
        over = length.words - length.most
        if over > 0:
            budget = f"{over:,} over its budget of {length.most:,}"
            what = f"{length.edition.title}: {length.words:,} words, {budget}."
            mend = f"Cut the longest: {_longest(policy, length.edition)}."
            yield Problem(what, mend, location, Level.WARNING, code="PG703")
    for edition in policy.outline.editions.values():
        most_clauses = policy.budget(edition.clauses)
        if most_clauses:
            clauses = len(_word_totals(policy, edition))
            if clauses > most_clauses:
                what = f"{edition.title}: {clauses} clauses, and its budget is {most_clauses}."
                mend = f"Leave the weakest to the {policy.outline.full.title.lower()}."
                yield Problem(what, mend, location, Level.WARNING, code="PG703")


def pages_fault(policy: Policy, key: str, pages: int) -> Iterator[Problem]:
    """Yield a warning for an edition on more pages than its budget.

    `pages` are counted without a draft's list of gaps, which goes when the draft is whole.
    """
    edition = policy.outline.editions[key]
    budget = policy.budget(edition.pages)
    if budget and pages > budget:
        what = f"{edition.title}: {pages} pages, and its budget is {budget}."
        mend = f"Cut the longest: {_longest(policy, edition)}."
        yield Problem(what, mend, Location(policy.profile.name), Level.WARNING, code="PG703")


def edition_words(policy: Policy, key: str, prose: ProseCache) -> int:
    """Return how many words an edition has.

    Of whole clauses, titles, leads and tellings count: what is written for it, and of a compact
    edition labels for titles, as it prints them. A short form has a page to fit, so all that it
    prints counts, but a draft's list of gaps.
    """
    edition = policy.outline.editions[key]
    if policy.outline.form(edition) == "clauses":
        return _written_words(policy, edition)
    return _printed_words(policy, key, prose)


def _written_words(policy: Policy, edition: Edition) -> int:
    in_headings = sum(
        word_total(wording.text, numbers=False) for wording in _headings(Cut(policy, edition))
    )
    in_tellings = sum(_word_totals(policy, edition).values())
    return in_headings + in_tellings


def _headings(cut: Cut) -> Iterator[Wording]:
    """Yield what stands over the sections and clauses of an edition, and the sections' leads."""
    for section in cut.sections:
        told = cut.told_clauses(section)
        if not cut.is_compact:
            yield section.title
            if section.lead:
                yield section.lead
            yield from (clause.title for clause in told)
        elif told:
            yield section.label or section.title
            yield from (clause.label or clause.title for clause in told)


def _printed_words(policy: Policy, key: str, prose: ProseCache) -> int:
    total = 0
    for part in present(policy, key, prose).body:
        if isinstance(part, Group) and part.role in _UNCOUNTED:
            continue
        if isinstance(part, Paragraph) and part.role is Role.HINT:
            continue  # what stands over a translation until somebody has reviewed it
        for block in walk((part,)):
            for line in text_lines(block):
                total += word_total(plain(line), numbers=False)
    return total


def _longest(policy: Policy, edition: Edition) -> str:
    """Return the five longest clauses of an edition, each with its number of words."""
    totals = _word_totals(policy, edition)
    longest = sorted(totals, key=lambda id: -totals[id])[:5]
    return ", ".join(f"{id} ({totals[id]})" for id in longest)


def _word_totals(policy: Policy, edition: Edition) -> dict[str, int]:
    """Return the number of words of each clause that an edition tells, by its id."""
    totals: dict[str, int] = {}
    cut = Cut(policy, edition)
    alone = policy.clause(edition.clause)
    told = [clause for section in cut.sections for clause in cut.told_clauses(section)]
    for clause in [alone] if alone else told:
        texts = (telling.wording.text for telling in cut.tellings(clause))
        totals[clause.id] = sum(word_total(text, numbers=False) for text in texts)
    return totals
