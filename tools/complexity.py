"""Measure how dense the program is: the mean cyclomatic complexity of its functions and classes, by room.

Fails where the mean of all is above the limit. A function reads in one go when it branches little; the
mean rises when many grow dense together, which no limit for a single one would see.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from statistics import fmean

from radon.complexity import cc_visit

ROOT = Path(__file__).parents[1] / "src/policygen"
LIMIT = 3.8


def main() -> int:
    """Print the figure, and the rooms where it is too high; returns the exit status."""
    rooms = complexities()
    every = [number for numbers in rooms.values() for number in numbers]
    mean = fmean(every)
    if mean <= LIMIT:
        print(f"Mean complexity {mean:.2f}, of {LIMIT} at most.")
        return 0
    for room, numbers in sorted(rooms.items(), key=lambda item: -fmean(item[1])):
        print(f"{room:<22} {fmean(numbers):5.2f}")
    print(f"Mean complexity {mean:.2f}: it must come below {LIMIT}.")
    return 1


def complexities() -> dict[str, list[int]]:
    """The numbers of each folder's functions, methods and classes."""
    rooms = defaultdict(list)
    for file in sorted(ROOT.rglob("*.py")):
        for block in cc_visit(file.read_text("utf-8")):
            rooms[file.parent.relative_to(ROOT).as_posix()].append(block.complexity)
    return rooms


if __name__ == "__main__":
    sys.exit(main())
