"""To what a comparison was narrowed, in words: what a report may claim, and no more."""

from __future__ import annotations

from policygen.model.comparison.difference import Differences


def scope_phrases(found: Differences) -> tuple[str, ...]:
    """Return each way in which it was narrowed.

    "in the overview", "in “House rules”", "in more than names".
    """
    tier, section = _tier(found), _section(found)
    ways = {
        f"in the {tier}": bool(tier),
        f"in {section}": bool(section),
        "in more than names": found.scope.substance,
    }
    return tuple(way for way, narrowed in ways.items() if narrowed)


def same_phrase(found: Differences, *, aside: bool = False) -> str:
    """Return that two sides agree, in no more than was compared.

    "the same in the overview, names aside".
    """
    tier, section = _tier(found), _section(found)
    if tier and section:
        where = f" in the {tier} of {section}"
    elif tier:
        where = f" in the {tier}"
    else:
        where = f" in {section}" if section else ""
    names_aside = aside or found.scope.substance
    return f"the same{where}{', names aside' if names_aside else ''}"


def _tier(found: Differences) -> str:
    tiers = found.first.outline.tiers | found.second.outline.tiers
    tier = found.scope.tier
    return tiers[tier].heading.lower() if tier in tiers else tier


def _section(found: Differences) -> str:
    """Return its title in quotes, as the second policy has it if it has it."""
    wanted = found.scope.section
    if not wanted:
        return ""
    for policy in (found.second, found.first):
        for section in (policy.front, *policy.sections):
            if section.id == wanted:
                return f"“{section.title.text}”"
    return f"“{wanted}”"
