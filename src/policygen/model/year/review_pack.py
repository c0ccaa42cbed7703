"""All that a yearly review begins with. Immutable."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.model.consultation.findings import ConsultationFindings
from policygen.model.policy import Source
from policygen.model.year.body_dates import BodyDates
from policygen.model.year.kept_findings import KeptFindings


@dataclass(frozen=True, slots=True)
class StaleWords:
    """Words of a body's own over words of the library that have moved: its clause, and where."""

    number: str
    name: str
    edit: str
    place: str


@dataclass(frozen=True, slots=True)
class ReviewPack:
    """What a review begins with: what is due, what was kept, what has moved, what people said.

    `unconfirmed` are sources with the numbers of the clauses that rely on them, as the policy
    stands today.
    `consultations` are those with a response that waits for an answer or was only noted.
    """

    kept: KeptFindings
    dates: BodyDates
    stale: tuple[StaleWords, ...]
    unconfirmed: tuple[tuple[Source, tuple[str, ...]], ...]
    consultations: tuple[ConsultationFindings, ...]
