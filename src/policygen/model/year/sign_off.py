"""Who signed which version of a policy, and whether that still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from policygen.model.release.history import ChangedClause


@dataclass(frozen=True, slots=True)
class SignOff:
    """A row of a list that came back: one person, and the day on which they signed a version.

    `place` is where its day stands: back.xlsx, sheet Depot, D6.
    """

    name: str
    role: str
    version: str
    day: date | None
    briefed_by: str = ""
    place: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By what a person is the same in two lists."""
        return (" ".join(self.name.casefold().split()), " ".join(self.role.casefold().split()))


class Standing(Enum):
    """How one person stands to the version in force."""

    NOT_SIGNED = "has not signed"
    ANEW = "must sign anew"
    HOLDS = "signed an earlier version, and no rule has changed since"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class StaffStanding:
    """One person: what they signed last, how it stands, and the rules that have changed since."""

    name: str
    role: str
    standing: Standing
    version: str = ""
    day: date | None = None
    changed: tuple[ChangedClause, ...] = ()


@dataclass(frozen=True, slots=True)
class SignOffFindings:
    """How everybody on the lists stands to the version of a body that is in force on a day."""

    organisation: str  # its folder
    title: str  # its name
    version: str
    day: date
    people: tuple[StaffStanding, ...]

    def of(self, standing: Standing) -> tuple[StaffStanding, ...]:
        """Return those who stand so."""
        return tuple(one for one in self.people if one.standing is standing)
