"""What makes the Problems of a policy's year that take more than one release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from frozen import Frozen
from small import LAW, Small


def old_assessment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    small = Frozen(folder, monkeypatch)
    small.replace("brand:", "    equality_assessment: {date: 2026-11-02}\nbrand:")
    small.release("First")
    small.replace('version: "1.0"', 'version: "2.0"')
    small.replace("status:   approved", "status: draft")
    return small.run("check", "example").output


def no_dates(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    small = Small(folder, monkeypatch)
    small.write({"base/law.md": LAW})
    return small.run("dates", "example", "--format", "ics").output


YEAR_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG566": old_assessment,
    "PG568": no_dates,
}
