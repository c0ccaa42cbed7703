"""Blocks as renderables of rich. Where there is room, a clause that differs stands on two sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Group as Renderables
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as RichText

from policygen.cli.terminal.inlines import DrawingContext, draw_line, draw_text
from policygen.model.document import (
    Aside,
    Block,
    Blocks,
    ClauseBlock,
    CodeBlock,
    Columns,
    Counts,
    DoDont,
    Group,
    Heading,
    List,
    ListItem,
    Paragraph,
    Revision,
    Role,
    Row,
    Shaped,
    Table,
    Topic,
)

_LONGEST_BAR = 40  # columns
_RULE = "─" * 20  # above the heading of a section
_SECTION, _SMALLEST = 2, 4  # levels of headings
_BELOW = (0, 0, 1, 0)  # padding: a line beneath
_BOTH_SIDES = (Revision.DELETED, Revision.INSERTED)


@dataclass(frozen=True, slots=True)
class BlockDrawer:
    """Draws the blocks of one document.

    `two_sides` says that there is room for two policies beside each other, and `names` head them.
    """

    two_sides: bool
    names: tuple[Shaped, ...] = ()

    def draw(self, block: Block, context: DrawingContext) -> Iterator[RenderableType]:
        """Yield what a block looks like; nothing where only the other policy has it."""
        change = getattr(block, "change", None)
        if context.hides(change):
            return
        context = context.within(change)
        match block:
            case Heading():
                yield from _heading(block, context)
            case Paragraph(inlines, role):
                style = "dim" if role in (Role.REMARK, Role.HINT) else ""
                yield Padding(draw_line(inlines, context, style), _BELOW)
            case List():
                yield self._list(block, context)
            case Table():
                yield from _table(block, context)
            case CodeBlock(text):
                yield Padding(draw_text(text), (0, 0, 1, 2))
            case Columns():
                yield _columns(block, context)
            case Counts():
                yield Padding(_bars(block), _BELOW)
            case _:
                yield from self._draw_container(block, context)

    def _draw_container(self, block: Block, context: DrawingContext) -> Iterator[RenderableType]:
        """Yield a block of blocks. A contents list has no use on a terminal."""
        match block:
            case Aside(label=label, blocks=blocks):
                inner = self._draw_all(blocks, context)
                yield Padding(Renderables(draw_text(label, "bold"), *inner), (0, 0, 0, 2))
            case DoDont(do, dont):
                yield from self._draw_all((do, dont), context)
            case ClauseBlock(blocks=blocks):
                yield from self._clause(blocks, context)
            case Group(blocks=blocks) | Topic(blocks=blocks):
                yield from self._draw_all(blocks, context)

    def _draw_all(
        self, blocks: Sequence[Block], context: DrawingContext
    ) -> Iterator[RenderableType]:
        for block in blocks:
            yield from self.draw(block, context)

    # --- Clauses ----------------------------------------------------------------------------------

    def _clause(self, blocks: Blocks, context: DrawingContext) -> Iterator[RenderableType]:
        """Yield a clause: on two sides where there is room and something differs in its words."""
        if not self.two_sides or context.change:
            yield from self._draw_all(blocks, context)
            return
        names = self.names
        words: list[Block] = []
        for block in blocks:
            if _is_words(block):
                words.append(block)
                continue
            if words:
                yield self._beside(words, names)
                words = []
                names = ()
            yield from self.draw(block, context)
        if words:
            yield self._beside(words, names)

    def _beside(self, words: Sequence[Block], names: tuple[Shaped, ...]) -> RenderableType:
        """Return the words of each policy on a side of its own."""
        sides = Grid.grid(padding=(0, 3, 0, 0), expand=True)
        sides.add_column(ratio=1)
        sides.add_column(ratio=1)
        if names:
            sides.add_row(*(draw_line((name,), DrawingContext(), "dim") for name in names))
        halves = [self._draw_all(words, DrawingContext(side)) for side in _BOTH_SIDES]
        sides.add_row(*(Renderables(*half) for half in halves))
        return sides

    # --- Lists ------------------------------------------------------------------------------------

    def _list(self, block: List, context: DrawingContext) -> RenderableType:
        """Return a list; what has gone takes no number."""
        lines = Grid.grid(padding=(0, 1, 0, 0))
        number = block.start - 1
        for item in block.items:
            if context.hides(item.change):
                continue
            if item.change is not Revision.DELETED:
                number += 1
            sign = f"{number}." if block.ordered else "•"
            lines.add_row(sign, self._item(item, context.within(item.change)))
        return Padding(lines, (0, 0, 1, 1))

    def _item(self, item: ListItem, context: DrawingContext) -> RenderableType:
        lines: list[RenderableType] = []
        for block in item.blocks:
            if isinstance(block, Paragraph):
                lines.append(draw_line(block.inlines, context))
            else:
                lines.append(Renderables(*self.draw(block, context)))
        return Renderables(*lines)


def _is_words(block: Block) -> bool:
    """Tell whether a block of a clause is more than its heading and the line under it."""
    is_remark = isinstance(block, Paragraph) and block.role is Role.REMARK
    return not isinstance(block, Heading) and not is_remark


def _heading(heading: Heading, context: DrawingContext) -> Iterator[RenderableType]:
    words = RichText.assemble(_number(heading, context), draw_line(heading.inlines, context))
    words.stylize("bold" if heading.level < _SMALLEST else "italic")
    if heading.level <= _SECTION:
        yield RichText()
        yield RichText(_RULE, "dim")
    yield Padding(words, (0, 0, 0, 0) if heading.level == _SMALLEST else _BELOW)


def _number(heading: Heading, context: DrawingContext) -> str:
    """Return the number of a heading and a space; both where the two policies have others."""
    if not heading.was:
        return f"{heading.number} " if heading.number else ""
    if context.side is Revision.DELETED:
        return f"{heading.was} "
    if context.side is Revision.INSERTED:
        return f"{heading.number} "
    return f"[{heading.was}] ‹{heading.number}› "


def _columns(columns: Columns, context: DrawingContext) -> RenderableType:
    """Return the paragraphs of all columns, each on one line."""
    lines = []
    for column in columns.columns:
        for block in column.blocks:
            if isinstance(block, Paragraph):
                parts = draw_line(block.inlines, context).split("\n")
                lines.append(RichText(" ").join(parts))
    return Padding(Renderables(*lines), _BELOW)


def _table(table: Table, context: DrawingContext) -> Iterator[RenderableType]:
    head = None if table.head and context.hides(table.head.change) else table.head
    rows = [row for row in table.rows if not context.hides(row.change)]
    if not rows and not head:
        return
    if table.caption:
        yield draw_line(table.caption, context, "bold")
    yield Padding(_grid(table, head, rows, context), _BELOW)


def _grid(
    table: Table, head: Row | None, rows: Sequence[Row], context: DrawingContext
) -> RenderableType:
    """Return the head and the rows of a table that are shown."""
    grid = Grid(
        box=box.SIMPLE_HEAD,
        show_header=head is not None,
        show_edge=False,
        pad_edge=False,
        expand=bool(table.shares),
    )
    _add_columns(grid, table, _cells(head, context) if head else [])
    for row in rows:
        grid.add_row(*_cells(row, context))
    return grid


def _add_columns(grid: Grid, table: Table, heads: Sequence[RichText]) -> None:
    """Add as many columns as the longest row has cells."""
    every_row = (*table.rows, table.head) if table.head else table.rows
    count = max((len(row.cells) for row in every_row), default=0)
    shares = table.shares if len(table.shares) == count else (None,) * count
    for column, ratio in enumerate(shares):
        head = heads[column] if column < len(heads) else ""
        grid.add_column(head, overflow="fold", ratio=ratio)


def _cells(row: Row, context: DrawingContext) -> list[RichText]:
    within = context.within(row.change)
    return [draw_line(cell, within) for cell in row.cells]


def _bars(counts: Counts) -> RenderableType:
    """Return a line for each kind: how many, which, and a bar as long as they are many."""
    lines = Grid.grid(padding=(0, 2, 0, 0))
    lines.add_column(justify="right")
    most = max((many for _, many, _ in counts.items), default=1)
    for shape, many, label in counts.items:
        bar = "━" * max(1, round(_LONGEST_BAR * many / most))
        name = RichText(f"{shape.character} ").append_text(draw_text(label))
        lines.add_row(RichText(str(many), "bold"), name, RichText(bar, "dim"))
    return lines
