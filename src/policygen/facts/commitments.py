"""Which commitments a policy keeps: those that its rules print."""

from __future__ import annotations

from collections.abc import Iterable

from policygen.model.outline.outline import Outline
from policygen.model.policy import Clause
from policygen.model.wording import printed_facts

COMMITMENTS = "commitments."  # begins the path of each as a fact


def printed_commitments(clauses: Iterable[Clause], outline: Outline) -> frozenset[str]:
    """Return the names of the commitments that the rules of some clauses print."""
    rules = [
        telling.wording
        for clause in clauses
        for telling in clause.tellings
        if outline.tiers[telling.tier].required
    ]
    facts = {printed.fact for wording in rules for printed in printed_facts(wording.pieces)}
    return frozenset(
        fact.removeprefix(COMMITMENTS) for fact in facts if fact.startswith(COMMITMENTS)
    )
