"""The columns of a worksheet in a spreadsheet, which one program writes and another reads back."""

from __future__ import annotations

from enum import Enum


class SheetColumn(Enum):
    """A column by its head. Those from `FOUND` to `CLEARED_BY` are filled in by people."""

    SECTION = "Section"
    CLAUSE = "Clause"
    OURS = "What the clause says"
    THEIRS = "What yours may say"
    DIFFERS = "What differs"
    ID = "Id"
    FOUND = "Found"
    PASSAGES = "Passages"
    KEEP = "Keep"
    TAKE_VALUE = "Take their value"
    NOTE = "Note"
    CLEARED_BY = "Cleared by"
    DOCUMENT = "Document"  # the fingerprint of the document whose numbers of passages count


OWN_RULE = "own"  # found: a passage that stands at no clause is kept as a clause of the body's own
# What may stand in a column.
CHOICES = {
    SheetColumn.FOUND: ("covered", "in part", "not found", OWN_RULE),
    SheetColumn.KEEP: ("ours", "theirs", "elsewhere"),
    SheetColumn.TAKE_VALUE: ("yes", "no"),
}
