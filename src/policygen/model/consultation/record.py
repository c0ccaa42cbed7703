"""What is written down of a consultation: when it was opened, and a log that only grows. Immutable.

A line of the log holds the sha256 of the line before, so that one that was changed or taken out
shows. It never holds a name: a respondent is `r1`, and who that is stands elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from policygen.model.release.record import Checksum
from policygen.model.text import Day, Line

CONSULTATION_SCHEMA: Literal["policygen/consultation/1"] = "policygen/consultation/1"
WHOLE_POLICY = "whole-policy"  # in place of a clause's id, for what is said of all of it


@dataclass(frozen=True, slots=True)
class Consultation:
    """A release out for comment: which version, and its days as the profile had them."""

    organisation: Line  # the name of its folder
    version: Line
    opens: Day
    closes: Day
    keep_until: Day
    schema: Literal["policygen/consultation/1"] = CONSULTATION_SCHEMA


class ResponseKind(Enum):
    """What somebody did, as a reader is told it."""

    REWORDED = "reworded"
    ADDED = "added"
    DELETED = "deleted"
    MOVED = "moved"
    VALUE = "value"
    COMMENT = "comment"
    PROPOSAL = "proposal"  # words in a form that somebody would rather see


class Verdict(Enum):
    """What the body decided on a response, as a reader is told it."""

    ACCEPTED = "accepted"
    PARTLY = "partly accepted"
    DECLINED = "not accepted"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A copy or a form that came back: the bytes that are kept until their day, by checksum."""

    sha256: Checksum
    bytes: int
    received: Day | None = None
    type: Literal["file"] = "file"


@dataclass(frozen=True, slots=True)
class Response:
    """One thing that one respondent said or changed, at one clause.

    `id` counts from 1 in a consultation. Of a comment, `before` are the words that it marks and
    `said` what it says; of an edit, `before` and `after` are the words, a line for each paragraph.
    `fact` is the path of a changed value. `clause` is an id, or `WHOLE_POLICY`.
    """

    id: int
    file: Checksum
    clause: str
    kind: ResponseKind
    respondent: str
    date: str = ""  # ISO 8601 as the file has it, or ""
    before: str = ""
    after: str = ""
    said: str = ""
    fact: str = ""
    type: Literal["response"] = "response"

    @property
    def is_edit(self) -> bool:
        """Whether it changes words or a value."""
        return self.kind not in (ResponseKind.COMMENT, ResponseKind.PROPOSAL)

    @property
    def content(self) -> tuple[str, ...]:
        """What it says, whoever said it and in which file."""
        return (self.clause, self.kind.value, self.before, self.after, self.said, self.fact)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided on one response, and why. A later answer takes the place of an earlier."""

    response: int
    verdict: Verdict
    because: str
    type: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True)
class Erasure:
    """The name of a respondent and the files that bore it were erased."""

    respondent: str
    type: Literal["erasure"] = "erasure"


LogEntry: TypeAlias = Annotated[KeptFile | Response | Answer | Erasure, Field(discriminator="type")]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log, and the sha256 of the line before; of the first, the consultation's."""

    previous: Checksum
    entry: LogEntry


def consultation_to_json(consultation: Consultation) -> bytes:
    """Write a consultation: UTF-8, indented, one trailing newline."""
    return TypeAdapter(Consultation).dump_json(consultation, indent=2) + b"\n"


def consultation_from_json(data: bytes) -> Consultation:
    """Read a consultation back. Raises pydantic's ValidationError when it is not one."""
    return TypeAdapter(Consultation).validate_json(data)


def line_to_json(line: LogLine) -> bytes:
    """Write a line of the log, without its end."""
    return _line_adapter().dump_json(line)


def line_from_json(data: bytes) -> LogLine:
    """Read a line of the log back. Raises pydantic's ValidationError when it is not one."""
    return _line_adapter().validate_json(data)


@cache
def _line_adapter() -> TypeAdapter[LogLine]:
    return TypeAdapter(LogLine)
