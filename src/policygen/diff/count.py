"""How many words only one of two policies has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from policygen.diff.blocks import Redline, passage_text
from policygen.model import document as doc
from policygen.model.document import Blocks, Inlines, Revision
from policygen.model.walk import inner_blocks, plain, text_lines


def count_words(first: Blocks, second: Blocks) -> tuple[int, int]:
    """The words that only the first has, and those that only the second has."""
    found = list(_changed(Redline().blocks(first, second)))
    gone, new = (
        sum(n for of, n in found if of is change)
        for change in (Revision.DELETED, Revision.INSERTED)
    )
    return gone, new


def _changed(blocks: Blocks) -> Iterator[tuple[Revision, int]]:
    """Every passage that comes or goes, as (which of the two, its words)."""
    for block in blocks:
        match block:
            case doc.List(items=items):
                for item in items:
                    yield from _whole(item, _changed(item.blocks))
            case doc.Table(head, rows, caption):
                yield from _marked(caption)
                for row in (*((head,) if head else ()), *rows):
                    yield from _whole(row, (one for cell in row.cells for one in _marked(cell)))
            case doc.CodeBlock() | doc.Contents():
                pass
            case _:
                told = (one for line in text_lines(block) for one in _marked(line))
                yield from _whole(block, chain(told, _changed(inner_blocks(block))))


def _whole(part: Any, within: Iterable[tuple[Revision, int]]) -> Iterator[tuple[Revision, int]]:
    """All of a part that comes or goes as a whole; of any other, what changes within it."""
    change = getattr(part, "change", None)
    yield from ((change, len(passage_text(part).split())),) if change else within


def _marked(inlines: Inlines) -> Iterator[tuple[Revision, int]]:
    for inline in inlines:
        match inline:
            case doc.Inserted(children):
                yield Revision.INSERTED, len(plain(children).split())
            case doc.Deleted(children):
                yield Revision.DELETED, len(plain(children).split())
            case doc.Strong() | doc.Emphasis() | doc.Quiet() | doc.Foreign() | doc.Link():
                yield from _marked(inline.children)
