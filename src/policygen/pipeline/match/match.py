"""`policygen match`: a policy that the body already has, beside the clauses of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policygen.load.existing.decisions import read_decisions
from policygen.load.existing.read import read_existing
from policygen.load.profile.profile import load_organisation
from policygen.match.amounts import value_differences
from policygen.match.rank import rank
from policygen.model.existing.policy import ExistingPolicy
from policygen.model.given_file import GivenFile
from policygen.model.matching.decision import (
    ClauseDecision,
    Coverage,
    DocumentDecisions,
    Keep,
    MatchDecisions,
    clause_stamp,
)
from policygen.model.matching.ranking import Likelihood, LikelyPassage, Ranking, SoughtClause
from policygen.model.matching.worksheet import (
    NEW,
    ClauseRow,
    PassageRow,
    ValueDifference,
    Worksheet,
)
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.existing.sought import sought_clauses
from policygen.pipeline.workspace import Workspace

_WORD = re.compile(r"\w+")
_ESCAPE = re.compile(r"\\(?=\W)")
_CLAUSE_CHANGED = "the clause has changed since"
_PASSAGE_CHANGED = "the passage has changed since"


@dataclass(frozen=True, slots=True)
class Matching:
    """An existing policy set beside one body's clauses, and what was decided before."""

    organisation: str
    existing: ExistingPolicy
    clauses: tuple[SoughtClause, ...]
    taken: frozenset[str]  # the ids of those that the policy prints
    ranking: Ranking
    decisions: MatchDecisions

    @property
    def decided(self) -> DocumentDecisions:
        """What was decided of this document."""
        return self.decisions.of(self.existing.name)

    @property
    def worksheet(self) -> Worksheet:
        """Both side by side."""
        rows = tuple(self._row(clause) for clause in self.clauses)
        others = tuple(
            PassageRow(one, self.ranking.clauses.get(one.number, ()), self.decided.own.get(one.key))
            for one in self.existing.passages
        )
        return Worksheet(self.organisation, self.existing, rows, others)

    def _row(self, clause: SoughtClause) -> ClauseRow:
        decision = self.decided.clauses.get(clause.id) or self._kept(clause)
        passages = self.ranking.passages.get(clause.id, ())
        differences = _differences(clause, self._said(decision, passages), self.existing)
        due = self._due(clause, decision)
        return ClauseRow(clause, clause.id in self.taken, passages, differences, decision, due)

    def _kept(self, clause: SoughtClause) -> ClauseDecision | None:
        """Return that a clause is covered which was written from a passage kept as their own."""
        keys = tuple(key for key, rule in self.decided.own.items() if rule.id == clause.id)
        return ClauseDecision(Coverage.COVERED, keys) if keys else None

    def _said(
        self, decision: ClauseDecision | None, passages: Sequence[LikelyPassage]
    ) -> tuple[int, ...]:
        """Return the passages that say a clause: those decided on, or else the likeliest."""
        if decision is not None:
            found = map(self.existing.by_key.get, decision.passages)
            return tuple(one.number for one in found if one)
        likely = (one for one in passages[:1] if one.likelihood is not Likelihood.UNLIKELY)
        return tuple(one.number for one in likely)

    def _due(self, clause: SoughtClause, decision: ClauseDecision | None) -> str:
        if decision is None:
            return NEW
        is_own = decision.keep is Keep.THEIRS and self._says_theirs(clause, decision)
        if decision.of and decision.of != clause_stamp(clause) and not is_own:
            return _CLAUSE_CHANGED
        gone = any(key not in self.existing.by_key for key in decision.passages)
        new = decision.found is Coverage.NOT_FOUND and self._is_new(clause)
        return _PASSAGE_CHANGED if gone or new else ""

    def _says_theirs(self, clause: SoughtClause, decision: ClauseDecision) -> bool:
        """Tell whether a clause has been given the words of the passages that say it."""
        found = filter(None, map(self.existing.by_key.get, decision.passages))
        theirs = " ".join(one.text for one in found)
        return _WORD.findall(theirs) == _WORD.findall(_ESCAPE.sub("", clause.rule))

    def _is_new(self, clause: SoughtClause) -> bool:
        """Tell whether a passage has come that is likely to say what was not found before."""
        known = self.decided.read
        likely = self.ranking.passages.get(clause.id, ())[:1]
        found = (self.existing.passages[one.number - 1] for one in likely if one.is_likely)
        return bool(known) and any(one.key not in known for one in found)


def match(profile: Path, existing: Path | GivenFile, workspace: Workspace) -> Matching:
    """Read an existing policy and set it beside every clause that the body's layers have.

    Raises PolicygenError: for a file that cannot be read, and for a profile that does not compose.
    """
    policy = read_existing(existing)
    decisions = read_decisions(profile)
    workspace = workspace.for_profile(profile)
    organisation = load_organisation(profile, workspace.library)
    ours = compose_organisation(organisation, workspace).policies[0]
    clauses = sought_clauses(organisation, workspace)
    return Matching(
        organisation.profile.name,
        policy,
        clauses,
        frozenset(clause.id for clause in ours.clauses()),
        rank(policy.passages, clauses),
        decisions,
    )


def _differences(
    clause: SoughtClause, numbers: Sequence[int], existing: ExistingPolicy
) -> tuple[ValueDifference, ...]:
    """Return what some passages together set otherwise than a clause."""
    found = filter(None, map(existing.passage, numbers))
    theirs = "\n".join(one.text for one in found)
    return value_differences(theirs, clause.rule, clause.values) if theirs else ()
