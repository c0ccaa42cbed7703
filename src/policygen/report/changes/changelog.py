"""Differences -> a line for the change history: what a reader of the next version has to know, in a few sentences."""

from __future__ import annotations

from policygen.model.difference import Difference, DifferenceKind, Differences, FactCause
from policygen.report import sentences

_LISTED = 5  # titles; a change history is a line and not a report


def draft_summary(found: Differences) -> str:
    """A draft of the summary, for somebody to put right; nothing where no clause differs.

    The document's own clauses (its number, its date, its owner) are left out: they say themselves what they are.
    """
    told = [d for d in found.found if d.section != found.second.outline.front.section]
    lines = [*_set(told, _control(found)), *_clauses(found, told)]
    if not lines and any(d.kind is DifferenceKind.NAMES_ONLY for d in told):
        lines = ["Names brought up to date."]
    return " ".join(lines)


def _control(found: Differences) -> set[str]:
    """The facts of document control: each version has its own."""
    clause = found.second.clause(found.second.outline.front.control)
    return {fact for t in (clause.tellings if clause else ()) for fact, _ in t.wording.values}


def _set(told: list[Difference], control: set[str]) -> list[str]:
    """Each fact that is set differently, once."""
    facts = {
        cause.fact: f"{sentences.fact_title(cause.fact)}: {sentences.value_text(cause.second)} instead of {sentences.value_text(cause.first)}."
        for d in told
        if d.kind is DifferenceKind.SET_DIFFERENTLY
        for cause in d.why
        if isinstance(cause, FactCause) and not cause.names and cause.fact not in control
    }
    return list(facts.values())


def _clauses(found: Differences, told: list[Difference]) -> list[str]:
    """Clauses by what happened to them, the weightiest only."""
    titles = {
        pair.clause.id: f"{pair.clause.title.text} ({pair.clause.number})" for pair in found.pairs
    }
    sorts = (
        ("New", {DifferenceKind.ADDED}),
        ("Taken out", {DifferenceKind.REMOVED}),
        ("Reworded", {DifferenceKind.REWORDED, DifferenceKind.RETITLED}),
        ("Moved", {DifferenceKind.MOVED}),
        (
            "Other sources or readers",
            {
                DifferenceKind.RESOURCED,
                DifferenceKind.AUDIENCE,
                DifferenceKind.BINDING,
                DifferenceKind.JUDGED,
            },
        ),
    )
    seen: set[str] = set()
    lines = []
    for label, kinds in sorts:
        ids = [
            id
            for id in dict.fromkeys(d.clause for d in told if d.kind in kinds and d.clause)
            if id not in seen
        ]
        seen |= set(ids)
        if ids:
            lines.append(f"{label}: {sentences.first_names([titles[id] for id in ids], _LISTED)}.")
    return lines
