"""Document: format-free blocks and inlines, ready to be written.

A writer turns one Document into bytes and knows nothing of policies, layers or profiles. Every node is an
immutable value. Inserted and deleted inlines and `Block.change` belong to the model, so that a redline is
a Document like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeAlias

from policygen.model.theme import PLAIN, Theme


class Revision(Enum):
    """How a block or a row differs from the policy that it is compared with."""

    INSERTED = "inserted"
    DELETED = "deleted"


class Mark(Enum):
    """The three judgements, each with a shape of its own: tick, pause, cross."""

    MAY = "may"
    THINK = "think"
    NEVER = "never"


class Shape(Enum):
    """How two policies compare, each with a square of its own: empty, black, barred, lined, striped, half black."""

    SAME = "same"
    REWORDED = "reworded"
    SET = "set"
    BESIDE = "beside"  # something beside the words: a place, a source, a reader
    NAMES = "names"
    FIRST = "first"  # the first policy, or only in it
    SECOND = "second"


# --- Inlines -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters. No-break spaces are characters too."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A printed fact: its dotted path in the profile or the layers, and the text that stands for it.

    `other` is what a policy that this one is compared with has for it, where that differs.
    The number of a clause that the words refer to is one too; its path is `#` and the clause's id.
    """

    path: str
    text: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that a draft still lacks, shown marked: `label` names it in plain words."""

    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry weight."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set apart, such as a title within a sentence."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Code:
    """Characters to be typed as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link. `href` is a web or mail address, or `#anchor` for a place in this document."""

    href: str
    children: Inlines


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words of another language (BCP 47), so that a screen reader says them right."""

    language: str
    children: Inlines


@dataclass(frozen=True, slots=True)
class Quiet:
    """Less weight than the text around it."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Tag:
    """A short status word. Solid is in force or checked; hollow (dashed) is not."""

    text: str
    solid: bool


@dataclass(frozen=True, slots=True)
class Break:
    """A new line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """Only in the second policy."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Deleted:
    """Only in the first policy."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Shaped:
    """Words with a square before them that says which of two policies they are of, or how the two compare."""

    shape: Shape
    children: Inlines


Inline: TypeAlias = (
    Text
    | Value
    | Gap
    | Strong
    | Emphasis
    | Code
    | Link
    | Foreign
    | Quiet
    | Tag
    | Break
    | Inserted
    | Deleted
    | Shaped
)
Inlines: TypeAlias = tuple[Inline, ...]


# --- Blocks ------------------------------------------------------------------------------------------


class Role(Enum):
    """What a paragraph is for; the theme decides how it looks."""

    BODY = "body"
    LEAD = "lead"  # the strongest rule of a section, or the line under a title
    SLIP = "slip"  # one quiet line: who a clause is for, and its sources
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
    """A heading of level 1 to 4. `number` is printed before it; `anchor` can be linked to.

    `was` is its number in a policy that this one is compared with, where that differs.
    """

    level: int
    inlines: Inlines
    anchor: str = ""
    number: str = ""
    mark: Mark | None = None
    listed: bool = True  # stands in the contents list
    change: Revision | None = None
    was: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """Usually one paragraph; `anchor` can be linked to. With `clause`, it is the id of the clause told here.

    `number` is what the text cites it by. In a list that is whole it is its place; in a comparison there are gaps.
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
    """A table: the first cell of each row is that row's heading. `head` is None where rows say it all.

    `shares` divide the width between the columns, as in (2, 1); left out, their words do.
    """

    head: Row | None
    rows: tuple[Row, ...]
    caption: Inlines = ()
    wide: bool = False  # may use the margin column too
    strip: bool = False  # one line of document control
    shares: tuple[int, ...] = ()


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
    """A passage set apart, with its label in the document's language ("Do not", "Worked example")."""

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

    `number`, `was`, `title` and `anchor` are its heading (level 2); `facts` are (label, text) pairs.
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
    """All that is printed of one clause. `id` never changes: `law.records`. `blocks` opens with its Heading.

    In a change report, `kinds` are the keys of how it differs.
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
    role: str = (
        ""  # "section", "front", "sources", "history", "origins" and so on: a hook for the theme
    )
    language: str = ""  # set where it differs from the document's


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each sort, drawn as one bar: `items` are (shape, number, label), `title` says all in a sentence."""

    title: str
    items: tuple[tuple[Shape, int, str], ...]

    @property
    def table(self) -> Table:
        """The same for a writer that does not draw."""
        return Table(
            None, tuple(Row(((Text(label),), (Text(str(many)),))) for _, many, label in self.items)
        )


@dataclass(frozen=True, slots=True)
class Contents:
    """Where the contents list stands; writers fill it from the headings that are `listed`."""

    title: str
    depth: int = 3  # the deepest heading level listed


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
)
Blocks: TypeAlias = tuple[Block, ...]


# --- Document ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brand:
    """What an organisation brings to the look. `colour` is `#rrggbb`; `logo` is the picture's bytes."""

    colour: str = ""
    logo: bytes = b""
    logo_type: str = ""  # image/svg+xml or image/png
    theme: Theme = PLAIN


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of a document: whose it is, what it is, whether it is in force.

    `depth` is the line of tiers as (name, reader, is this one). `control` is the table on a cover.
    """

    organisation: str
    local_names: tuple[tuple[str, str], ...]  # (language, name), printed above the name
    title: str
    lead: str
    edition: str
    status: Tag
    cover: bool = False
    depth: tuple[tuple[str, str, bool], ...] = ()
    control: Table | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """The lines at the head and foot of every page. `page` holds {page} and {pages}: "Page {page} of {pages}"."""

    organisation: str
    part: str
    control: str
    page: str


@dataclass(frozen=True, slots=True)
class Meta:
    """Document properties, for file managers, search and screen readers. Dates never come from the clock."""

    title: str
    author: str  # the organisation
    subject: str
    description: str
    language: str  # BCP 47
    keywords: tuple[str, ...] = ()
    dated: date | None = None
    reviser: str = ""  # in a comparison, whose name the tracked changes bear


DENSE = 8  # topics; four sides hold twenty-five only when they stand close


@dataclass(frozen=True, slots=True)
class Document:
    """One edition, ready to be written. `layout` is the theme's: `poster`, `brief`, `book` or `report`."""

    meta: Meta
    layout: str
    masthead: Masthead
    running: Running
    body: Blocks
    brand: Brand = field(default_factory=Brand)
    in_force: bool = True  # False draws every page as a draft or a consultation
    pages: int = 0  # on how many it should stand; 0 for as many as it takes

    @property
    def fit(self) -> str:
        """How close a brief's blocks must stand: `dense` with many topics, `sheet` with one section, or empty."""
        roles = [block.role if isinstance(block, Group) else "" for block in self.body]
        topics = sum(
            isinstance(block, Topic) and block.change is not Revision.DELETED for block in self.body
        )
        return "dense" if topics > DENSE else "sheet" if "alone" in roles else ""
