"""All that the paper on promises tells of a body's year. Immutable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policygen.model.policy import Policy
from policygen.model.year.kept import KeptPromise, LoggedDeed
from policygen.model.year.moved import LibraryMove


@dataclass(frozen=True, slots=True)
class KeptFindings:
    """What a body promised and did from one day to another, both with it.

    `policy` is the one that was in force on the last of them, or as the profile has it where none
    was. `moved` is None where nothing has been released. `has_log` is whether anybody kept one.
    """

    policy: Policy
    since: date
    on: date
    promises: tuple[KeptPromise, ...]
    incidents: tuple[LoggedDeed, ...] = ()
    moved: LibraryMove | None = None
    has_log: bool = True
