"""`make quick` touches every room: each folder of the program has tests in it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from source import PACKAGE, ROOT

# A room whose tests stand elsewhere, because what it gives is seen there.
ELSEWHERE = {
    "facts": "compose",
    "lint": "compose",
    "problems": "problems",
    "report": "report",
}


@pytest.mark.slow
def test_every_room_has_quick_tests() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "--quick", "tests"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    rooms = [path.name for path in (ROOT / PACKAGE).iterdir() if (path / "__init__.py").is_file()]
    assert rooms
    without = [
        room for room in rooms if f"\ntests/{ELSEWHERE.get(room, room)}/" not in f"\n{listed}"
    ]
    assert without == []
