"""A Document on a terminal: as wide as that is, in colour where it may be, and plain without loss.

What only the first policy has stands in [square brackets], what only the second has in ‹angle marks›, as in
print. Where there is room, a clause that differs stands on two sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import StringIO
from shutil import get_terminal_size

from rich import box
from rich.console import Console, RenderableType
from rich.console import Group as Renderables
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Line

from policygen.model.document import (
    Aside,
    Block,
    Blocks,
    Break,
    ClauseBlock,
    CodeBlock,
    Columns,
    Contents,
    Counts,
    Deleted,
    Document,
    DoDont,
    Gap,
    Group,
    Heading,
    Inline,
    Inlines,
    Inserted,
    Link,
    List,
    ListItem,
    Paragraph,
    Revision,
    Role,
    Row,
    Shape,
    Shaped,
    Strong,
    Table,
    Tag,
    Topic,
    Value,
)
from policygen.model.walk import plain

TWO_SIDES = 120  # columns from which a clause that differs stands on two sides
_STYLES = {Revision.INSERTED: "green underline", Revision.DELETED: "red strike"}
_MARKS = {Revision.INSERTED: ("‹", "›"), Revision.DELETED: ("[", "]")}
_SQUARES = {
    Shape.SAME: "□",
    Shape.REWORDED: "■",
    Shape.SET: "▥",
    Shape.BESIDE: "▤",
    Shape.NAMES: "▨",
    Shape.FIRST: "◧",
    Shape.SECOND: "◨",
}
_BAR = 40  # columns of the longest bar


def drawn(document: Document, width: int = 0) -> str:
    """The whole document, with colours; whoever hands it over takes them out where they are not wanted."""
    width = width or get_terminal_size((100, 24)).columns
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=True,
        color_system="standard",
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    head = document.masthead
    console.print(Line(head.title, "bold"))
    console.print(Line(head.organisation))
    console.print(Line(head.lead))
    console.print()
    pen = _Pen(wide=width >= TWO_SIDES, names=_sides(document.body))
    for block in document.body:
        for one in pen.block(block):
            console.print(one)
    file = console.file
    assert isinstance(file, StringIO)
    return "\n".join(line.rstrip() for line in file.getvalue().split("\n"))


def _sides(body: Blocks) -> tuple[Shaped, ...]:
    """What the report calls the two policies: the heads of its last table that has both."""
    found: tuple[Shaped, ...] = ()
    for block in body:
        match block:
            case Group(blocks=inner):
                found = _sides(inner) or found
            case Table(head=Row(cells=cells)):
                named = tuple(one for cell in cells for one in cell if isinstance(one, Shaped))
                found = named if len(named) == 2 else found
    return found


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws blocks. `side` leaves out what only the other policy has; `change` marks all that is drawn.

    `names` head the two sides of a clause.
    """

    wide: bool
    names: tuple[Shaped, ...] = ()
    side: Revision | None = None  # DELETED: the first policy's side; INSERTED: the second's
    change: Revision | None = None

    def block(self, block: Block) -> Iterator[RenderableType]:
        change = getattr(block, "change", None)
        if change and self._hidden(change):
            return
        pen = replace(self, change=self.change or change)
        match block:
            case Heading():
                yield from pen._heading(block)
            case Paragraph(inlines, role):
                yield Padding(
                    pen.line(inlines, "dim" if role in (Role.SLIP, Role.HINT) else ""), (0, 0, 1, 0)
                )
            case List():
                yield pen._list(block)
            case Table():
                yield from pen._table(block)
            case Aside(label=label, blocks=blocks):
                inner = [one for b in blocks for one in pen.block(b)]
                yield Padding(Renderables(Line(label, "bold"), *inner), (0, 0, 0, 2))
            case DoDont(do, dont):
                yield from (*pen.block(do), *pen.block(dont))
            case CodeBlock(text):
                yield Padding(Line(text), (0, 0, 1, 2))
            case Columns(columns):
                lines = [
                    pen.line(b.inlines)
                    for c in columns
                    for b in c.blocks
                    if isinstance(b, Paragraph)
                ]
                yield Padding(
                    Renderables(*(Line(" ").join(line.split("\n")) for line in lines)), (0, 0, 1, 0)
                )
            case ClauseBlock(blocks=blocks):
                yield from pen._clause(blocks)
            case Group(blocks=blocks) | Topic(blocks=blocks):
                for inner_block in blocks:
                    yield from pen.block(inner_block)
            case Counts():
                yield Padding(_bars(block), (0, 0, 1, 0))
            case Contents():
                pass

    def line(self, inlines: Inlines, style: str = "") -> Line:
        """Inlines as one text."""
        made = Line(style=style)
        for inline in inlines:
            self._inline(inline, made, "")
        if self.change and made.plain:
            left, right = _MARKS[self.change]
            made = Line.assemble(left, made, right, style=_STYLES[self.change])
        return made

    def _inline(self, inline: Inline, into: Line, style: str) -> None:
        match inline:
            case Inserted(children) | Deleted(children):
                change = Revision.INSERTED if isinstance(inline, Inserted) else Revision.DELETED
                if not self._hidden(change):
                    left, right = _MARKS[change]
                    into.append(left, f"{style} {_STYLES[change]}")
                    for child in children:
                        self._inline(child, into, f"{style} {_STYLES[change]}")
                    into.append(right, f"{style} {_STYLES[change]}")
            case Strong(children):
                for child in children:
                    self._inline(child, into, f"{style} bold")
            case Shaped(shape, children):
                into.append(f"{_SQUARES[shape]} ", style)
                for child in children:
                    self._inline(child, into, style)
            case Tag(text, solid):
                into.append(
                    f" {text} " if solid else f"({text})", f"{style} reverse" if solid else style
                )
            case Value(text=text, other=other) if other:
                into.append(other if self.side is Revision.DELETED else text, f"{style} cyan")
            case Gap(label=label):
                into.append(f"[{label}]", f"{style} yellow")
            case Break():
                into.append("\n")
            case Link(children=children):
                for child in children:
                    self._inline(child, into, style)
            case _ if hasattr(inline, "children"):
                for child in inline.children:
                    self._inline(child, into, style)
            case _:
                into.append(plain((inline,)), style)

    def _hidden(self, change: Revision) -> bool:
        return self.side is not None and change is not self.side

    def _heading(self, heading: Heading) -> Iterator[RenderableType]:
        number = self._number(heading)
        words = Line.assemble(number, self.line(heading.inlines))
        words.stylize("bold" if heading.level < 4 else "italic")
        if heading.level <= 2:
            yield Line()
            yield Line("─" * 20, "dim")
        yield Padding(words, (0, 0, 0 if heading.level == 4 else 1, 0))

    def _number(self, heading: Heading) -> str:
        if not heading.was:
            return f"{heading.number} " if heading.number else ""
        shown = {Revision.DELETED: heading.was, Revision.INSERTED: heading.number}
        return f"{shown[self.side]} " if self.side else f"[{heading.was}] ‹{heading.number}› "

    def _clause(self, blocks: Blocks) -> Iterator[RenderableType]:
        """A clause: on two sides where there is room and something differs in its words."""
        wide = self.wide and not self.change
        run: list[Block] = []
        named = False
        for block in (*blocks, None):
            if (
                wide
                and block
                and not isinstance(block, Heading)
                and getattr(block, "role", None) is not Role.SLIP
            ):
                run.append(block)
                continue
            if run:
                yield self._beside(run, () if named else self.names)
                run, named = [], True
            if block:
                yield from self.block(block)

    def _beside(self, run: Blocks | list[Block], names: tuple[Shaped, ...]) -> RenderableType:
        """The words of each policy on a side of its own."""
        sides = Grid.grid(padding=(0, 3, 0, 0), expand=True)
        sides.add_column(ratio=1)
        sides.add_column(ratio=1)
        if names:
            sides.add_row(*(self.line((name,), "dim") for name in names))
        halves = (replace(self, side=side) for side in (Revision.DELETED, Revision.INSERTED))
        sides.add_row(
            *(Renderables(*(one for b in run for one in half.block(b))) for half in halves)
        )
        return sides

    def _list(self, block: List) -> RenderableType:
        made = Grid.grid(padding=(0, 1, 0, 0))
        number = block.start - 1
        for item in block.items:
            if item.change and self._hidden(item.change):
                continue
            number += item.change is not Revision.DELETED
            made.add_row(f"{number}." if block.ordered else "•", self._item(item))
        return Padding(made, (0, 0, 1, 1))

    def _item(self, item: ListItem) -> RenderableType:
        pen = replace(self, change=self.change or item.change)
        return Renderables(
            *(
                pen.line(b.inlines) if isinstance(b, Paragraph) else Renderables(*pen.block(b))
                for b in item.blocks
            )
        )

    def _table(self, table: Table) -> Iterator[RenderableType]:
        rows = [row for row in table.rows if not (row.change and self._hidden(row.change))]
        head = (
            table.head
            if table.head and not (table.head.change and self._hidden(table.head.change))
            else None
        )
        if not rows and not head:
            return
        if table.caption:
            yield self.line(table.caption, "bold")
        made = Grid(
            box=box.SIMPLE_HEAD,
            show_header=head is not None,
            show_edge=False,
            pad_edge=False,
            expand=bool(table.shares),
        )
        count = max(
            (len(row.cells) for row in (*table.rows, *((table.head,) if table.head else ()))),
            default=0,
        )
        heads = tuple(self._cells(head)) if head else ()
        for at in range(count):
            ratio = table.shares[at] if len(table.shares) == count else None
            made.add_column(heads[at] if at < len(heads) else "", overflow="fold", ratio=ratio)
        for row in rows:
            made.add_row(*self._cells(row))
        yield Padding(made, (0, 0, 1, 0))

    def _cells(self, row: Row) -> Iterator[Line]:
        pen = replace(self, change=self.change or row.change)
        for cell in row.cells:
            yield pen.line(cell)


def _bars(block: Counts) -> RenderableType:
    """A line for each sort: how many, which, and a bar as long as they are many."""
    made = Grid.grid(padding=(0, 2, 0, 0))
    made.add_column(justify="right")
    most = max((many for _, many, _ in block.items), default=1)
    for shape, many, label in block.items:
        bar = "━" * max(1, round(_BAR * many / most))
        made.add_row(Line(str(many), "bold"), f"{_SQUARES[shape]} {label}", Line(bar, "dim"))
    return made
