"""How the sections of two policies differ beside their clauses: their heads, their places, which only one has."""

from __future__ import annotations

from policygen.model.difference import DifferenceKind, Differences
from policygen.report.sentences import NUMBERS, listed, sides

# Of one section, and of several; whatever is not named here is a line of the head.
_HEAD = ("{} has another head", "{} have other heads")
_WAYS = {
    DifferenceKind.ADDED: ("{} stands only in {second}", "{} stand only in {second}"),
    DifferenceKind.REMOVED: ("{} stands only in {first}", "{} stand only in {first}"),
    DifferenceKind.MOVED: ("{} stands in another place", "{} stand in other places"),
    DifferenceKind.NAMES_ONLY: (
        "the head of {} has other names",
        "the heads of {} have other names",
    ),
}


def heads(found: Differences) -> str:
    """Each way in which sections differ, with how many do: "two sections have other heads"."""
    told: dict[tuple[str, str], set[str]] = {}
    for difference in found.found:
        if not difference.clause:
            told.setdefault(_WAYS.get(difference.kind, _HEAD), set()).add(difference.section)
    if names := told.get(_WAYS[DifferenceKind.NAMES_ONLY]):
        names -= told.get(_HEAD, set())  # another head says enough
    first, second = sides(found)
    said = (
        (one if len(some) == 1 else more, _many(len(some)))
        for (one, more), some in told.items()
        if some
    )
    return listed([words.format(many, first=first, second=second) for words, many in said])


def _many(number: int) -> str:
    if number == 1:
        return "a section"
    return f"{NUMBERS[number] if number < len(NUMBERS) else number} sections"
