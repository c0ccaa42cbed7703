"""Few rows that stand for many: a sample in which every feature of all the rows is still met."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from typing import TypeVar

Row = TypeVar("Row", bound=Hashable)


def covering(rows: Sequence[Row], features: Callable[[Row], Iterable[Hashable]]) -> tuple[Row, ...]:
    """A small part of the rows, in their order, that meets every feature of all of them.

    Greedy: the row with most features that no row before it has, the first of several. The same rows
    always give the same sample.
    """
    left = {row: set(features(row)) for row in rows}
    unmet = set().union(*left.values())
    chosen = set()
    while unmet:
        best = max(left, key=lambda row: len(left[row] & unmet))
        unmet -= left.pop(best)
        chosen.add(best)
    return tuple(row for row in rows if row in chosen)


def pairs(row: Sequence[Hashable]) -> Iterable[Hashable]:
    """Every two values of a row together, each with its column."""
    return combinations(enumerate(row), 2)
