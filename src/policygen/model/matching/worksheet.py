"""Worksheet: an existing policy and the clauses side by side, for people to decide on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policygen.model.existing.policy import ExistingPassage, ExistingPolicy
from policygen.model.matching.decision import ClauseDecision, OwnRule
from policygen.model.matching.ranking import (
    Likelihood,
    LikelyClause,
    LikelyPassage,
    SoughtClause,
)

NEW = "new"  # nobody has decided yet


@dataclass(frozen=True, slots=True)
class ValueDifference:
    """Values of one kind, such as `time`, that a passage sets otherwise than a clause.

    `fact` is the path of the one that the clause prints, where theirs could take its place.
    """

    kind: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    fact: str = ""


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause with the passages that may answer it, the likeliest first.

    `is_taken` says whether the policy prints it. `differences` are those of the passages that were
    decided on, or of the likeliest. `due` is why it is to be decided, or decided anew; "" where it
    is settled.
    """

    clause: SoughtClause
    is_taken: bool
    passages: tuple[LikelyPassage, ...]
    differences: tuple[ValueDifference, ...] = ()
    decision: ClauseDecision | None = None
    due: str = NEW

    @property
    def likelihood(self) -> Likelihood:
        """That of the likeliest passage."""
        return self.passages[0].likelihood if self.passages else Likelihood.UNLIKELY

    @property
    def likely(self) -> tuple[LikelyPassage, ...]:
        """The passages that are not unlikely."""
        return tuple(one for one in self.passages if one.is_likely)


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage with the clauses that it may answer, the likeliest first."""

    passage: ExistingPassage
    clauses: tuple[LikelyClause, ...]
    own: OwnRule | None = None  # that it is kept as

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

    @property
    def due(self) -> tuple[ClauseRow, ...]:
        """The rows that are to be decided."""
        return tuple(row for row in self.clauses if row.due)

    @property
    def unsaid(self) -> tuple[ClauseRow, ...]:
        """The rows that are to be decided, never were, and that no passage seems to say."""
        return tuple(row for row in self.due if not (row.likely or row.decision))

    @property
    def loose(self) -> tuple[PassageRow, ...]:
        """The passages that stand at no clause, so that none is lost in silence."""
        return self.loose_after({})

    def loose_after(self, decided: Mapping[str, ClauseDecision]) -> tuple[PassageRow, ...]:
        """Return the passages that no decision names and no clause that is due may say.

        Those that are kept stay among them. `decided` are decisions that were made since, by the id
        of their clause.
        """
        decisions = {row.clause.id: row.decision for row in self.clauses if row.decision}
        used = {key for one in {**decisions, **decided}.values() for key in one.passages}
        due = (row for row in self.due if row.clause.id not in decided)
        offered = {passage.number for row in due for passage in row.likely}
        return tuple(
            row
            for row in self.passages
            if row.own or not (row.passage.key in used or row.passage.number in offered)
        )

    @property
    def sections(self) -> dict[str, tuple[ClauseRow, ...]]:
        """The rows of the clauses by the ids of their sections."""
        found: dict[str, tuple[ClauseRow, ...]] = {}
        for row in self.clauses:
            found[row.clause.section] = (*found.get(row.clause.section, ()), row)
        return found
