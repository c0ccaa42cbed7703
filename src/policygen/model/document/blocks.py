"""Blocks: paragraphs, headings, lists, tables and what holds them.

Every node is an immutable value.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias
from urllib.parse import quote

from policygen.model.document.inlines import Inlines, Shape, Text

# Groups of what a draft lacks, which no budget counts: the list, on pages of its own, and the
# paragraph that a poster has instead.
GAP_LIST, GAP_LINE = "gaps", "missing"
MATTER_INDEX = "index"  # the group that says where each matter stands, by its label
CURRENT_LINE = "current"  # the group that says where the newest version stands, which none counts

# Bytes that a code of 45 modules a side holds (ISO/IEC 18004, version 7), by level of correction.
_ROOM = {"M": 122, "L": 154}
_ASCII = "".join(map(chr, range(33, 127)))


class Revision(Enum):
    """How a block or a row differs from the policy that it is compared with."""

    INSERTED = "inserted"
    DELETED = "deleted"


class Mark(Enum):
    """The three judgements, each with a shape of its own: tick, pause, cross."""

    MAY = "may"
    THINK = "think"
    NEVER = "never"


class Role(Enum):
    """What a paragraph is for; the theme decides how it looks."""

    BODY = "body"
    LEAD = "lead"  # the strongest rule of a section, or the line under a title
    REMARK = "remark"  # one quiet line: who a clause is for, and its sources
    HINT = "hint"  # how to read what follows
    LABEL = "label"  # the small heading of a cell or an aside


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    inlines: Inlines
    role: Role = Role.BODY
    change: Revision | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 5. `number` is printed before it; `anchor` can be linked to.

    `was` is its number in a policy that this one is compared with, where that differs.
    """

    level: int
    inlines: Inlines
    anchor: str = ""
    number: str = ""
    mark: Mark | None = None
    listed: bool = True  # stands in the contents list
    short: Inlines = ()  # what a contents list calls it, where it has a shorter name
    change: Revision | None = None
    was: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """Usually one paragraph; `anchor` can be linked to.

    With `clause`, it is the id of the clause told here. `number` is what the text cites it by. In a
    list that is whole it is its place; in a comparison there are gaps.
    """

    blocks: Blocks
    anchor: str = ""
    change: Revision | None = None
    clause: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list with bullets, or numbered from `start`."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row, each some inlines. Every row of a table has as many cells as its head.

    `clause` is the id of the clause that is told here, if it is told nowhere else in the document.
    `mark` judges what the last cell says.
    """

    cells: tuple[Inlines, ...]
    change: Revision | None = None
    clause: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first cell of each row is that row's heading.

    `head` is None where rows say it all. `shares` divide the width between the columns, as in (2,
    1); left out, their words do.
    """

    head: Row | None
    rows: tuple[Row, ...]
    caption: Inlines = ()
    wide: bool = False  # may use the margin column too
    strip: bool = False  # one line of document control
    shares: tuple[int, ...] = ()
    boxes: bool = False  # whether the last cell of each row is a box to tick


class AsideKind(Enum):
    """Why a passage is set apart."""

    DO = "do"
    DONT = "dont"
    NOTE = "note"
    EXAMPLE = "example"
    WORDING = "wording"  # text to copy as it stands
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Aside:
    """A passage set apart, with its label in the document's language, such as "Do not"."""

    kind: AsideKind
    label: str
    blocks: Blocks
    change: Revision | None = None


@dataclass(frozen=True, slots=True)
class DoDont:
    """A do and a do not, side by side."""

    do: Aside
    dont: Aside


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines to be typed as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of Columns."""

    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Columns:
    """Short columns side by side, read one after another."""

    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of the snapshot: essentials on the left, who decides and by when on the right.

    `number`, `was`, `title` and `anchor` are its heading (level 2); `facts` are (label, text)
    pairs.
    """

    anchor: str
    number: str
    title: Inlines
    blocks: Blocks
    facts: tuple[tuple[str, Inlines], ...] = ()
    change: Revision | None = None
    was: str = ""


@dataclass(frozen=True, slots=True)
class ClauseBlock:
    """All that is printed of one clause. `id` never changes: `law.records`.

    `blocks` opens with its Heading. In a change report, `kinds` are the keys of how it differs.
    """

    id: str
    blocks: Blocks
    language: str = ""  # set where it differs from the document's
    change: Revision | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A section of the document under a level 2 heading, which is the first of its blocks.

    The only section of a document has no heading of its own: its clauses have those of level 2.
    """

    anchor: str
    blocks: Blocks
    # A hook for the theme: "section", "front", "sources", "history", "origins" and so on.
    role: str = ""
    language: str = ""  # set where it differs from the document's
    running: str = ""  # what the head of its pages says, in place of the document's part


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each sort, drawn as one bar.

    `items` are (shape, number, label); `title` says all in a sentence.
    """

    title: str
    items: tuple[tuple[Shape, int, str], ...]

    @property
    def table(self) -> Table:
        """The same for a writer that does not draw."""
        return Table(
            None, tuple(Row(((Text(label),), (Text(str(many)),))) for _, many, label in self.items)
        )


@dataclass(frozen=True, slots=True)
class ScanCode:
    """A web address as a code that a telephone reads; `words` say so to whoever does not see it.

    The address itself stands elsewhere in the document, so a format without pictures, or that is
    read on a screen already, does without the code.
    """

    address: str
    words: str
    change: Revision | None = None

    @property
    def correction(self) -> Literal["M", "L"]:
        """How much of it may be dirty or torn: 15 %, or 7 % where the address is long."""
        return "M" if _encoded_length(self.address) <= _ROOM["M"] else "L"

    @staticmethod
    def is_neat(address: str) -> bool:
        """Tell whether a code of 24 mm can be read from arm's length: squares of 0.45 mm."""
        return _encoded_length(address) <= _ROOM["L"]


def _encoded_length(address: str) -> int:
    """Return how many bytes an address takes, in which every other letter than ASCII takes more."""
    return len(quote(address, safe=_ASCII))


@dataclass(frozen=True, slots=True)
class Contents:
    """Where the contents list stands; writers fill it from the headings that are `listed`."""

    title: str
    depth: int = 3  # the deepest heading level listed
    update: str = ""  # how Word adds the page numbers, which no writer of Word knows


Block: TypeAlias = (
    Paragraph
    | Heading
    | List
    | Table
    | Aside
    | DoDont
    | CodeBlock
    | Columns
    | Topic
    | ClauseBlock
    | Group
    | Contents
    | Counts
    | ScanCode
)
Blocks: TypeAlias = tuple[Block, ...]
