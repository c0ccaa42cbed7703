"""Differences -> what a release changed in the rules, as its record keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.markdown import prose
from policygen.model.comparison.difference import Difference, DifferenceKind, Differences, FactCause
from policygen.model.document.walk import plain
from policygen.model.policy import Clause, Policy, Section
from policygen.model.release.history import ChangedClause, RuleChange, RuleChangeKind
from policygen.report import sentences
from policygen.report.changes.changelog import control_facts

# What happened to a clause, the weightiest first; a value that was set has lines of its own.
_KINDS: dict[RuleChangeKind, frozenset[DifferenceKind]] = {
    "new": frozenset({DifferenceKind.ADDED}),
    "removed": frozenset({DifferenceKind.REMOVED}),
    "left_out": frozenset({DifferenceKind.LEFT_OUT}),
    "brought_in": frozenset({DifferenceKind.BROUGHT_IN}),
    "reworded": frozenset({DifferenceKind.REWORDED, DifferenceKind.RETITLED}),
    "moved": frozenset({DifferenceKind.MOVED}),
    "other": frozenset(
        {
            DifferenceKind.RESOURCED,
            DifferenceKind.AUDIENCE,
            DifferenceKind.BINDING,
            DifferenceKind.JUDGED,
        }
    ),
}


def rule_changes(found: Differences) -> tuple[RuleChange, ...]:
    """Return what changed in what a board signs: its tiers, titles and sections, not the practice.

    The section about the document itself is left out: each version has its own.
    """
    outline = found.second.outline
    signed = outline.editions[outline.signed].tiers
    unsigned = {tier for tier in outline.tiers if tier not in signed}
    differing = [
        one
        for one in found.found
        if one.section != outline.front.section and one.part not in unsigned
    ]
    names = {**clause_names(found.first), **clause_names(found.second)}
    values = _values(differing, names, control_facts(found))
    changes = [*_by_kind(differing, names), *values]
    order = [*_KINDS]
    order.insert(order.index("moved"), "set")
    return tuple(sorted(changes, key=lambda change: order.index(change.kind)))


def clause_names(policy: Policy) -> dict[str, ChangedClause]:
    """Return each section and clause by its id, as a policy numbers and names it."""
    every: list[Section | Clause] = [*policy.sections, *policy.clauses()]
    return {one.id: ChangedClause(one.id, one.number, _name(one)) for one in every}


def _name(one: Section | Clause) -> str:
    """Return the word for its matter, or its title, without marks."""
    return plain(prose.parse_inlines(one.label or one.title))


def _by_kind(
    differing: Sequence[Difference], names: dict[str, ChangedClause]
) -> Iterator[RuleChange]:
    """Yield the clauses by what happened to them, each under the weightiest only."""
    listed: set[str] = set()
    for kind, differences in _KINDS.items():
        of_kind = (one.clause or one.section for one in differing if one.kind in differences)
        new = [id for id in dict.fromkeys(of_kind) if id in names and id not in listed]
        listed.update(new)
        if new:
            yield RuleChange(kind, tuple(names[id] for id in new))


def _values(
    differing: Sequence[Difference], names: dict[str, ChangedClause], control: set[str]
) -> Iterator[RuleChange]:
    """Yield each fact that is set differently, but those of document control, and its clauses."""
    clauses: dict[FactCause, dict[str, None]] = {}
    for one in differing:
        if one.kind is DifferenceKind.SET_DIFFERENTLY:
            for cause in one.why:
                if isinstance(cause, FactCause) and not cause.names and cause.fact not in control:
                    clauses.setdefault(cause, {})[one.clause or one.section] = None
    for cause, ids in clauses.items():
        printing = tuple(names[id] for id in ids if id in names)
        before, after = (
            sentences.value_text(text, is_list=cause.is_list)
            for text in (cause.first, cause.second)
        )
        if before == after:  # lists too long for a sentence
            before = after = ""
        yield RuleChange("set", printing, before, after)
