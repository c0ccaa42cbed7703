"""Facts sent to those who know them, as a workbook: what is asked, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policygen.problems import DataPath

READ_ME = "Read me"
BODY = "Body"  # what stands before the body's name on the first sheet
HEADS = ("No.", "Question", "Your answer", "Usual, or how to write it")
FACT, SENT = "fact", "as sent"  # the heads of the last two columns of each sheet, which are hidden
HEAD_ROW = 2  # the place of the row of heads, from 0
ANSWER = 2  # the place of the column of answers


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """One fact as a question, with what the profile says now; `choices` are all that it may say."""

    path: DataPath
    text: str
    answer: str
    help: str = ""
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the hidden column calls it: contacts.records.email."""
        return ".".join(map(str, self.path))


@dataclass(frozen=True, slots=True)
class FactSheet:
    """The questions for one of those who will know."""

    name: str
    who: str
    questions: tuple[FactQuestion, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The row that heads the sheet."""
        return (*HEADS, FACT, SENT)


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column of a register: the keys of its fact within a row, and what it is called."""

    key: DataPath
    head: str
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What a row calls its cell: platform, or purpose.cy."""
        return ".".join(map(str, self.key))


@dataclass(frozen=True, slots=True)
class FactRegister:
    """A list of the profile, a row for each: accounts, approvals, elections."""

    name: str
    who: str
    key: str  # of the profile, such as channels
    says: str
    columns: tuple[RegisterColumn, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The row that heads the sheet."""
        return (*(column.head for column in self.columns), self.key, SENT)


@dataclass(frozen=True, slots=True)
class FactBook:
    """All that is asked of a body: `body` is its folder's name, `title` its own."""

    body: str
    title: str
    sheets: tuple[FactSheet, ...]
    registers: tuple[FactRegister, ...]


@dataclass(frozen=True, slots=True)
class GivenFact:
    """An answer that came back: what was there when it was sent, and where it stands now."""

    name: str
    answer: str
    sent: str
    place: str  # facts.xlsx, sheet Records, C7


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row of a register that came back, by the names of its columns.

    `sent` is the row as it was sent, empty for one that somebody added.
    """

    key: str
    cells: Mapping[str, str]
    sent: Mapping[str, str]
    places: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it any more."""
        return not any(self.cells.values())

    @property
    def place(self) -> str:
        """Where its first cell stands."""
        return next(iter(self.places.values()))


@dataclass(frozen=True, slots=True)
class GivenFacts:
    """All that came back in one workbook; `left_out` are sheets that are none of ours."""

    facts: tuple[GivenFact, ...]
    rows: tuple[GivenRow, ...]
    left_out: tuple[str, ...] = ()
