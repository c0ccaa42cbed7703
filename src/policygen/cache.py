"""Caches of the results of a pure function by key: within bounds for a run, or for runs to come."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from operator import is_
from typing import Generic, Protocol, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """At most `size` results. A stage defines its own, one for each function, and is handed them.

    The key holds everything that the result depends on: a result may come from any earlier caller.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._results: OrderedDict[K, V] = OrderedDict()

    def __len__(self) -> int:
        return len(self._results)

    def __contains__(self, key: object) -> bool:
        return key in self._results

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The result under a key, made now if it is not there. What `make` raises is not kept."""
        try:
            result = self._results[key]
        except KeyError:
            return self._make(key, make)
        self._results.move_to_end(key)
        return result

    def _make(self, key: K, make: Callable[[], V]) -> V:
        result = make()
        self._results[key] = result
        if len(self._results) > self.size:
            self._results.popitem(last=False)
        return result


class LastingCache(Protocol):
    """Results that outlive the run, as plain data.

    The key holds everything that a result depends on but the program and its libraries.
    """

    def get(self, key: str, make: Callable[[], V]) -> V:
        """Return the result under a key, made now if it is not there."""


class IdentityKey:
    """A key by identity, of objects that never change and are too large to be compared."""

    __slots__ = ("_hash", "objects")

    def __init__(self, *objects: object) -> None:
        self.objects = objects  # kept alive, so that no other object takes the identity of one
        self._hash = hash(tuple(map(id, objects)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, IdentityKey) or len(self.objects) != len(other.objects):
            return False
        return all(map(is_, self.objects, other.objects))
