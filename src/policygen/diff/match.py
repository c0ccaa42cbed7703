"""Which clause of one policy is which of the other: by id, then by likeness among what is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import Indel

from policygen.model.difference import ClausePair, Likeness
from policygen.model.policy import Clause, Policy

LIKELY_SHARE = (
    0.7  # the share of their words that two clauses have in common when one is taken for the other
)
_WORD = re.compile(r"⟦[^⟧]*⟧|[^\W_]+")


def match_clauses(first: Policy, second: Policy) -> tuple[ClausePair, ...]:
    """Every clause of both policies, in pairs where it can be; in the second's order, as Differences has them."""
    before = {clause.id: clause for clause in first.clauses()}
    after = {clause.id: clause for clause in second.clauses()}
    gone = [clause for id, clause in before.items() if id not in after]
    new = [clause for id, clause in after.items() if id not in before]
    likely = {b.id: (a, share) for a, b, share in _likely(gone, new)}
    pairs = [
        ClausePair(*likely[id][:1], clause, likely[id][1])
        if id in likely
        else ClausePair(before.get(id), clause)
        for id, clause in after.items()
    ]
    return _woven(pairs, before.values())


def near_copy(clause: Clause, policy: Policy) -> Likeness | None:
    """The clause that an organisation's own clause repeats in other words, or in the same."""
    if not clause.origins or clause.origins[0].layer != "organisation":
        return None
    others = [one for one in policy.clauses() if one.id != clause.id]
    best = next(_scored([clause], others), None)
    return Likeness(best[1].id, best[2]) if best else None


def _likely(
    gone: Iterable[Clause], new: Iterable[Clause]
) -> Iterator[tuple[Clause, Clause, float]]:
    """Pairs of clauses that share most of their words, the likeliest first, each clause once."""
    taken: set[int] = set()
    for a, b, share in _scored(list(gone), list(new)):
        if not taken & {id(a), id(b)}:
            taken |= {id(a), id(b)}
            yield a, b, share


def _scored(ones: list[Clause], others: list[Clause]) -> Iterator[tuple[Clause, Clause, float]]:
    if not ones or not others:
        return
    theirs = [(b, _words(b)) for b in others]
    scores = (
        (a, b, Indel.normalized_similarity(words, other, score_cutoff=LIKELY_SHARE))
        for a, words in [(a, _words(a)) for a in ones]
        for b, other in theirs
        if _could(len(words), len(other))
    )
    found = [(a, b, share) for a, b, share in scores if share >= LIKELY_SHARE]
    # Ties are broken by name, so that the mirror image finds the same pairs.
    yield from sorted(found, key=lambda one: (-one[2], *sorted((one[0].id, one[1].id))))


def _could(one: int, other: int) -> bool:
    """Whether texts of so many words can share enough of them."""
    return 2 * min(one, other) >= LIKELY_SHARE * (one + other)


def _words(clause: Clause) -> tuple[str, ...]:
    """The words of the title and of the longest telling, each fact one word."""
    told = clause.tellings[-1].wording.skeleton if clause.tellings else ""
    return _split(f"{clause.title.skeleton} {told}")


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def _woven(pairs: list[ClausePair], before: Iterable[Clause]) -> tuple[ClausePair, ...]:
    """Put what only the first policy has behind the clause that it follows there."""
    paired = {pair.first.id for pair in pairs if pair.first}
    behind: dict[str, list[ClausePair]] = {}
    last = ""
    for clause in before:
        if clause.id in paired:
            last = clause.id
        else:
            behind.setdefault(last, []).append(ClausePair(clause, None))
    woven = behind.pop("", [])
    for pair in pairs:
        woven += [pair, *(behind.pop(pair.first.id, ()) if pair.first else ())]
    return tuple(woven)
