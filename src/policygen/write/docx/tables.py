"""Tables of Word: the elements that tables of data, rows of columns and covers are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from policygen.model.document import AsideKind, Heading, Mark, ScanCode
from policygen.model.document.walk import plain, text_lines, walk
from policygen.write.docx.package.styles import INK, RULE
from policygen.write.docx.package.xml import Element, clone, name, val, w
from policygen.write.widths import TypeSize, column_widths, share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policygen.model.document import Blocks, Inlines, Table
    from policygen.write.font import FontMetrics

# An em in twips, with some to spare for other fonts, and the space between columns.
_TABLE, _STRIP = TypeSize(235, 200), TypeSize(220, 100)
_FEW = 3  # columns side by side that share the width alike
_CODE = 1580  # twips of a column that holds a code to scan
_JUDGED = (30, 30, 40)  # of the width: what one may do, should think of first, and may not do
_WIDE_GAP, _NARROW_GAP = 340, 160  # twips between so few columns, and between more
_CHART_MARGIN = 24  # twips above and below the words of a chart
CHART_GAP = 160  # twips between its columns
_SIDES = ("top", "left", "bottom", "right")
_BOX_MARGINS = {"top": 140, "left": 240, "bottom": 60, "right": 240}
BOX_PADDING = _BOX_MARGINS["left"] + _BOX_MARGINS["right"]


@dataclass(frozen=True, slots=True)
class Edges:
    """How a boxed cell looks: side -> (kind, eighths of a point, colour), and its ground."""

    sides: Mapping[str, tuple[str, int, str]] = field(default_factory=dict)
    fill: str = ""


def aside_edges(kind: AsideKind, tint: str) -> Edges:
    """Return the edges of a passage set apart, the same as those of its paragraph style."""
    match kind:
        case AsideKind.NOTE:
            return Edges({"left": ("single", 32, INK)})
        case AsideKind.EXAMPLE:
            return Edges({}, tint)
        case AsideKind.QUOTE:
            return Edges({"left": ("single", 8, RULE)})
        case _:
            return Edges(dict.fromkeys(_SIDES, ("single", 6, INK)))


# --- Widths, in twips -----------------------------------------------------------------------------


def data_columns(table: Table, width: int, font: FontMetrics) -> list[int]:
    """Divide a width between the columns of a table: by its shares, else by its words."""
    rows = (table.head, *table.rows) if table.head else table.rows
    count = max((len(row.cells) for row in rows), default=1) or 1
    if len(table.shares) == count:
        return share(width, table.shares)
    size = _STRIP if table.strip else _TABLE
    return column_widths([row.cells for row in rows], width, count, size, font)


def gap_between(shares: Sequence[int]) -> int:
    """Return the space between columns side by side, of which `shares` are the widths."""
    count = len(shares)
    if count <= 1:
        return 0
    return _NARROW_GAP if count > _FEW or shares == _JUDGED else _WIDE_GAP


def side_by_side(columns: Sequence[Blocks], width: int, font: FontMetrics) -> Sequence[int]:
    """Return the shares of columns side by side.

    Few share alike, and so do more where each word has room in its share. A code to scan at the end
    takes what it is wide. Of the three judgements the last has most to say.
    """
    if [_mark(blocks) for blocks in columns] == list(Mark):
        return _JUDGED
    if columns and any(isinstance(block, ScanCode) for block in columns[-1]):
        rest = width - _CODE
        return [*share(rest, side_by_side(columns[:-1], rest, font) or (1,)), _CODE]
    alike = (1,) * len(columns)
    if len(columns) <= _FEW:
        return alike
    lines_of_columns = [
        [line for block in walk(blocks) for line in text_lines(block)] for blocks in columns
    ]
    rows = list(zip_longest(*lines_of_columns, fillvalue=()))
    room = width // len(columns) - _NARROW_GAP
    if _longest_word(rows, font) <= room:
        return alike
    return column_widths(rows, width, len(columns), TypeSize(_TABLE.em, _NARROW_GAP), font)


def _mark(blocks: Blocks) -> Mark | None:
    """Return the judgement that a column is headed by."""
    match blocks:
        case (Heading(mark=mark), *_):
            return mark
        case _:
            return None


def _longest_word(rows: Sequence[Sequence[Inlines]], font: FontMetrics) -> int:
    """Return the width of the longest word of rows, as if it were bold."""
    words = (word for row in rows for cell in row for word in plain(cell).split(" "))
    return max((font.text_width(word, _TABLE.em, bold=True) for word in words), default=0)


# --- Elements -------------------------------------------------------------------------------------


def data_table(table: Table, columns: Sequence[int], indent: int) -> Element:
    """Make a table of data without its rows; screen readers hear its title and its heads."""
    style = "ControlStrip" if table.strip else "PolicyTable"
    properties = _table_properties(style, columns, indent)
    properties.append(_look(first_row=bool(table.head), first_column=not table.strip))
    heads = ", ".join(plain(cell) for cell in table.head.cells) if table.head else ""
    title = plain(table.caption)
    if title or heads:
        properties.append(val("tblCaption", title or heads))
    if table.caption and heads:
        properties.append(val("tblDescription", heads))
    return w("tbl", properties, _grid(columns))


def layout_table(columns: Sequence[int], indent: int = 0) -> Element:
    """Make a table that only places what it holds."""
    properties = _table_properties("LayoutGrid", columns, indent)
    properties.append(_look(first_row=False, first_column=False))
    return w("tbl", properties, _grid(columns))


def padded_table(
    padding: Mapping[str, int],
    columns: Sequence[int],
    indent: int = 0,
    borders: Element | None = None,
) -> Element:
    """Make a table that only places what it holds.

    `padding` is the room within each cell, in twips, by its side.
    """
    properties = w(
        "tblPr",
        val("tblStyle", "LayoutGrid"),
        w("tblW", w=sum(columns), type="dxa"),
        w("tblInd", w=indent, type="dxa"),
        borders,
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=padding[side], type="dxa") for side in _SIDES)),
        _look(first_row=False, first_column=False),
    )
    return w("tbl", properties, _grid(columns))


def _table_properties(style: str, columns: Sequence[int], indent: int) -> Element:
    return w(
        "tblPr",
        val("tblStyle", style),
        w("tblW", w=sum(columns), type="dxa"),
        w("tblInd", w=indent, type="dxa"),
        w("tblLayout", type="fixed"),
    )


def _grid(columns: Sequence[int]) -> Element:
    return w("tblGrid", *(w("gridCol", w=width) for width in columns))


def _look(*, first_row: bool, first_column: bool) -> Element:
    """Say which cells are heads: screen readers read them with each cell."""
    return w(
        "tblLook",
        val="0000",
        firstRow=int(first_row),
        lastRow=0,
        firstColumn=int(first_column),
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )


def row_element(change: Element | None, *, head: bool = False) -> Element:
    """Make an empty row that stays on one page; a head is repeated on every page."""
    row = clone(_empty_row(head))
    if change is not None:
        mark_row(row, change)
    return row


@cache
def _empty_row(head: bool) -> Element:
    """Make a row. Copying it is far quicker than making it of its parts."""
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if head else None))


def cell_element(width: int) -> Element:
    """Make an empty cell."""
    return clone(_cell(width))


@lru_cache(maxsize=256)
def _cell(width: int) -> Element:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")))


def chart_cell(width: int, gap: int, fill: str) -> Element:
    """Make an empty cell of a chart, with a gap at its right.

    One with a ground has no lines but its own colour's.
    """
    lines = [_border(side, "single", 4, fill) for side in ("top", "bottom")] if fill else []
    margins = {"top": _CHART_MARGIN, "bottom": _CHART_MARGIN, "right": gap}
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("tcBorders", *lines) if lines else None,
        shading(fill),
        w("tcMar", *(w(side, w=margins[side], type="dxa") for side in _SIDES if side in margins)),
        val("vAlign", "center"),
    )
    return w("tc", properties)


def spaced_cell(width: int, gap: int) -> Element:
    """Make an empty cell with a gap at its right."""
    margin = w("tcMar", w("right", w=gap, type="dxa")) if gap else None
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), margin))


def boxed_cell(width: int, edges: Edges) -> Element:
    """Make an empty cell with edges and a ground."""
    borders = [_border(side, *edges.sides[side]) for side in _SIDES if side in edges.sides]
    margins = [w(side, w=twips, type="dxa") for side, twips in _BOX_MARGINS.items()]
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("tcBorders", *borders) if borders else None,
        shading(edges.fill),
        w("tcMar", *margins),
    )
    return w("tc", properties)


def box_to_tick(width: int) -> Element:
    """Make an empty cell with a line around it, for a pen."""
    borders = [_border(side, "single", 8, INK) for side in _SIDES]
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("tcBorders", *borders)))


def _border(side: str, kind: str, size: int, colour: str) -> Element:
    return w(side, val=kind, sz=size, space=0, color=colour)


def shading(fill: str) -> Element | None:
    """Make a flat ground (`RRGGBB`), or nothing."""
    return w("shd", val="clear", color="auto", fill=fill) if fill else None


def is_cell(element: Element) -> bool:
    """Tell a cell of a row from the row's properties."""
    return bool(element.tag == name("tc"))


def mark_row(row: Element, change: Element) -> None:
    """Mark a row as inserted or deleted."""
    properties = row.find(name("trPr"))
    assert properties is not None
    properties.append(change)
