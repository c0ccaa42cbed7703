"""Classes by which the print sheet knows what it would else have to look for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import List, Paragraph, Table
from policygen.write.html.tables import scrolls

if TYPE_CHECKING:
    from policygen.model.document import Block


def class_attribute(*names: str) -> str:
    """Return the attribute of these classes; nothing where all are empty."""
    own = " ".join(name for name in names if name)
    return f' class="{own}"' if own else ""


def leads_to(following: Block | None) -> str:
    """Return the class of a paragraph by what follows it; none before another."""
    match following:
        case None | Paragraph():
            return ""
        case List():
            return "to-list"
        case Table() if not (following.strip or scrolls(following)):
            return "to-table"
        case _:
            return "to-other"
