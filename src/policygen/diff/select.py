"""Narrow differences to a tier, a section or what matters."""

from __future__ import annotations

from dataclasses import replace

from policygen.model.difference import Differences, Kind


def select(found: Differences, *, tier: str = "", section: str = "", substance: bool = False) -> Differences:
    """Keep what differs in one tier's tellings (and what is told at no tier), in one section, in more than names."""
    tiers = {*found.first.outline.tiers, *found.second.outline.tiers}
    kept = tuple(
        difference
        for difference in found.found
        if (not tier or difference.part not in tiers - {tier})
        and (not section or difference.section == section)
        and (not substance or difference.kind is not Kind.NAMES_ONLY)
    )
    pairs = found.pairs
    if section:
        shown = {
            clause.id
            for policy in (found.first, found.second)
            for one in (policy.front, *policy.sections)
            if one.id == section
            for clause in one.clauses
        }
        pairs = tuple(p for p in pairs if p.clause.id in shown or (p.first is not None and p.first.id in shown))
    return replace(found, pairs=pairs, found=kept)
