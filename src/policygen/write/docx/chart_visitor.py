"""The chart of a poster: a line to follow, drawn with the cells of its table.

A yes goes down the line, through the numbers; a no goes across, along an arrow. All words stay
words, which every program reads and whoever edits can change; the arrow and the marks say no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import Row, Table
from policygen.model.document.walk import plain
from policygen.write.docx import tables
from policygen.write.docx.paragraphs import ParagraphFormat
from policygen.write.docx.runs.content import RunContent, RunInlines, Tab
from policygen.write.docx.table_visitor import TableVisitor
from policygen.write.widths import share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.write.docx.context import BlockContext
    from policygen.write.docx.package.xml import Element

_STEP, _EM = 600, 200  # twips: the least width of the line, and the size of the heads
_SHARES = (46, 54)  # of the rest: question, and where the other answer leads
_STYLES = ("ChartStep", "ChartQuestion", "ChartAnswer")
CHART_END = ParagraphFormat("ChartEnd", before=0)


class ChartVisitor(TableVisitor):
    """Turns the table of a chart into a drawing of itself."""

    def chart(self, table: Table, context: BlockContext, line: str) -> list[Element]:
        """Make a chart whose line has the colour `line` (`RRGGBB`)."""
        widths = self._chart_columns(table, context.width)
        element = tables.data_table(table, widths, 0)
        rows = (table.head, *table.rows) if table.head else table.rows
        for row in rows:
            element.append(self._chart_row(row, table, widths, context, line))
            context = context.after([element])
        return [element]

    def _chart_columns(self, table: Table, width: int) -> list[int]:
        """Return the widths of the columns; the head of the first stays whole."""
        head = plain(table.head.cells[0]) if table.head else ""
        step = max(_STEP, self.font.text_width(f"{head} ", _EM))
        return [step, *share(width - step, _SHARES)]

    def _chart_row(
        self, row: Row, table: Table, widths: Sequence[int], context: BlockContext, line: str
    ) -> Element:
        context = context.within(change=row.change).bookmarked(row.clause)
        is_head = row is table.head
        element = tables.row_element(self._revision(context), head=is_head)
        for column, words in enumerate(self._chart_cells(row)):
            style = "ChartHead" if is_head else _STYLES[column]
            fill = line if column == 0 and not is_head else ""
            gap = tables.CHART_GAP if column else 0
            cell = tables.chart_cell(widths[column], gap, fill)
            layout = ParagraphFormat(style, keep_next=True)
            cell.append(self.paragraphs.paragraph(layout, words, context))
            element.append(cell)
            context = context.after([element])
        return element

    def _chart_cells(self, row: Row) -> list[RunInlines]:
        """Return the words of the cells; an arrow and its mark lead to a judgement."""
        cells: list[RunInlines] = [*row.cells]
        if row.mark:
            arrow = RunContent(self._package.arrow(self.paragraphs.runs.next_id()))
            cells[-1] = (arrow, *self.mark(row.mark), Tab(), *row.cells[-1])
        return cells
