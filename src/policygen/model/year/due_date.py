"""DueDate: one thing of a policy's year that has a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Literal, TypeAlias

from policygen.problems import DataPath

# `sources` are due to be looked up again, `law` begins or ends to be in force.
DueKind: TypeAlias = Literal[
    "review", "election", "commitment", "assessment", "sources", "law", "consultation"
]


class DueState(Enum):
    """How a day stands to another. The order is that in which a reader wants them."""

    PAST = "past"
    RUNNING = "running"
    NEAR = "near"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class DueDate:
    """A thing with a day.

    `what` has to be done, or happens, in English; `who` does it, as the profile names them. `day`
    is the last day for it, or the first one of a period that ends with the day `until`. From
    `near_from` on it counts as near. `field` is the path of the fact that says so, such as
    ("policy", "review_by"), and `about` has the ids of the sources or clauses concerned.
    """

    kind: DueKind
    day: date
    what: str
    who: str
    field: DataPath
    near_from: date
    until: date | None = None
    about: tuple[str, ...] = ()

    @property
    def last_day(self) -> date:
        """The last day of its period, or its only one."""
        return self.until or self.day

    @property
    def path(self) -> str:
        """The path of the fact as people write it: policy.review_by."""
        return ".".join(map(str, self.field))

    @property
    def day_after(self) -> date:
        """The first day on which it is over; the last of the calendar where that ends."""
        return self.last_day + timedelta(1) if self.last_day < date.max else date.max

    def state(self, on: date) -> DueState:
        """How it stands on a day: the day itself is not past yet."""
        if on > self.last_day:
            return DueState.PAST
        if self.until and on >= self.day:
            return DueState.RUNNING
        return DueState.NEAR if on >= self.near_from else DueState.LATER
