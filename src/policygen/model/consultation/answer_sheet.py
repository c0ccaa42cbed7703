"""The sheet on which answers are filled in: the heads of its columns, and one answer."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.model.consultation.record import Verdict
from policygen.problems import Location

_NOWHERE = Location()
NUMBER, DECISION, REASON = "Number", "Our decision", "Why"
CLEARED = "Cleared by"  # wanted of an accepted edit of a binding clause; older sheets lack it


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as somebody gave it: to a response by its number, or to all those on a clause.

    `cleared_by` says who cleared it, where and when, where it changes a binding clause.
    """

    to: str
    verdict: Verdict
    because: str
    location: Location = _NOWHERE
    cleared_by: str = ""
