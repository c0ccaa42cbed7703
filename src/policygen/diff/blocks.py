"""Two runs of blocks as one: the second's, with what only the first has marked as deleted.

What bears an id (a clause, a section) is paired by it, the rest by its words and its order
(`align.py`). So a long text costs no more than its paragraphs do, and what has moved is deleted in
one place and inserted in the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from policygen.diff.align import align
from policygen.diff.inlines import merge_inlines
from policygen.model.document import (
    Aside,
    Block,
    Blocks,
    Break,
    ClauseBlock,
    Code,
    CodeBlock,
    Column,
    Columns,
    Contents,
    Deleted,
    DoDont,
    Group,
    Heading,
    Inlines,
    Inserted,
    List,
    ListItem,
    Paragraph,
    Revision,
    Row,
    ScanCode,
    Table,
    Topic,
)


@dataclass(frozen=True, slots=True)
class Redline:
    """Merges blocks.

    The facts among `names` are taken as the same (see `merge_inlines`); None marks them all.
    """

    names: frozenset[str] | None = None

    def blocks(self, first: Blocks, second: Blocks) -> Blocks:
        """Return both as one.

        The heading that opens both, or the only paragraph of both, is one however little stays.
        """
        if first == second:
            return second
        match first, second:
            case ((Heading() as before, *was), (Heading() as after, *now)):
                return (*self._block(before, after), *self.blocks(tuple(was), tuple(now)))
            case ((Paragraph() as before,), (Paragraph() as after,)) if before.role is after.role:
                return tuple(self._block(before, after))
        return tuple(block for pair in align(first, second) for block in self._block(*pair))

    def _block(self, first: Block | None, second: Block | None) -> Iterator[Block]:
        merged = self._merged(first, second) if first and second else None
        if merged is not None:
            yield merged
            return
        if first is not None:
            yield from with_change(first, Revision.DELETED)
        if second is not None:
            yield from with_change(second, Revision.INSERTED)

    def _merged(self, first: Block, second: Block) -> Block | None:
        """Return two blocks of one sort as one; None where they cannot be."""
        if first == second:
            return second
        match first, second:
            case Paragraph(), Paragraph():
                return replace(second, inlines=self._words(first.inlines, second.inlines))
            case Heading(), Heading():
                inlines = self._words(first.inlines, second.inlines)
                return replace(second, inlines=inlines, was=_old_number(first, second))
            case List(), List() if first.ordered == second.ordered:
                return replace(second, items=tuple(self._items(first.items, second.items)))
            case Table(), Table() if _same_shape(first, second):
                return self._table(first, second)
            case DoDont(), DoDont():
                do, dont = self._merged(first.do, second.do), self._merged(first.dont, second.dont)
                return DoDont(cast(Aside, do), cast(Aside, dont))
            case Columns(), Columns():
                return self._columns(first, second)
            case Topic(), Topic():
                return self._topic(first, second)
            case (Contents(), Contents()) | (ScanCode(), ScanCode()):
                return second
        return self._frame(first, second)

    def _frame(self, first: Block, second: Block) -> Block | None:
        """Return two frames around blocks as one; None where they are of different sorts."""
        match first, second:
            case Aside(), Aside() if first.kind is second.kind:
                return replace(second, blocks=self.blocks(first.blocks, second.blocks))
            case ClauseBlock(), ClauseBlock():
                return replace(second, blocks=self.blocks(first.blocks, second.blocks))
            case Group(), Group():
                return replace(second, blocks=self.blocks(first.blocks, second.blocks))
        return None

    def _columns(self, first: Columns, second: Columns) -> Columns | None:
        """Return columns as one, with the code of the second; None where their numbers differ."""
        before, after = (
            [column for column in one.columns if not _is_code(column)] for one in (first, second)
        )
        if len(before) != len(after):
            return None
        pairs = zip(before, after, strict=True)
        merged = tuple(Column(self.blocks(one.blocks, other.blocks)) for one, other in pairs)
        return Columns((*merged, *filter(_is_code, second.columns)))

    def _words(self, first: Inlines, second: Inlines) -> Inlines:
        return merge_inlines(first, second, names=self.names)

    def _items(self, first: Sequence[ListItem], second: Sequence[ListItem]) -> Iterator[ListItem]:
        for before, after in align(first, second):
            if before and after:
                yield replace(after, blocks=self._item(before.blocks, after.blocks))
            elif before:
                yield replace(before, change=Revision.DELETED)
            elif after:
                yield replace(after, change=Revision.INSERTED)

    def _item(self, first: Blocks, second: Blocks) -> Blocks:
        """Return what an item holds: the first paragraph bears the bullet on either side."""
        match first, second:
            case ((Paragraph() as before, *was), (Paragraph() as after, *now)):
                return (*self._block(before, after), *self.blocks(tuple(was), tuple(now)))
        return self.blocks(first, second)

    def _table(self, first: Table, second: Table) -> Table:
        head = self._row(first.head, second.head) if first.head and second.head else None
        rows = tuple(self._rows(first.rows, second.rows))
        caption = self._words(first.caption, second.caption)
        return replace(second, head=head, rows=rows, caption=caption)

    def _rows(self, first: Sequence[Row], second: Sequence[Row]) -> Iterator[Row]:
        for before, after in align(first, second):
            if before and after:
                yield self._row(before, after)
            elif before:
                yield replace(before, change=Revision.DELETED)
            elif after:
                yield replace(after, change=Revision.INSERTED)

    def _row(self, first: Row, second: Row) -> Row:
        cells = zip(first.cells, second.cells, strict=True)
        return replace(second, cells=tuple(self._words(a, b) for a, b in cells))

    def _topic(self, first: Topic, second: Topic) -> Topic:
        before, after = dict(first.facts), dict(second.facts)
        order = {**before, **after} if len(before) > len(after) else {**after, **before}
        facts = [(key, self._words(before.get(key, ()), after.get(key, ()))) for key in order]
        return replace(
            second,
            title=self._words(first.title, second.title),
            was=_old_number(first, second),
            facts=tuple(facts),
            blocks=self.blocks(first.blocks, second.blocks),
        )


def _is_code(column: Column) -> bool:
    return all(isinstance(block, ScanCode) for block in column.blocks)


def changed_blocks(first: Blocks, second: Blocks) -> Iterator[Block]:
    """Yield the blocks in which two differ; of a list or a table, its items or rows that do."""
    unchanged = frozenset(_parts(first))
    for block in Redline().blocks(first, second):
        match block:
            case _ if block in unchanged:
                continue
            case List(items=items):
                yield replace(block, items=tuple(one for one in items if one not in unchanged))
            case Table(rows=rows):
                yield replace(block, rows=tuple(row for row in rows if row not in unchanged))
            case _:
                yield block


def _parts(blocks: Blocks) -> Iterator[Block | ListItem | Row]:
    """Yield each block; of a list its items, of a table its rows too."""
    for block in blocks:
        yield block
        match block:
            case List(items=items):
                yield from items
            case Table(rows=rows):
                yield from rows


def _old_number(first: Heading | Topic, second: Heading | Topic) -> str:
    return first.number if first.number != second.number else ""


def _same_shape(first: Table, second: Table) -> bool:
    return _width(first) == _width(second) and bool(first.head) == bool(second.head)


def _width(table: Table) -> int:
    head = (table.head,) if table.head else ()
    return max((len(row.cells) for row in (*head, *table.rows)), default=0)


def with_change(block: Block, change: Revision) -> Iterator[Block]:
    """Yield a block that only one side has, marked with all that stands in it."""
    match block:
        case Paragraph() | Heading() | Aside() | ClauseBlock() | Topic():
            yield replace(block, change=change)
        case List(items=items):
            yield replace(block, items=tuple(replace(item, change=change) for item in items))
        case Table():
            yield _table_with_change(block, change)
        case DoDont(do, dont):
            yield DoDont(replace(do, change=change), replace(dont, change=change))
        case CodeBlock(text):
            lines = [inline for line in text.split("\n") for inline in (Break(), Code(line))]
            yield Paragraph(tuple(lines[1:]), change=change)
        case Columns(columns):
            marked = (Column(_blocks_with(column.blocks, change)) for column in columns)
            yield Columns(tuple(column for column in marked if column.blocks))
        case Group():
            yield replace(block, blocks=_blocks_with(block.blocks, change))
        case ScanCode() if change is Revision.INSERTED:
            yield replace(block, change=change)
        case Contents() if change is Revision.INSERTED:
            yield block
        case _:
            pass


def _table_with_change(table: Table, change: Revision) -> Table:
    head = replace(table.head, change=change) if table.head else None
    rows = tuple(replace(row, change=change) for row in table.rows)
    caption = _inlines_with(table.caption, change)
    return replace(table, head=head, rows=rows, caption=caption)


def _blocks_with(blocks: Blocks, change: Revision) -> Blocks:
    return tuple(marked for block in blocks for marked in with_change(block, change))


def _inlines_with(inlines: Inlines, change: Revision) -> Inlines:
    if not inlines:
        return ()
    return (Inserted(inlines) if change is Revision.INSERTED else Deleted(inlines),)
