"""`make quick` touches every room: each folder of the program has tests in it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from quick import quick
from source import PACKAGE, ROOT

# A room whose tests stand elsewhere, because what it gives is seen there.
ELSEWHERE = {
    "facts": "compose",
    "lint": "compose",
    "problems": "problems",
    "report": "report",
}


@pytest.mark.slow
def test_every_room_has_quick_tests(request: pytest.FixtureRequest) -> None:
    """What this run has found will do, where it has them all; else all tests are found anew."""
    here = [item.nodeid for item in quick(request.session.items)]
    if untouched(here):
        command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "--quick", "tests"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
        here = listed.splitlines()
    assert untouched(here) == []


def untouched(tests: list[str]) -> list[str]:
    """The rooms of which none of these tests is."""
    rooms = [path.name for path in (ROOT / PACKAGE).iterdir() if (path / "__init__.py").is_file()]
    assert rooms
    folders = {room: f"tests/{ELSEWHERE.get(room, room)}/" for room in rooms}
    return [room for room in rooms if not any(test.startswith(folders[room]) for test in tests)]


def test_a_room_without_tests_is_seen() -> None:
    others = [room for room in untouched([]) if room != "write"]
    tests = [f"tests/{ELSEWHERE.get(room, room)}/test_x.py::test_y" for room in others]
    assert untouched(tests) == ["write"]
