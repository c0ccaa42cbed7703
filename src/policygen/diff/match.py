"""Which clause of one policy is which of the other: by id, then by likeness among what is left.

Clauses that either policy leaves out are found here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

from policygen.cache import BoundedCache
from policygen.model.comparison.difference import ClausePair, Likeness, Side
from policygen.model.extent import Omission
from policygen.model.policy import Clause, Policy

# The share of their words that two clauses have in common when one is taken for the other.
LIKELY_SHARE = 0.7
_WORD = re.compile(r"⟦[^⟧]*⟧|[^\W_]+")
_MOST_TEXTS = 4096


class WordsCache:
    """The words of texts that were compared before; all the comparisons of a run may share it."""

    def __init__(self) -> None:
        self._words: BoundedCache[str, tuple[str, ...]] = BoundedCache(_MOST_TEXTS)

    def words(self, clause: Clause) -> tuple[str, ...]:
        """Return the words of the title and of the longest telling, each fact one word."""
        telling = clause.tellings[-1].wording.skeleton if clause.tellings else ""
        text = f"{clause.title.skeleton} {telling}"
        return self._words.get(text, lambda: tuple(_WORD.findall(text.lower())))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Two clauses that could be one, and the share of words that they have in common."""

    first: Clause
    second: Clause
    share: float


def match_clauses(first: Policy, second: Policy, words: WordsCache) -> tuple[ClausePair, ...]:
    """Return every clause of both policies, in pairs where it can be.

    The pairs stand in the second's order, as Differences has them.
    """
    before = {clause.id: clause for clause in first.clauses()}
    after = {clause.id: clause for clause in second.clauses()}
    gone = {one.id for one in second.left_out}  # neither is another clause under a new id
    come = {one.id for one in first.left_out}
    removed = [clause for id, clause in before.items() if id not in after and id not in gone]
    added = [clause for id, clause in after.items() if id not in before and id not in come]
    likely = {one.second.id: one for one in _likely_pairs(removed, added, words)}
    pairs: list[ClausePair] = []
    for id, clause in after.items():
        if id in likely:
            pairs.append(ClausePair(likely[id].first, clause, likely[id].share))
        else:
            pairs.append(ClausePair(before.get(id), clause))
    return _with_removed(pairs, before.values())


def near_copy(clause: Clause, policy: Policy, words: WordsCache) -> Likeness | None:
    """Return the clause that an organisation's own clause repeats, in the same words or others."""
    if not clause.origins or clause.origins[0].layer != "organisation":
        return None
    others = [one for one in policy.clauses() if one.id != clause.id]
    candidates = _candidates([clause], others, words)
    return Likeness(candidates[0].second.id, candidates[0].share) if candidates else None


def _likely_pairs(
    removed: Sequence[Clause], added: Sequence[Clause], words: WordsCache
) -> Iterator[_Candidate]:
    """Yield pairs of clauses that share most words, the likeliest first, each clause once."""
    taken: set[int] = set()
    for candidate in _candidates(removed, added, words):
        both = {id(candidate.first), id(candidate.second)}
        if not taken & both:
            taken |= both
            yield candidate


def _candidates(
    ones: Sequence[Clause], others: Sequence[Clause], words: WordsCache
) -> list[_Candidate]:
    """Return the pairs that share enough words, the likeliest first.

    Ties are broken by name, so that the mirror image finds the same pairs.
    """
    if not ones or not others:
        return []
    other_words = [words.words(other) for other in others]
    found: list[_Candidate] = []
    for one in ones:
        own_words = words.words(one)
        for other, theirs in zip(others, other_words, strict=True):
            share = _shared_words(own_words, theirs)
            if share >= LIKELY_SHARE:
                found.append(_Candidate(one, other, share))
    return sorted(found, key=lambda one: (-one.share, *sorted((one.first.id, one.second.id))))


def _shared_words(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of words in common; 0 where texts of so many words cannot share enough."""
    most = 2 * min(len(one), len(other))
    if most < LIKELY_SHARE * (len(one) + len(other)):
        return 0.0
    return Indel.normalized_similarity(one, other, score_cutoff=LIKELY_SHARE)


def _with_removed(pairs: Sequence[ClausePair], before: Iterable[Clause]) -> tuple[ClausePair, ...]:
    """Put what only the first policy has behind the clause that it follows there."""
    paired = {pair.first.id for pair in pairs if pair.first}
    behind: dict[str, list[ClausePair]] = {}  # by the id that they follow; "" is the start
    last = ""
    for clause in before:
        if clause.id in paired:
            last = clause.id
        else:
            behind.setdefault(last, []).append(ClausePair(clause, None))
    woven = behind.get("", [])
    for pair in pairs:
        woven.append(pair)
        if pair.first:
            woven += behind.get(pair.first.id, ())
    return tuple(woven)


class OmittedByBoth(NamedTuple):
    """A clause that both policies leave out or, with an empty `clause`, a whole section."""

    section: str
    clause: str
    first: Omission
    second: Omission

    @property
    def differs(self) -> bool:
        """Whether the body says something else of it; two extents say the same."""
        both_by_extent = bool(self.first.extent and self.second.extent)
        return not both_by_extent and self.first != self.second


class Omissions:
    """The clauses and the whole sections that two policies leave out."""

    def __init__(self, first: Policy, second: Policy) -> None:
        policies = {Side.FIRST: first, Side.SECOND: second}
        self._clauses = {
            side: {one.id: one for one in policy.left_out} for side, policy in policies.items()
        }
        self._sections = {side: _sections(policy) for side, policy in policies.items()}

    def sides_of(self, clause: str) -> tuple[Side, ...]:
        """Return which of the two leave out a clause."""
        return tuple(side for side, left_out in self._clauses.items() if clause in left_out)

    def of_clause(self, clause: str, side: Side) -> Omission:
        """Return why one of the two leaves out a clause."""
        return self._clauses[side][clause].omission

    def grade_of(self, clause: str, side: Side) -> str:
        """Return the grade of a clause that one of the two leaves out."""
        return self._clauses[side][clause].grade

    def leads_round(self, before: str, after: str) -> bool:
        """Tell whether a way of a chart is another only because one side leaves out its target."""
        gone, come = self._clauses[Side.SECOND], self._clauses[Side.FIRST]
        return before in gone or after in come

    def told_otherwise(self) -> Iterator[OmittedByBoth]:
        """Yield what both leave out, each for another reason: whole sections, then clauses."""
        before, after = self._sections[Side.FIRST], self._sections[Side.SECOND]
        whole = [section for section in after if section in before]
        pairs = [OmittedByBoth(id, "", before[id], after[id]) for id in whole]
        others = self._clauses[Side.FIRST]
        for id, one in self._clauses[Side.SECOND].items():
            if id in others and one.section not in whole:
                pairs.append(OmittedByBoth(one.section, id, others[id].omission, one.omission))
        yield from (pair for pair in pairs if pair.differs)

    def of_section(self, section: str, side: Side) -> Omission | None:
        """Return why one of the two has nothing of a section, or None where it leaves none out."""
        return self._sections[side].get(section)


def _sections(policy: Policy) -> dict[str, Omission]:
    """Return the sections of which everything is left out, each with the first reason."""
    printed = {section.id for section in policy.sections if not section.omission}
    found: dict[str, Omission] = {}
    for one in policy.left_out:
        if one.section not in printed:
            found.setdefault(one.section, one.omission)
    return found
