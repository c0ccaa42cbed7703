"""Policy, Policy -> Differences: clauses are matched first, then each matched pair is compared part by part.

Pure: no disk, no clock. `differences(b, a)` is the mirror image of `differences(a, b)`.
"""

from __future__ import annotations

from policygen.diff.compare import Comparer
from policygen.diff.match import match_clauses
from policygen.model.difference import Differences
from policygen.model.policy import Policy

__all__ = ["differences"]


def differences(first: Policy, second: Policy) -> Differences:
    """Everything that tells the second policy from the first, and why: sections first, then clauses in order."""
    pairs = match_clauses(first, second)
    compare = Comparer(first, second, pairs)
    clauses = (difference for pair in pairs for difference in compare.clauses(pair))
    return Differences(first, second, pairs, (*compare.sections(), *clauses))
