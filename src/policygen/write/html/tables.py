"""How a table stands: its classes, its columns, and what holds one that is too wide."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from policygen.model.document.walk import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.model.document import Inlines, Row, Table

# Columns from which a table may be wider than a narrow screen, and takes the margin on paper.
SCROLLS = 4
_PAIRS = 2
_WHOLE = 6  # rows of a table that no page may part


def table_width(table: Table) -> int:
    """Return the number of columns of a table: the cells of its longest row."""
    rows = (table.head, *table.rows) if table.head else table.rows
    return max((len(row.cells) for row in rows), default=0)


def scrolls(table: Table) -> bool:
    """Tell whether a table stands in a box of its own, since it may be too wide."""
    return table_width(table) >= SCROLLS and not table.strip


def table_kind(table: Table, *, on_screen: bool) -> str:
    """Return the classes of a table: how it stands, and on a narrow screen."""
    if table.strip:
        return "strip"
    is_chart = any(row.mark for row in table.rows)
    kinds = {
        "table": True,
        "wide": table.wide and not scrolls(table),
        "boxes": table.boxes,
        "whole": not on_screen and len(table.rows) <= _WHOLE,
        "judged": not on_screen and is_chart,
        "pairs": on_screen and table_width(table) == _PAIRS and not is_chart,
    }
    return " ".join(kind for kind, holds in kinds.items() if holds)


def column_group(shares: Sequence[int]) -> str:
    """Return columns of set widths, in thousandths, each by a class of the page."""
    if not shares:
        return ""
    each = "".join(f'<col class="w-{round(1000 * share / sum(shares))}">' for share in shares)
    return f"<colgroup>{each}</colgroup>\n"


def padded(row: Row, width: int) -> tuple[Inlines, ...]:
    """Return the cells of a row, and empty ones to the width of its table."""
    return row.cells + ((),) * (width - len(row.cells))


def scrolling(markup: str, table: Table) -> str:
    """A wide table scrolls by itself on a narrow screen: by keyboard too, and under a name."""
    name = plain(table.caption) or ", ".join(
        plain(cell) for cell in (table.head.cells if table.head else ())
    )
    wide = " wide" if table.wide else ""
    if not name:
        return f'<div class="scroll{wide}" tabindex="0">\n{markup}\n</div>'
    label = f'aria-label="{escape(name)}"'
    return f'<section class="scroll{wide}" tabindex="0" {label}>\n{markup}\n</section>'
