"""Evidence: what was in force on one day, and all that shows it. Immutable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policygen.model.comparison.difference import Differences
from policygen.model.consultation.findings import ConsultationFindings
from policygen.model.policy import Clause, Policy
from policygen.model.release.history import HandbookIssue, HistoryEntry
from policygen.model.release.record import ReleaseRecord
from policygen.model.year.sign_off import SignOffFindings


@dataclass(frozen=True, slots=True)
class SealedRelease:
    """A release, of a version or of its handbook, and its seal, the sha256 of its record."""

    record: ReleaseRecord
    seal: str

    @property
    def entry(self) -> HistoryEntry:
        """The version that it is of."""
        return self.record.entry


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file of a bundle: its path there, its bytes, and what it is."""

    path: str
    data: bytes
    says: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was in force on one day.

    `record` is that of the version that was approved, and `handbook` the issue of its handbook, if
    one had been made. `policies` are those of the two, the first language's first, and `every`
    release of the body, oldest first. `clauses` are those that were asked for, as the first
    language has them; none means all, told by its rules alone unless it is `full`. `before` is how
    it differs from the approved version before it, and `after` how what came next differs from it.
    `consultations` are those that led to it. `sign_offs` are None where nobody gave a list of who
    signed.
    """

    day: date
    record: ReleaseRecord
    handbook: HandbookIssue | None
    policies: tuple[Policy, ...]
    every: tuple[SealedRelease, ...]
    clauses: tuple[Clause, ...] = ()
    audience: str = ""
    full: bool = False
    before: Differences | None = None
    after: Differences | None = None
    consultations: tuple[ConsultationFindings, ...] = ()
    sign_offs: SignOffFindings | None = None
    files: tuple[EvidenceFile, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether the paper tells the whole policy by its rules, and the rest lies beside it."""
        return not self.clauses and not self.full

    @property
    def policy(self) -> Policy:
        """The policy that was in force, in its first language."""
        return self.policies[0]

    @property
    def entry(self) -> HistoryEntry:
        """The release that was in force."""
        return self.record.entry

    @property
    def name(self) -> str:
        """The name of the release whose words were in force: 1.0, or 1.0-h2."""
        return self.handbook.name if self.handbook else self.entry.version

    @property
    def seal(self) -> str:
        """The seal of the version that was in force."""
        return next(one.seal for one in self.every if one.record.name == self.entry.version)

    @property
    def versions(self) -> tuple[HistoryEntry, ...]:
        """Every version, oldest first, without the issues of handbooks."""
        return tuple(one.entry for one in self.every if one.record.handbook is None)

    @property
    def earlier(self) -> HistoryEntry | None:
        """The approved version before it, if there was one."""
        approved = [one for one in self.versions if one.status == "approved"]
        at = approved.index(self.entry)
        return approved[at - 1] if at else None

    @property
    def later(self) -> HistoryEntry | None:
        """The approved version that took its place, if one has."""
        approved = [one for one in self.versions if one.status == "approved"]
        at = approved.index(self.entry)
        return approved[at + 1] if at + 1 < len(approved) else None

    @property
    def issues(self) -> tuple[HandbookIssue, ...]:
        """The issues of its handbook, those too that were made after the day."""
        records = (one.record for one in self.every if one.entry == self.entry)
        return tuple(one.handbook for one in records if one.handbook)
