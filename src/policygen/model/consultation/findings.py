"""A consultation with all that its papers tell."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.model.consultation.collation import ClauseResponses
from policygen.model.consultation.log import ConsultationLog
from policygen.model.policy import Policy


@dataclass(frozen=True, slots=True)
class ConsultationFindings:
    """A consultation with the policy that was sent; `kept` are the files that are still there.

    `has_changes` is whether the draft was sent with its changes from an approved version.
    """

    policy: Policy
    log: ConsultationLog
    clauses: tuple[ClauseResponses, ...]
    kept: frozenset[str]
    has_changes: bool
