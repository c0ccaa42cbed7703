"""How far many bodies are from each other.

Each body is held as two whole numbers, so that a pair takes no longer than a clause. Bodies that
have the same words in every clause are one group, and only groups are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policygen.model.comparison.matrix import Neighbour


@dataclass(frozen=True, slots=True)
class Bits:
    """One body: a bit for each clause that it has, and one for each wording that it has."""

    clauses: int
    words: int

    @classmethod
    def of(cls, clauses: Iterable[int], words: Iterable[int]) -> Bits:
        """Make one from the places of a body's clauses and wordings among those of all bodies."""
        return cls(_bit_set(clauses), _bit_set(words))

    def apart(self, other: Bits) -> float:
        """Return the share (0 to 1) of clauses that have other words, or that one body lacks."""
        either = (self.clauses | other.clauses).bit_count()
        return 1 - (self.words & other.words).bit_count() / either if either else 0.0


@dataclass(frozen=True, slots=True)
class Distances:
    """How far one body is from the others.

    The nearest, the farthest, and the average share (0 to 1).
    """

    nearest: Neighbour | None = None
    farthest: Neighbour | None = None
    average: float = 0.0


def distances(bodies: Sequence[Bits]) -> tuple[Distances, ...]:
    """Return for each body how far it is from the others; ties go to the one named first."""
    groups: dict[Bits, list[int]] = {}
    for place, bits in enumerate(bodies):
        groups.setdefault(bits, []).append(place)
    found = [Distances()] * len(bodies)
    for bits, places in groups.items():
        others: list[Neighbour] = []
        total = 0.0
        for other, members in groups.items():
            if other is not bits:
                others.append(Neighbour(members[0], bits.apart(other)))
                total += others[-1].share * len(members)
        average = total / max(1, len(bodies) - 1)
        for place in places:
            twins = [Neighbour(twin, 0.0) for twin in places[:2] if twin != place]
            found[place] = _distances([*twins[:1], *others], average)
    return tuple(found)


def _distances(neighbours: Sequence[Neighbour], average: float) -> Distances:
    if not neighbours:
        return Distances()
    nearest = min(neighbours, key=lambda one: (one.share, one.body))
    farthest = max(neighbours, key=lambda one: (one.share, -one.body))
    return Distances(nearest, farthest, average)


def distance_table(bodies: Sequence[Bits]) -> tuple[tuple[float, ...], ...]:
    """The share in which each two differ, a line for each body."""
    return tuple(tuple(one.apart(other) for other in bodies) for one in bodies)


def _bit_set(positions: Iterable[int]) -> int:
    """Return a whole number with the bits at these positions set: a set that compares fast."""
    bits = 0
    for position in positions:
        bits |= 1 << position
    return bits
