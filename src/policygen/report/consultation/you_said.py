"""Consultation -> Document: "You said, we did", for everybody who answered.

It is in English, as the commands are. A private person is never named in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.model import document as doc
from policygen.model.consultation.findings import ConsultationFindings
from policygen.model.consultation.record import Response
from policygen.model.document import Block, Inlines, Strong, Text
from policygen.model.language import capitalise, format_day
from policygen.report.consultation.letters import consultation_document
from policygen.report.consultation.sentences import (
    LANGUAGE,
    ResponseTeller,
    as_sentence,
    counted,
)
from policygen.report.layout import report_table, titled_group

_TITLE = "You said, we did"
_WAITS = "Not answered yet."


def you_said_we_did(found: ConsultationFindings) -> doc.Document:
    """Lay out what people said on each clause, what was decided and why."""
    teller = ResponseTeller(found.policy, found.log)
    body = [doc.Paragraph((Text(_thanks(found)),)), *_clauses(found, teller)]
    return consultation_document(found.policy, _TITLE, _lead(found, teller), tuple(body), LANGUAGE)


def _lead(found: ConsultationFindings, teller: ResponseTeller) -> str:
    responses = found.log.responses
    if not responses:
        return "Nobody answered this consultation."
    return f"{counted(len(responses), 'response')} came from {teller.respondents(responses)}."


def _thanks(found: ConsultationFindings) -> str:
    opened = found.log.consultation
    days = [format_day(day, LANGUAGE) for day in (opened.opens, opened.closes)]
    said = f"Version {opened.version} was out for comment from {days[0]} to {days[1]}."
    left = len(found.log.open_responses)
    if not left:
        return f"{said} Thank you to everybody who wrote. Each point has its answer here."
    verb = "response is" if left == 1 else "responses are"
    return f"{said} {left} {verb} not answered yet."


def _clauses(found: ConsultationFindings, teller: ResponseTeller) -> Iterator[Block]:
    for one in found.clauses:
        table = answer_table(one.responses, teller, by_clause=False)
        yield titled_group(one.clause.replace(".", "-"), teller.clause(one.clause), table)


def answer_table(
    responses: Sequence[Response], teller: ResponseTeller, *, by_clause: bool
) -> doc.Table:
    """Return responses with their answers, each after who said it, or after its clause."""
    rows = [
        (
            teller.clause(one.clause) if by_clause else _whose(one, teller),
            teller.said(one),
            _decision(one, teller),
        )
        for one in responses
    ]
    head = ("Clause" if by_clause else "Who", "You said", "We did")
    return report_table(head, rows, shares=(2, 5, 5))


def _whose(one: Response, teller: ResponseTeller) -> str:
    known = teller.log.people.get(one.respondent)
    return capitalise(known.body) if known and known.body else "A private person"


def _decision(one: Response, teller: ResponseTeller) -> Inlines:
    answer = teller.log.answers.get(one.id)
    if answer is None:
        return (Text(_WAITS),)
    verdict = Strong((Text(f"{capitalise(answer.verdict.value)}."),))
    return (verdict, Text(f" {as_sentence(answer.because)}"))
