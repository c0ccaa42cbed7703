"""Provenance: where every clause of a policy comes from, as plain values, and their JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from policygen.model.extent import Omission

PROVENANCE_SCHEMA: Literal["policygen/provenance/1"] = "policygen/provenance/1"


@dataclass(frozen=True, slots=True)
class Step:
    """One edit of a clause on its way up the stack, and the title of the layer that made it.

    `review`: the organisation extends or replaces a binding clause. `written_against` says of an
    organisation's edit whether the words beneath are still those that it was written against;
    `unknown` is one without a stamp. `places` are the only ones in which it did so, of a body that
    serves several; when empty, it did so in all.
    """

    layer: str
    title: str
    path: str
    line: int
    edit: str
    tiers: tuple[str, ...]
    when: str
    because: str
    review: bool
    written_against: Literal["", "same", "changed", "unknown"]
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """A source that a clause cites, and where in it. `code`: it is a code of conduct.

    `confirmed_by` and `confirmed_on` say who in the body confirmed one that is `unverified`.
    `places` are the only ones in which it is cited; empty: in all.
    """

    id: str
    title: str
    locator: str
    status: str
    code: bool
    confirmed_by: str = ""
    confirmed_on: date | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseTrace:
    """One clause: its steps, lowest layer first.

    One that was taken out or left out has neither number nor grounds; `omission` says why it is
    left out. `rests_on` is `code` when a code of conduct is among its sources, else `sources`, or
    `nothing`.
    """

    id: str
    number: str
    title: str
    section: str
    binding: bool
    audience: tuple[str, ...]
    chosen_by: tuple[tuple[str, str], ...]
    grounds: tuple[Ground, ...]
    rests_on: Literal["code", "sources", "nothing"]
    steps: tuple[Step, ...]
    omission: Omission | None = None

    @property
    def own(self) -> Step | None:
        """What the organisation itself did to it."""
        return next((step for step in self.steps if step.layer == "organisation"), None)

    @property
    def label(self) -> str:
        """Its number and title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class HeadTrace:
    """Where a section's own words stand: `part` is its title, lead, decides or by."""

    section: str
    part: str
    layer: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class LayerShare:
    """What one layer did: how many clauses it adds, replaces, extends and removes.

    `sections` are the only ones in which it stands, where a section has a posture of its own.
    """

    name: str
    title: str
    sections: tuple[str, ...]
    add: int
    replace: int
    extend: int
    remove: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of clauses, but of edits (`changed_beneath`) and sources (`unverified`).

    A source that the body has confirmed is not counted.
    """

    clauses: int
    as_the_model: int
    added: int
    changed: int
    removed: int
    review: int
    changed_beneath: int
    unverified: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything that the provenance sheet says, of one policy in one language."""

    organisation: str
    version: str
    status: str
    language: str
    profile_digest: str
    library_digest: str
    summary: Summary
    layers: tuple[LayerShare, ...]
    heads: tuple[HeadTrace, ...]
    clauses: tuple[ClauseTrace, ...]
    removed: tuple[ClauseTrace, ...]
    left_out: tuple[ClauseTrace, ...]
    schema: Literal["policygen/provenance/1"] = PROVENANCE_SCHEMA


def provenance_to_json(provenance: Provenance) -> bytes:
    """Write it for another program: UTF-8, indented, one trailing newline."""
    return _adapter().dump_json(provenance, indent=2) + b"\n"


def provenance_schema() -> dict[str, object]:
    """Return the JSON Schema of what `to_json` writes."""
    return _adapter().json_schema(mode="serialization")


@cache
def _adapter() -> TypeAdapter[Provenance]:
    return TypeAdapter(Provenance)
