"""Outline: the order of everything, and the editions that are cut from a policy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, TypeAlias

from policygen.model.extent import Grades

TierForm: TypeAlias = Literal["rules", "essentials", "clauses", "checklist"]


@dataclass(frozen=True, slots=True)
class Tier:
    """A depth of telling. `form` says how its tellings stand: rules, essentials, clauses or a list.

    `carries_over`: a clause that is replaced keeps this telling, and nothing in it is binding.
    `by_owner`: the policy's owner changes it without the board, and releases it with the handbook.
    """

    heading: str
    reader: str
    form: TierForm
    required: bool = False
    carries_over: bool = False
    by_owner: bool = False


Budget: TypeAlias = int | dict[str, int] | None  # at most so many, for all or by extent
Compact: TypeAlias = bool | dict[str, bool] | None  # yes or no, for all or by extent


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication cut from a policy: tiers, sections, audience and budgets.

    A clause is told in its `tiers` one after the other, in the order given.
    """

    title: str
    tiers: tuple[str, ...]
    layout: str
    sections: tuple[str, ...] = ()
    audience: str = ""
    default: bool = False  # built when nobody names an edition
    close: bool = False  # whether it stands closer than its layout, for a document to be signed
    commitments: bool = False  # whether it closes with what the body promises
    changes: bool = False  # whether it opens with what its version changed in the rules
    index: bool = False  # whether it closes with an index of what its clauses are about
    clause: str = ""  # of the front, which it tells alone
    headings: bool = True  # whether each tier after a clause's first has its heading
    needs: tuple[str, ...] = ()  # facts of the profile without which it is not made
    compact: Compact = None  # whether it is so short that it needs no cover of its own
    pages: Budget = None
    words: Budget = None  # of its sections: titles, leads and clauses
    clauses: Budget = None
    longest_sentence: int | None = None
    reading_age: int | None = None  # in years

    @property
    def whole(self) -> bool:
        """Whether it tells the whole policy, at its depth."""
        return not (self.sections or self.audience or self.clause)


@dataclass(frozen=True, slots=True)
class EditionChange:
    """What a layer says of one edition, for the bodies that choose it: each is as in an Edition.

    What is None stays as it is; of a map by extent, the extents that it does not name do.
    """

    compact: Compact = None
    pages: Budget = None
    words: Budget = None
    clauses: Budget = None

    def by_field(self) -> dict[str, Any]:
        """What it changes, by the name of the field."""
        every = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in every.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Front:
    """The section about the document itself, and which of its clauses have a place of their own."""

    section: str
    title: str  # clause whose title is the document's, and whose tellings are the line under it
    control: str  # clause whose rule is the table of document control
    ask: str  # clause that says whom to ask
    principles: str = ""  # the section whose overview opens a poster
    chart: str = ""  # the section of questions, drawn as one chart
    purpose: str = ""  # clause that says why there is a policy
    limits: tuple[str, ...] = ()  # clauses that say what can cost somebody their job, and how


@dataclass(frozen=True, slots=True)
class Outline:
    """The order of everything, in one language: what `outline.yaml` and `labels.yaml` say."""

    source_language: str
    layers: tuple[str, ...]
    tiers: dict[str, Tier]
    sections: tuple[str, ...]
    audiences: dict[str, str]
    editions: dict[str, Edition]
    front: Front
    grades: Grades = field(default_factory=Grades)
    labels: dict[str, str] = field(default_factory=dict)
    # Facts that only name something: where they differ, nothing is set differently.
    names: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()  # facts beneath those that do set something
    # Facts that the policy's owner changes without the board; `*` stands for one name of a path.
    owner_facts: tuple[str, ...] = ()
    # Headings of tiers as they were once called, with what to write instead.
    former_headings: dict[str, str] = field(default_factory=dict)
    # Audiences that are among others: what is for everyone who works here is for managers too.
    wider_audiences: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def with_changes(self, layers: Iterable[Mapping[str, EditionChange]]) -> Outline:
        """Return the outline as the layers of a stack, lowest first, change its editions."""
        editions = dict(self.editions)
        for changes in layers:
            for key, change in changes.items():
                editions[key] = _changed(editions[key], change)
        return replace(self, editions=editions) if editions != self.editions else self

    def form(self, edition: Edition) -> TierForm:
        """How an edition's tellings stand on the page."""
        return self.tiers[edition.tiers[0]].form

    def reaches(self, readers: Collection[str], audience: str) -> bool:
        """Whether what is for some readers, or for everyone if none is named, is for an audience.

        An audience of "" is everybody together, and misses nothing.
        """
        belonging = {audience, *self.wider_audiences.get(audience, ())}
        return not audience or not readers or not belonging.isdisjoint(readers)

    def widest(self, readers: Sequence[str]) -> tuple[str, ...]:
        """The readers among these that no other of them includes: staff, of staff and managers."""
        return tuple(
            each
            for each in readers
            if set(self.wider_audiences.get(each, ())).isdisjoint({*readers} - {each})
        )

    def is_owner_fact(self, fact: str) -> bool:
        """Whether the policy's owner changes a fact without the board, by its dotted path."""
        path = fact.split(".")
        return any(_leads_to(pattern.split("."), path) for pattern in self.owner_facts)

    def is_of_handbook(self, edition: Edition) -> bool:
        """Whether an edition tells what the policy's owner changes without the board.

        One that is shorter than a book says whom to ring. An outline without such a tier has no
        handbook of its own.
        """
        by_owner = {key for key, tier in self.tiers.items() if tier.by_owner}
        is_short = edition.layout != "book"
        return bool(by_owner) and (is_short or not by_owner.isdisjoint(edition.tiers))

    def can_be_cut(self, edition: Edition, audience: str) -> bool:
        """Whether an audience can have its own cut: not of an edition for other readers."""
        readers = (edition.audience,) if edition.audience else ()
        return self.reaches(readers, audience)

    def tells_every_clause(self, edition: Edition) -> bool:
        """Whether an edition tells the whole policy in a tier in which every clause is told."""
        required = {key for key, tier in self.tiers.items() if tier.required}
        return edition.whole and not required.isdisjoint(edition.tiers)

    @property
    def full(self) -> Edition:
        """The edition that tells every clause in the most tiers: the full story."""
        every = filter(self.tells_every_clause, self.editions.values())
        return max(every, key=lambda edition: len(edition.tiers))

    @property
    def signed(self) -> str:
        """The edition that a board signs: the one that says what it promises, if there is one."""
        promising = (key for key, edition in self.editions.items() if edition.commitments)
        whole = next(key for key, edition in self.editions.items() if edition == self.full)
        return next(promising, whole)

    @property
    def default_editions(self) -> tuple[str, ...]:
        """The editions that are built when nobody names one; all whole ones if none is marked."""
        marked = tuple(key for key, edition in self.editions.items() if edition.default)
        return marked or tuple(key for key, edition in self.editions.items() if edition.whole)


def _leads_to(pattern: Sequence[str], path: Sequence[str]) -> bool:
    """Whether a path is what a pattern names, or lies beneath it; `*` is any one name."""
    pairs = zip(pattern, path, strict=False)
    return len(pattern) <= len(path) and all(part in ("*", name) for part, name in pairs)


def _changed(edition: Edition, change: EditionChange) -> Edition:
    """Return an edition with a change: of a map by extent, only the extents that it names."""
    values = change.by_field()
    for name, value in values.items():
        beneath = getattr(edition, name)
        if isinstance(value, dict) and isinstance(beneath, dict):
            values[name] = {**beneath, **value}
    return replace(edition, **values)
