"""What each hand did: the lines of a copy as one author alone would leave them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policygen.model.returned.line import Changes, Lines, ReturnedLine, TrackedChange, TrackedKind
from policygen.model.returned.settle import rejected, tracked
from policygen.model.review.review import Hand

_OPPOSITES = {
    TrackedKind.INSERTED: TrackedKind.DELETED,
    TrackedKind.DELETED: TrackedKind.INSERTED,
    TrackedKind.MOVED_FROM: TrackedKind.MOVED_TO,
    TrackedKind.MOVED_TO: TrackedKind.MOVED_FROM,
}


def hands_of(lines: Lines) -> Iterator[Hand]:
    """Yield each author of tracked changes once, by the first change, with the date of the last."""
    dates: dict[str, str] = {}
    for one in tracked(lines):
        author = one.change.author
        dates[author] = max(dates.get(author, ""), one.change.date)
    for author, date in dates.items():
        yield Hand(author, date)


def lines_by(lines: Lines, author: str) -> Lines:
    """Return lines with the tracked changes of one author accepted, and those of others rejected.

    Rejecting the opposite of a change accepts it.
    """
    return rejected(tuple(_turned(line, author) for line in lines))


def _turned(line: ReturnedLine, author: str) -> ReturnedLine:
    """Return a line in which each change of an author is its opposite."""
    stretches = tuple(
        replace(stretch, changes=_opposites(stretch.changes, author)) for stretch in line.stretches
    )
    cell = line.cell and replace(line.cell, changes=_opposites(line.cell.changes, author))
    box = line.box and replace(line.box, changes=_opposites(line.box.changes, author))
    changes = _opposites(line.changes, author)
    return replace(line, stretches=stretches, cell=cell, box=box, changes=changes)


def _opposites(changes: Iterable[TrackedChange], author: str) -> Changes:
    return tuple(
        replace(change, kind=_OPPOSITES[change.kind]) if change.author == author else change
        for change in changes
    )
