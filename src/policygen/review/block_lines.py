"""The lines of blocks, in reading order, and blocks with other lines in their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

from policygen.model.document import (
    Aside,
    Block,
    Blocks,
    ClauseBlock,
    Column,
    Columns,
    DoDont,
    Group,
    Heading,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Row,
    Table,
)
from policygen.model.document.walk import text_lines, walk

Renew = Callable[[Inlines], Inlines]


def lines_of(blocks: Blocks) -> tuple[Inlines, ...]:
    """Return every line of some blocks in order; of a table its caption, then row by row."""
    return tuple(line for block in walk(blocks) for line in own_lines(block))


def own_lines(block: Block) -> Iterator[Inlines]:
    """Yield the lines that a block itself holds."""
    if isinstance(block, Table) and block.caption:
        yield block.caption
    yield from text_lines(block)


def with_lines(blocks: Blocks, renew: Renew) -> Blocks:
    """Return blocks with each line replaced by what `renew` makes of it, called in that order."""
    return tuple(_block(block, renew) for block in blocks)


def _block(block: Block, renew: Renew) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, inlines=renew(block.inlines))
        case List(items=items):
            return replace(block, items=tuple(_item(item, renew) for item in items))
        case Table(head=head, rows=rows):
            caption = renew(block.caption) if block.caption else ()
            new_head = _row(head, renew) if head else None
            new_rows = tuple(_row(row, renew) for row in rows)
            return replace(block, caption=caption, head=new_head, rows=new_rows)
        case Aside() | ClauseBlock() | Group():
            return replace(block, blocks=with_lines(block.blocks, renew))
        case DoDont(do=do, dont=dont):
            return DoDont(cast(Aside, _block(do, renew)), cast(Aside, _block(dont, renew)))
        case Columns(columns=columns):
            return Columns(tuple(Column(with_lines(one.blocks, renew)) for one in columns))
    return block


def _item(item: ListItem, renew: Renew) -> ListItem:
    return replace(item, blocks=with_lines(item.blocks, renew))


def _row(row: Row, renew: Renew) -> Row:
    return replace(row, cells=tuple(map(renew, row.cells)))
