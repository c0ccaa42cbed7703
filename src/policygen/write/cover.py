"""How full a cover is: its field gives way to a long table, alike in every printed format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document.walk import plain

if TYPE_CHECKING:
    from policygen.model.document import Masthead

_LONG = 500  # characters of document control that would else run over the page


def has_long_control(head: Masthead) -> bool:
    """Tell whether the table of document control needs more of a cover than half."""
    rows = head.control.rows if head.control else ()
    return sum(len(plain(cell)) for row in rows for cell in row.cells) > _LONG
