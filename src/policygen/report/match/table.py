"""Worksheet -> the rows of a spreadsheet to decide in: a row for each clause and loose passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policygen.model.matching.columns import OWN_RULE, SheetColumn
from policygen.model.matching.worksheet import ClauseRow, PassageRow, Worksheet
from policygen.report.match.sentences import (
    LIKELIHOOD_WORDS,
    LOOSE_TITLE,
    difference_line,
    passage_place,
    passage_words,
)

_SHOWN = 900  # characters of a passage
HEAD = tuple(column.value for column in SheetColumn)


def sheet_rows(sheet: Worksheet) -> Iterator[tuple[str, ...]]:
    """Yield the rows beneath the head: all clauses, then the passages that stand at none."""
    for row in sheet.clauses:
        yield _cells(_clause(row, sheet), sheet)
    for loose in sheet.loose:
        yield _cells(_passage(loose), sheet)


def _cells(values: Mapping[SheetColumn, str], sheet: Worksheet) -> tuple[str, ...]:
    values = {SheetColumn.DOCUMENT: sheet.existing.digest, **values}
    return tuple(values.get(column, "") for column in SheetColumn)


def _clause(row: ClauseRow, sheet: Worksheet) -> Mapping[SheetColumn, str]:
    decision, clause = row.decision, row.clause
    filled = {
        SheetColumn.SECTION: clause.section_title,
        SheetColumn.CLAUSE: clause.name,
        SheetColumn.ID: clause.id,
        SheetColumn.OURS: clause.rule,
        SheetColumn.THEIRS: "\n\n".join(_theirs(row, sheet)),
        SheetColumn.DIFFERS: " ".join(map(difference_line, row.differences)),
    }
    if decision is None or row.due:
        return filled
    numbers = (sheet.existing.by_key[key].number for key in decision.passages)
    return {
        **filled,
        SheetColumn.FOUND: decision.found.value,
        SheetColumn.PASSAGES: ", ".join(map(str, numbers)),
        SheetColumn.KEEP: decision.keep.value,
        SheetColumn.TAKE_VALUE: "yes" if decision.take_value else "",
        SheetColumn.NOTE: decision.note,
        SheetColumn.CLEARED_BY: decision.cleared_by,
    }


def _theirs(row: ClauseRow, sheet: Worksheet) -> Iterator[str]:
    for one in row.likely:
        passage = sheet.existing.passage(one.number)
        if passage:
            words = passage_words(passage, _SHOWN)
            yield f"{passage_place(passage)} ({LIKELIHOOD_WORDS[one.likelihood]}): {words}"


def _passage(row: PassageRow) -> Mapping[SheetColumn, str]:
    return {
        SheetColumn.SECTION: LOOSE_TITLE,
        SheetColumn.CLAUSE: row.own.label if row.own else "",
        SheetColumn.ID: row.own.id if row.own else "",
        SheetColumn.THEIRS: f"{passage_place(row.passage)}: {passage_words(row.passage, _SHOWN)}",
        SheetColumn.FOUND: OWN_RULE if row.own else "",
        SheetColumn.PASSAGES: str(row.passage.number),
    }
