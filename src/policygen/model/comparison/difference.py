"""Difference: one thing that tells two policies apart, of what kind it is, and what caused it.

Immutable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from policygen.model.policy import UNDECIDED, Citation, Clause, Policy, Section
from policygen.model.wording import Wording


class DifferenceKind(Enum):
    """What sort of thing differs, as a plain sentence.

    `key` is its name in JSON and on the command line.
    """

    ADDED = "Only the second policy has it."
    REMOVED = "Only the first policy has it."
    LEFT_OUT = "Only the second policy leaves it out."
    BROUGHT_IN = "Only the first policy leaves it out."
    LEFT_OUT_OTHERWISE = "Both policies leave it out; why, or what covers it, differs."
    REWORDED = "The wording differs."
    SET_DIFFERENTLY = (
        "The wording is the same; a number, a deadline, a law or another setting differs."
    )
    RETITLED = "The title or its label differs."
    MOVED = "It stands in another place."
    RESOURCED = "It cites other sources."
    AUDIENCE = "It is for other readers."
    BINDING = "In one of the two, a posture or an organisation may not drop it."
    JUDGED = "It stands under another of may, think first and never, or an answer leads elsewhere."
    NAMES_ONLY = "The wording is the same; only names differ."

    @property
    def key(self) -> str:
        """Its short name: `set-differently`."""
        return _KEYS.get(self.name) or self.name.lower().replace("_", "-")

    @property
    def mirrored(self) -> DifferenceKind:
        """What it is called when the second policy is read first."""
        return {
            DifferenceKind.ADDED: DifferenceKind.REMOVED,
            DifferenceKind.REMOVED: DifferenceKind.ADDED,
            DifferenceKind.LEFT_OUT: DifferenceKind.BROUGHT_IN,
            DifferenceKind.BROUGHT_IN: DifferenceKind.LEFT_OUT,
        }.get(self, self)


_KEYS = {"RESOURCED": "re-sourced", "AUDIENCE": "audience-changed", "BINDING": "binding-changed"}


class Side(Enum):
    """Which of the two policies."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"

    @property
    def mirrored(self) -> Side:
        """The same policy, when the second is read first."""
        return {Side.FIRST: Side.SECOND, Side.SECOND: Side.FIRST}.get(self, self)


@dataclass(frozen=True, slots=True)
class LayerCause:
    """An edit that one policy has and the other has not, or that both have (`BOTH`).

    `layer` is its name in the library, `title` what people call it, `edit` what it does, `place`
    path:line. What a body leaves out is of the layer `extent`, and has no place.
    """

    side: Side
    layer: str
    title: str
    edit: str
    place: str
    because: str = ""
    cleared_by: str = ""


@dataclass(frozen=True, slots=True)
class FactCause:
    """A fact that has another value in each policy.

    `names` says that it only names something, `is_list` that it is a list, which may be printed as
    a table. `called` is what a layer calls it for people; empty where the profile's model does.
    """

    fact: str
    first: str
    second: str
    names: bool = False
    is_list: bool = False
    called: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A clause of the other policy under another id, and how many words they share (0 to 1)."""

    clause: str
    share: float


Cause: TypeAlias = LayerCause | FactCause | Likeness


@dataclass(frozen=True, slots=True)
class Position:
    """Where a clause or section stands: in `section` (or none), after `after` (or first)."""

    section: str
    after: str


def is_undecided(causes: Iterable[Cause]) -> bool:
    """Tell whether nobody has decided that the policy which lacks a clause does lack it."""
    return any(isinstance(one, LayerCause) and one.edit == UNDECIDED for one in causes)


ClausePart: TypeAlias = (
    Wording
    | Clause
    | Section
    | Position
    | tuple[Citation, ...]
    | tuple[str, ...]
    | str
    | bool
    | None
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that tells the second policy from the first.

    It is about a clause or, with an empty `clause`, about the section itself; both are the second
    policy's ids, where it has them. `part` names what differs: a tier by its key (its telling);
    `title`, `label`, `lead`, `stake`, `manager`, `decides`, `by`, `measure`, `citations`,
    `sources`, `audience`, `binding`, `under`, `ways`, `place`, `id`, `omission`; or nothing, when
    the whole was added or removed. `first` and `second` are that part on either side.
    """

    kind: DifferenceKind
    section: str
    clause: str
    part: str
    first: ClausePart = None
    second: ClausePart = None
    why: tuple[Cause, ...] = ()
    spot: Position | None = None  # of what was added or removed, in the policy that has it


@dataclass(frozen=True, slots=True)
class ClausePair:
    """One clause on both sides, or on one.

    A `likeness` under 1 says that the ids differ, and that the words matched the clauses.
    """

    first: Clause | None
    second: Clause | None
    likeness: float = 1.0

    @property
    def clause(self) -> Clause:
        """The second policy's clause, or else the first's."""
        clause = self.second or self.first
        assert clause is not None
        return clause

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its clauses."""
        return tuple(clause.id for clause in (self.first, self.second) if clause)


@dataclass(frozen=True, slots=True)
class ComparisonScope:
    """To what a comparison was narrowed: a tier, an edition, a section, more than names.

    When all are empty, it was narrowed to nothing.
    """

    tier: str = ""
    edition: str = ""
    section: str = ""
    substance: bool = False

    def __bool__(self) -> bool:
        """Whether it was narrowed at all."""
        return bool(self.tier or self.edition or self.section or self.substance)


@dataclass(frozen=True, slots=True)
class Differences:
    """How two policies differ: every clause of both, paired, and everything that tells them apart.

    Pairs stand in the second policy's order, and what only the first has after the clause that it
    followed.
    Where `scope` says that they were narrowed, they are those of it, and say nothing of the rest.
    """

    first: Policy
    second: Policy
    pairs: tuple[ClausePair, ...]
    found: tuple[Difference, ...]
    scope: ComparisonScope = ComparisonScope()

    def by_clause(self) -> Iterator[tuple[ClausePair, tuple[Difference, ...]]]:
        """Every pair with what differs in it, those that are the same too.

        Why both leave something out is no difference of a clause.
        """
        by_id: dict[str, list[Difference]] = {}
        for difference in self.found:
            if difference.kind is not DifferenceKind.LEFT_OUT_OTHERWISE:
                by_id.setdefault(difference.clause, []).append(difference)
        for pair in self.pairs:
            yield pair, tuple(by_id.get(pair.clause.id, ()))

    def has_undecided(self, kind: DifferenceKind) -> bool:
        """Whether nobody has decided on some difference of a kind that it is one."""
        return any(one.kind is kind and is_undecided(one.why) for one in self.found)
