"""How many words only one of two policies has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from policygen.diff.align import passage_text
from policygen.diff.blocks import Redline
from policygen.model import document as doc
from policygen.model.document import Blocks, Inlines, Revision
from policygen.model.document.walk import inner_blocks, plain, text_lines


def count_words(first: Blocks, second: Blocks) -> tuple[int, int]:
    """Return how many words only the first has, and how many only the second has."""
    counts = {Revision.DELETED: 0, Revision.INSERTED: 0}
    for revision, number in _changes(Redline().blocks(first, second)):
        counts[revision] += number
    return counts[Revision.DELETED], counts[Revision.INSERTED]


def _changes(blocks: Blocks) -> Iterator[tuple[Revision, int]]:
    """Yield every inserted or deleted passage, as (which of the two, its number of words)."""
    for block in blocks:
        match block:
            case doc.List(items=items):
                for item in items:
                    yield from _part_changes(item, _changes(item.blocks))
            case doc.Table():
                yield from _table_changes(block)
            case doc.CodeBlock() | doc.Contents():
                pass
            case _:
                lines = map(_inline_changes, text_lines(block))
                within = chain(*lines, _changes(inner_blocks(block)))
                yield from _part_changes(block, within)


def _table_changes(table: doc.Table) -> Iterator[tuple[Revision, int]]:
    yield from _inline_changes(table.caption)
    head = (table.head,) if table.head else ()
    for row in (*head, *table.rows):
        yield from _part_changes(row, chain.from_iterable(map(_inline_changes, row.cells)))


def _part_changes(
    part: Any, within: Iterable[tuple[Revision, int]]
) -> Iterator[tuple[Revision, int]]:
    """Yield a part that is inserted or deleted whole; of any other, what changes within it."""
    revision = getattr(part, "change", None)
    if revision:
        yield revision, len(passage_text(part).split())
    else:
        yield from within


def _inline_changes(inlines: Inlines) -> Iterator[tuple[Revision, int]]:
    for inline in inlines:
        match inline:
            case doc.Inserted(children):
                yield Revision.INSERTED, len(plain(children).split())
            case doc.Deleted(children):
                yield Revision.DELETED, len(plain(children).split())
            case doc.Strong() | doc.Emphasis() | doc.Quiet() | doc.Foreign() | doc.Link():
                yield from _inline_changes(inline.children)
