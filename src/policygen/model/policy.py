"""Policy: the composed whole, all sections at all tiers, facts filled in. Immutable.

Its own JSON, too: what a document prints stands in here, and needs no library to print the same.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Literal

from pydantic import TypeAdapter

from policygen.model.commitment.promise import Commitment
from policygen.model.extent import Omission, UnfilledTelling
from policygen.model.outline.outline import Budget, Edition, Outline
from policygen.model.profile import Confirmation, Profile
from policygen.model.release.history import HandbookIssue, HistoryEntry
from policygen.model.text import Day, Line, Url
from policygen.model.theme import PLAIN, Theme
from policygen.model.wording import Wording

POLICY_SCHEMA: Literal["policygen/policy/1"] = "policygen/policy/1"
# The words of a section itself, in the order in which they are looked through.
SECTION_PARTS = ("title", "label", "lead", "stake", "manager", "decides", "by", "measure")


@dataclass(frozen=True, slots=True)
class Source:
    """A citable authority.

    A source that nobody has confirmed is `unverified`; a code of conduct is a `code`.
    """

    id: str
    title: Line
    publisher: Line
    url: Url
    status: Literal["in-force", "partly-in-force", "superseded", "unverified"]
    year: int | None = None
    jurisdiction: str = ""
    valid_from: Day | None = None
    valid_to: Day | None = None
    checked_on: Day | None = None
    note: str = ""
    kind: Literal["code"] | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source, and where in it. `places` are the only ones in which it is cited, if not all."""

    source: str
    locator: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """One edit that made a clause what it is: layer, file, line, what it did and why.

    `places` are the only ones in which it did so, of a body that serves several; empty: in all.
    """

    layer: str
    path: str
    line: int
    edit: str
    because: str = ""
    when: str = ""
    tiers: tuple[str, ...] = ()
    cleared_by: str = ""  # who cleared the replacement of a binding clause, where and when
    was: str = ""  # fingerprint that the edit was written against
    beneath: str = ""  # fingerprint of what stands beneath it now
    places: tuple[str, ...] = ()

    @property
    def stale(self) -> bool:
        """Written against words that have since changed."""
        return bool(self.was) and self.was != self.beneath


@dataclass(frozen=True, slots=True)
class Telling:
    """One clause's text in one tier."""

    tier: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest thing with an id; what a diff compares. `under` is may, think, never or empty.

    On a question of a chart, `yes` and `no` say where they lead: `next` (or empty), another
    question's id, or an outcome (may, think, never), whose words are the clause's shortest telling.
    """

    id: str
    number: str
    title: Wording
    tellings: tuple[Telling, ...]
    label: Wording | None = None
    grade: str = ""
    citations: tuple[Citation, ...] = ()
    audience: tuple[str, ...] = ()
    binding: bool = False
    under: str = ""
    yes: str = ""
    no: str = ""
    when: str = ""
    chosen_by: tuple[tuple[str, str], ...] = ()
    origins: tuple[Origin, ...] = ()
    omission: Omission | None = None  # of a clause that is one line, which leads elsewhere
    places: tuple[str, ...] = ()  # the only ones in which it stands; empty: in all

    def told(self, tier: str) -> Wording | None:
        """Its telling in one tier, if it has one."""
        return next((t.wording for t in self.tellings if t.tier == tier), None)

    def is_told_in(self, tiers: Collection[str]) -> bool:
        """Whether any of some tiers tells it."""
        return any(telling.tier in tiers for telling in self.tellings)


@dataclass(frozen=True, slots=True)
class Section:
    """Ordered clauses under one title.

    `lead` is its strongest rule, `stake` what is at stake, `manager` what a manager does,
    `decides` who decides, `by` when, and `measure` how one knows that it works.
    """

    id: str
    number: str
    title: Wording
    clauses: tuple[Clause, ...]
    label: Wording | None = None
    lead: Wording | None = None
    stake: Wording | None = None
    manager: Wording | None = None
    decides: Wording | None = None
    by: Wording | None = None
    measure: Wording | None = None
    origins: tuple[Origin, ...] = ()  # of its parts: `edit` says of which
    omission: Omission | None = None  # of a section that is one line, which leads elsewhere

    @property
    def parts(self) -> dict[str, Wording]:
        """Its own words: each of SECTION_PARTS that it has."""
        words = {part: getattr(self, part) for part in SECTION_PARTS}
        return {part: wording for part, wording in words.items() if wording}

    def clause(self, id: str) -> Clause | None:
        """Find one clause by its id."""
        return next((c for c in self.clauses if c.id == id), None)


@dataclass(frozen=True, slots=True)
class Removed:
    """A clause that a layer took out. Its last origin says which layer, and why."""

    id: str
    title: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A clause that the body leaves out, and why. Its words are unfilled, and want no facts."""

    id: str
    section: str
    title: str
    label: str
    grade: str
    binding: bool
    omission: Omission
    tellings: tuple[UnfilledTelling, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A gap: a known fact that a draft still lacks, where it is wanted, and whom to ask."""

    fact: str
    label: str
    ask: str
    clauses: tuple[str, ...]


EXISTING_LAYER = "existing"  # the policy that a body had before, as a side of a comparison
UNDECIDED = "undecided"  # what that does to a clause that it may have: nobody has decided


@dataclass(frozen=True, slots=True)
class StackLayer:
    """One layer of the stack, lowest first, with the title that people know it by.

    `sections` are the only ones that it tells, where a section has a posture of its own; `places`
    the only ones where it stands, of a body that serves several.
    """

    name: str
    title: str
    sections: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """The composed whole, immutable.

    Its JSON is `policy.json`, described by `policygen schema --policy`.
    """

    language: str
    profile: Profile
    stack: tuple[StackLayer, ...]
    outline: Outline
    front: Section
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    removed: tuple[Removed, ...]
    gaps: tuple[MissingFact, ...]
    profile_digest: str
    library_digest: str
    logo: str = ""  # the picture's bytes in base64
    history: tuple[HistoryEntry, ...] = ()  # the released versions up to this one, oldest first
    handbook_issues: tuple[HandbookIssue, ...] = ()  # of all its versions, oldest first
    # What is so of its handbook since its newest issue: it has moved, or a later one replaced it.
    handbook_state: Literal["", "moved", "replaced"] = ""
    theme: Theme = PLAIN
    left_out: tuple[LeftOut, ...] = ()
    commitments: tuple[Commitment, ...] = ()  # those that are off too
    dated: Day | None = None  # of the documents' properties, where the profile has no date of issue
    schema: Literal["policygen/policy/1"] = POLICY_SCHEMA

    @property
    def handbook_issue(self) -> HandbookIssue | None:
        """The newest issue of this version's handbook; None while it is its first."""
        issues = reversed(self.handbook_issues)
        version = self.profile.policy.version
        return next((one for one in issues if one.version == version), None)

    def budget(self, budget: Budget) -> int | None:
        """Return what an edition's budget allows this policy, at its extent."""
        return budget.get(self.extent) if isinstance(budget, dict) else budget

    def is_compact(self, edition: Edition) -> bool:
        """Whether an edition is so short, at this policy's extent, that it needs no cover."""
        switch = edition.compact
        return bool(switch.get(self.extent) if isinstance(switch, dict) else switch)

    @property
    def is_existing(self) -> bool:
        """Whether its words are those of a policy that the body had before."""
        return any(layer.name == EXISTING_LAYER for layer in self.stack)

    @property
    def extent(self) -> str:
        """How far it goes: what its profile says, or else what the outline does."""
        return self.profile.extent or self.outline.grades.extent

    def confirmation(self, source: Source) -> Confirmation | None:
        """Who in the body has confirmed a source that the library has not, and when."""
        return self.profile.confirmed.get(source.id) if source.status == "unverified" else None

    def is_confirmed(self, source: Source) -> bool:
        """Whether somebody has looked a source up: for the library, or for the body itself."""
        return source.status != "unverified" or self.confirmation(source) is not None

    @property
    def printed_sources(self) -> frozenset[str]:
        """The ids of the sources that documents cite: once approved, only what is confirmed."""
        approved = self.profile.policy.status in ("approved", "superseded")
        cited = (one for one in self.sources if self.is_confirmed(one) or not approved)
        return frozenset(source.id for source in cited)

    def citing(self, source: str) -> tuple[Clause, ...]:
        """The clauses that cite a source, by its id."""
        return tuple(
            clause
            for clause in self.clauses()
            if any(citation.source == source for citation in clause.citations)
        )

    def clauses(self) -> Iterator[Clause]:
        """Every clause in full-story order, the front's first."""
        yield from self.front.clauses
        for section in self.sections:
            yield from section.clauses

    def clause(self, id: str) -> Clause | None:
        """Find one clause by its id."""
        return next((c for c in self.clauses() if c.id == id), None)

    def origins(self) -> Iterator[tuple[str, Origin]]:
        """Every edit of every clause, those taken out too, as (clause id, origin)."""
        every: tuple[Clause | Removed, ...] = (*self.clauses(), *self.removed)
        for clause in every:
            yield from ((clause.id, origin) for origin in clause.origins)


def policy_to_json(policy: Policy) -> bytes:
    """Write a policy in its canonical form: UTF-8, indented, one trailing newline."""
    return _adapter().dump_json(policy, indent=2) + b"\n"


def policy_digest(policy_json: bytes) -> str:
    """Return the sha256 of a policy, wherever the files lie that it was made of.

    `policy_json` is its canonical form. The path and line of each origin are left out, since they
    differ from one computer to another.
    """
    canonical = json.dumps(json.loads(policy_json, object_hook=_without_path), sort_keys=True)
    return sha256(canonical.encode()).hexdigest()


def _without_path(value: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON object; of an origin, which names a layer and an edit, without its place."""
    if value.keys() >= {"layer", "edit"}:
        return {key: one for key, one in value.items() if key not in ("path", "line")}
    return value


def policy_from_json(data: bytes) -> Policy:
    """Read a policy back. Raises pydantic's ValidationError when it is not one."""
    return _adapter().validate_json(data)


def policy_schema() -> dict[str, object]:
    """Return the JSON Schema of `policy.json`."""
    return _adapter().json_schema()


@cache
def _adapter() -> TypeAdapter[Policy]:
    return TypeAdapter(Policy)
