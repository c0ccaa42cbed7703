"""Policy out for comment -> the form by clause: as a Document, and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model import document as doc
from policygen.model.consultation.record import WHOLE_POLICY, Consultation
from policygen.model.consultation.words import ConsultationWords
from policygen.model.document import Break, Inlines, Text
from policygen.model.document.walk import plain
from policygen.model.office_file.spreadsheet import Grid
from policygen.model.outline.label import fill_label
from policygen.model.policy import Clause, Policy
from policygen.present.cut import Cut
from policygen.report.consultation.letters import (
    Slots,
    consultation_document,
    letter_blocks,
)
from policygen.report.layout import CellContent, report_table

_LINES = 2  # empty ones in a cell that is to be filled in, on paper too


def form_reference(opened: Consultation) -> str:
    """Return the number by which a form is known again: fenwick@0.9."""
    return f"{opened.organisation}@{opened.version}"


def comment_form(
    policy: Policy, opened: Consultation, words: ConsultationWords, slots: Slots
) -> doc.Document:
    """Lay out the form to be filled in on paper or in Word."""
    form = words.form
    room: Inlines = (Text(" "), *(_LINES * (Break(),)))
    head = (form.clause, form.comment, form.wording)
    names = [*(name for _, name, _ in _rows(policy)), form.whole]
    rows: list[tuple[CellContent, ...]] = [(name, room, room) for name in names]
    who = doc.Table(
        None,
        (
            doc.Row(((Text(form.reference),), (Text(form_reference(opened)),))),
            doc.Row(((Text(form.name),), ())),
            doc.Row(((Text(form.speaks_for),), ())),
        ),
        shares=(1, 2),
    )
    return consultation_document(
        policy,
        fill_label(form.title, **slots),
        fill_label(form.lead, **slots),
        (*letter_blocks(form.body, slots), who, report_table(head, rows, shares=(2, 3, 3))),
        words.language,
    )


def form_grid(policy: Policy, opened: Consultation, words: ConsultationWords, slots: Slots) -> Grid:
    """Return the form as rows for a spreadsheet, with what each clause says."""
    form = words.form
    texts = [fill_label(part.text, **slots) for part in form.body]
    head = [
        (fill_label(form.title, **slots),),
        (fill_label(form.lead, **slots),),
        *((" ".join(text.split()),) for text in texts),
        (form.reference, form_reference(opened)),
        (form.name, ""),
        (form.speaks_for, ""),
        (),
        (form.clause, form.says, form.comment, form.wording, form.id),
    ]
    rows = ((name, said, "", "", id) for id, name, said in _rows(policy))
    return (*head, *rows, (form.whole, "", "", "", WHOLE_POLICY))


def _rows(policy: Policy) -> Iterator[tuple[str, str, str]]:
    """Yield the id of each clause, its number and name, and its rule."""
    cut = Cut(policy, policy.outline.editions[policy.outline.signed])
    for section in cut.sections:
        for clause in cut.told_clauses(section):
            name = f"{clause.number} {plain(cut.short_name(clause))}".strip()
            yield clause.id, name, _rule(cut, clause)


def _rule(cut: Cut, clause: Clause) -> str:
    blocks = (b for t in cut.tellings(clause) for b in cut.blocks(clause, t.wording))
    lines = (" ".join(line.split()) for block in blocks for line in lines_of_block(block))
    return "\n".join(filter(None, lines))


def lines_of_block(block: doc.Block) -> Iterator[str]:
    """Yield what a reader sees of a block, a line for each paragraph, item or row."""
    match block:
        case doc.Paragraph() | doc.Heading():
            yield plain(block.inlines)
        case doc.Table():
            rows = (block.head, *block.rows) if block.head else block.rows
            for row in rows:
                yield " | ".join(map(plain, row.cells))
        case doc.List():
            for item in block.items:
                for inner in item.blocks:
                    yield from (f"- {line}" for line in lines_of_block(inner))
        case doc.Aside():
            for inner in block.blocks:
                yield from lines_of_block(inner)
