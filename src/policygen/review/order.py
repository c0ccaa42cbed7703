"""Which clauses stand in another place than the one in which they were sent."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from policygen.model.returned.copy import PartKind, ReturnedCopy, ReturnedPart
from policygen.model.returned.settle import accepted


def clause_above(copy: ReturnedCopy, id: str) -> str:
    """Return the clause below which one stands in a copy, "" for the first and for none."""
    order = clause_order(copy)
    at = order.index(id) if id in order else 0
    return order[at - 1] if at else ""


def moved_ids(copy: ReturnedCopy, sent: ReturnedCopy) -> tuple[str, ...]:
    """Return the ids of the clauses that were moved: as few as explain the order that came back."""
    return moved_among(clause_order(copy), clause_order(sent))


def moved_across(copy: ReturnedCopy, sent: ReturnedCopy) -> dict[str, str]:
    """Return the clauses that stand under another section than their own, and which that is.

    Nothing where the headings of sections are not those that were sent, in their order.
    """
    before, after = _holders(sent), _holders(copy)
    if _sections(copy) != _sections(sent):
        return {}
    own = (id for id, section in before.items() if section == id.partition(".")[0])
    return {id: after[id] for id in own if after.get(id, before[id]) != before[id]}


def _sections(copy: ReturnedCopy) -> list[str]:
    return [part.id for part in copy.parts if part.kind is PartKind.SECTION]


def _holders(copy: ReturnedCopy) -> dict[str, str]:
    """Return the section under whose heading each clause stands, by its id."""
    found: dict[str, str] = {}
    section = ""
    for part in copy.parts:
        if part.kind is PartKind.SECTION:
            section = part.id
        elif part.kind is PartKind.CLAUSE and _is_there(part):
            found.setdefault(part.id, section)
    return found


def moved_among(order: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    """Return those of some ids that stand in another place than before."""
    places = {id: at for at, id in enumerate(before)}
    ids = [id for id in order if id in places]
    kept = _longest_rising([places[id] for id in ids])
    return tuple(id for id in ids if places[id] not in kept)


def clause_order(copy: ReturnedCopy) -> tuple[str, ...]:
    """Return the ids of the clauses that stand in a copy once its changes are accepted, in order.

    One that was moved stands where it is now.
    """
    clauses = (part for part in copy.parts if part.kind is PartKind.CLAUSE)
    return tuple(dict.fromkeys(part.id for part in clauses if _is_there(part)))


def _is_there(part: ReturnedPart) -> bool:
    return any(line.cell or line.text.strip() for line in accepted(part.lines))


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """Return a longest run of numbers that rise, gaps allowed (patience sorting)."""
    tails: list[int] = []  # the smallest end of a rising run of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at:] = [number, *tails[at + 1 :]]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return frozenset(kept)
