"""The columns of a translation pack as a workbook, for translators without a tool of their own."""

from __future__ import annotations

from enum import Enum

PACK_TITLE = "policygen translation pack"  # in the first cell; the body and the languages follow
PACK_HEAD = 2  # counted from 0
PERSON, MACHINE = "a person", "a machine"


class PackColumn(Enum):
    """One column, in order. `fills` are those that a translator fills in."""

    UNIT = "Unit"
    FILE = "File"
    WHERE = "What it is"
    SOURCE = "Original"
    TARGET = "Translation"
    CODES = "Placeholders: keep each, once"
    MOST = "At most (characters)"
    MADE_BY = "Made by"
    REVIEWED_BY = "Reviewed by (name)"
    REVIEWED_ON = "Reviewed on"

    @property
    def fills(self) -> bool:
        """Whether it is filled in."""
        return self in _FILLED


_FILLED = (
    PackColumn.TARGET,
    PackColumn.MADE_BY,
    PackColumn.REVIEWED_BY,
    PackColumn.REVIEWED_ON,
)
