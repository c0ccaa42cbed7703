"""A document in one column, whatever it was: no grid, nothing beside anything, nothing cramped.

For large print. The same blocks in the same order, so that every format can write it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.model.document import (
    Aside,
    ClauseBlock,
    Columns,
    Contents,
    Counts,
    Deleted,
    DoDont,
    Emphasis,
    Foreign,
    Group,
    Inserted,
    Link,
    List,
    ListItem,
    Paragraph,
    Quiet,
    Role,
    Shaped,
    Strong,
    Table,
    Text,
    Topic,
)
from policygen.model.document.walk import heading, plain
from policygen.write.rows import CellFact, is_list_of_pairs, named, row_facts

if TYPE_CHECKING:
    from policygen.model.document import Block, Blocks, Document, Inline, Inlines, Row

LARGE = "large"  # a layout
_DEPTH = 2  # of a contents list: at this size one of every clause would take many pages


def linear(document: Document, ending: str) -> Document:
    """Return a document for large print: no cover, no columns, each row of a table for itself.

    Links to other editions lead to their files with this `ending`. It may take as many pages as it
    needs.
    """
    made = _Linear(ending)
    head = document.masthead
    control = tuple(made.blocks((head.control,))) if head.control else ()
    return replace(
        document,
        layout=LARGE,
        masthead=replace(head, cover=False, depth=(), control=None),
        body=(*control, *made.blocks(document.body)),
        pages=0,
        close=False,
        compact=False,
    )


class _Linear:
    """Turns blocks into those of one column; links to other editions get an `ending`."""

    def __init__(self, ending: str) -> None:
        self.ending = ending

    def blocks(self, blocks: Blocks) -> Iterator[Block]:
        """Yield blocks one after another."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Block]:
        match block:
            case Paragraph(inlines):
                yield replace(block, inlines=self._inlines(inlines))
            case List(items):
                yield replace(block, items=tuple(map(self._item, items)))
            case Table():
                yield from self._table(block)
            case Counts():
                yield from self._table(block.table)
            case Contents():
                yield replace(block, depth=min(block.depth, _DEPTH))
            case Columns(columns):
                for column in columns:
                    yield from self.blocks(column.blocks)
            case DoDont(do, dont):
                yield from self.blocks((do, dont))
            case Aside() | ClauseBlock():
                yield replace(block, blocks=tuple(self.blocks(block.blocks)))
            case Group(role=role):
                inner = tuple(self.blocks(block.blocks))
                yield replace(block, blocks=inner, role="section" if role == "alone" else role)
            case Topic():
                yield from self._topic(block)
            case _:
                yield block

    def _item(self, item: ListItem) -> ListItem:
        return replace(item, blocks=tuple(self.blocks(item.blocks)))

    def _topic(self, topic: Topic) -> Iterator[Block]:
        """Yield a section of the snapshot: who decides and by when stand below, not beside."""
        facts = (
            Paragraph((Strong((Text(f"{label}:"),)), Text(" "), *self._inlines(fact)))
            for label, fact in topic.facts
        )
        blocks = (heading(topic), *self.blocks(topic.blocks), *facts)
        yield Group(topic.anchor, blocks, "section")

    # --- Tables -----------------------------------------------------------------------------------

    def _table(self, table: Table) -> Iterator[Block]:
        if table.caption:
            yield Paragraph(self._inlines(table.caption), Role.LABEL)
        in_pairs = is_list_of_pairs(table)
        for row in table.rows:
            yield from self._pair(table, row) if in_pairs else self._row(table, row)

    def _pair(self, table: Table, row: Row) -> Iterator[Block]:
        """Yield a row of two cells as one line, the first of them in bold."""
        for fact in row_facts(table, row):
            strong = CellFact((Strong(fact.name),) if fact.name else (), fact.words)
            yield Paragraph(self._inlines(named(strong)), change=row.change)

    def _row(self, table: Table, row: Row) -> Iterator[Block]:
        """Yield a row as its first cell in bold, and a list of what the others say.

        A bare number, such as that of a step, stands before the words of the second cell.
        """
        facts = [CellFact(fact.name, self._inlines(fact.words)) for fact in row_facts(table, row)]
        if not facts:
            return
        (_, title), *others = facts
        if others and plain(title).isdecimal():
            (_, words), *others = others
            title = (*title, Text(" "), *words)
        lines = [Paragraph(named(fact), change=row.change) for fact in others]
        items = tuple(ListItem((line,), change=row.change) for line in lines)
        told: Blocks = (List(items),) if len(lines) > 1 else tuple(lines)
        blocks = (Paragraph(title, Role.LABEL, row.change), *told)
        # A row that tells a clause can be linked to.
        yield from (ClauseBlock(row.clause, blocks),) if row.clause else blocks

    # --- Inlines ----------------------------------------------------------------------------------

    def _inlines(self, inlines: Inlines) -> Inlines:
        return tuple(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> Inline:
        match inline:
            case Link(file=file, ending="") if file:
                return replace(inline, ending=self.ending)
            case (
                Strong(children)
                | Emphasis(children)
                | Link(children=children)
                | Foreign(children=children)
                | Quiet(children)
                | Shaped(children=children)
                | Inserted(children)
                | Deleted(children)
            ):
                return replace(inline, children=self._inlines(children))
            case _:
                return inline
