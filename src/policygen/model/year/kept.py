"""What was done against what a policy promises: rows of a log, each judged. Immutable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from policygen.model.year.timed_promise import TimedPromise


class KeptOutcome(Enum):
    """What became of a promise one time, as a reader is told it."""

    KEPT = "kept"
    LATE = "late"
    MISSED = "missed"
    OPEN = "not due yet"
    UNCLEAR = "cannot be told"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the minutes since its midnight where somebody wrote the time."""

    day: date
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class LoggedDeed:
    """One row of a log: when something began that a promise is about, and when it was done.

    `promise` is a commitment's name, or "" for a row that only tells an incident. `kept` is what
    somebody says where days do not. `row` is its number in the sheet, which a log of several names.
    """

    row: int
    promise: str
    began: Moment | None = None
    done: Moment | None = None
    kept: bool | None = None
    note: str = ""
    incident: str = ""
    sheet: str = ""

    @property
    def place(self) -> str:
        """Where it stands in the log: Row 12, or Row 12 of Depot."""
        return f"Row {self.row} of {self.sheet}" if self.sheet else f"Row {self.row}"

    @property
    def day(self) -> date | None:
        """The day that it belongs to."""
        moment = self.began or self.done
        return moment.day if moment else None


@dataclass(frozen=True, slots=True)
class JudgedDeed:
    """One time that a promise counted: the day by which it was due, and what became of it.

    `deed` is None where the log has nothing for that time. `days_late` is 0 where it is not late,
    and less than a day.
    """

    outcome: KeptOutcome
    due: date | None = None
    deed: LoggedDeed | None = None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class KeptPromise:
    """A promise, and every time that it counted in a period, in the order of days."""

    promise: TimedPromise
    times: tuple[JudgedDeed, ...]

    def count(self, outcome: KeptOutcome) -> int:
        """How often something became of it."""
        return sum(one.outcome is outcome for one in self.times)

    @property
    def was_needed(self) -> bool:
        """Whether it counted at all."""
        return bool(self.times)
