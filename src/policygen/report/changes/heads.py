"""How the sections of two policies differ beside their clauses.

Their heads, their places, which only one has.
"""

from __future__ import annotations

from policygen.model.comparison.difference import DifferenceKind, Differences
from policygen.model.language import join_names
from policygen.report.sentences import NUMBER_WORDS, side_names


def section_differences(found: Differences) -> str:
    """Return how sections differ, with how many do: "two sections have other heads"."""
    sections: dict[DifferenceKind, set[str]] = {}
    for difference in found.found:
        kind = _head_kind(difference.kind)
        if not difference.clause or kind is DifferenceKind.LEFT_OUT_OTHERWISE:
            sections.setdefault(kind, set()).add(difference.clause or difference.section)
    if DifferenceKind.NAMES_ONLY in sections:  # another head says enough
        sections[DifferenceKind.NAMES_ONLY] -= sections.get(DifferenceKind.RETITLED, set())
    names = side_names(found)
    return join_names([_sentence(kind, len(ids), names) for kind, ids in sections.items() if ids])


def _head_kind(kind: DifferenceKind) -> DifferenceKind:
    """Return the kind that a section is counted under.

    All that changes a line of its head counts as retitled.
    """
    counted_apart = (
        DifferenceKind.ADDED,
        DifferenceKind.REMOVED,
        DifferenceKind.LEFT_OUT,
        DifferenceKind.BROUGHT_IN,
        DifferenceKind.LEFT_OUT_OTHERWISE,
        DifferenceKind.MOVED,
        DifferenceKind.NAMES_ONLY,
    )
    return kind if kind in counted_apart else DifferenceKind.RETITLED


def _sentence(kind: DifferenceKind, number: int, names: tuple[str, str]) -> str:
    """Return what `number` sections have in common: "two sections stand only in Fenwick"."""
    one = number == 1
    many = NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else str(number)
    sections = "a section" if one else f"{many} sections"
    stand = "stands" if one else "stand"
    match kind:
        case DifferenceKind.ADDED:
            return f"{sections} {stand} only in {names[1]}"
        case DifferenceKind.REMOVED:
            return f"{sections} {stand} only in {names[0]}"
        case DifferenceKind.LEFT_OUT:
            return f"{names[1]} leaves out {sections}"
        case DifferenceKind.BROUGHT_IN:
            return f"{names[0]} leaves out {sections}"
        case DifferenceKind.LEFT_OUT_OTHERWISE:
            places = "one place" if one else f"{many} places"
            return f"the reason for leaving something out differs in {places}"
        case DifferenceKind.MOVED:
            return f"{sections} {stand} in {'another place' if one else 'other places'}"
        case DifferenceKind.NAMES_ONLY:
            if one:
                return f"the head of {sections} has other names"
            return f"the heads of {sections} have other names"
    return f"{sections} {'has another head' if one else 'have other heads'}"
