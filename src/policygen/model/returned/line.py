"""One paragraph of a returned copy, with every change that was tracked in it.

What was changed stays with the characters that it concerns, as Word has it, so that the words
before and after can both be had (`settle.py`), and who changed them when.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from policygen.model.document.blocks import AsideKind


class TrackedKind(Enum):
    """What a tracked change does. A move is two: from where, and to where."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_FROM = "moved from"
    MOVED_TO = "moved to"


COMING = frozenset({TrackedKind.INSERTED, TrackedKind.MOVED_TO})
GOING = frozenset({TrackedKind.DELETED, TrackedKind.MOVED_FROM})


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """One mark of Word's: what, by whom, and when (ISO 8601 as the file has it, or "").

    `move` is the name that the two halves of a move share.
    """

    kind: TrackedKind
    author: str
    date: str
    move: str = ""


Changes = tuple[TrackedChange, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one look and with the same changes, the outermost first.

    `style` is our character style: `PrintedFact`, `Code`, `Quiet`, `Number`, `Gap`, `TagSolid` or
    `TagHollow`, else "". `href` is a web or mail address, or `#` and the anchor of a place in the
    document. A `reference` is a field that shows the number of that clause or section: the text is
    what it showed, which counts for nothing.
    """

    text: str
    style: str = ""
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    reference: str = ""
    changes: Changes = ()

    def looks_like(self, other: Stretch) -> bool:
        """Tell whether two stretches differ in nothing but their characters."""
        return (
            not (self.reference or other.reference)
            and self.style == other.style
            and (self.strong, self.emphasis) == (other.strong, other.emphasis)
            and self.href == other.href
            and self.changes == other.changes
        )


Stretches = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where an item of a list stands: its level from 0, and the list by the id that Word has.

    `start` is the number of the list's first item at that level. One that is no `opening` goes on
    an item that a paragraph before it opened.
    """

    level: int
    ordered: bool
    number: str = ""
    start: int = 1
    opening: bool = True


@dataclass(frozen=True, slots=True)
class CellPlace:
    """The cell of a table of data: the table's number in the document, row and column from 0.

    `changes` are those of the row as a whole.
    """

    table: int
    row: int
    column: int
    head: bool = False
    changes: Changes = ()


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """A cell that only places what it holds; as a box around a passage set apart it has its kind.

    `table` is its number in the document.
    """

    table: int
    row: int
    column: int
    aside: AsideKind | None = None
    changes: Changes = ()


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """One paragraph. `style` is ours (`BodyText`, `Heading2`), or "" for another's.

    `level` is that of a heading, from 1 as Word counts, or 0. `number` is what Word or the policy
    counted before a heading, which is not of its words. `changes` are those of the paragraph's end.
    """

    stretches: Stretches
    style: str = ""
    level: int = 0
    number: str = ""
    item: ListPlace | None = None
    cell: CellPlace | None = None
    box: LayoutCell | None = None
    changes: Changes = ()

    @property
    def text(self) -> str:
        """All its characters, changed or not."""
        return "".join(stretch.text for stretch in self.stretches)

    @property
    def places(self) -> tuple[CellPlace | LayoutCell, ...]:
        """The cells in which it stands."""
        return tuple(place for place in (self.cell, self.box) if place)

    @property
    def row_changes(self) -> Changes:
        """Those of the rows in which it stands."""
        return tuple(change for place in self.places for change in place.changes)


Lines = tuple[ReturnedLine, ...]
