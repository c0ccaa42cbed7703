"""A consultation's log for other programs: JSON, and rows for a spreadsheet. Nobody is named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from policygen.model.consultation.collation import ClauseResponses
from policygen.model.consultation.log import ConsultationLog
from policygen.model.consultation.record import Response
from policygen.model.office_file.spreadsheet import Grid
from policygen.model.policy import Policy
from policygen.report.consultation.sentences import ResponseTeller

_SCHEMA = "policygen/consultation-log/1"
LOG_COLUMNS = ("number", "clause", "name", "who", "kind", "date", "before", "after", "said")


def log_to_json(policy: Policy, log: ConsultationLog, clauses: Sequence[ClauseResponses]) -> str:
    """Return all that came back, indented; docs/consult.md has each key."""
    teller = ResponseTeller(policy, log)
    consultation = log.consultation
    data = {
        "schema": _SCHEMA,
        "consultation": f"{consultation.organisation}@{consultation.version}",
        "closes": consultation.closes.isoformat(),
        "clauses": [
            {
                "clause": one.clause,
                "name": teller.clause(one.clause),
                "responses": [_response(response, teller) for response in one.responses],
                "conflicts": [
                    {
                        "before": piece.before,
                        "options": [
                            {"words": option.words, "responses": option.responses}
                            for option in piece.options
                        ],
                    }
                    for merged in one.merged
                    for piece in merged.conflicts
                ],
            }
            for one in clauses
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _response(one: Response, teller: ResponseTeller) -> dict[str, Any]:
    answer = teller.log.answers.get(one.id)
    return {
        "number": one.id,
        "who": teller.who(one.respondent),
        "kind": one.kind.value,
        "date": one.date,
        "before": one.before,
        "after": teller.text(one.after),
        "said": teller.text(one.said),
        "fact": one.fact,
        "answer": answer and {"verdict": answer.verdict.value, "because": answer.because},
    }


def log_grid(policy: Policy, log: ConsultationLog, clauses: Sequence[ClauseResponses]) -> Grid:
    """Return the log as rows, under the names of its columns."""
    teller = ResponseTeller(policy, log)
    rows = (
        (
            str(one.id),
            one.clause,
            teller.clause(one.clause),
            teller.who(one.respondent),
            one.kind.value,
            one.date,
            one.before,
            teller.text(one.after),
            teller.text(one.said),
        )
        for found in clauses
        for one in found.responses
    )
    return (LOG_COLUMNS, *rows)
