"""How far many bodies are from each other: each is two whole numbers, so that a pair takes no longer than a clause.

Bodies that have the same words in every clause are one group, and only groups are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policygen.model.matrix import Neighbour


@dataclass(frozen=True, slots=True)
class Bits:
    """One body: a bit for each clause that it has, and one for each wording that it has."""

    clauses: int
    words: int

    @classmethod
    def of(cls, clauses: Iterable[int], words: Iterable[int]) -> Bits:
        """From the places of its clauses and of its wordings."""
        return cls(_number(clauses), _number(words))

    def apart(self, other: Bits) -> float:
        """The share (0 to 1) of the clauses of either that they tell in other words, or that one lacks."""
        either = (self.clauses | other.clauses).bit_count()
        return 1 - (self.words & other.words).bit_count() / either if either else 0.0


def distances(
    bodies: Sequence[Bits],
) -> tuple[tuple[Neighbour | None, Neighbour | None, float], ...]:
    """For each body the nearest other one, the farthest, and the average share; ties go to the one named first."""
    groups: dict[Bits, list[int]] = {}
    for place, bits in enumerate(bodies):
        groups.setdefault(bits, []).append(place)
    found: list[tuple[Neighbour | None, Neighbour | None, float]] = [(None, None, 0.0)] * len(
        bodies
    )
    for bits, places in groups.items():
        others = [(bits.apart(one), members) for one, members in groups.items() if one is not bits]
        average = sum(share * len(members) for share, members in others) / max(1, len(bodies) - 1)
        far = [Neighbour(members[0], share) for share, members in others]
        for place in places:
            twin = next((one for one in places if one != place), None)
            every = [Neighbour(twin, 0.0), *far] if twin is not None else far
            if every:
                nearest = min(every, key=lambda one: (one.share, one.body))
                farthest = max(every, key=lambda one: (one.share, -one.body))
                found[place] = (nearest, farthest, average)
    return tuple(found)


def distance_table(bodies: Sequence[Bits]) -> tuple[tuple[float, ...], ...]:
    """The share in which each two differ, a line for each body."""
    return tuple(tuple(one.apart(other) for other in bodies) for one in bodies)


def _number(places: Iterable[int]) -> int:
    number = 0
    for place in places:
        number |= 1 << place
    return number
