"""Which pieces of a wording hold in some places only, of a body that serves several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

_Piece = TypeVar("_Piece")
Separator: TypeAlias = Literal["", "\n", "\n\n"]


@dataclass(frozen=True, slots=True)
class PlacePart:
    """What a wording says in some places only.

    Its pieces are those from `start` up to `end`; from `label` up to `start` stand the words that
    name the places, such as "In England and Wales". What stands before the first label holds in
    every place, and `between` is what parts the two in a place's own policy: a line or a blank one.
    """

    places: tuple[str, ...]
    label: int
    start: int
    end: int
    between: Separator = ""


def told_pieces(
    pieces: Sequence[_Piece], parts: Sequence[PlacePart], place: str
) -> tuple[_Piece | str, ...]:
    """Return what pieces say in one place, without labels. `parts` are one at least."""
    found: list[_Piece | str] = [*pieces[: parts[0].label]]
    for part in parts:
        if place in part.places:
            if found:
                found.append(part.between)
            found += pieces[part.start : part.end]
    return tuple(found)
