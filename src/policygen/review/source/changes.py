"""Changes of one text, by its lines and cells, made together so that none moves another."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from policygen.markdown.rewrite.source_lines import SourceLine, source_lines, with_cell

_ROW = re.compile(r"([ >]*)\|")
_DELIMITER = re.compile(r"[ >]*\|[|:\- ]*-[|:\- ]*")


@dataclass(slots=True)
class SourceChanges:
    """What is to be done to one text: lines to replace, and cells by row."""

    lines: list[tuple[int, int, list[str]]] = field(default_factory=list)
    cells: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))


def prefixed(words: str, prefix: str) -> list[str]:
    """Return lines of source: the first after a prefix, the others as far in."""
    first, *others = words.split("\n")
    indent = prefix if prefix.lstrip().startswith(">") else " " * len(prefix)
    return [prefix + first, *(indent + line for line in others)]


def end_of_table(text: str, line: SourceLine) -> int:
    """Return where what follows a line begins: after a row, behind its table."""
    lines = text.split("\n")
    end = line.end
    while line.cell >= 0 and end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def row_prefix(text: str, row: SourceLine) -> str | None:
    """Return what stands before the first stroke of a row; None where no stroke opens it.

    None, too, where a template stands between the row and the head of its table.
    """
    lines = text.split("\n")
    found = _ROW.match(lines[row.start])
    at = row.start
    while at > 0 and _ROW.match(lines[at - 1]):
        at -= 1
    is_below_head = any(map(_DELIMITER.fullmatch, lines[at : row.start + 2]))
    return found[1] if found and is_below_head else None


def changed_text(text: str, changes: SourceChanges) -> str:
    """Return a text after its changes, made from its end, so that none moves another."""
    lines = text.split("\n")
    columns: dict[int, int] = defaultdict(int)
    for line in source_lines(text):
        columns[line.start] += line.cell >= 0
    edits = [(start, end, new, number) for number, (start, end, new) in enumerate(changes.lines)]
    for row, cells in changes.cells.items():
        new = [] if len(cells) == columns[row] and not any(cells.values()) else [lines[row]]
        for column, words in sorted(cells.items(), reverse=True):
            new = [with_cell(new[0], column, words)] if new else new
        edits.append((row, row + 1, new, -1))
    # What is put before a line stands before what has taken that line's place.
    for start, end, new, _ in sorted(
        edits, key=lambda one: (one[0], one[1] > one[0], one[3]), reverse=True
    ):
        _put(lines, start, end, new)
    return "\n".join(lines)


def _put(lines: list[str], start: int, end: int, new: list[str]) -> None:
    """Put lines in the place of others, with one blank line where there would be two."""
    is_open_above = start == 0 or not lines[start - 1].strip()
    is_open_below = end == len(lines) or not lines[end].strip()
    if not new and is_open_above and is_open_below:
        if end < len(lines):
            end += 1
        elif start:
            start -= 1
    if new and not new[0] and is_open_above:
        new = new[1:]
    if new and not new[-1] and is_open_below:
        new = new[:-1]
    lines[start:end] = new
