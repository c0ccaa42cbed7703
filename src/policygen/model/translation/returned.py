"""A translation pack that came back: what each unit says, before anything of it is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policygen.problems import Location


@dataclass(frozen=True, slots=True)
class ReturnedSegment:
    """The translation of one segment, with its codes as {1}, and where it stands.

    `is_done` says that the translator's tool calls it translated, `is_reviewed` that somebody has
    read it.
    """

    target: str
    location: Location
    is_done: bool = True
    is_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedUnit:
    """The segments of one unit by number. What a workbook says of it stands beside them."""

    id: str
    segments: Mapping[int, ReturnedSegment]
    location: Location
    by_machine: bool = False
    reviewed_by: str = ""
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReturnedPack:
    """The units of a file that came back, by the original that each is of."""

    shown: str
    units: tuple[tuple[str, ReturnedUnit], ...]
    language: str
