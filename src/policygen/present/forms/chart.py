"""The decision chart: a section of questions -> one table that says where each answer leads.

A yes goes on to the next row and a no leads out, or the other way round: each row says which.
"""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model import document as doc
from policygen.model.document import Block, Blocks, Inlines, Role, Strong, Text
from policygen.model.outline.label import fill_label
from policygen.model.policy import Clause, Section
from policygen.present.cut import Cut

_ENDS = tuple(mark.value for mark in doc.Mark)


def decision_chart(cut: Cut, section: Section, *, only_telling: bool) -> Blocks:
    """How to read it, a row for each question, and where all of them lead. Empty without questions.

    `only_telling` says that the chart is all that the document tells of its clauses.
    """
    questions = [clause for clause in section.clauses if clause.yes or clause.no]
    if not questions:
        return ()
    numbers = {clause.id: str(number) for number, clause in enumerate(questions, 1)}
    kept = [clause for clause in section.clauses if not clause.omission]
    ends = [clause for clause in kept if clause not in questions]
    columns = ("chart_step", "chart_question", "chart_otherwise")
    head = doc.Row(tuple((Text(cut.labels[column]),) for column in columns))
    rows: list[doc.Row] = []
    for question in questions:
        number = (Text(numbers[question.id]),)
        otherwise = _otherwise(cut, question, numbers, ends)
        cells = (number, cut.inlines(question.title), otherwise)
        rows.append(
            doc.Row(cells, clause=question.id if only_telling else "", mark=_mark(question))
        )
    hint = doc.Paragraph((Text(cut.labels["chart_hint"]),), Role.HINT)
    leads = [_lead(cut, end, only_telling=only_telling) for end in ends]
    return (hint, doc.Table(head, tuple(rows)), *leads)


def _mark(question: Clause) -> doc.Mark | None:
    """Return the judgement to which an answer leads at once, if one does."""
    judgements = [way for way in (question.yes, question.no) if way in _ENDS]
    return doc.Mark(judgements[0]) if judgements else None


def _lead(cut: Cut, end: Clause, *, only_telling: bool) -> Block:
    """Return what a clause says to which questions lead."""
    paragraph = doc.Paragraph(_end(cut, end), Role.LEAD)
    return doc.ClauseBlock(end.id, (paragraph,)) if only_telling else paragraph


def _otherwise(cut: Cut, question: Clause, numbers: dict[str, str], ends: list[Clause]) -> Inlines:
    """The answer that does not simply lead on, and where it leads."""
    leads_on = question.no in ("", "next")
    answer, way = ("yes", question.yes) if leads_on else ("no", question.no)
    if way in _ENDS:
        words = _words(cut, question)
    elif way in numbers:
        words = (Text(fill_label(cut.labels["chart_go"], step=numbers[way])),)
    else:
        words = next(cut.inlines(clause.title) for clause in ends if clause.id == way)
    return (Strong((Text(f"{cut.labels[f'chart_{answer}']}:"),)), Text(" "), *words)


def _end(cut: Cut, clause: Clause) -> Inlines:
    words = _words(cut, clause)
    title = Strong((*cut.inlines(clause.title), Text(".")))
    return (title, Text(" "), *words) if words else (title,)


def _words(cut: Cut, clause: Clause) -> Inlines:
    """What a poster says of the clause, as one line."""
    tiers = (key for key, tier in cut.policy.outline.tiers.items() if tier.form == "rules")
    for tier in tiers:
        wording = clause.told(tier)
        if wording:
            return tuple(_inlines(cut.blocks(clause, wording)))
    return ()


def _inlines(blocks: Blocks) -> Iterator[doc.Inline]:
    for number, block in enumerate(b for b in blocks if isinstance(b, doc.Paragraph)):
        yield from (Text(" "), *block.inlines) if number else block.inlines
