"""A table without its grid, for readers who cannot look along a line and up a column at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policygen.model.document import Text
from policygen.model.document.walk import plain

if TYPE_CHECKING:
    from policygen.model.document import Inlines, Row, Table

_NEEDS_NO_COLON = (":", "?", ".", "!", "…")


class CellFact(NamedTuple):
    """One cell of a row, and what its column is called; `name` is () where that says nothing."""

    name: Inlines
    words: Inlines


def row_facts(table: Table, row: Row) -> tuple[CellFact, ...]:
    """Return what a row says, cell by cell, without the cells that are empty.

    In a table without a head, and in one of pairs, the first cell names what the others say.
    """
    if table.head and not is_list_of_pairs(table):
        heads = (*table.head.cells, *((),) * len(row.cells))
        facts = tuple(CellFact(name, words) for name, words in zip(heads, row.cells, strict=False))
    else:
        first, *others = row.cells or ((),)
        facts = tuple(CellFact(first if not at else (), words) for at, words in enumerate(others))
        facts = facts or (CellFact((), first),)
    return tuple(fact for fact in facts if fact.words)


def named(fact: CellFact) -> Inlines:
    """Return a fact as one line: what it is called, a colon, and what it is."""
    if not fact.name:
        return fact.words
    between = " " if plain(fact.name).endswith(_NEEDS_NO_COLON) else ": "
    return (*fact.name, Text(between), *fact.words)


def is_list_of_pairs(table: Table) -> bool:
    """Tell whether the first cell of every row names what the second says, and no more is said."""
    every_row = (*table.rows, table.head) if table.head else table.rows
    return all(len(row.cells) == 2 for row in every_row)
