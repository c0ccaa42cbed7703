"""Narrow differences to a tier, a section or what matters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from policygen.model.comparison.difference import (
    ClausePair,
    ComparisonScope,
    Difference,
    DifferenceKind,
    Differences,
)


def narrow_differences(
    found: Differences, *, tier: str = "", section: str = "", substance: bool = False
) -> Differences:
    """Keep what differs in one tier's tellings (and what is told at no tier), in one section, in more than names."""
    pairs = found.pairs
    differing = found.found
    if section:
        pairs = _pairs_in(section, found)
        clauses = {pair.clause.id for pair in pairs}
        differing = tuple(d for d in differing if _stands_in(d, section, clauses))
    if tier:
        other_tiers = {*found.first.outline.tiers, *found.second.outline.tiers} - {tier}
        differing = tuple(d for d in differing if d.part not in other_tiers)
    if substance:
        differing = tuple(d for d in differing if d.kind is not DifferenceKind.NAMES_ONLY)
    before = found.scope
    scope = ComparisonScope(
        tier or before.tier, section or before.section, substance or before.substance
    )
    return replace(found, pairs=pairs, found=differing, scope=scope)


def _stands_in(difference: Difference, section: str, clauses: Collection[str]) -> bool:
    """Tell whether a difference is about a section or one of its clauses.

    A clause that left the section is filed under the one that it stands in now, so its id decides.
    """
    if difference.clause:
        return difference.clause in clauses
    return difference.section == section


def _pairs_in(section: str, found: Differences) -> tuple[ClausePair, ...]:
    """Return the pairs of which either clause stands in a section."""
    clauses: set[str] = set()
    for policy in (found.first, found.second):
        for one in (policy.front, *policy.sections):
            if one.id == section:
                clauses.update(clause.id for clause in one.clauses)
    return tuple(pair for pair in found.pairs if clauses & set(pair.ids))
