"""To what a comparison was narrowed, in words: what a report may claim, and no more."""

from __future__ import annotations

from policygen.model.difference import Differences


def scope_phrases(found: Differences) -> tuple[str, ...]:
    """Each way in which it was narrowed: "in the overview", "in “House rules”", "in more than names"."""
    tier, section = _tier(found), _section(found)
    ways = {
        f"in the {tier}": bool(tier),
        f"in {section}": bool(section),
        "in more than names": found.scope.substance,
    }
    return tuple(way for way, narrowed in ways.items() if narrowed)


def same_phrase(found: Differences, *, aside: bool = False) -> str:
    """Two sides agree, in no more than was compared: "the same in the overview of “House rules”, names aside"."""
    tier, section = _tier(found), _section(found)
    where = (
        f" in the {tier}{f' of {section}' if section else ''}"
        if tier
        else f" in {section}"
        if section
        else ""
    )
    return f"the same{where}{', names aside' if aside or found.scope.substance else ''}"


def _tier(found: Differences) -> str:
    tiers = found.first.outline.tiers | found.second.outline.tiers
    tier = found.scope.tier
    return tiers[tier].heading.lower() if tier in tiers else tier


def _section(found: Differences) -> str:
    """Its title in quotes, as the second policy has it if it has it."""
    section = found.scope.section
    every = (
        one for policy in (found.second, found.first) for one in (policy.front, *policy.sections)
    )
    title = next((one.title.text for one in every if one.id == section), section)
    return f"“{title}”" if section else ""
