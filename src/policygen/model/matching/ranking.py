"""What is ranked, and how: a clause as it is looked for, and the likeliest pairs either way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class SoughtClause:
    """A clause by its words, as the body's policy would say them with everything in it.

    `tellings` are texts by tier, `skeleton` its rule without its values; `asks` further words that
    people use for its matter; `values` the facts that its tellings print, by path. One that `needs`
    a fact waits until the profile has it, such as `organisation.banned_apps`, and its tellings are
    not filled. Words of a `binding` one are replaced only where somebody cleared that.
    """

    id: str
    section: str
    section_title: str
    label: str
    title: str
    tellings: Mapping[str, str]
    asks: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    needs: str = ""
    skeleton: str = ""
    binding: bool = False

    @property
    def name(self) -> str:
        """What people call it."""
        return self.label or self.title

    @property
    def rule(self) -> str:
        """What a board signs of it, or else its first telling."""
        return self.tellings.get("rule") or next(iter(self.tellings.values()), "")


class Likelihood(Enum):
    """How likely a passage answers a clause, by the words that they share."""

    LIKELY = "likely"
    PERHAPS = "perhaps"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class LikelyClause:
    """A clause that may answer a passage."""

    id: str
    likelihood: Likelihood


@dataclass(frozen=True, slots=True)
class LikelyPassage:
    """A passage, by its number, that may answer a clause."""

    number: int
    likelihood: Likelihood

    @property
    def is_likely(self) -> bool:
        """Whether it is worth a look: likely, or perhaps."""
        return self.likelihood is not Likelihood.UNLIKELY


@dataclass(frozen=True, slots=True)
class Ranking:
    """For each passage by its number the clauses, and for each clause by its id the passages.

    The likeliest come first. What is unlikely is there too, for a person who wants to look.
    """

    clauses: Mapping[int, tuple[LikelyClause, ...]]
    passages: Mapping[str, tuple[LikelyPassage, ...]]
