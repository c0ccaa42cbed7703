"""Policy, Policy -> Differences.

Clauses are matched first, then each matched pair is compared part by part. It is pure: it touches
no disk and no clock. `differences(b, a)` is the mirror image of `differences(a, b)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policygen.diff.match import WordsCache
    from policygen.model.comparison.difference import Difference, Differences
    from policygen.model.policy import Policy

__all__ = ["differences"]


def differences(first: Policy, second: Policy, words: WordsCache | None = None) -> Differences:
    """Return everything that tells the second policy from the first, and why.

    Differences of sections come first, then those of clauses, in order, and last why both leave
    something out. `words` may be shared by all the comparisons of a run.
    """
    # Imported here: whoever wants a part of this room, as `review` does, imports this file too.
    from policygen.diff.compare import Comparer
    from policygen.diff.match import WordsCache, match_clauses
    from policygen.model.comparison.difference import Differences

    words = words or WordsCache()
    pairs = match_clauses(first, second, words)
    comparer = Comparer(first, second, pairs, words)
    found: list[Difference] = [*comparer.sections()]
    for pair in pairs:
        found += comparer.clauses(pair)
    found += comparer.omissions()
    return Differences(first, second, pairs, tuple(found))
