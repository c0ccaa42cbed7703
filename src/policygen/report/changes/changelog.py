"""Differences -> a line for the change history.

What a reader of the next version has to know, in a few sentences.
"""

from __future__ import annotations

from collections.abc import Iterator

from policygen.markdown import prose
from policygen.model.comparison.difference import Difference, DifferenceKind, Differences, FactCause
from policygen.model.document.walk import plain
from policygen.model.policy import Clause
from policygen.report import sentences

_LISTED = 5  # titles; a change history is a line and not a report


# What happened to a clause, the weightiest first.
_EVENTS = {
    "New": {DifferenceKind.ADDED},
    "Taken out": {DifferenceKind.REMOVED},
    "Left out": {DifferenceKind.LEFT_OUT},
    "Brought in": {DifferenceKind.BROUGHT_IN},
    "Reworded": {DifferenceKind.REWORDED, DifferenceKind.RETITLED},
    "Moved": {DifferenceKind.MOVED},
    "Other sources or readers": {
        DifferenceKind.RESOURCED,
        DifferenceKind.AUDIENCE,
        DifferenceKind.BINDING,
        DifferenceKind.JUDGED,
    },
}


def draft_summary(found: Differences) -> str:
    """Return a draft of the summary, for somebody to put right; nothing where no clause differs.

    The document's own clauses (its number, its date, its owner) are left out: they say themselves
    what they are.
    """
    front = found.second.outline.front.section
    differing = [difference for difference in found.found if difference.section != front]
    lines = [*_fact_lines(differing, control_facts(found)), *_clause_lines(found, differing)]
    if not lines and any(d.kind is DifferenceKind.NAMES_ONLY for d in differing):
        return "Names brought up to date."
    return " ".join(lines)


def control_facts(found: Differences) -> set[str]:
    """Return the facts of document control, which each version has of its own."""
    clause = found.second.clause(found.second.outline.front.control)
    tellings = clause.tellings if clause else ()
    return {fact for telling in tellings for fact, _ in telling.wording.values}


def _fact_lines(differing: list[Difference], control: set[str]) -> list[str]:
    """Return each fact that is set differently, once."""
    settings = (d for d in differing if d.kind is DifferenceKind.SET_DIFFERENTLY)
    causes = (cause for difference in settings for cause in difference.why)
    facts = (cause for cause in causes if isinstance(cause, FactCause) and not cause.names)
    lines = {cause.fact: _fact_line(cause) for cause in facts if cause.fact not in control}
    return list(lines.values())


def _fact_line(cause: FactCause) -> str:
    first = sentences.value_text(cause.first, is_list=cause.is_list)
    second = sentences.value_text(cause.second, is_list=cause.is_list)
    return f"{sentences.fact_title(cause.fact, cause.called)}: {second} instead of {first}."


def _clause_lines(found: Differences, differing: list[Difference]) -> Iterator[str]:
    """Yield the clauses by what happened to them, each under the weightiest only."""
    clauses = {pair.clause.id: pair.clause for pair in found.pairs}
    listed: set[str] = set()
    for label, kinds in _EVENTS.items():
        of_kind = (difference for difference in differing if difference.kind in kinds)
        ids = dict.fromkeys(difference.clause for difference in of_kind if difference.clause)
        new = [clauses[id] for id in ids if id not in listed]
        listed.update(ids)
        if new:
            titles = [f"{_plain_title(clause)} ({clause.number})" for clause in new]
            yield f"{label}: {sentences.first_names(titles, _LISTED)}."


def _plain_title(clause: Clause) -> str:
    """Return a title without its marks: one that leads to another document holds a link."""
    return plain(prose.parse_inlines(clause.title))
