"""Worksheet -> Document: an existing policy beside the clauses, for those who decide.

It is in English, as the commands are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.model import document as doc
from policygen.model.document import Block, Quiet, Strong, Text
from policygen.model.matching.ranking import Likelihood
from policygen.model.matching.worksheet import ClauseRow, PassageRow, Worksheet
from policygen.report.layout import report_table, titled_group
from policygen.report.match.sentences import (
    LIKELIHOOD_WORDS,
    difference_line,
    nothing_line,
    passage_place,
    passage_words,
    taken_line,
    worksheet_finding,
)

_TITLE = "What your policy says already"


def worksheet_report(sheet: Worksheet) -> doc.Document:
    """Lay out the worksheet: coverage by section, each clause, and what no clause answers."""
    lead = worksheet_finding(sheet)
    return doc.Document(
        meta=doc.Meta(
            title=f"{_TITLE}: {sheet.existing.title}",
            author="policygen",
            subject="Worksheet",
            description=lead,
            language="en-GB",
        ),
        layout="brief",
        masthead=doc.Masthead(
            sheet.organisation, (), _TITLE, lead, "Worksheet", doc.Tag("To be decided", solid=False)
        ),
        running=doc.Running(_TITLE, sheet.existing.title, "", "Page {page} of {pages}"),
        body=tuple(_parts(sheet)),
    )


def _parts(sheet: Worksheet) -> Iterator[Block]:
    existing = sheet.existing
    yield doc.Paragraph((Text(f"{existing.file} was read as {existing.form}."),), doc.Role.REMARK)
    yield titled_group("coverage", "By section", _coverage(sheet))
    for section, rows in sheet.sections.items():
        blocks = (block for row in rows for block in _clause(row, sheet))
        yield titled_group(section, rows[0].clause.section_title, *blocks)
    loose = [row for row in sheet.passages if row.likelihood is Likelihood.UNLIKELY]
    if loose:
        yield titled_group("passages", "Passages that no clause answers", _passages(loose))


def _coverage(sheet: Worksheet) -> Block:
    head = ("Section", "Clauses", "Likely", "Perhaps", "Nothing found")
    rows = []
    for ones in sheet.sections.values():
        found = [row.likelihood for row in ones]
        counts = (str(found.count(one)) for one in Likelihood)
        rows.append((ones[0].clause.section_title, str(len(ones)), *counts))
    return report_table(head, rows, shares=(8, 2, 2, 2, 3))


def _clause(row: ClauseRow, sheet: Worksheet) -> Iterator[Block]:
    """Yield a clause: its name, its rule, and the passages that may say it already."""
    clause = row.clause
    yield doc.Heading(3, (Text(clause.name),), clause.id)
    yield doc.Paragraph(
        (doc.Code(clause.id), Text(f": {clause.title}. {taken_line(row)}".rstrip())),
        doc.Role.REMARK,
    )
    if not row.likely:
        yield doc.Paragraph((Quiet((Text(nothing_line(row)),)),))
        return
    items = []
    for one in row.likely:
        passage = sheet.existing.passage(one.number)
        if passage is not None:
            place = f"{passage_place(passage)} ({LIKELIHOOD_WORDS[one.likelihood]}): "
            line = (Strong((Text(place),)), Text(passage_words(passage)))
            items.append(doc.ListItem((doc.Paragraph(line),)))
    yield doc.List(tuple(items))
    for difference in row.differences:
        yield doc.Paragraph((Text(difference_line(difference)),), doc.Role.HINT)


def _passages(rows: Sequence[PassageRow]) -> Block:
    items = []
    for row in rows:
        place = Strong((Text(f"{passage_place(row.passage)}: "),))
        line = (place, Text(passage_words(row.passage)))
        items.append(doc.ListItem((doc.Paragraph(line),)))
    return doc.List(tuple(items))
