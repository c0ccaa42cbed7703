"""Many bodies in one run: every edition of each in every format, really written, on one processor and on two.

FLEETS names other sizes than these, and POLICIES how many are printed as the policy alone:
FLEETS=1,10,100,1000 takes half a day.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from made import make_bodies
from measure import Measure, Taken, summed_up
from processes import POLICYGEN, cost_of

SIZES = tuple(map(int, os.environ.get("FLEETS", "1,10").split(",")))
POLICIES = int(os.environ.get("POLICIES", "100"))  # bodies of which the policy alone is printed
JOBS = (1, 2)
MANY = 1_000  # bodies whose Markdown alone is written, and which are then looked over


def fleets() -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in SIZES:
            yield from _one_and_two_jobs(size, folder / f"all-{size}", "all formats")
        policy = "the policy in all formats"
        yield from _one_and_two_jobs(POLICIES, folder / "policies", policy, "-e", "policy")
        bodies = make_bodies(MANY, folder / "many")
        text = _built(bodies, folder / "text", 2, "-f", "md")
        yield Measure(f"{MANY:,} bodies, Markdown, two jobs", text, reach=_each(text, MANY))
        work = f"{MANY:,} bodies, Markdown, nothing changed"
        yield _nothing_changed(bodies, folder / "text", work, "-f", "md")


def _one_and_two_jobs(size: int, folder: Path, what: str, *words: str) -> Iterator[Measure]:
    bodies = make_bodies(size, folder / "profiles")
    one, two = (_built(bodies, folder / f"out-{jobs}", jobs, *words) for jobs in JOBS)
    many = "1 body" if size == 1 else f"{size:,} bodies"
    yield Measure(f"{many}, {what}, one job", one, reach=_each(one, size))
    if size > 1:
        gain = one.clock / two.clock
        yield Measure(f"{many}, {what}, two jobs", two, "clock: one to two jobs", "", gain, "1.9 x")
    yield _nothing_changed(bodies, folder / "out-2", f"{many}, {what}, nothing changed", *words)
    shutil.rmtree(folder)


def _built(bodies: list[Path], out: Path, jobs: int, *words: str) -> Taken:
    run = [POLICYGEN, "build", *bodies, "--out", out, "--jobs", str(jobs), *words]
    return summed_up([cost_of(*run)])


def _nothing_changed(bodies: list[Path], out: Path, work: str, *words: str) -> Measure:
    again = _built(bodies, out, 2, *words)
    return Measure(work, again, reach="10,000 in a minute" if len(bodies) >= MANY else "")


def _each(taken: Taken, size: int) -> str:
    peak = f", {taken.peak:.0f} MB" if taken.peak else ""
    return f"{taken.least / size:.2f} s of a processor each{peak}"
