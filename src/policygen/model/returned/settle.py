"""The words of a returned copy before its tracked changes, and after; and each change by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from policygen.model.returned.line import (
    COMING,
    GOING,
    Changes,
    Lines,
    ReturnedLine,
    TrackedChange,
    TrackedKind,
)


def rejected(lines: Lines) -> Lines:
    """Return lines as they were before the tracked changes."""
    return tuple(_settled(lines, COMING)) if _is_tracked(lines) else lines


def accepted(lines: Lines) -> Lines:
    """Return lines as they are once every tracked change is accepted."""
    return tuple(_settled(lines, GOING)) if _is_tracked(lines) else lines


def _is_tracked(lines: Lines) -> bool:
    """Tell whether there is any change in some lines; most have none."""
    return any(
        line.changes or line.row_changes or any(stretch.changes for stretch in line.stretches)
        for line in lines
    )


def _settled(lines: Lines, leaving: frozenset[TrackedKind]) -> Iterator[ReturnedLine]:
    """Yield lines without what leaves. One whose end leaves is joined to the next of its place.

    The next keeps its look, as in Word.
    """
    waiting: ReturnedLine | None = None
    for line in lines:
        if _leaves(line.row_changes, leaving):
            continue
        kept = _kept(line, leaving)
        if waiting is not None and _place(waiting) == _place(line):
            kept = _joined(waiting, kept)
        elif waiting is not None and waiting.stretches:
            yield waiting
        waiting = None
        if _leaves(line.changes, leaving):
            waiting = kept
        else:
            yield kept
    if waiting is not None and waiting.stretches:
        yield waiting


def _kept(line: ReturnedLine, leaving: frozenset[TrackedKind]) -> ReturnedLine:
    stretches = tuple(
        replace(stretch, changes=()) if stretch.changes else stretch
        for stretch in line.stretches
        if not _leaves(stretch.changes, leaving)
    )
    cell = replace(line.cell, changes=()) if line.cell else None
    box = replace(line.box, changes=()) if line.box else None
    return replace(line, stretches=stretches, cell=cell, box=box, changes=())


def _joined(first: ReturnedLine, second: ReturnedLine) -> ReturnedLine:
    """Join two paragraphs; what nothing is left of gives the other nothing."""
    if not first.stretches:
        return second
    if not second.stretches:
        return first
    number = first.number or second.number
    return replace(second, stretches=(*first.stretches, *second.stretches), number=number)


def _place(line: ReturnedLine) -> tuple[object, object]:
    cell, box = line.cell, line.box
    return (
        (cell.table, cell.row, cell.column) if cell else None,
        (box.table, box.row, box.column) if box else None,
    )


def _leaves(changes: Changes, leaving: frozenset[TrackedKind]) -> bool:
    return any(change.kind in leaving for change in changes)


# --- Each change by itself ------------------------------------------------------------------------


class TrackedPart(Enum):
    """What a change concerns: characters, or a row of a table as a whole."""

    WORDS = "words"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Tracked:
    r"""One change as a reader of Word sees it, in the line where it begins (from 0).

    An end of a paragraph that comes or goes is a `\n` in its text; the cells of a row are parted
    by tabs. `before` are the characters of the line that stand before it.
    """

    change: TrackedChange
    text: str
    line: int
    before: str = ""
    part: TrackedPart = TrackedPart.WORDS


def tracked(lines: Lines) -> tuple[Tracked, ...]:
    """Return every tracked change of some lines, in order. Neighbours of one hand are one."""
    found = [*_rows(lines)]
    running: dict[TrackedChange, Tracked] = {}
    for at, line in enumerate(lines):
        before = ""
        for text, changes in _marked(line):
            found += [done for change, done in running.items() if change not in changes]
            running = {
                change: _extended(running.get(change), Tracked(change, text, at, before))
                for change in changes
            }
            before += text
    found += running.values()
    return tuple(sorted(found, key=lambda one: (one.line, len(one.before))))


def _marked(line: ReturnedLine) -> Iterator[tuple[str, Changes]]:
    """Yield the characters of a line and its end, with the changes of each."""
    for stretch in line.stretches:
        if stretch.text:
            yield stretch.text, stretch.changes
    yield "\n", line.changes


def _extended(before: Tracked | None, new: Tracked) -> Tracked:
    return new if before is None else replace(before, text=before.text + new.text)


def _rows(lines: Lines) -> Iterator[Tracked]:
    """Yield the rows of tables that come or go."""
    cells: dict[tuple[int, int, TrackedChange], list[tuple[int, str]]] = {}
    for at, line in enumerate(lines):
        for place in line.places:
            for change in place.changes:
                row = cells.setdefault((place.table, place.row, change), [])
                row.append((at, line.text))
    for (_, _, change), told in cells.items():
        words = "\t".join(text for _, text in told)
        yield Tracked(change, words, told[0][0], part=TrackedPart.ROW)


def joined_text(lines: Iterable[ReturnedLine]) -> str:
    """Return the words of some lines, a line each; those without a word are left out."""
    return "\n".join(line.text for line in lines if line.text.strip())
