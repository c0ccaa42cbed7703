"""Consultation -> Document: what came back, clause by clause, for whoever decides on it.

It is in English, as the commands are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygen.diff.inlines import merge_inlines
from policygen.model import document as doc
from policygen.model.consultation.collation import ClauseResponses, MergedEdits, MergePiece
from policygen.model.consultation.log import ConsultationLog
from policygen.model.consultation.record import Response, ResponseKind
from policygen.model.document import Block, Break, Deleted, Inline, Inlines, Inserted, Text
from policygen.model.language import capitalise, join_names
from policygen.model.policy import Policy
from policygen.report.consultation.letters import consultation_document
from policygen.report.consultation.sentences import (
    LANGUAGE,
    ResponseTeller,
    as_sentence,
    counted,
)
from policygen.report.layout import CellContent, report_table

_END = re.compile(r"(?<=[.!?]\s)")  # of a sentence; the space belongs to it
_ABREAST = 3  # edits that stand side by side; more stand one below another


def collation_document(
    policy: Policy, log: ConsultationLog, clauses: Sequence[ClauseResponses]
) -> doc.Document:
    """Lay out all that came back: each response, and edits of the same words side by side."""
    teller = ResponseTeller(policy, log)
    report = _Collation(teller)
    body = tuple(block for one in clauses for block in report.clause(one))
    lead = _finding(teller, clauses)
    return consultation_document(policy, "What came back", lead, body, LANGUAGE)


def _finding(teller: ResponseTeller, clauses: Sequence[ClauseResponses]) -> str:
    """Return how much came back, from whom, how much of it conflicts and how much is answered."""
    every = teller.log.responses
    if not every:
        return "Nothing has come back yet."
    said = f"{counted(len(every), 'response')} from {teller.respondents(every)}."
    conflicts = sum(len(m.conflicts) for one in clauses for m in one.merged)
    if conflicts:
        said += f" Edits conflict in {counted(conflicts, 'place')}."
    return f"{said} {_answered(teller.log)}"


def _answered(log: ConsultationLog) -> str:
    left = len(log.open_responses)
    if not left:
        return "All are answered."
    if left == len(log.responses):
        return "None is answered yet."
    return f"{left} {'is' if left == 1 else 'are'} not answered yet."


class _Collation:
    """Lays out one clause after another."""

    def __init__(self, teller: ResponseTeller) -> None:
        self._teller = teller

    def clause(self, found: ClauseResponses) -> Iterator[Block]:
        """Yield what came back on one clause."""
        anchor = found.clause.replace(".", "-")
        name = self._teller.clause(found.clause)
        blocks: list[Block] = [doc.Heading(2, (Text(name),), anchor)]
        together = {one.id for merged in found.merged for one in merged.responses}
        for merged in found.merged:
            blocks += self._side_by_side(merged)
        for one in found.responses:
            if one.id not in together:
                blocks += self._alone(one)
            blocks += self._answer(one)
        yield doc.Group(anchor, tuple(blocks), anchor)

    def _alone(self, one: Response) -> Iterator[Block]:
        yield doc.Paragraph((Text(self._teller.did(one)),), doc.Role.REMARK)
        if one.kind is ResponseKind.COMMENT and one.before:
            yield doc.Paragraph((Text(f"On “{one.before}”"),), doc.Role.HINT)
        if words := self._words(one):
            yield doc.Paragraph(words)

    def _words(self, one: Response) -> Inlines:
        """Return what somebody said, or the words with what they changed marked in them."""
        if one.kind is ResponseKind.MOVED:
            return ()
        if one.kind is ResponseKind.COMMENT:
            return self._lines(one.said)
        if one.kind is ResponseKind.PROPOSAL:
            return (Inserted(self._lines(one.after)),)
        return self._edited(one)

    def _edited(self, one: Response) -> Inlines:
        if one.kind is ResponseKind.VALUE:  # whole: half of one value and half of another is none
            return (Deleted(self._lines(one.before)), Inserted(self._lines(one.after)))
        return tuple(changed_only(merge_inlines(self._lines(one.before), self._lines(one.after))))

    def _lines(self, text: str) -> Inlines:
        inlines: list[Inline] = []
        for line in self._teller.text(text).split("\n"):
            inlines += [Break(), Text(line)] if inlines else [Text(line)]
        return tuple(inlines)

    def _side_by_side(self, merged: MergedEdits) -> Iterator[Block]:
        """Yield edits of the same words beside one another, and what comes of them together."""
        edits = merged.responses
        if len({one.after for one in edits}) == 1:  # a copy that was passed on says it once more
            for one in edits:
                yield doc.Paragraph((Text(self._teller.did(one)),), doc.Role.REMARK)
            yield doc.Paragraph((Text("They would have the same words:"),), doc.Role.HINT)
            yield doc.Paragraph(self._edited(edits[0]))
            return
        if len(edits) <= _ABREAST:
            head = ["", *(self._teller.did(one) for one in edits)]
            row: list[CellContent] = ["They would have", *(self._edited(one) for one in edits)]
            shares = (2, *(5 for _ in edits))
            yield report_table(head, [row], wide=True, shares=shares)
        else:
            rows = [(self._teller.did(one), self._edited(one)) for one in edits]
            yield report_table(("Who", "What they would have"), rows, shares=(1, 3))
        if not merged.conflicts:
            yield doc.Paragraph((Text("These fit together:"),), doc.Role.HINT)
            yield doc.Paragraph(self._together(merged))
            return
        told = counted(len(merged.conflicts), "place")
        yield doc.Paragraph((Text(f"These conflict in {told}: choose one."),), doc.Role.HINT)
        for piece in merged.conflicts:
            yield self._conflict(piece)
        if any(piece.options and not piece.is_conflict for piece in merged.pieces):
            yield doc.Paragraph((Text("All else fits together:"),), doc.Role.HINT)
            yield doc.Paragraph(self._together(merged))

    def _together(self, merged: MergedEdits) -> Inlines:
        inlines: list[Inline] = []
        for piece in merged.pieces:
            if len(piece.options) != 1:
                inlines += self._lines(piece.before)
                continue
            if piece.before:
                inlines.append(Deleted(self._lines(piece.before)))
            if piece.options[0].words:
                inlines.append(Inserted(self._lines(piece.options[0].words)))
        return tuple(changed_only(tuple(inlines)))

    def _conflict(self, piece: MergePiece) -> Block:
        sent = piece.before.strip()
        rows = [("As it was sent", sent or "(nothing)")]
        for option in piece.options:
            by = {one.id: one.respondent for one in self._teller.log.responses}
            who = join_names([f"{id}. {self._teller.who(by[id])}" for id in option.responses])
            rows.append((who, self._teller.text(option.words.strip()) or "(nothing)"))
        return report_table(("Who", "Words"), rows, shares=(1, 3))

    def _answer(self, one: Response) -> Iterator[Block]:
        answer = self._teller.log.answers.get(one.id)
        if answer:
            verdict = capitalise(answer.verdict.value)
            said = f"{one.id}. {verdict}. {as_sentence(answer.because)}"
            yield doc.Paragraph((Text(said),), doc.Role.REMARK)


def changed_only(inlines: Inlines) -> Iterator[Inline]:
    """Yield the sentences in which something comes or goes, and a mark for what stands between."""
    sentences = list(_sentences(inlines))
    kept = [any(isinstance(one, Deleted | Inserted) for one in part) for part in sentences]
    if not any(kept):
        yield from inlines
        return
    was_kept = True
    for at, (sentence, is_kept) in enumerate(zip(sentences, kept, strict=True)):
        if is_kept:
            yield from sentence if any(kept[at + 1 :]) else _without_break(sentence)
        elif was_kept:
            yield Text("… " if at == 0 else " …" if not any(kept[at:]) else " … ")
        was_kept = is_kept


def _without_break(sentence: Sequence[Inline]) -> Sequence[Inline]:
    return sentence[:-1] if isinstance(sentence[-1], Break) else sentence


def _sentences(inlines: Inlines) -> Iterator[list[Inline]]:
    """Yield the sentences and lines of a text; what is changed ends none."""
    sentence: list[Inline] = []
    for inline in inlines:
        parts = _END.split(inline.text) if isinstance(inline, Text) else []
        for part in parts[:-1]:
            yield [*sentence, Text(part)]
            sentence = []
        sentence.append(Text(parts[-1]) if parts else inline)
        if isinstance(inline, Break):
            yield sentence
            sentence = []
    if sentence:
        yield sentence
