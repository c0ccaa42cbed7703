"""To what a comparison was narrowed, in words: what a report may claim, and no more."""

from __future__ import annotations

from policygen.model.comparison.difference import Differences


def scope_phrases(found: Differences) -> tuple[str, ...]:
    """Return each way in which it was narrowed.

    "in the overview", "in “House rules”", "in more than names".
    """
    depth = _depth(found)
    section = _section(found)
    ways = {
        f"in the {depth}": bool(depth),
        f"in {section}": bool(section),
        "in more than names": found.scope.substance,
    }
    return tuple(way for way, narrowed in ways.items() if narrowed)


def same_phrase(found: Differences, *, without_names: bool = False) -> str:
    """Return that two sides agree, in no more than was compared.

    Such as "the same in the overview, names aside"; `without_names` says that names may differ.
    """
    depth = _depth(found)
    section = _section(found)
    if depth and section:
        where = f" in the {depth} of {section}"
    elif depth:
        where = f" in the {depth}"
    else:
        where = f" in {section}" if section else ""
    names_aside = ", names aside" if without_names or found.scope.substance else ""
    return f"the same{where}{names_aside}"


def _depth(found: Differences) -> str:
    """Return the name of its tier or its edition, as it stands in a sentence."""
    name = found.scope.tier or found.scope.edition
    for outline in (found.second.outline, found.first.outline):
        if found.scope.tier and name in outline.tiers:
            return outline.tiers[name].heading.lower()
        if not found.scope.tier and name in outline.editions:
            return outline.editions[name].title.lower()
    return name.lower()


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
