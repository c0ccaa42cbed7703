"""What makes the Problems of a policy's year that take more than one release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from frozen import Frozen


def old_assessment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    small = Frozen(folder, monkeypatch)
    small.replace("brand:", "    equality_assessment: {date: 2026-11-02}\nbrand:")
    small.release("First")
    small.replace('version: "1.0"', 'version: "2.0"')
    small.replace("status:   approved", "status: draft")
    return small.run("check", "example").output


YEAR_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {"PG566": old_assessment}
