"""MatchDecisions -> the text of match.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap

from policygen.model.matching.decision import (
    ClauseDecision,
    DocumentDecisions,
    Keep,
    MatchDecisions,
    OwnRule,
)
from policygen.store.scalar import yaml_quoted, yaml_scalar

_HEAD = """\
# What people decided as they set a policy that they had beside ours: `policygen match` writes this
# file anew and asks only what is new. You may edit it; a comment of yours would be lost.
"""


def decisions_to_yaml(decisions: MatchDecisions) -> str:
    """Return what was decided, each document under the name of its file."""
    return "\n".join((f"{_HEAD}documents:", *_documents(decisions))) + "\n"


def _documents(decisions: MatchDecisions) -> Iterator[str]:
    for name, decided in decisions.documents.items():
        yield f"  {yaml_scalar(name)}:"
        yield from _document(decided)


def _document(decided: DocumentDecisions) -> Iterator[str]:
    if decided.clauses:
        yield "    clauses:"
    for id, clause in decided.clauses.items():
        yield f"      {yaml_scalar(id)}: {_flow(_clause(clause))}"
    if decided.own:
        yield "    own:"
    for key, rule in decided.own.items():
        yield f"      {_text(key)}: {_flow(_own(rule))}"
    if decided.read:
        keys = ", ".join(map(_text, decided.read))
        yield from wrap(f"read: [{keys}]", 100, initial_indent="    ", subsequent_indent="      ")


def _clause(decision: ClauseDecision) -> Mapping[str, str]:
    keys = ", ".join(map(_text, decision.passages))
    return {
        "found": yaml_scalar(decision.found.value),
        "passages": f"[{keys}]" if keys else "",
        "keep": yaml_scalar(decision.keep.value) if decision.keep is not Keep.OURS else "",
        "take_value": "yes" if decision.take_value else "",
        "note": _text(decision.note),
        "cleared_by": _text(decision.cleared_by),
        "of": _text(decision.of),
    }


def _own(rule: OwnRule) -> Mapping[str, str]:
    return {"id": yaml_scalar(rule.id), "label": _text(rule.label)}


def _flow(values: Mapping[str, str]) -> str:
    said = (f"{key}: {value}" for key, value in values.items() if value)
    return f"{{{', '.join(said)}}}"


def _text(text: str) -> str:
    """Return a text in quotes, so that no key of digits is a number and no comma parts a flow."""
    return yaml_quoted(text) if text else ""
