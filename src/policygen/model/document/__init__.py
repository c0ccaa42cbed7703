"""Document: format-free blocks and inlines, ready to be written.

A writer turns one Document into bytes and knows nothing of policies, layers or profiles. Every node
is an immutable value. Inserted and deleted inlines and `Block.change` belong to the model, so that
a redline is a Document like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from policygen.model.document.blocks import (
    CURRENT_LINE,
    GAP_LINE,
    GAP_LIST,
    MATTER_INDEX,
    Aside,
    AsideKind,
    Block,
    Blocks,
    ClauseBlock,
    CodeBlock,
    Column,
    Columns,
    Contents,
    Counts,
    DoDont,
    Group,
    Heading,
    List,
    ListItem,
    Mark,
    Paragraph,
    Revision,
    Role,
    Row,
    ScanCode,
    Table,
    Topic,
)
from policygen.model.document.imprint import Imprint
from policygen.model.document.inlines import (
    Break,
    Code,
    Deleted,
    Emphasis,
    Foreign,
    Gap,
    Inline,
    Inlines,
    Inserted,
    Link,
    Quiet,
    Shape,
    Shaped,
    Strong,
    Tag,
    Text,
    Value,
)
from policygen.model.document.navigation import (
    NO_NAVIGATION,
    EditionLink,
    LanguageLink,
    Navigation,
)
from policygen.model.theme import PLAIN, Theme

__all__ = [
    "CURRENT_LINE",
    "DENSE",
    "GAP_LINE",
    "GAP_LIST",
    "MATTER_INDEX",
    "NO_NAVIGATION",
    "ONE_SIDE",
    "Aside",
    "AsideKind",
    "Block",
    "Blocks",
    "Brand",
    "Break",
    "ChangeNames",
    "ClauseBlock",
    "Code",
    "CodeBlock",
    "Column",
    "Columns",
    "Contents",
    "Counts",
    "Deleted",
    "DoDont",
    "Document",
    "EditionLink",
    "Emphasis",
    "Foreign",
    "Gap",
    "Group",
    "Heading",
    "Imprint",
    "Inline",
    "Inlines",
    "Inserted",
    "LanguageLink",
    "Link",
    "List",
    "ListItem",
    "Mark",
    "Masthead",
    "Meta",
    "Navigation",
    "Paragraph",
    "Quiet",
    "Revision",
    "Role",
    "Row",
    "Running",
    "ScanCode",
    "Shape",
    "Shaped",
    "Strong",
    "Table",
    "Tag",
    "Text",
    "Topic",
    "Value",
]


@dataclass(frozen=True, slots=True)
class Brand:
    """What an organisation brings to the look.

    `colour` is `#rrggbb`; `logo` is the picture's bytes.
    """

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
    """The lines at the head and foot of every page.

    `page` holds {page} and {pages}: "Page {page} of {pages}". `short` stands for `organisation`
    where a name is too long for its line. A page of a section may say so in place of `part`.
    """

    organisation: str
    part: str
    control: str
    page: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """Document properties, for file managers, search and screen readers.

    Dates never come from the clock.
    """

    title: str
    author: str  # the organisation
    subject: str
    description: str
    language: str  # BCP 47
    keywords: tuple[str, ...] = ()
    dated: date | None = None
    reviser: str = ""  # in a comparison, whose name the tracked changes bear


@dataclass(frozen=True, slots=True)
class ChangeNames:
    """What a format without strokes and colours calls the words that come and go in a redline."""

    inserted: str = "added"
    deleted: str = "removed"


ONE_SIDE = ("poster", "card")  # layouts of a single side, which has no running lines
DENSE = 8  # topics; four sides hold twenty-five only when they stand close


@dataclass(frozen=True, slots=True)
class Document:
    """One edition, ready to be written.

    `layout` is the theme's: `poster`, `card`, `brief`, `book`, `report` or `worksheet`.
    """

    meta: Meta
    layout: str
    masthead: Masthead
    running: Running
    body: Blocks
    brand: Brand = field(default_factory=Brand)
    in_force: bool = True  # False draws every page as a draft or a consultation
    pages: int = 0  # on how many it should stand; 0 for as many as it takes
    close: bool = False  # whether it stands closer than its layout
    compact: bool = False  # whether a book is so short that it has no cover
    navigation: Navigation = NO_NAVIGATION
    change_names: ChangeNames = ChangeNames()
    imprint: Imprint | None = None  # of one edition of a policy; a report has none
    # What the fields of the body's own Word template print, by the names that they have there.
    template_fields: tuple[tuple[str, Inlines], ...] = ()

    def asks_for(self, *names: str) -> bool:
        """Tell whether a field of the template prints a fact; a name with a dot last is a group."""
        asked = [name.lower().removeprefix("organisation.") for name, _ in self.template_fields]
        groups = tuple(name for name in names if name.endswith("."))
        return any(name in names or name.startswith(groups) for name in asked)

    @property
    def fit(self) -> str:
        """How close a document stands: `compact`, `dense`, `sheet`, `checklist`, `paper` or "".

        Compact is a short book, dense a brief with many topics, a sheet one with one section, a
        checklist what to do on one day, and a paper what a board is asked to decide.
        """
        if self.compact:
            return "compact"
        roles = [block.role if isinstance(block, Group) else "" for block in self.body]
        topics = sum(
            isinstance(block, Topic) and block.change is not Revision.DELETED for block in self.body
        )
        if topics > DENSE:
            return "dense"
        if "decision" in roles:
            return "paper"
        if "steps" in roles:
            return "checklist"
        return "sheet" if "alone" in roles else ""
