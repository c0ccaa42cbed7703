"""On which day the model last changed a clause, as far as its git repository knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from policygen.load.files import read_text
from policygen.load.git import lines_changed_on
from policygen.problems import PolicygenError

_HEADING = "## "  # begins a clause


class ChangeDays:
    """Asks git once about each clause, however many bodies are behind in it."""

    def __init__(self) -> None:
        self._days: dict[str, date | None] = {}

    def last(self, places: Iterable[str]) -> date | None:
        """Return the latest day of some places, each path:line of a clause; None where none is."""
        for place in places:
            if place not in self._days:
                self._days[place] = _changed_on(place)
        return max((day for place in places if (day := self._days[place])), default=None)


def _changed_on(place: str) -> date | None:
    name, _, line = place.rpartition(":")
    file = Path(name)
    if not line.isdecimal() or not file.is_file():
        return None
    try:
        lines = read_text(file).splitlines()
    except PolicygenError:
        return None
    first = int(line)
    ends = (at for at in range(first, len(lines)) if lines[at].startswith(_HEADING))
    return lines_changed_on(file, first, next(ends, len(lines)))
