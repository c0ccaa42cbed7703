"""Settled lines of a returned copy as blocks of a Document.

What a style says is believed: a passage set apart goes on as long as its style does, and a do or a
do not that stands alone has one paragraph, as ours have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from typing import TypeGuard

from policygen.model.document.blocks import (
    Aside,
    AsideKind,
    Block,
    Blocks,
    CodeBlock,
    DoDont,
    Heading,
    Paragraph,
    Role,
    Row,
    Table,
)
from policygen.model.document.inlines import Break, Inlines
from policygen.model.document.walk import plain
from policygen.model.returned.inlines import inlines_of
from policygen.model.returned.line import CellPlace, Lines, ReturnedLine
from policygen.model.returned.lists import list_of
from policygen.model.word.styles import ASIDE_STYLES, JUDGEMENT_STYLES, ROLE_STYLES

_ROLES = {style: role for role, style in ROLE_STYLES.items()} | {"FactLabel": Role.LABEL}
_ASIDES = {style: kind for kind, style in ASIDE_STYLES.items()}
_JUDGEMENTS = {style: kind for kind, style in JUDGEMENT_STYLES.items()}


def blocks_of(lines: Lines) -> Blocks:
    """Return the blocks of lines that hold no changes; empty ones are left out."""
    told = [line for line in lines if line.cell or line.text.strip()]
    return tuple(_paired(_Blocks(told).all()))


def _paired(blocks: Iterator[tuple[Block, ReturnedLine]]) -> Iterator[Block]:
    """Yield blocks; a do and a do not in neighbouring cells are one."""
    waiting: tuple[Aside, ReturnedLine] | None = None
    for block, line in blocks:
        if waiting is not None:
            do, before = waiting
            waiting = None
            if _is_aside(block, AsideKind.DONT) and _are_neighbours(before, line):
                yield DoDont(do, block)
                continue
            yield do
        if _is_aside(block, AsideKind.DO) and line.box:
            waiting = block, line
        else:
            yield block
    if waiting is not None:
        yield waiting[0]


def _is_aside(block: Block, kind: AsideKind) -> TypeGuard[Aside]:
    return isinstance(block, Aside) and block.kind is kind


def _are_neighbours(first: ReturnedLine, second: ReturnedLine) -> bool:
    left, right = first.box, second.box
    if left is None or right is None:
        return False
    return (left.table, left.row, left.column + 1) == (right.table, right.row, right.column)


class _Blocks:
    """Takes lines from the front, and makes blocks of them, each with its first line."""

    def __init__(self, lines: Sequence[ReturnedLine]) -> None:
        self._lines = lines
        self._at = 0

    def all(self) -> Iterator[tuple[Block, ReturnedLine]]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            yield self._block(line), line

    def _block(self, line: ReturnedLine) -> Block:
        if line.style == "Caption":
            self._at += 1
            if self._next_cell():
                return _captioned(self._table(), line)
            return Paragraph(inlines_of(line.stretches))
        if line.cell:
            return self._table()
        if line.item:
            return list_of(self._while(lambda one: bool(one.item) and one.box == line.box))
        if line.box and line.box.aside:
            return self._boxed(line, line.box.aside)
        if line.style in _JUDGEMENTS:
            return self._judgement(line)
        if line.style in _ASIDES:
            return self._aside(line, _ASIDES[line.style])
        self._at += 1
        return _paragraph(line)

    def _while(self, belongs: Callable[[ReturnedLine], bool]) -> list[ReturnedLine]:
        """Take the lines from here on that belong together."""
        taken = list(takewhile(belongs, self._lines[self._at :]))
        self._at += len(taken)
        return taken

    def _next_cell(self) -> CellPlace | None:
        return self._lines[self._at].cell if self._at < len(self._lines) else None

    def _table(self) -> Table:
        first = self._next_cell()
        lines = self._while(lambda one: _table_number(one.cell) == _table_number(first))
        rows = [_row(list(group)) for _, group in groupby(lines, key=_row_number)]
        has_head = bool(lines[0].cell and lines[0].cell.head)
        return Table(rows[0] if has_head else None, tuple(rows[has_head:]))

    def _boxed(self, line: ReturnedLine, kind: AsideKind) -> Aside:
        """Make a passage in a box, for what is more than paragraphs."""
        lines = self._while(lambda one: one.box == line.box)
        label = line.text if line.style == ROLE_STYLES[Role.LABEL] else ""
        inner = [replace(one, box=None) for one in (lines[1:] if label else lines)]
        return Aside(kind, label, blocks_of(tuple(inner)))

    def _judgement(self, line: ReturnedLine) -> Aside:
        """Make a do or a do not: in a cell all that follows in it, else one paragraph."""
        self._at += 1
        kind = _JUDGEMENTS[line.style]
        if line.box:
            inner = self._while(lambda one: one.box == line.box and one.style not in _JUDGEMENTS)
        else:
            following = self._lines[self._at : self._at + 1]
            inner = [one for one in following if not (one.level or one.item or one.places)]
            self._at += len(inner)
        blocks = blocks_of(tuple(replace(one, box=None) for one in inner))
        return Aside(kind, line.text.strip(), blocks)

    def _aside(self, line: ReturnedLine, kind: AsideKind) -> Aside:
        """Make a passage set apart; its label is the strong words that it opens with."""
        self._at += 1
        label, rest = _label(line)
        others = self._while(lambda one: one.style == line.style and not _is_label(one))
        inner = [*([rest] if rest.text.strip() else []), *others]
        return Aside(kind, label, tuple(Paragraph(inlines_of(one.stretches)) for one in inner))


def _label(line: ReturnedLine) -> tuple[str, ReturnedLine]:
    """Split a line into the strong words that it opens with, and the rest."""
    strong = list(takewhile(lambda one: one.strong, line.stretches))
    rest = line.stretches[len(strong) :]
    return "".join(one.text for one in strong).strip(), replace(line, stretches=rest)


def _is_label(line: ReturnedLine) -> bool:
    """Tell whether a line is the label of another passage: all strong, as no sentence is."""
    return line.style != ASIDE_STYLES[AsideKind.NOTE] and all(s.strong for s in line.stretches)


def _paragraph(line: ReturnedLine) -> Block:
    inlines = inlines_of(line.stretches)
    if line.level:
        listed = not line.style.endswith("Unlisted")
        return Heading(line.level + 1, inlines, number=line.number, listed=listed)
    if line.style == "CodeBlock":
        return CodeBlock(line.text)
    return Paragraph(inlines, _ROLES.get(line.style, Role.BODY))


def _captioned(table: Table, line: ReturnedLine) -> Table:
    """Give a table its caption; one that only repeats the head is what screen readers hear."""
    heads = ", ".join(map(plain, table.head.cells)) if table.head else ""
    return table if line.text == heads else replace(table, caption=inlines_of(line.stretches))


def _table_number(cell: CellPlace | None) -> int:
    return cell.table if cell else -1


def _row_number(line: ReturnedLine) -> int:
    return line.cell.row if line.cell else -1


def _row(lines: list[ReturnedLine]) -> Row:
    """Make a row; several paragraphs of a cell are parted by a new line."""
    cells: dict[int, Inlines] = {}
    for line in lines:
        column = line.cell.column if line.cell else 0
        before = cells.get(column, ())
        told = inlines_of(line.stretches)
        cells[column] = (*before, Break(), *told) if before and told else (*before, *told)
    width = max(cells, default=0) + 1
    return Row(tuple(cells.get(column, ()) for column in range(width)))
