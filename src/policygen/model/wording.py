"""Wording: filled Markdown in pieces, which remember the facts that they print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from policygen.model.place_part import PlacePart, told_pieces


@dataclass(frozen=True, slots=True)
class Printed:
    """A fact in the text: its dotted path, and what is printed for it: of a gap its label."""

    fact: str
    text: str
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Loop:
    """What a loop printed: it counts as one value of the list that it went through."""

    over: str
    pieces: tuple[Piece, ...]


# Who made a translation that nobody has reviewed; empty for all other words.
Unreviewed: TypeAlias = Literal["", "machine", "person"]
Piece: TypeAlias = Annotated[str | Printed | Loop, Field(union_mode="left_to_right")]


def _is_empty(value: str) -> bool:
    return not value


@dataclass(frozen=True, slots=True)
class Wording:
    """Filled Markdown that remembers which of its words are facts.

    `pieces` alternate between the library's words (Markdown) and values (never markup).
    `chosen_by` are the facts that chose between wordings, as (path, value). `place_parts` are what
    it says in some places only, one after the other up to its end. `unreviewed` says of a
    translation that nobody has reviewed who made it.
    """

    language: str
    pieces: tuple[Piece, ...]
    chosen_by: tuple[tuple[str, str], ...] = ()
    place_parts: tuple[PlacePart, ...] = ()
    # Left out of the JSON of all other words.
    unreviewed: Annotated[Unreviewed, Field(exclude_if=_is_empty)] = ""

    @property
    def text(self) -> str:
        """The words with their values, as a reader of the Markdown source sees them."""
        return text_of(self.pieces)

    @property
    def skeleton(self) -> str:
        """The wording without its values, each fact as its path: ⟦policy.number⟧."""
        return "".join(
            piece
            if isinstance(piece, str)
            else f"⟦{piece.over if isinstance(piece, Loop) else piece.fact}⟧"
            for piece in self.pieces
        )

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """(path, printed text) in order; a loop is one value."""
        return tuple(
            (piece.over, text_of(piece.pieces))
            if isinstance(piece, Loop)
            else (piece.fact, piece.text)
            for piece in self.pieces
            if not isinstance(piece, str)
        )

    def told_in(self, place: str) -> Wording | None:
        """Return what it says in one place, as that place's own policy would; None for nothing."""
        if not self.place_parts:
            return self
        pieces = told_pieces(self.pieces, self.place_parts, place)
        if not pieces:
            return None
        return Wording(self.language, pieces, self.chosen_by, unreviewed=self.unreviewed)


def least_reviewed(of: Iterable[Unreviewed]) -> Unreviewed:
    """Return what holds of words that are joined: the part that is most in need of a reader."""
    found = set(of)
    if "machine" in found:
        return "machine"
    return "person" if "person" in found else ""


def text_of(pieces: Sequence[Piece]) -> str:
    """Return pieces as text, with their values; a gap in brackets."""
    return "".join(_text(pieces))


def _text(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        match piece:
            case str():
                yield piece
            case Printed():
                yield f"[{piece.text}]" if piece.gap else piece.text
            case Loop():
                yield from _text(piece.pieces)


def printed_facts(pieces: tuple[Piece, ...]) -> Iterator[Printed]:
    """Every printed fact in order, those inside loops too."""
    for piece in pieces:
        if isinstance(piece, Printed):
            yield piece
        elif isinstance(piece, Loop):
            yield from printed_facts(piece.pieces)
