"""One order of what several places have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

_T = TypeVar("_T")


def merged_order(lists: Iterable[Sequence[_T]]) -> list[_T]:
    """Return every item once, the first list's order first.

    What only a later list has stands before the item that it stands before there.
    """
    order: list[_T] = []
    for items in lists:
        at = len(order)
        for item in reversed(items):
            if item in order:
                at = order.index(item)
            else:
                order.insert(at, item)
    return order
