"""Words that a template chose: why they print, and where that stands."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.problems import Location


@dataclass(frozen=True, slots=True)
class ChosenBy:
    """A block of a template, of which a clause prints one branch, or one for each item of a list.

    `because` says why that branch prints, as a clause of a sentence; of a loop what it goes
    through. `location` is its opening tag's. `has_other` says that there is another branch.
    """

    because: str
    location: Location
    is_loop: bool = False
    has_other: bool = False


@dataclass(frozen=True, slots=True)
class ChosenWords:
    """Words of a clause that blocks of a template chose, the outermost first.

    `key` is what is printed of them, with a mark for each fact; `within` are they with what stands
    right before and after them in their line, or the same. `is_line` says that they are a line of
    their own, and no part of one.
    """

    key: str
    within: str
    is_line: bool
    by: tuple[ChosenBy, ...]
