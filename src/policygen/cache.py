"""BoundedCache: results of a pure function by their whole key, the least recently used of them forgotten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """At most `size` results. A stage keeps its own, one for each function, and takes them as an argument.

    The key holds everything that the result depends on: a result may come from any earlier caller.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._results: OrderedDict[K, V] = OrderedDict()

    def __len__(self) -> int:
        return len(self._results)

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The result under a key, made now if it is not there. What `make` raises is not kept."""
        if key in self._results:
            self._results.move_to_end(key)
            return self._results[key]
        result = make()
        self._results[key] = result
        if len(self._results) > self.size:
            self._results.popitem(last=False)
        return result
