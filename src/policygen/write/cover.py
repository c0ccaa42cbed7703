"""How full a cover is: its field gives way to a long table, alike in every printed format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import Deleted
from policygen.model.document.walk import plain

if TYPE_CHECKING:
    from policygen.model.document import Inline, Masthead

# Characters of document control that would else run over the page; a comparison has both sides'.
_LONG, _LONGEST = 500, 700


def has_long_control(head: Masthead) -> bool:
    """Tell whether the table of document control needs more of a cover than half."""
    return _characters(head) > _LONG


def has_longest_control(head: Masthead) -> bool:
    """Tell whether that table needs most of a cover."""
    return _characters(head) > _LONGEST


def _characters(head: Masthead) -> int:
    rows = head.control.rows if head.control else ()
    return sum(_printed(inline) for row in rows for cell in row.cells for inline in cell)


def _printed(inline: Inline) -> int:
    """Return how many characters take room; what is struck out does too."""
    return len(plain(inline.children if isinstance(inline, Deleted) else (inline,)))
