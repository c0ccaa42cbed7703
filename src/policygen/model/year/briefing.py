"""What staff are asked and sign when they are told of a policy: as words, and filled."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that is wrong, and why."""

    answer: str
    why: str


@dataclass(frozen=True, slots=True)
class BriefingQuestion:
    """A question of the library: the clause that it rests on, and the words that must stand there.

    {braces} in its texts name facts that the clause's rule prints.
    """

    clause: str
    says: tuple[str, ...]
    question: str
    right: str
    wrong: tuple[WrongAnswer, ...]


@dataclass(frozen=True, slots=True)
class RecordWords:
    """The words of the record that one person signs; `rows` are what is filled in by hand."""

    title: str
    lead: str
    sign: str
    rows: tuple[str, ...]
    seal: str
    where: str
    ask: str


@dataclass(frozen=True, slots=True)
class SignOffWords:
    """The words of the list that many people sign; by its heads it is read again."""

    title: str
    release: str
    seal: str
    heads: tuple[str, str, str, str, str]  # name, role, version, day, who briefed
    note: str


@dataclass(frozen=True, slots=True)
class BriefingWords:
    """All words of a sign-off kit; `questions` by their ids, the weightiest first."""

    record: RecordWords
    sign_off: SignOffWords
    questions: dict[str, BriefingQuestion]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as one body's staff are asked it, with the clause that answers it.

    `says` are the words of that clause on which the right answer rests.
    """

    id: str
    question: str
    right: str
    wrong: tuple[WrongAnswer, ...]
    number: str
    name: str
    says: str

    @property
    def clause(self) -> str:
        """The clause as people cite it: clause 4.3 (Limits)."""
        return f"clause {self.number} ({self.name})" if self.number else f"the clause {self.name}"
