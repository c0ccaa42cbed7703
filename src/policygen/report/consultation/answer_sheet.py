"""Consultation -> rows of a sheet on which somebody decides: one for each response."""

from __future__ import annotations

from policygen.model.consultation.answer_sheet import CLEARED, DECISION, NUMBER, REASON
from policygen.model.consultation.findings import ConsultationFindings
from policygen.model.consultation.record import Verdict
from policygen.model.office_file.spreadsheet import Grid
from policygen.report.consultation.sentences import ResponseTeller

SHEET_WIDTHS = (14, 28, 28, 14, 70, 20, 60, 34)  # characters
DECISION_COLUMN = 5
SHEET_HEAD = 3  # the row that heads the table, from 0


def answer_grid(found: ConsultationFindings) -> Grid:
    """Return the sheet, with the answers that there are."""
    teller = ResponseTeller(found.policy, found.log)
    opened = found.log.consultation
    choices = ", ".join(one.value for one in Verdict)
    head = (
        ("Consultation", f"{opened.organisation}@{opened.version}"),
        (
            f'Write under "{DECISION}" one of: {choices}. Say why in a line. Where it changes a '
            f'binding clause, say under "{CLEARED}" who cleared it, where and when.',
        ),
        (),
        (NUMBER, "Clause", "Who", "What", "What they said", DECISION, REASON, CLEARED),
    )
    rows = []
    for clause in found.clauses:
        for one in clause.responses:
            answer = found.log.answers.get(one.id)
            rows.append(
                (
                    str(one.id),
                    teller.clause(one.clause),
                    teller.who(one.respondent),
                    one.kind.value,
                    teller.said(one),
                    answer.verdict.value if answer else "",
                    answer.because if answer else "",
                    "",
                )
            )
    return (*head, *rows)
