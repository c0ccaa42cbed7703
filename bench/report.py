"""bench/results.json -> the tables of docs/performance.md, and its pictures where matplotlib is at hand.

    python bench/report.py [--check]

A table stands between `<!-- cold -->` and `<!-- end of cold -->`. With --check nothing is written,
and the status is 1 where the page and the results have parted.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measure import seconds

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/performance.md"
RESULTS = Path(__file__).with_name("results.json")
MANY = 10_000
FLEET = re.compile(r"([\d,]+) bodies, all formats, two jobs$")
HEAD = "| Work | Ours | Beside it | Ratio | To reach |\n|---|---|---|---|---|\n"


def main(check: bool) -> None:
    results = json.loads(RESULTS.read_text("utf-8"))
    old = PAGE.read_text("utf-8")
    new = filled_in(old, results)
    if check:
        sys.exit(0 if new == old else f"{PAGE.name} is stale: run python bench/report.py")
    PAGE.write_text(new, "utf-8")
    try:
        from plots import draw
    except ImportError:
        print("No pictures drawn: pip install policygen[bench]")
    else:
        draw(results, PAGE.parent / "pictures")


def filled_in(page: str, results: dict[str, Any]) -> str:
    """The page, with every table as it was measured last."""
    for name, table in results.items():
        between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.S)
        page = between.sub(lambda found, table=table: found[1] + _table(table) + found[2], page)
    if "fleets" in results:
        cost = "".join(_ten_thousand(results["fleets"]["rows"]))
        between = re.compile(r"(<!-- ten thousand -->\n).*?(<!-- end of ten thousand -->)", re.S)
        page = between.sub(lambda found: found[1] + cost + found[2], page)
    return page


def _ten_thousand(rows: list[dict[str, Any]]) -> Iterator[str]:
    """From the largest fleet that was measured, on as many processors as it had."""
    found = [(FLEET.match(row["work"]), row["ours"]) for row in rows]
    sizes = {int(row[1].replace(",", "")): ours for row, ours in found if row}
    size, ours = max(sizes.items())
    hours = ours["clock"] / size * MANY / 3_600
    yield "| 10,000 bodies, all formats | Hours on the clock |\n|---|---|\n"
    yield f"| one machine of two processors | {hours:.1f} |\n"
    yield f"| ten of them | {hours / 10:.1f} |\n"
    yield f"\nReckoned from {size:,} bodies, {ours['least'] / size:.2f} s of a processor each.\n"


def _table(table: dict[str, Any]) -> str:
    rows = "".join(map(_row, table["rows"]))
    lacks = {row["against"]: row["lacks"] for row in table["rows"] if "lacks" in row}
    told = "".join(f"- {name}: {what}.\n" for name, what in lacks.items())
    less = f"\nWhat the others do not do:\n\n{told}" if told else ""
    return f"{HEAD}{rows}\nMeasured on {table['measured']}: {table['with']}.\n{less}"


def _row(row: dict[str, Any]) -> str:
    ratio = f"{row['ratio']:.2f}" if "ratio" in row else ""
    beside = f"{row.get('against', '')} {_taken(row.get('other', ''))}".strip()
    return (
        f"| {row['work']} | {_taken(row['ours'])} | {beside} | {ratio} | {row.get('reach', '')} |\n"
    )


def _taken(taken: Any) -> str:
    if isinstance(taken, str):
        return taken
    peak = f", {taken['peak']:.0f} MB" if taken.get("peak") else ""
    return f"{seconds(taken['least'])} ({seconds(taken['usual'])}; {seconds(taken['clock'])}{peak})"


if __name__ == "__main__":
    main("--check" in sys.argv[1:])
