"""Evidence: what was in force on one day, and all that shows it. Immutable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policygen.model.comparison.difference import Differences
from policygen.model.consultation.findings import ConsultationFindings
from policygen.model.policy import Clause, Policy
from policygen.model.release.history import HistoryEntry
from policygen.model.release.record import ReleaseRecord


@dataclass(frozen=True, slots=True)
class SealedRelease:
    """A release and its seal, the sha256 of its record."""

    entry: HistoryEntry
    seal: str


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file of a bundle: its path there, its bytes, and what it is."""

    path: str
    data: bytes
    says: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was in force on one day.

    `policies` are those of the release that was in force, the first language's first, and `every`
    release of the body, oldest first. `clauses` are those that were asked for, as the first
    language has them; none means all. `before` is how it differs from the approved version before
    it, and `after` how the next approved one differs from it. `consultations` are those that led to
    it.
    """

    day: date
    record: ReleaseRecord
    policies: tuple[Policy, ...]
    every: tuple[SealedRelease, ...]
    clauses: tuple[Clause, ...] = ()
    audience: str = ""
    before: Differences | None = None
    after: Differences | None = None
    consultations: tuple[ConsultationFindings, ...] = ()
    files: tuple[EvidenceFile, ...] = ()

    @property
    def policy(self) -> Policy:
        """The policy that was in force, in its first language."""
        return self.policies[0]

    @property
    def entry(self) -> HistoryEntry:
        """The release that was in force."""
        return self.record.entry

    @property
    def seal(self) -> str:
        """The seal of the release that was in force."""
        return next(one.seal for one in self.every if one.entry == self.entry)

    @property
    def later(self) -> HistoryEntry | None:
        """The approved version that took its place, if one has."""
        after = [one.entry for one in self.every if one.entry.status == "approved"]
        at = after.index(self.entry)
        return after[at + 1] if at + 1 < len(after) else None
