"""Worksheet -> Document: an existing policy beside the clauses, for those who decide.

It is in English, as the commands are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.model import document as doc
from policygen.model.document import Block, Inline, Inlines, Shape, Shaped, Strong, Text
from policygen.model.matching.decision import ClauseDecision, Coverage, Keep
from policygen.model.matching.ranking import Likelihood
from policygen.model.matching.worksheet import ClauseRow, PassageRow, Worksheet
from policygen.report.layout import CellContent, report_table, titled_group
from policygen.report.match.sentences import (
    LIKELIHOOD_WORDS,
    LOOSE_TITLE,
    decision_line,
    difference_line,
    nothing_line,
    own_line,
    passage_place,
    passage_words,
    taken_line,
    title_line,
    worksheet_finding,
)

_TITLE = "What your policy says already"
# How a clause stands, in the order of the picture: its square, and what the picture calls it.
_STATES = {
    Coverage.COVERED: (Shape.REWORDED, "covered"),
    Coverage.IN_PART: (Shape.FIRST, "in part"),
    Coverage.NOT_FOUND: (Shape.SAME, "not found"),
    Likelihood.LIKELY: (Shape.SET, "open: likely"),
    Likelihood.PERHAPS: (Shape.BESIDE, "open: perhaps"),
    Likelihood.UNLIKELY: (Shape.NAMES, "open: nothing"),
}


def worksheet_report(sheet: Worksheet) -> doc.Document:
    """Lay out the worksheet: coverage by section, each clause, and what stands at none."""
    lead = worksheet_finding(sheet)
    status = "To be decided" if sheet.due else "Decided"
    return doc.Document(
        meta=doc.Meta(
            title=f"{_TITLE}: {sheet.existing.title}",
            author="policygen",
            subject="Worksheet",
            description=lead,
            language="en-GB",
        ),
        layout="worksheet",
        masthead=doc.Masthead(
            sheet.organisation, (), _TITLE, lead, "Worksheet", doc.Tag(status, solid=False)
        ),
        running=doc.Running(_TITLE, sheet.existing.title, "", "Page {page} of {pages}"),
        body=tuple(_parts(sheet)),
    )


def _parts(sheet: Worksheet) -> Iterator[Block]:
    existing = sheet.existing
    yield doc.Paragraph((Text(f"{existing.file} was read as {existing.form}."),), doc.Role.REMARK)
    yield _counts(sheet)
    yield titled_group("coverage", "By section", _legend(sheet), _coverage(sheet))
    for section, rows in sheet.sections.items():
        told = [row for row in rows if not _is_silent(row)]
        blocks = (block for row in told for block in _clause(row, sheet))
        if told:
            yield titled_group(section, rows[0].clause.section_title, *blocks)
    if silent := [row for row in sheet.clauses if _is_silent(row)]:
        items = tuple(map(_silent_item, silent))
        yield titled_group("silent", "Clauses on which nothing was found", doc.List(items))
    if sheet.loose:
        yield titled_group("passages", LOOSE_TITLE, _passages(sheet.loose))


# --- The picture ----------------------------------------------------------------------------------


def _state(row: ClauseRow) -> Coverage | Likelihood:
    return row.decision.found if row.decision and not row.due else row.likelihood


def _used(sheet: Worksheet) -> list[Coverage | Likelihood]:
    """Return the states that some clause is in, in their order."""
    there = {_state(row) for row in sheet.clauses}
    return [state for state in _STATES if state in there]


def _counts(sheet: Worksheet) -> Block:
    """Return how many clauses stand how, as one bar."""
    found = [_state(row) for row in sheet.clauses]
    items = tuple((_STATES[one][0], found.count(one), _STATES[one][1]) for one in _used(sheet))
    said = ", ".join(f"{many} {label}" for _, many, label in items)
    return doc.Counts(f"Of {len(found)} clauses: {said}.", items)


def _legend(sheet: Worksheet) -> Block:
    """Return what each square of the picture means."""
    shown: list[Inline] = [Text("A square for each clause; “open” is to be decided: ")]
    for number, one in enumerate(_used(sheet)):
        shape, label = _STATES[one]
        shown += [Text("; " if number else ""), Shaped(shape, ()), Text(f" {label}")]
    return doc.Paragraph(tuple(shown))


def _coverage(sheet: Worksheet) -> Block:
    """Return a row for each section: a square for each clause, and the same in numbers."""
    used = _used(sheet)
    rows: list[tuple[CellContent, ...]] = []
    for ones in sheet.sections.values():
        found = sorted((_state(row) for row in ones), key=used.index)
        squares: Inlines = tuple(Shaped(_STATES[one][0], ()) for one in found)
        counts = (str(found.count(one)) for one in used)
        rows.append((ones[0].clause.section_title, squares, *counts))
    head = ("Section", "Clauses", *(_STATES[one][1].capitalize() for one in used))
    return report_table(head, rows, shares=(9, 9, *(5 for _ in used)))


# --- Each clause and passage ----------------------------------------------------------------------


def _is_silent(row: ClauseRow) -> bool:
    """Tell whether a clause has neither a decision nor a passage: it is told in a list."""
    is_decided = row.decision is not None and not row.due
    return not (is_decided or row.likely or row.differences)


def _silent_item(row: ClauseRow) -> doc.ListItem:
    name, id = Strong((Text(row.clause.name),)), doc.Code(row.clause.id)
    said = nothing_line(row)
    rest = (Text(f": {said}"),) if said else ()
    return doc.ListItem((doc.Paragraph((name, Text(" "), id, *rest)),))


def _clause(row: ClauseRow, sheet: Worksheet) -> Iterator[Block]:
    """Yield a clause: its name, and what was decided or which passages may say it already."""
    clause = row.clause
    yield doc.Heading(3, (Text(clause.name),), clause.id)
    said = " ".join(filter(None, (title_line(row), taken_line(row))))
    remark = (doc.Code(clause.id), *((Text(f": {said}"),) if said else ()))
    yield doc.Paragraph(remark, doc.Role.REMARK)
    if row.decision and not row.due:
        yield from _decided(row.decision, sheet)
    elif row.likely:
        yield doc.List(tuple(_likely(row, sheet)))
    if not (row.decision and row.decision.keep is not Keep.OURS):
        for difference in row.differences:
            yield doc.Paragraph((Text(difference_line(difference)),), doc.Role.HINT)


def _decided(decision: ClauseDecision, sheet: Worksheet) -> Iterator[Block]:
    yield doc.Paragraph((Strong((Text(decision_line(decision)),)),))
    found = filter(None, map(sheet.existing.by_key.get, decision.passages))
    items = [_item(f"{passage_place(one)}: ", passage_words(one)) for one in found]
    if items:
        yield doc.List(tuple(items))


def _likely(row: ClauseRow, sheet: Worksheet) -> Iterator[doc.ListItem]:
    for one in row.likely:
        passage = sheet.existing.passage(one.number)
        if passage is not None:
            place = f"{passage_place(passage)} ({LIKELIHOOD_WORDS[one.likelihood]}): "
            yield _item(place, passage_words(passage))


def _passages(rows: Sequence[PassageRow]) -> Block:
    items = (
        _item(f"{passage_place(row.passage)}{own_line(row)}: ", passage_words(row.passage))
        for row in rows
    )
    return doc.List(tuple(items))


def _item(place: str, words: str) -> doc.ListItem:
    return doc.ListItem((doc.Paragraph((Strong((Text(place),)), Text(words))),))
