"""Impact: what a change of the library does to the policies of many organisations. Immutable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policygen.model.comparison.difference import Difference
from policygen.problems import Problem


@dataclass(frozen=True, slots=True)
class AffectedPolicy:
    """One policy that a change of the library reaches.

    It is called by its organisation's folder, and by its language where that is not the
    organisation's first: `glanmorfa (cy)`.
    """

    policy: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class Effect:
    """One change of one part of a clause or section, and every policy that has it.

    `title` is the clause's. In all its readings the same lines have changed; what they print for a
    fact, and the lines around, may differ.
    """

    title: str
    readings: tuple[AffectedPolicy, ...]

    @property
    def difference(self) -> Difference:
        """The change, as the first policy reads it."""
        return self.readings[0].difference

    @property
    def policies(self) -> tuple[str, ...]:
        """Whom it reaches."""
        return tuple(reading.policy for reading in self.readings)


@dataclass(frozen=True, slots=True)
class StaleEdit:
    """An organisation's edit of a clause whose words beneath the library has changed.

    `place` is path:line. Without a stamp, nothing but this would ever say so.
    """

    policy: str
    clause: str
    title: str
    edit: str
    place: str
    stamped: bool


@dataclass(frozen=True, slots=True)
class FailedComposition:
    """An organisation that one of the libraries gives no policy, and the errors."""

    organisation: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """How policies changed since a revision, because the library moved.

    `began` have a policy now and had none then; `failing` have none now. `came` are policies in a
    language in which they were not told then, and `gone` in one in which they no longer are.
    """

    revision: str
    commit: str
    day: date
    policies: tuple[str, ...]  # all that were compared
    effects: tuple[Effect, ...]  # in the order of the sections
    stale: tuple[StaleEdit, ...] = ()
    began: tuple[FailedComposition, ...] = ()
    failing: tuple[FailedComposition, ...] = ()
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The policies that read otherwise than then, in the order of `policies`."""
        reached = {policy for effect in self.effects for policy in effect.policies}
        return tuple(policy for policy in self.policies if policy in reached)

    @property
    def moved(self) -> bool:
        """Whether any policy is not as it was."""
        return bool(self.effects or self.began or self.failing or self.came or self.gone)

    @property
    def broken(self) -> bool:
        """Whether somebody must act: an edit is stale, or a policy cannot be composed."""
        return bool(self.stale or self.failing)

    def of(self, policy: str) -> Iterator[Effect]:
        """What changes in one policy."""
        yield from (effect for effect in self.effects if policy in effect.policies)
