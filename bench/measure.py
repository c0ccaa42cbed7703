"""A line of the report, and how the time in it is taken."""

from __future__ import annotations

import gc
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True)
class Measure:
    """What we took, what another way took for the same, and what we want to reach."""

    work: str
    ours: str
    other: str = ""
    ratio: float | None = None
    reach: str = ""

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        line = f"{self.work:<48} {self.ours:>16}   {self.other:<38} {ratio:>5}   {self.reach}"
        return line.rstrip()


def milliseconds(*works: Work, runs: int = 7) -> list[float]:
    """The median of each work, after one run that is not counted.

    They are taken in turn, so that none has the quiet minute to itself.
    """
    taken: list[list[float]] = [[] for _ in works]
    for run in range(runs + 1):
        for work, times in zip(works, taken, strict=True):
            gc.collect()
            start = perf_counter()
            work()
            if run:
                times.append((perf_counter() - start) * 1000)
    return [median(times) for times in taken]


def alone(work: str, ours: Work, reach: str = "", runs: int = 7) -> Measure:
    """A work that nothing is compared with."""
    (took,) = milliseconds(ours, runs=runs)
    return Measure(work, f"{took:,.0f} ms" if took >= 20 else f"{took:.1f} ms", reach=reach)


def against(work: str, ours: Work, name: str, other: Work, reach: str, runs: int = 7) -> Measure:
    """The same work done in two ways, ours first."""
    took, else_ = milliseconds(ours, other, runs=runs)
    return Measure(work, f"{took:,.0f} ms", f"{name} {else_:,.0f} ms", took / else_, reach)


def command(*words: str | Path) -> Work:
    """A run of a program, from its start to its end."""
    return lambda: subprocess.run(words, check=True, capture_output=True)
