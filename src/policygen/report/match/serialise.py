"""Worksheet -> JSON: every clause with its passages, every passage with its clauses."""

from __future__ import annotations

import json
from typing import Any

from policygen.model.existing.policy import ExistingPassage
from policygen.model.matching.worksheet import ClauseRow, PassageRow, Worksheet

_SCHEMA = "policygen/match/1"


def worksheet_to_json(sheet: Worksheet) -> str:
    """Return a worksheet, indented. docs/match-your-policy.md has each key."""
    existing = sheet.existing
    data = {
        "schema": _SCHEMA,
        "organisation": sheet.organisation,
        "existing": {"file": existing.file, "title": existing.title, "read_as": existing.form},
        "clauses": [_clause(row) for row in sheet.clauses],
        "passages": [_passage(row) for row in sheet.passages],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _clause(row: ClauseRow) -> dict[str, Any]:
    return {
        "id": row.clause.id,
        "label": row.clause.name,
        "taken": row.is_taken,
        "decision": _decision(row),
        "due": row.due,
        "passages": [
            {"number": one.number, "likelihood": one.likelihood.value} for one in row.passages
        ],
        "differs": [
            {"what": one.kind, "theirs": one.theirs, "ours": one.ours, "fact": one.fact}
            for one in row.differences
        ],
    }


def _decision(row: ClauseRow) -> dict[str, Any] | None:
    decision = row.decision
    if decision is None:
        return None
    return {
        "found": decision.found.value,
        "passages": decision.passages,
        "keep": decision.keep.value,
        "take_value": decision.take_value,
        "note": decision.note,
        "cleared_by": decision.cleared_by,
    }


def _passage(row: PassageRow) -> dict[str, Any]:
    passage: ExistingPassage = row.passage
    return {
        "number": passage.number,
        "key": passage.key,
        "headings": passage.headings,
        "mark": passage.mark,
        "text": passage.text,
        "own": row.own.id if row.own else "",
        "clauses": [{"id": one.id, "likelihood": one.likelihood.value} for one in row.clauses],
    }
