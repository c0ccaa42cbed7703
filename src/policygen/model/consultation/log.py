"""A consultation as it stands: all that its log says, looked up in the ways that people ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policygen.model.consultation.record import (
    Answer,
    Consultation,
    KeptFile,
    LogEntry,
    Response,
)
from policygen.model.consultation.respondent import Respondent


@dataclass(frozen=True, slots=True)
class ConsultationLog:
    """A consultation, its log, and who the respondents are, as far as that is still known.

    `last` is the sha256 of the log's last line, to which the next one is chained.
    """

    consultation: Consultation
    last: str
    entries: tuple[LogEntry, ...] = ()
    people: Mapping[str, Respondent] = field(default_factory=dict)

    @property
    def responses(self) -> tuple[Response, ...]:
        """Every response, in the order in which they came in."""
        return tuple(one for one in self.entries if isinstance(one, Response))

    @property
    def files(self) -> Mapping[str, KeptFile]:
        """Every copy and form that came back, by its checksum."""
        return {one.sha256: one for one in self.entries if isinstance(one, KeptFile)}

    @property
    def answers(self) -> Mapping[int, Answer]:
        """The answer that stands, by the response."""
        return {one.response: one for one in self.entries if isinstance(one, Answer)}

    @property
    def open_responses(self) -> tuple[Response, ...]:
        """The responses that nobody has answered yet."""
        answered = self.answers
        return tuple(one for one in self.responses if one.id not in answered)
