"""Narrow differences to a tier, a section or what matters."""

from __future__ import annotations

from collections.abc import Collection, Set
from dataclasses import replace

from policygen.model.comparison.difference import (
    ClausePair,
    ComparisonScope,
    Difference,
    DifferenceKind,
    Differences,
)
from policygen.model.outline.outline import Edition, Outline


def narrow_differences(found: Differences, scope: ComparisonScope) -> Differences:
    """Keep what differs in one tier or edition (or at none), in one section, in more than names."""
    section = scope.section
    substance = scope.substance
    edition = _edition(scope.edition, found)
    pairs = _pairs_in(section, found) if section else found.pairs
    if edition:
        pairs = tuple(pair for pair in pairs if _prints(found.second.outline, edition, pair))
    clauses = {pair.clause.id for pair in pairs}
    sections = {section} if section else set(edition.sections if edition else ())
    tiers = {scope.tier} if scope.tier else set(edition.tiers if edition else ())
    other_tiers = _other_tiers(tiers, found) if tiers else frozenset()
    differing: list[Difference] = []
    for difference in found.found:
        in_section = _stands_in(difference, sections, clauses)
        weighty = not substance or difference.kind is not DifferenceKind.NAMES_ONLY
        if in_section and weighty and difference.part not in other_tiers:
            differing.append(difference)
    return replace(found, pairs=pairs, found=tuple(differing), scope=scope)


def _edition(key: str, found: Differences) -> Edition | None:
    """Return the edition of a key, as the second policy has it if it has it."""
    return found.second.outline.editions.get(key) or found.first.outline.editions.get(key)


def _prints(outline: Outline, edition: Edition, pair: ClausePair) -> bool:
    """Tell whether an edition shows either clause of a pair, for its sections and its readers."""
    for clause in filter(None, (pair.first, pair.second)):
        in_section = not edition.sections or clause.id.partition(".")[0] in edition.sections
        if in_section and outline.reaches(clause.audience, edition.audience):
            return True
    return False


def _other_tiers(tiers: Set[str], found: Differences) -> Set[str]:
    known = found.first.outline.tiers.keys() | found.second.outline.tiers.keys()
    return known - tiers


def _stands_in(difference: Difference, sections: Collection[str], clauses: Collection[str]) -> bool:
    """Tell whether a difference is about one of some sections (all, if none) or their clauses.

    A clause that left the section is filed under the one that it stands in now, so its id decides.
    """
    if difference.clause and difference.kind is not DifferenceKind.LEFT_OUT_OTHERWISE:
        return difference.clause in clauses
    return not sections or difference.section in sections


def _pairs_in(section: str, found: Differences) -> tuple[ClausePair, ...]:
    """Return the pairs of which either clause stands in a section."""
    clauses: set[str] = set()
    for policy in (found.first, found.second):
        for one in (policy.front, *policy.sections):
            if one.id == section:
                clauses.update(clause.id for clause in one.clauses)
    return tuple(pair for pair in found.pairs if clauses & set(pair.ids))
