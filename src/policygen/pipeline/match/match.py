"""`policygen match`: a policy that the body already has, beside the clauses of ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policygen.load.existing.read import read_existing
from policygen.load.profile.profile import load_organisation
from policygen.match.amounts import value_differences
from policygen.match.rank import rank
from policygen.model.existing.policy import ExistingPolicy
from policygen.model.matching.ranking import Likelihood, LikelyPassage, SoughtClause
from policygen.model.matching.worksheet import ClauseRow, PassageRow, ValueDifference, Worksheet
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.match.sought import sought_clauses
from policygen.pipeline.workspace import Workspace


def match(profile: Path, existing: Path, workspace: Workspace) -> Worksheet:
    """Read an existing policy and set it beside every clause that applies to the body.

    Raises PolicygenError: for a file that cannot be read, and for a profile that does not compose.
    """
    policy = read_existing(existing)
    workspace = workspace.for_profile(profile)
    organisation = load_organisation(profile, workspace.library)
    ours = compose_organisation(organisation, workspace).policies[0]
    taken = {clause.id for clause in ours.clauses()}
    clauses = sought_clauses(organisation, workspace)
    return worksheet(organisation.profile.name, policy, clauses, taken)


def worksheet(
    organisation: str, existing: ExistingPolicy, clauses: Sequence[SoughtClause], taken: set[str]
) -> Worksheet:
    """Rank the passages of a policy with the clauses; `taken` are those that ours prints."""
    ranking = rank(existing.passages, clauses)
    rows = []
    for clause in clauses:
        passages = ranking.passages.get(clause.id, ())
        differences = _differences(clause, passages, existing)
        rows.append(ClauseRow(clause, clause.id in taken, passages, differences))
    others = (PassageRow(one, ranking.clauses.get(one.number, ())) for one in existing.passages)
    return Worksheet(organisation, existing, tuple(rows), tuple(others))


def _differences(
    clause: SoughtClause, passages: Sequence[LikelyPassage], existing: ExistingPolicy
) -> tuple[ValueDifference, ...]:
    """Return what the likeliest passage sets otherwise, if it is likely at all."""
    first = next(iter(passages), None)
    if first is None or first.likelihood is Likelihood.UNLIKELY:
        return ()
    passage = existing.passage(first.number)
    return value_differences(passage.text, clause.rule, clause.values) if passage else ()
