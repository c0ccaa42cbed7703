"""What came back on each clause: who said what, and how the edits of several fit together."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.model.consultation.record import Response


@dataclass(frozen=True, slots=True)
class MergeOption:
    """Words that some responses (by their ids) would have in one place."""

    words: str
    responses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MergePiece:
    """Words that were sent, and what they would become; without an option nobody touches them.

    With several options, the responses conflict here.
    """

    before: str
    options: tuple[MergeOption, ...] = ()

    @property
    def is_conflict(self) -> bool:
        """Whether a person must choose."""
        return len(self.options) > 1


@dataclass(frozen=True, slots=True)
class MergedEdits:
    """Several edits of the same words as one text, piece by piece."""

    responses: tuple[Response, ...]
    pieces: tuple[MergePiece, ...]

    @property
    def conflicts(self) -> tuple[MergePiece, ...]:
        """Where a person must choose."""
        return tuple(piece for piece in self.pieces if piece.is_conflict)


@dataclass(frozen=True, slots=True)
class ClauseResponses:
    """All responses on one clause, and the edits among them that concern the same words."""

    clause: str
    responses: tuple[Response, ...]
    merged: tuple[MergedEdits, ...] = ()
