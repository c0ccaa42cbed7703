"""How many words only one of two policies has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policygen.diff.blocks import Redline, text
from policygen.model.document import (
    Aside,
    Blocks,
    Change,
    Clause,
    Columns,
    Deleted,
    Emphasis,
    Foreign,
    Heading,
    Inserted,
    Link,
    List,
    Pair,
    Paragraph,
    Part,
    Quiet,
    Row,
    Strong,
    Table,
    Topic,
)
from policygen.model.walk import plain


def words(first: Blocks, second: Blocks) -> tuple[int, int]:
    """The words that only the first has, and those that only the second has."""
    found = list(_changed(Redline().blocks(first, second)))
    return tuple(sum(n for change, n in found if change is one) for one in (Change.DELETED, Change.INSERTED))  # type: ignore[return-value]


def _changed(node: Any) -> Iterator[tuple[Change, int]]:
    """Every marked passage as (what it is, its words)."""
    change = getattr(node, "change", None)
    if change is not None:
        yield change, len(text(node).split())
        return
    match node:
        case tuple():
            for one in node:
                yield from _changed(one)
        case Inserted(children):
            yield Change.INSERTED, _count(children)
        case Deleted(children):
            yield Change.DELETED, _count(children)
        case Strong() | Emphasis() | Quiet() | Foreign() | Link():
            yield from _changed(node.children)
        case Paragraph() | Heading():
            yield from _changed(node.inlines)
        case List(items=inner) | Row(cells=inner) | Columns(inner):
            yield from _changed(inner)
        case Table(head, rows, caption):
            yield from _changed((caption, *((head,) if head else ()), *rows))
        case Pair(do, dont):
            yield from _changed((do, dont))
        case Topic():
            yield from _changed((node.title, node.blocks, tuple(text for _, text in node.facts)))
        case Aside() | Clause() | Part():
            yield from _changed(node.blocks)
        case _ if hasattr(node, "blocks"):
            yield from _changed(node.blocks)


def _count(inlines: Any) -> int:
    return len(plain(inlines).split())
