"""Review: what one returned copy says against what was sent, clause by clause. Immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from policygen.model.document import Blocks
from policygen.model.returned.copy import NotCarried, ReturnedComment
from policygen.model.review.chosen import ChosenBy


class ReturnedEditKind(Enum):
    """What somebody did to a clause, as a reader is told it."""

    REWORDED = "reworded"
    ADDED = "added"
    DELETED = "deleted"
    MOVED = "moved"


class OursNow(Enum):
    """How a clause stands today, against the words that were sent."""

    SAME = "the same"
    CHANGED = "changed since"
    GONE = "gone since"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changed something in Word, and when (ISO 8601, or "").

    Without an author nobody tracked the change: it was found by comparing the words.
    """

    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedEdit:
    """What one hand did to one clause. A passage that is added has no clause of its own.

    `place` is the id of the clause or section; `name` its number and name; for what was added,
    those after which it stands. `redline` has the paragraphs, items and rows that differ, with what
    is deleted and inserted. `into` is the section to which a clause of another was moved.
    `chosen_by` are the blocks of templates that chose the words that differ.
    """

    place: str
    name: str
    kind: ReturnedEditKind
    hand: Hand
    before: str
    after: str
    redline: Blocks
    ours: OursNow = OursNow.SAME
    into: str = ""
    chosen_by: tuple[ChosenBy, ...] = ()


@dataclass(frozen=True, slots=True)
class FactEdit:
    """A printed fact whose value somebody changed: its path, and the clauses that print it.

    `places` are those in which it was changed; the other clauses still print what was sent.
    """

    path: str
    before: str
    after: str
    hand: Hand
    places: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedComment:
    """A comment, and the id and name of the clause or section at which it stands, or ""."""

    place: str
    name: str
    comment: ReturnedComment


@dataclass(frozen=True, slots=True)
class PlacedLoss:
    """Something that cannot be carried, and where it stands."""

    place: str
    name: str
    loss: NotCarried


@dataclass(frozen=True, slots=True)
class Sent:
    """The policy that a copy was printed from: what to call it, and whether it surely is that."""

    label: str
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Review:
    """All that one returned copy says.

    `names` are what people call clauses and facts, by id and by path; `binding` are the clauses
    that are replaced on the record only. `already` is how many edits
    and changed values are ours already, and so nobody's to decide.
    """

    file: str
    organisation: str
    sent: Sent
    edits: tuple[ReturnedEdit, ...]
    fact_edits: tuple[FactEdit, ...]
    comments: tuple[PlacedComment, ...]
    losses: tuple[PlacedLoss, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    binding: frozenset[str] = frozenset()
    already: int = 0

    def wants_reason(self, place: str) -> bool:
        """Whether a clause is taken with a reason only: it goes from its place, or is binding."""
        edits = self._of_words(place)
        is_deleted = any(one.kind is ReturnedEditKind.DELETED for one in edits)
        goes = is_deleted or any(one.place == place and one.into for one in self.edits)
        return goes or bool(edits and place in self.binding)

    def wants_clearance(self, place: str) -> bool:
        """Whether a clause is taken only where somebody cleared it: a binding one that stays."""
        edits = self._of_words(place)
        is_deleted = any(one.kind is ReturnedEditKind.DELETED for one in edits)
        return bool(edits and place in self.binding and not is_deleted)

    def _of_words(self, place: str) -> list[ReturnedEdit]:
        """Return the edits of a clause's own words, and not what was put after it."""
        beside = (ReturnedEditKind.ADDED, ReturnedEditKind.MOVED)
        return [one for one in self.edits if one.place == place and one.kind not in beside]

    @property
    def is_empty(self) -> bool:
        """Whether the copy says nothing that its sender must decide."""
        return not (self.edits or self.fact_edits or self.comments)
