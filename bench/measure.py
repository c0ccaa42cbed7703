"""What a work costs, and a line of the report.

Two works that do the same are taken in turn, so that none has the quiet minute to itself.
The least of the runs tells what a work costs by itself, the median what one usually sees.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Cost:
    """Of one run: seconds of a processor, seconds on the clock, and the MB of its largest process."""

    cpu: float
    clock: float
    peak: float | None = None


Work = Callable[[], Cost]


@dataclass(frozen=True)
class Taken:
    """Of all runs of a work: the least and the median of the processor's, the median of the clock's."""

    least: float
    usual: float
    clock: float
    peak: float | None = None

    def __str__(self) -> str:
        return f"{seconds(self.least)} ({seconds(self.usual)}, {seconds(self.clock)})"


@dataclass(frozen=True)
class Measure:
    """What ours took, what another way took for the same, and what we want to reach."""

    work: str
    ours: Taken | str
    against: str = ""
    other: Taken | str = ""
    ratio: float | None = None
    reach: str = ""
    lacks: str = ""  # what the other way does not do

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        other = f"{self.against} {self.other}".strip()
        return f"{self.work:<46} {self.ours!s:<30} {other:<56} {ratio:>6}   {self.reach}".rstrip()

    def as_data(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}


def seconds(value: float) -> str:
    """In the unit in which a reader compares them."""
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1000:.0f} ms" if value >= 0.02 else f"{value * 1000:.1f} ms"


def warm(function: Callable[[], object]) -> Work:
    """A function of this process, whatever it keeps from run to run being kept.

    What a program that it starts takes is counted too.
    """

    def once() -> Cost:
        gc.collect()
        clock, cpu = perf_counter(), _processor_time()
        function()
        return Cost(_processor_time() - cpu, perf_counter() - clock)

    return once


def _processor_time() -> float:
    """Seconds of a processor that this process took, and those it started that have ended."""
    used = map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def in_turn(works: Sequence[Work], runs: int) -> list[Taken]:
    """Every work's cost, after one run that is not counted."""
    costs: list[list[Cost]] = [[] for _ in works]
    for run in range(runs + 1):
        for work, taken in zip(works, costs, strict=True):
            cost = work()
            if run:
                taken.append(cost)
    return [summed_up(taken) for taken in costs]


def summed_up(costs: Sequence[Cost]) -> Taken:
    cpu = [cost.cpu for cost in costs]
    peaks = [cost.peak for cost in costs if cost.peak is not None]
    clock = median(cost.clock for cost in costs)
    return Taken(min(cpu), median(cpu), clock, max(peaks, default=None))


def alone(work: str, ours: Work, reach: str = "", runs: int = 7) -> Measure:
    """A work that nothing is compared with."""
    (taken,) = in_turn([ours], runs)
    return Measure(work, taken, reach=reach)


def against(
    work: str, ours: Work, name: str, other: Work, reach: str = "", runs: int = 7, lacks: str = ""
) -> Measure:
    """The same work done in two ways, ours first."""
    taken, theirs = in_turn([ours, other], runs)
    return Measure(work, taken, name, theirs, taken.least / theirs.least, reach, lacks)
