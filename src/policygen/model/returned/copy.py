"""What one returned copy says: its parts, its comments, and what cannot be carried."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from policygen.model.document.blocks import Blocks
from policygen.model.document.imprint import Imprint
from policygen.model.returned.blocks import blocks_of
from policygen.model.returned.line import Lines
from policygen.model.returned.settle import Tracked, accepted, rejected, tracked


class PartKind(Enum):
    """What a part of a copy is."""

    MASTHEAD = "masthead"  # whose it is and what it is, before anything else
    CONTROL = "control"  # the control table
    CONTENTS = "contents"  # the contents list, whose words nobody edits
    SECTION = "section"  # what a section says beside its clauses
    CLAUSE = "clause"
    UNKNOWN = "unknown"  # under a heading that is none of ours


class FoundBy(Enum):
    """By which step a part was known again, the surest first."""

    BOOKMARK = "bookmark"
    NEAR_BOOKMARK = "a bookmark beside it"
    TAG = "the tag of a content control"
    ALIAS = "the title of a content control"
    HEADING = "heading"
    LABEL = "label"
    NUMBER = "number"
    LIKENESS = "likeness"
    PLACE = "place"  # where it stands: the masthead, the control table, an unknown heading


@dataclass(frozen=True, slots=True)
class ReturnedPart:
    """One part as it came back. `id` is that of the clause or the section, "" for what has none.

    A clause that somebody moved may stand twice, where it was and where it is. `under` is the part
    that an unknown heading stands after.
    """

    id: str
    kind: PartKind
    found_by: FoundBy
    lines: Lines
    under: str = ""

    @property
    def before(self) -> Blocks:
        """Its blocks without the tracked changes."""
        return blocks_of(rejected(self.lines))

    @property
    def after(self) -> Blocks:
        """Its blocks with every tracked change accepted."""
        return blocks_of(accepted(self.lines))

    @property
    def changes(self) -> tuple[Tracked, ...]:
        """Its tracked changes, in order."""
        return tracked(self.lines)


@dataclass(frozen=True, slots=True)
class ReturnedComment:
    """A comment, with its replies; `part` is the index of the part at which it stands, or -1.

    `words` are those that it marks, as they stand with every change; "" where it marks a place.
    """

    id: str
    author: str
    date: str  # ISO 8601 as the file has it, or ""
    text: str
    part: int = -1
    words: str = ""
    is_done: bool = False
    replies: tuple[ReturnedComment, ...] = ()


class NotCarriedKind(Enum):
    """What Word can hold and a policy cannot, as a sentence names it."""

    COLOUR = "a colour of words"
    SIZE = "a size of words"
    FONT = "a font"
    HIGHLIGHT = "highlighted words"
    UNDERLINE = "underlined words"
    STRUCK = "words struck through by hand"
    RAISED = "raised or lowered words"
    HIDDEN = "hidden words"
    PICTURE = "a picture"
    SHAPE = "a shape"
    TEXT_BOX = "a text box"
    EQUATION = "an equation"
    SYMBOL = "a symbol of a font"
    NOTE = "a footnote or endnote"
    OBJECT = "an embedded object or file"
    MERGED = "a merged cell"
    CELL_CHANGE = "a tracked change of a cell"
    NESTED = "a table within a table"
    HEAD = "the head of the pages"
    FOOT = "the foot of the pages"
    MACRO = "a macro"


@dataclass(frozen=True, slots=True)
class NotCarried:
    """Something that is not carried: what, in which part (its index, or -1), and which words."""

    kind: NotCarriedKind
    part: int = -1
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedCopy:
    """All that one file says. `imprint` is None where the file no longer bears one."""

    imprint: Imprint | None
    parts: tuple[ReturnedPart, ...]
    comments: tuple[ReturnedComment, ...] = ()
    not_carried: tuple[NotCarried, ...] = ()

    def of_clause(self, id: str) -> tuple[ReturnedPart, ...]:
        """Return the parts of one clause: none if it is gone, two if it was moved."""
        return tuple(p for p in self.parts if p.kind is PartKind.CLAUSE and p.id == id)
