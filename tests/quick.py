"""Which tests `make quick` runs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

MANY_ROWS, EVERY = 4, 6


def quick(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The tests of `make quick`: none that is slow, and of a test with many rows every sixth row."""
    moments = [item for item in items if not item.get_closest_marker("slow")]
    by_test: dict[str, list[pytest.Item]] = {}
    for item in moments:
        by_test.setdefault(item.nodeid.partition("[")[0], []).append(item)
    chosen = {
        item
        for rows in by_test.values()
        for item in (rows[::EVERY] if len(rows) > MANY_ROWS else rows)
    }
    return [item for item in moments if item in chosen]
