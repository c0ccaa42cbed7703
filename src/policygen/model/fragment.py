"""Library: all the words on disk, as read and not yet folded. Immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any, TypeAlias

from policygen.model.commitment.terms import CommitmentTerms
from policygen.model.outline.outline import EditionChange, Outline
from policygen.model.outline.style import HouseStyle
from policygen.model.policy import Source
from policygen.model.profile import ContentClass, Profile
from policygen.model.release.history import HandbookIssue, HistoryEntry
from policygen.model.theme import PLAIN, Theme
from policygen.model.translation.record import TranslationRecord
from policygen.model.wording import Unreviewed
from policygen.problems import DataPath, Location, Problem

# What examples say of one service, by the name that wording asks for: {"plan": "the plan to ..."}.
ExampleWords: TypeAlias = Mapping[str, str | Mapping[str, str]]


class EditKind(Enum):
    """What an edit does to a clause."""

    ADD = "add"
    REPLACE = "replace"
    EXTEND = "extend"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class ClauseLink:
    """A link to a clause: its id, and where it stands."""

    id: str
    location: Location


@dataclass(frozen=True, slots=True)
class InheritedMark:
    """One `{{ inherited }}`: its line in its passage (from 0), and what is wrong with its place."""

    line: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Unfilled wording from one place in one layer. `place` is where its first line stands.

    `lines` are the line numbers in the file of its lines, where some between them were left out.
    `unreviewed` says of a translation that nobody has reviewed who made it.
    """

    text: str
    location: Location
    layer: str
    language: str
    lines: tuple[int, ...] = ()
    links: tuple[ClauseLink, ...] = ()
    inherited: tuple[InheritedMark, ...] = ()
    unreviewed: Unreviewed = ""

    @property
    def is_inherited(self) -> bool:
        """Whether it is `{{ inherited }}` and nothing else."""
        return bool(self.inherited) and not self.inherited[0].fault and "\n" not in self.text

    def line(self, number: int) -> int:
        """The line number in the file of one of its lines (from 0)."""
        if not self.lines:
            return self.location.line + number
        return self.lines[min(number, len(self.lines) - 1)]

    def part(self, start: int, end: int) -> Passage:
        """The lines from `start` up to `end` (from 0), without blank lines around them."""
        lines = self.text.split("\n")[start:end]
        while lines and not lines[0].strip():
            lines.pop(0)
            start += 1
        while lines and not lines[-1].strip():
            lines.pop()
        first, last = self.line(start), self.line(start + len(lines) - 1)
        return replace(
            self,
            text="\n".join(lines),
            location=replace(self.location, line=first),
            lines=self.lines[start : start + len(lines)],
            links=tuple(link for link in self.links if first <= link.location.line <= last),
            inherited=(),
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """A `source:` line of a slip. `adds` keeps the sources beneath; else they are set anew."""

    source: str
    locator: str
    adds: bool
    location: Location


@dataclass(frozen=True, slots=True)
class Edit:
    """What one fragment does to one clause. A None in the slip means: carries over."""

    id: str
    change: EditKind
    title: Passage
    tellings: Mapping[str, Passage]
    location: Location
    layer: str
    after: str | None = None
    when: Passage | None = None
    sources: tuple[Reference, ...] = ()
    because: str = ""
    cleared_by: str = ""
    label: Passage | None = None
    grade: str | None = None
    audience: tuple[str, ...] | None = None
    binding: bool | None = None
    asks: tuple[str, ...] = ()  # further words that people use for its matter; never printed
    was: str = ""
    under: str | None = None
    yes: str | None = None
    no: str | None = None
    translates: Mapping[str, TranslationRecord] = field(default_factory=dict)  # by its part
    key_locations: Mapping[str, Location] = field(default_factory=dict)  # of each slip key


@dataclass(frozen=True, slots=True)
class Fragment:
    """One Markdown file: one section, in one layer, in one language."""

    section: str
    language: str
    layer: str
    location: Location
    title: Passage | None
    slip: Mapping[str, Passage]  # its parts but the title
    edits: tuple[Edit, ...]
    grade: str | None = None  # of its clauses that name none
    after: str | None = None  # an organisation's own section: the section that it follows
    translates: Mapping[str, TranslationRecord] = field(default_factory=dict)  # by its part


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Some jurisdictions that have a name together, such as Great Britain."""

    places: tuple[str, ...]
    called: str | dict[str, str]  # its name in "In ..."


# What the facts of a layer may hold; the profile supplies the rest.
FACT_GROUPS = ("law", "terms", "values", "commitments", "examples")


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of fragments. `name` is its path in the library, such as `jurisdiction/uk`.

    From `says` on, all is for whoever chooses: it changes no word of a policy.
    """

    name: str
    title: str
    location: Location
    over: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    fragments: tuple[Fragment, ...] = ()
    # Where each fact stands, by its path (law.records_law), and each place that `only` (only.0)
    # and `groups` (groups.0.places.0) name.
    fact_locations: Mapping[str, Location] = field(default_factory=dict)
    says: str = ""  # what choosing it means, in one sentence
    only: tuple[str, ...] = ()  # of a kind: the jurisdictions that have such bodies
    asks: tuple[str, ...] = ()  # of a kind: what else of the profile `init` asks such a body
    language: str = ""  # of a jurisdiction: what bodies there publish in, as `init` suggests it
    called: str | dict[str, str] = ""  # of a jurisdiction: its name in "In ...", if not its title
    groups: tuple[PlaceGroup, ...] = ()  # of a jurisdiction: of which it is one, or stands beneath
    # What its words take for granted of the body, such as "your staff are civil servants".
    assumes: str = ""
    otherwise: str = ""  # what to do where that is not so
    commitments: Mapping[str, CommitmentTerms] = field(default_factory=dict)
    needs: tuple[str, ...] = ()  # yes-or-no facts: only a body with all of them has this layer
    # Yes-or-no facts of such bodies, where a profile does not say.
    usual: Mapping[str, bool] = field(default_factory=dict)
    services: tuple[str, ...] = ()  # of such bodies, where a profile does not name its own
    examples: Mapping[str, ExampleWords] = field(default_factory=dict)  # by service
    # Of a posture: the classes of content that nobody has to approve, and why.
    without_approval: Mapping[ContentClass, str] = field(default_factory=dict)
    # Of a kind: how many of its bodies need a clause of the layers beneath, by its id.
    grades: Mapping[str, str] = field(default_factory=dict)
    # Of a kind: how long its editions may be, by their keys.
    editions: Mapping[str, EditionChange] = field(default_factory=dict)

    def grades_in(self, section: str) -> Mapping[str, str]:
        """How many of its bodies need the clauses of one section that it grades, by id."""
        return {id: self.grades[id] for id in self.grades if id.partition(".")[0] == section}

    @property
    def rung(self) -> str:
        """Its rung in the outline's order: base, jurisdiction, kind, posture or organisation."""
        return self.name.partition("/")[0]


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """All the words: the outline, and for each name its layers, those of later roots above.

    One library is shared by a whole run, and compared by identity.
    """

    outlines: Mapping[str, Outline]  # by language; the source language is always there
    source_language: str
    layers: Mapping[str, tuple[Layer, ...]]  # read when asked for, which may raise
    digest: str  # sha256 of every file
    style: HouseStyle = field(default_factory=HouseStyle)
    roots: tuple[Path, ...] = ()  # the folders that it was read from, lowest first
    checked: tuple[Layer, ...] = ()  # those of the layers whose files its user may change

    @property
    def outline(self) -> Outline:
        """The order of everything, in the source language."""
        return self.outlines[self.source_language]

    def names(self, rung: str) -> tuple[str, ...]:
        """What a profile may choose on one rung: the kinds, the jurisdictions, the postures."""
        parts = (name.split("/") for name in self.layers)
        return tuple(sorted({p[1] for p in parts if len(p) == 2 and p[0] == rung}))

    def chain(self, rung: str, name: str) -> tuple[str, ...]:
        """A name on one rung and what it stands over, lowest first."""
        chain: list[str] = []
        while name and name not in chain:
            chain.insert(0, name)
            name = next(
                (layer.over for layer in self.layers.get(f"{rung}/{name}", ()) if layer.over), ""
            )
        return tuple(chain)

    def above(self, rung: str, name: str) -> Iterator[Layer]:
        """The layers of a name and of what it stands over, the deciding one first."""
        for one in reversed(self.chain(rung, name)):
            yield from reversed(self.layers.get(f"{rung}/{one}", ()))

    def kind_layers(self, kind: str, jurisdiction: str) -> Iterator[str]:
        """Yield the names of a kind's layers, lowest first.

        After each kind come the jurisdictions' words for it.
        """
        places = self.chain("jurisdiction", jurisdiction)
        for one in self.chain("kind", kind):
            yield f"kind/{one}"
            for place in places:
                yield f"jurisdiction/{place}/kind/{one}"

    def only(self, kind: str) -> tuple[str, ...]:
        """Return the jurisdictions that have bodies of a kind; none for a kind found everywhere.

        A jurisdiction has what those beneath it have: what `only` says of uk holds in england too.
        """
        allowed = self._allowed(kind)
        found: list[str] = []
        for name in self.names("jurisdiction"):
            if set(allowed) & set(self.chain("jurisdiction", name)):
                found.append(name)
        return tuple(found)

    def _allowed(self, kind: str) -> tuple[str, ...]:
        """Return what `only` says of a kind: no jurisdiction for a kind found everywhere."""
        return next((layer.only for layer in self.above("kind", kind) if layer.only), ())

    def exists(self, kind: str, jurisdiction: str) -> bool:
        """Whether a jurisdiction has bodies of a kind."""
        allowed = self._allowed(kind)
        return not allowed or bool(set(allowed) & set(self.chain("jurisdiction", jurisdiction)))


@dataclass(frozen=True, slots=True)
class Organisation:
    """One profile's folder as read: the profile, where its values stand, and its own words."""

    name: str  # the folder's
    path: str  # of profile.yaml
    profile: Profile
    marks: Mapping[DataPath, Location]
    layer: Layer
    logo: bytes
    digest: str
    history: tuple[HistoryEntry, ...] = ()  # its released versions, oldest first
    handbook_issues: tuple[HandbookIssue, ...] = ()  # of all versions, oldest first
    theme: Theme = PLAIN
    warnings: tuple[Problem, ...] = ()  # what deserves a look and did not stop the reading
    # The body's own translations of words that the library brings, by the layer that tells them.
    translations: Mapping[str, tuple[Fragment, ...]] = field(default_factory=dict)

    def location(self, path: DataPath) -> Location:
        """Where a value stands, or else the nearest block that could hold it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.marks:
                return self.marks[path[:end]]
        return Location(self.path, 1, 1)
