"""Which tests `make quick` runs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

OF_A_FILE = 5


def quick(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The tests of `make quick`: none that is slow, and of each file five, evenly spread."""
    by_file: dict[str, list[pytest.Item]] = {}
    for item in items:
        if not item.get_closest_marker("slow"):
            by_file.setdefault(item.nodeid.partition("::")[0], []).append(item)
    return [item for found in by_file.values() for item in _spread(found)]


def _spread(found: list[pytest.Item]) -> list[pytest.Item]:
    """At most five, the first among them."""
    return found[:: -(-len(found) // OF_A_FILE)]
