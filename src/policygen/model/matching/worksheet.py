"""Worksheet: an existing policy and the clauses side by side, for people to decide on."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.model.existing.policy import ExistingPassage, ExistingPolicy
from policygen.model.matching.ranking import (
    Likelihood,
    LikelyClause,
    LikelyPassage,
    SoughtClause,
)


@dataclass(frozen=True, slots=True)
class ValueDifference:
    """Values of one kind, such as `time`, that a passage sets otherwise than a clause."""

    kind: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause with the passages that may answer it, the likeliest first.

    `is_taken` says whether the policy prints it; `differences` are those of the first passage.
    """

    clause: SoughtClause
    is_taken: bool
    passages: tuple[LikelyPassage, ...]
    differences: tuple[ValueDifference, ...] = ()

    @property
    def likelihood(self) -> Likelihood:
        """That of the likeliest passage."""
        return self.passages[0].likelihood if self.passages else Likelihood.UNLIKELY

    @property
    def likely(self) -> tuple[LikelyPassage, ...]:
        """The passages that are not unlikely."""
        return tuple(one for one in self.passages if one.likelihood is not Likelihood.UNLIKELY)


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage with the clauses that it may answer, the likeliest first."""

    passage: ExistingPassage
    clauses: tuple[LikelyClause, ...]

    @property
    def likelihood(self) -> Likelihood:
        """That of the likeliest clause."""
        return self.clauses[0].likelihood if self.clauses else Likelihood.UNLIKELY


@dataclass(frozen=True, slots=True)
class Worksheet:
    """All clauses in the policy's order, and all passages in the document's. Never a verdict."""

    organisation: str
    existing: ExistingPolicy
    clauses: tuple[ClauseRow, ...]
    passages: tuple[PassageRow, ...]

    def clause(self, id: str) -> ClauseRow | None:
        """Return the row of a clause, or None."""
        return next((row for row in self.clauses if row.clause.id == id), None)

    @property
    def sections(self) -> dict[str, tuple[ClauseRow, ...]]:
        """The rows of the clauses by the ids of their sections."""
        found: dict[str, tuple[ClauseRow, ...]] = {}
        for row in self.clauses:
            found[row.clause.section] = (*found.get(row.clause.section, ()), row)
        return found
