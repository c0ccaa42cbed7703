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
    """Keep what differs in one tier (or at none), in one section, in more than names."""
    pairs = _pairs_in(section, found) if section else found.pairs
    clauses = {pair.clause.id for pair in pairs}
    other_tiers = _other_tiers(tier, found) if tier else frozenset()
    differing: list[Difference] = []
    for difference in found.found:
        in_section = not section or _stands_in(difference, section, clauses)
        weighty = not substance or difference.kind is not DifferenceKind.NAMES_ONLY
        if in_section and weighty and difference.part not in other_tiers:
            differing.append(difference)
    scope = _narrowed(found.scope, tier, section, substance)
    return replace(found, pairs=pairs, found=tuple(differing), scope=scope)


def _other_tiers(tier: str, found: Differences) -> frozenset[str]:
    tiers = found.first.outline.tiers.keys() | found.second.outline.tiers.keys()
    return frozenset(tiers - {tier})


def _narrowed(scope: ComparisonScope, tier: str, section: str, substance: bool) -> ComparisonScope:
    """Return a scope narrowed further."""
    return ComparisonScope(
        tier or scope.tier, section or scope.section, substance or scope.substance
    )


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
