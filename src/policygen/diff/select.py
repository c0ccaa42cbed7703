"""Narrow differences to a tier, a section or what matters."""

from __future__ import annotations

from dataclasses import replace

from policygen.model.difference import ClausePair, ComparisonScope, DifferenceKind, Differences


def narrow_differences(
    found: Differences, *, tier: str = "", section: str = "", substance: bool = False
) -> Differences:
    """Keep what differs in one tier's tellings (and what is told at no tier), in one section, in more than names."""
    tiers = {*found.first.outline.tiers, *found.second.outline.tiers}
    pairs = _standing_in(section, found) if section else found.pairs
    clauses = {pair.clause.id for pair in pairs}
    kept = tuple(
        difference
        for difference in found.found
        if (not tier or difference.part not in tiers - {tier})
        # A clause that left the section is filed under the one that it stands in now.
        and (
            not section
            or (
                difference.clause in clauses if difference.clause else difference.section == section
            )
        )
        and (not substance or difference.kind is not DifferenceKind.NAMES_ONLY)
    )
    was = found.scope
    scope = ComparisonScope(tier or was.tier, section or was.section, substance or was.substance)
    return replace(found, pairs=pairs, found=kept, scope=scope)


def _standing_in(section: str, found: Differences) -> tuple[ClausePair, ...]:
    """The pairs of which either clause stands in a section."""
    shown = {
        clause.id
        for policy in (found.first, found.second)
        for one in (policy.front, *policy.sections)
        if one.id == section
        for clause in one.clauses
    }
    return tuple(
        p
        for p in found.pairs
        if p.clause.id in shown or (p.first is not None and p.first.id in shown)
    )
