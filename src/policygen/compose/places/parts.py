"""A wording of several places as it is put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from policygen.model.place_part import PlacePart, Separator
from policygen.model.wording import Piece

Told: TypeAlias = tuple[tuple[Piece, ...], tuple[PlacePart, ...]]  # a wording's pieces and parts


class Parts:
    """Pieces as they are put together, and which of them hold in some places only."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._parts: list[PlacePart] = []

    def share(self, words: Sequence[Piece]) -> None:
        """Begin with what holds in every place."""
        self.pieces += words

    def add(
        self,
        places: tuple[str, ...],
        label: Sequence[Piece],
        words: Sequence[Piece],
        between: Separator = "",
    ) -> None:
        """Add what some places say, after its label."""
        at, start = len(self.pieces), len(self.pieces) + len(label)
        self.pieces += (*label, *words)
        self._parts.append(PlacePart(places, at, start, len(self.pieces), between))

    def told(self) -> Told:
        """Return both."""
        return tuple(self.pieces), tuple(self._parts)
