"""A checklist: what to do on one day, in order, on one side of paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policygen.model import document as doc
from policygen.model.document import Block
from policygen.present.cut import Cut

# How the columns of a table of three divide the width: the last is for a pen, or a number to ring.
_WITH_BOX, _WITHOUT = (20, 13, 6), (9, 8, 6)


def checklist(cut: Cut) -> Iterator[Block]:
    """Yield the list that an edition tells; the title of a table is a heading here."""
    clause = cut.policy.clause(cut.edition.clause)
    if not clause:
        return
    parts: list[Block] = []
    anchor = clause.id
    for telling in cut.tellings(clause):
        for block in cut.blocks(clause, telling.wording):
            if isinstance(block, doc.Table):
                if block.caption:
                    parts.append(doc.Heading(2, block.caption, anchor))
                    anchor = f"{clause.id}-{len(parts) + 1}"
                block = _as_list(block)
            parts.append(block)
    yield doc.Group("steps", (doc.ClauseBlock(clause.id, tuple(parts)),), "steps")


def _as_list(table: doc.Table) -> doc.Table:
    """Return a table without its title; where its last column is empty, that has boxes to tick."""
    last_cells = [row.cells[-1] for row in table.rows if row.cells]
    boxes = bool(last_cells) and not any(last_cells)
    is_of_three = bool(table.rows) and len(table.rows[0].cells) == 3
    shares = _WITH_BOX if boxes else _WITHOUT
    return replace(table, caption=(), boxes=boxes, shares=shares if is_of_three else ())
