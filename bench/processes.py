"""A program run as people run it: from its start to its end, with every process that it starts."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Any

from measure import Cost, Work

POLICYGEN = Path(sys.executable).parent / "policygen"
# Bytecode is kept, as it is for everybody who installs it: else each run compiles the program anew.
_ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
_ADOPT = 36  # prctl: whoever loses its parent becomes this process's child


def command(*words: str | Path, before: Callable[[], object] | None = None) -> Work:
    """Run it once; what `before` does is not counted."""

    def once() -> Cost:
        if before:
            before()
        return cost_of(*words)

    return once


def cost_of(*words: str | Path) -> Cost:
    """Of a run. Raises CalledProcessError with what it said, if it ends with another status than 0."""
    _adopt_orphans()
    with tempfile.TemporaryFile() as said:
        start = perf_counter()
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=_ENVIRONMENT
        )
        _, status, usage = os.wait4(process.pid, 0)
        clock = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise subprocess.CalledProcessError(process.returncode, words, said.read())
    usages = [usage, *_orphans()]
    cpu = sum(each.ru_utime + each.ru_stime for each in usages)
    return Cost(cpu, clock, _peak([each.ru_maxrss for each in usages]))


def _peak(kilobytes: list[int]) -> float | None:
    """MB of the largest process; None where that is no more than this one has had.

    Linux counts what a process shared with its parent before it became another program.
    """
    most = max(kilobytes)
    return most * 1024 / 1e6 if most > getrusage(RUSAGE_SELF).ru_maxrss else None


def _adopt_orphans() -> None:
    """Workers that outlive their program by a moment are counted too; only Linux lets us."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT, 1)


def _orphans() -> list[Any]:
    """What each process used that outlived its parent, as `os.wait4` tells it."""
    found = []
    while True:
        try:
            found.append(os.wait4(-1, 0)[2])
        except ChildProcessError:
            return found
