"""Parts that reports share: a part under its heading, a table of texts and inlines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from policygen.model import document as doc
from policygen.model.document import Block, Inline, Inlines, Shape, Shaped, Text
from policygen.model.language import capitalise

CellContent: TypeAlias = str | Inline | Inlines


def titled_group(anchor: str, title: str, *blocks: Block) -> doc.Group:
    """Return a part of a report under its heading."""
    return doc.Group(anchor, (doc.Heading(2, (Text(title),), anchor), *blocks), anchor)


def report_table(
    head: Sequence[CellContent],
    rows: Iterable[Sequence[CellContent]],
    *,
    shares: tuple[int, ...] = (),
    wide: bool = False,
) -> doc.Table:
    """Return a table; `shares` are the widths of its columns in proportion."""
    return doc.Table(table_row(head), tuple(map(table_row, rows)), shares=shares, wide=wide)


def table_row(cells: Iterable[CellContent], clause: str = "") -> doc.Row:
    """Return a row, which may stand for a clause."""
    return doc.Row(tuple(map(_inlines, cells)), clause=clause)


def side_heads(names: tuple[str, str]) -> tuple[Shaped, Shaped]:
    """Return the two policies' names as heads, each with its square."""
    first, second = map(capitalise, names)
    return Shaped(Shape.FIRST, (Text(first),)), Shaped(Shape.SECOND, (Text(second),))


def _inlines(cell: CellContent) -> Inlines:
    if isinstance(cell, str):
        return (Text(cell),)
    return cell if isinstance(cell, tuple) else (cell,)
