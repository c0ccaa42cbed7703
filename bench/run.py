"""Measure policygen against other ways to do the same work, on one machine in one run.

    python bench/run.py [--keep] [TABLE...]

Of each work stand the least and the median of a processor's time, and the median of the clock's.
They differ from machine to machine; the ratios, of the least, are what to compare.
With TABLEs only these are measured. With --keep they go into bench/results.json too, from which
`python bench/report.py` makes docs/performance.md.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

from commands import builds, cold
from consultations import consult, review
from differences import diff, paragraphs_alike
from fleets import fleets
from formats import docx, html_and_markdown, memory, pdf, whole
from growth import growth
from measure import Measure
from page import page, page_memory
from peers import converters
from words import compare, compose, many

from policygen.cli import PATIENT

Rows = Callable[[], Iterator[Measure]]
TABLES: dict[str, tuple[Rows, ...]] = {
    "cold": (cold,),
    "builds": (builds,),
    "peers": (converters,),
    "words": (compose, many, compare),
    "formats": (html_and_markdown, docx, pdf, whole, memory),
    "changes": (diff, paragraphs_alike, review, consult),
    "page": (page, page_memory),
    "growth": (growth,),
    "fleets": (fleets,),
}
RESULTS = Path(__file__).with_name("results.json")
LIBRARIES = ("weasyprint", "python-docx", "jinja2", "lxml", "pydantic")


def main(wanted: list[str], keep: bool) -> None:
    gc.set_threshold(*PATIENT)  # as every command does
    print(f"{machine()}\nLeast of a processor's time (its median, the clock's median).\n")
    for name in wanted or TABLES:
        rows = []
        print(f"{name}:")
        for measured in TABLES[name]:
            for row in measured():
                rows.append(row)
                print(f"  {row}", flush=True)
        if keep:
            save(name, rows)


def machine() -> str:
    """What it was measured on, and with."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()} {platform.machine()}, {cores} processors"
    return f"Python {platform.python_version()}, {libraries}; {system}"


def save(name: str, rows: list[Measure]) -> None:
    """Beside what was measured of the other tables."""
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    results[name] = {
        "measured": date.today().isoformat(),
        "with": machine(),
        "rows": [row.as_data() for row in rows],
    }
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[1])
    words = sys.argv[1:]
    if unknown := set(words) - {*TABLES, "--keep"}:
        sys.exit(f"No table {', '.join(unknown)}: there are {', '.join(TABLES)}.")
    main([word for word in words if word != "--keep"], "--keep" in words)
