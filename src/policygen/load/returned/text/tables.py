"""What a table is: data, document control, or a grid that only places what it holds."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from policygen.load.returned.package.xml import WML, WordNode, number, value
from policygen.model.document.blocks import AsideKind

if TYPE_CHECKING:
    from policygen.load.returned.text.styles import Styles

_DATA = frozenset(
    {"TableText", "TableHead", "ChartHead", "ChartStep", "ChartQuestion", "ChartAnswer"}
)
_CONTROL = frozenset({"Control", "ControlHead"})
_BAR = 24  # eighths of a point: the least of a note's edge
_PAPER = frozenset({"", "auto", "FFFFFF"})


class TableShape(Enum):
    """What a table is for."""

    DATA = "data"
    CONTROL = "control"
    LAYOUT = "layout"


_BY_STYLE = {
    "PolicyTable": TableShape.DATA,
    "ControlStrip": TableShape.CONTROL,
    "LayoutGrid": TableShape.LAYOUT,
}


def table_shape(table: WordNode, styles: Styles) -> TableShape:
    """Return what a table is: by its style, by those of its paragraphs, or by its form.

    A program that knows none of our styles keeps the form: what only places has one row or column.
    """
    named = styles.style(value(table.find(f"{WML}tblPr/{WML}tblStyle")) or "?").ours
    if named in _BY_STYLE:
        return _BY_STYLE[named]
    held = {styles.style(value(one)).ours for one in table.iter(f"{WML}pStyle")}
    if held & _CONTROL:
        return TableShape.CONTROL
    if held & _DATA:
        return TableShape.DATA
    rows = table.findall(f"{WML}tr")
    widest = max((len(row.findall(f"{WML}tc")) for row in rows), default=0)
    return TableShape.LAYOUT if len(rows) <= 1 or widest <= 1 else TableShape.DATA


def boxed_aside(cell: WordNode) -> AsideKind | None:
    """Return what a cell sets apart by its edges, as the writer draws them; None for no box.

    The cell of a row of columns has none, and that of a cover is coloured, or dashed.
    """
    properties = cell.find(f"{WML}tcPr")
    if properties is None:
        return None
    borders = properties.find(f"{WML}tcBorders")
    drawn = {} if borders is None else {one.tag.rpartition("}")[2]: one for one in borders}
    single = {side: one for side, one in drawn.items() if value(one) == "single"}
    fill = value(properties.find(f"{WML}shd"), f"{WML}fill")
    margins = properties.find(f"{WML}tcMar")
    if margins is None or margins.find(f"{WML}top") is None:
        return None
    if set(single) >= {"top", "bottom", "left", "right"}:
        return AsideKind.WORDING
    if set(single) == {"left"}:
        width = number(single["left"].get(f"{WML}sz", ""))
        return AsideKind.NOTE if width >= _BAR else AsideKind.QUOTE
    return AsideKind.EXAMPLE if not single and fill not in _PAPER else None
