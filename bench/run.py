"""Measure policygen against other ways to do the same work: one run, one machine, medians.

    python bench/run.py [WORD...]

Milliseconds differ from machine to machine; the ratios are what to compare.
With WORDs, only the rows whose function's name holds one of them are taken.
"""

from __future__ import annotations

import gc
import os
import platform
import sys
from pathlib import Path

from commands import build, start
from consultations import consult, review
from differences import diff, paragraphs_alike
from formats import docx, html_and_markdown, memory, pdf, whole
from measure import Measure
from page import page, page_memory
from words import compare, compose, many

from policygen.cli import PATIENT

ROWS = (
    *(start, compose, many, compare),
    *(html_and_markdown, docx, pdf, whole, memory),
    *(build, diff, paragraphs_alike, review, consult),
    *(page, page_memory),
)


def main(wanted: list[str]) -> None:
    gc.set_threshold(*PATIENT)  # as every command does
    machine = f"{platform.system()} {platform.machine()}, {cores()} cores"
    print(f"Python {platform.python_version()}, {machine}. Medians.\n")
    print(Measure("work", "ours", "against", reach="to reach"))
    for rows in ROWS:
        if not wanted or any(word in rows.__name__ for word in wanted):
            for row in rows():
                print(row, flush=True)


def cores() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[1])
    main(sys.argv[1:])
