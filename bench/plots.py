"""The pictures of docs/performance.md: what is measured, and the line that one would wish for.

Told apart by marks and dashes as well as by colour, and the same bytes for the same results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot  # the way to draw is chosen first

mpl.rcParams.update({"svg.hashsalt": "policygen", "svg.fonttype": "none", "font.size": 11})
MARKS = ("o-", "s--", "^:", "D-.", "v-", "x--")
COUNT = re.compile(r"(.*?):? ([\d,]+) clauses$")
FLEET = re.compile(r"([\d,]+) bod(?:ies|y), all formats, (one|two) jobs?$")


def draw(results: dict[str, Any], folder: Path) -> None:
    """One picture for each thing that grows."""
    if "growth" in results:
        _save(_growth(results["growth"]["rows"]), folder / "performance-growth.svg")
    fleets = results["fleets"]["rows"] if "fleets" in results else []
    if sum(bool(FLEET.match(row["work"])) for row in fleets) > 4:  # else it has hardly a point
        _save(_fleets(fleets), folder / "performance-fleets.svg")
    if "cold" in results:
        _save(_cold(results["cold"]["rows"]), folder / "performance-cold.svg")


def _save(figure: Any, to: Path) -> None:
    figure.tight_layout()
    figure.savefig(to, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


def _growth(rows: list[dict[str, Any]]) -> Any:
    """Times of one library's clauses against times of its cost."""
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    lines: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        if found := COUNT.match(row["work"]):
            lines.setdefault(found[1], []).append((_number(found[2]), row["ratio"]))
    for (work, points), mark in zip(lines.items(), MARKS * 2, strict=False):
        first = points[0][0]
        axes.plot([n / first for n, _ in points], [ratio for _, ratio in points], mark, label=work)
    most = max(n / points[0][0] for points in lines.values() for n, _ in points)
    axes.plot(
        [1, most], [1, most], color="0.6", linewidth=6, alpha=0.4, label="as the clauses", zorder=0
    )
    axes.set(xlabel="times the clauses", ylabel="times the seconds of a processor")
    axes.legend(fontsize=9)
    return figure


def _fleets(rows: list[dict[str, Any]]) -> Any:
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    lines: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        if found := FLEET.match(row["work"]):
            lines.setdefault(f"{found[2]} at once", []).append(
                (_number(found[1]), row["ours"]["clock"])
            )
    for (work, points), mark in zip(lines.items(), MARKS, strict=False):
        axes.plot(*zip(*points, strict=True), mark, label=work)
    axes.set(xlabel="bodies, every edition in every format", ylabel="seconds on the clock")
    axes.set(xscale="log", yscale="log")
    axes.legend()
    return figure


def _cold(rows: list[dict[str, Any]]) -> Any:
    figure, axes = pyplot.subplots(figsize=(7, 4))
    bars = list(_bars(rows))
    names, least, reach = zip(*bars, strict=True)
    axes.barh(names, least, color="#1d5a96")
    for at, wished in enumerate(reach):
        if wished:
            axes.plot([wished, wished], [at - 0.4, at + 0.4], color="black", linewidth=2)
    axes.invert_yaxis()
    axes.set(xlabel="seconds of a processor (black: to reach)")
    return figure


def _bars(rows: list[dict[str, Any]]) -> Iterator[tuple[str, float, float]]:
    """Each command with what it takes and what we want to reach, in seconds."""
    for row in rows:
        number, _, unit = row.get("reach", "").partition(" ")
        if row.get("against") == "psp, same words":
            yield "psp, same words", row["other"]["least"], 0
        elif unit in {"s", "ms"}:
            work = row["work"].removeprefix("policygen ")
            yield work, row["ours"]["least"], float(number) / (1000 if unit == "ms" else 1)


def _number(text: str) -> int:
    return int(text.replace(",", ""))
