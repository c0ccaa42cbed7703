"""TimedPromise: a commitment of a policy, with its time as a number and a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

# Due `within` a time, due `every` so often, or something that `lasts` for a time.
PromiseSort: TypeAlias = Literal["within", "every", "lasts"]


@dataclass(frozen=True, slots=True)
class PromisingClause:
    """A clause that prints a promise, as people find it."""

    id: str
    number: str
    name: str
    may_go: bool  # neither binding nor among those that every body needs


@dataclass(frozen=True, slots=True)
class TimedPromise:
    """What a policy promises under one name: `number` of a `unit`, such as 5 working days.

    `says` is what it is for people ("How soon a post is saved"), `text` how soon or how often, and
    `who` keeps it. All are in the policy's language.
    """

    name: str
    says: str
    text: str
    who: str
    sort: PromiseSort
    number: int
    unit: str
    clauses: tuple[PromisingClause, ...]
