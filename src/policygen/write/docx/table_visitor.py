"""Tables of data, and the grids that place blocks side by side or in a box."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.model.document import Row, Table
from policygen.model.document.walk import shared_change
from policygen.write.docx import tables
from policygen.write.docx.neighbours import change_of_row, close_cell
from policygen.write.docx.paragraph_visitor import ParagraphVisitor
from policygen.write.docx.paragraphs import ParagraphFormat
from policygen.write.docx.runs.run_writer import revision_kind
from policygen.write.widths import share

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policygen.write.docx.context import BlockContext
    from policygen.write.docx.package.package import Package
    from policygen.write.docx.package.xml import Element
    from policygen.write.docx.paragraphs import ParagraphWriter
    from policygen.write.docx.runs.content import RunInlines
    from policygen.write.font import FontMetrics

    CellWriter = Callable[[BlockContext], list[Element]]

_FEW_ROWS = 6  # of a table that stands on one page
_ASK = "ask"  # the role of whom to ask, side by side
_FRONT = "front"  # the role of what stands before the sections
_CELL_STYLES = {
    ("Table", True): "TableHead",
    ("Table", False): "TableText",
    ("Control", True): "ControlHead",
    ("Control", False): "Control",
}


def _stays_with_next(row: Row, table: Table, context: BlockContext) -> bool:
    """Tell whether a row begins no page end: no head stands alone, and no last row.

    A table of few rows, and whom to ask, stand on one page.
    """
    if not table.rows or row is table.rows[-1]:
        return False
    is_short = len(table.rows) <= _FEW_ROWS or context.role == _FRONT
    return is_short or row is table.head or row is table.rows[-2]


class TableVisitor(ParagraphVisitor):
    """Turns a block into a table. What a cell holds is written by a function of its context."""

    def __init__(self, paragraphs: ParagraphWriter, package: Package, font: FontMetrics) -> None:
        """`font` measures the words of columns."""
        super().__init__(paragraphs, package)
        self.font = font

    def table(
        self, table: Table, context: BlockContext, *, out: int | None = None
    ) -> list[Element]:
        """Make a table with its title, its head repeated on every page, a heading to every row.

        `out` is how far it reaches into the margin column, in twips.
        """
        if out is None:
            may_reach = table.wide or table.strip or context.role == _FRONT
            out = self.paragraphs.page.gutter if may_reach and not context.in_cell else 0
        elements: list[Element] = []
        if table.caption:
            layout = ParagraphFormat("Caption", indent=-out if out else None)
            within = context.within(change=shared_change(table.caption))
            elements.append(self.paragraphs.paragraph(layout, table.caption, within))
        columns = tables.data_columns(table, context.width + out, self.font)
        element = tables.data_table(table, columns, -out)
        context = context.after(elements)
        rows = (table.head, *table.rows) if table.head else table.rows
        for row in rows:
            element.append(self._row(row, table, columns, context))
            context = context.after([element])
        return [*elements, element]

    def _row(
        self, row: Row, table: Table, columns: Sequence[int], context: BlockContext
    ) -> Element:
        context = context.within(change=row.change)
        context = context.bookmarked(row.clause)
        is_head = row is table.head
        stays_with_next = _stays_with_next(row, table, context)
        element = tables.row_element(self._revision(context), head=is_head)
        style = "Control" if table.strip else "Table"
        for column, words in enumerate(self._cells(row, len(columns))):
            heads_row = column == 0 and not table.strip
            layout = ParagraphFormat(
                _CELL_STYLES[style, is_head or heads_row], keep_next=stays_with_next
            )
            is_box = table.boxes and not is_head and column == len(columns) - 1
            width = columns[column]
            cell = tables.box_to_tick(width) if is_box else tables.cell_element(width)
            cell.append(self.paragraphs.paragraph(layout, words, context))
            element.append(cell)
            context = context.after([element])
        return element

    def _cells(self, row: Row, count: int) -> list[RunInlines]:
        """Return the words of `count` cells; the mark of a judged row opens the last."""
        cells: list[RunInlines] = [*row.cells]
        cells += [()] * (count - len(cells))
        if row.mark:
            *others, last = cells
            cells = [*others, (*self.mark(row.mark), *last)]
        return cells

    def _revision(self, context: BlockContext) -> Element | None:
        """Make the mark of a row that comes or goes."""
        change = context.ink.change
        return self.paragraphs.runs.revision(revision_kind(change)) if change else None

    def columns(
        self, writers: Sequence[CellWriter], context: BlockContext, shares: Sequence[int]
    ) -> list[Element]:
        """Make one row of cells without lines. `shares` divide the width between them.

        Whom to ask reaches into the margin column, for roles are long.
        """
        gap = tables.gap_between(shares)
        out = self.paragraphs.page.gutter if context.role == _ASK and not context.in_cell else 0
        widths = share(context.width + out - gap * (len(writers) - 1), shares)
        gaps = [gap] * (len(widths) - 1) + [0]
        row = tables.row_element(self._revision(context))
        for write, width, space in zip(writers, widths, gaps, strict=True):
            cell = tables.spaced_cell(width + space, space)
            inner = replace(context, in_cell=True, width=width)
            self.paragraphs.fill(cell, write(inner))
            row.append(cell)
            context = context.after([row])
        table = tables.layout_table(
            [width + space for width, space in zip(widths, gaps, strict=True)], -out
        )
        table.append(row)
        self._close(row, context)
        return [table]

    def box(self, write: CellWriter, context: BlockContext, edges: tables.Edges) -> list[Element]:
        """Make one cell with edges."""
        row = tables.row_element(self._revision(context))
        cell = tables.boxed_cell(context.width, edges)
        inner = replace(context, in_cell=True, width=context.width - tables.BOX_PADDING)
        self.paragraphs.fill(cell, write(inner))
        row.append(cell)
        table = tables.layout_table([context.width])
        table.append(row)
        self._close(row, context)
        return [table]

    def _close(self, row: Element, context: BlockContext) -> None:
        """Let a row of which nothing stays go too; else each cell ends with what stays."""
        row_is_changed = context.ink.change is not None
        revise = self.paragraphs.runs.revision
        change = "" if row_is_changed else change_of_row(row)
        if change:
            tables.mark_row(row, revise(change))
        for cell in row:
            if tables.is_cell(cell):
                close_cell(cell, revise, row_is_changed=row_is_changed or bool(change))
