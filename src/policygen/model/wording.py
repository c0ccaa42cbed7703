"""Wording: filled Markdown in pieces, which remember the facts that they print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias

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


Piece: TypeAlias = Annotated[str | Printed | Loop, Field(union_mode="left_to_right")]


@dataclass(frozen=True, slots=True)
class Wording:
    """Filled Markdown that remembers which of its words are facts.

    `pieces` alternate between the library's words (Markdown) and values (never markup).
    `chosen_by` are the facts that chose between wordings, as (path, value). `place_parts` are what
    it says in some places only, one after the other up to its end.
    """

    language: str
    pieces: tuple[Piece, ...]
    chosen_by: tuple[tuple[str, str], ...] = ()
    place_parts: tuple[PlacePart, ...] = ()

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
        return Wording(self.language, pieces, self.chosen_by) if pieces else None


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
