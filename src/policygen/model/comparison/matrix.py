"""Matrix: what many policies make of each clause, in words that can be counted. Immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from policygen.model.policy import Telling
from policygen.model.wording import Wording


class CellKind(Enum):
    """What one body makes of one clause, as a plain sentence.

    `key` is its name in JSON, `words` in a cell.
    """

    SAME = "It has these words, with the values that are commonest among the bodies that have them."
    NAMES_ONLY = "It has these words; only names differ from the commonest."
    SET_DIFFERENTLY = (
        "It has these words; a number, a deadline, a law or another setting "
        "differs from the commonest."
    )
    OWN_WORDS = "The body's own layer adds or replaces the clause."
    EXTENDED = (
        "The body's own layer extends the clause, or changes whom it is for or what it cites."
    )
    REMOVED = "A layer takes the clause out."
    UNDECIDED = "Nobody has decided yet whether this policy has the clause."
    LEFT_OUT = "The body leaves the clause out, by its extent or for a reason that it gives."
    NOT_APPLICABLE = "None of the body's layers has the clause, or its condition does not hold."

    @property
    def key(self) -> str:
        """Its short name: `set-differently`."""
        return self.name.lower().replace("_", "-")

    @property
    def words(self) -> str:
        """Its short name in words: `set differently`."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class UncommonValue:
    """A fact set otherwise than `usual`, the commonest value among bodies with its words.

    `usual` is empty where no two of them share a value.
    """

    fact: str
    value: str
    usual: str


@dataclass(frozen=True, slots=True)
class CellEdit:
    """The edit of the body's own layer, or the removal: by whom, where (path:line), why."""

    layer: str
    title: str
    edit: str
    place: str
    because: str = ""
    cleared_by: str = ""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One body's clause.

    `letter` names its words among all that the clause has; empty where the body lacks it.
    """

    kind: CellKind
    letter: str = ""
    act: CellEdit | None = None
    settings: tuple[UncommonValue, ...] = ()

    @property
    def words(self) -> str:
        """What the cell says: `A`, `A names only`, `removed`."""
        return f"{self.letter} {self.kind.words if self.kind is not CellKind.SAME else ''}".strip()


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a clause, as the first body that has it tells it, and its number of bodies."""

    letter: str
    bodies: int
    title: Wording
    tellings: tuple[Telling, ...]

    def telling(self, tier: str) -> Wording | None:
        """Its words in one tier, if it is told there."""
        return next((each.wording for each in self.tellings if each.tier == tier), None)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One clause.

    `number` and `title` are those of the first body that has it; `cells` stand in the bodies'
    order.

    `spread` is the entropy of its wordings in bits: 0 for one wording, 1 for two that share the
    bodies evenly.
    """

    section: str
    clause: str
    number: str
    title: str
    words: tuple[Variant, ...]
    cells: tuple[MatrixCell, ...]
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another body, by its index, and the share of clauses (0 to 1) in which the two differ."""

    body: int
    share: float


@dataclass(frozen=True, slots=True)
class MatrixBody:
    """One organisation's policy. `name` tells it from the others, `label` names it in full.

    `clauses` are those of its policy and those that its own layer takes out; `own` are those that
    its own layer edits. Without another body there is none that is near or far.
    """

    name: str
    label: str
    organisation: str
    language: str
    layers: tuple[str, ...]
    library_digest: str
    profile_digest: str
    clauses: int = 0
    own: int = 0
    nearest: Neighbour | None = None
    farthest: Neighbour | None = None
    average: float = 0.0

    @property
    def from_model(self) -> float:
        """The share of its clauses (0 to 1) in which its own layer has an edit."""
        return self.own / self.clauses if self.clauses else 0.0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every clause of every body, in outline order.

    `sections` are (id, title) of all that any body has; `tiers` (key, heading). `between` has the
    share of the clauses in which each two bodies differ, for as few bodies as a reader can take in,
    and is else empty.
    `counts` has every clause once, though `rows` were narrowed: in the `same` words in all
    policies, in `several` wordings, or in one that is `lacking` in some.
    """

    bodies: tuple[MatrixBody, ...]
    rows: tuple[MatrixRow, ...]
    sections: tuple[tuple[str, str], ...]
    tiers: tuple[tuple[str, str], ...]
    required_tier: str  # in which every clause is told: its rule
    labels: dict[str, str]
    counts: dict[str, int]
    between: tuple[tuple[float, ...], ...] = ()
    list_facts: frozenset[str] = frozenset()  # whose values may be tables or lists
    commitment_names: Mapping[str, str] = field(default_factory=dict)  # for people, by fact

    def by_section(self) -> Iterator[tuple[str, tuple[MatrixRow, ...]]]:
        """Each section that has rows: its title, and they."""
        for id, title in self.sections:
            if rows := tuple(row for row in self.rows if row.section == id):
                yield title, rows

    def disagreed(self) -> tuple[MatrixRow, ...]:
        """The clauses with several wordings: most, and most evenly shared, first."""
        several = [row for row in self.rows if len(row.words) > 1]
        return tuple(sorted(several, key=lambda row: (-len(row.words), -row.spread)))
