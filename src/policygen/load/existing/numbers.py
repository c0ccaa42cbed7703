"""The numbers that Word counts itself, such as `2.3` before a paragraph that nobody typed it to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from policygen.load.returned.package.xml import WML, WordNode, number, value

_PLACE = re.compile(r"%([1-9])")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}")
_LONGEST = 40  # characters of what a level prints; each paragraph is looked at for them
_COUNTED = ("decimal", "decimalZero")


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level counts: from where, whether in figures, and what it prints, such as `%1.%2`."""

    start: int
    is_decimal: bool
    text: str


class NumberCounter:
    """Counts the paragraphs of one file, in their order, as Word does."""

    def __init__(self, numbering: WordNode | None) -> None:
        every = [] if numbering is None else list(numbering.iter(f"{WML}abstractNum"))
        self._levels = {one.get(f"{WML}abstractNumId", ""): _levels(one, every) for one in every}
        self._nums: dict[str, WordNode] = {}
        if numbering is not None:
            self._nums = {one.get(f"{WML}numId", ""): one for one in numbering.iter(f"{WML}num")}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def count(self, id: str, level: int) -> str:
        """Count a paragraph of a list, and return its number.

        It is "" for a number of one part, as an item of a list has, and for one of other signs than
        figures.
        """
        if id not in self._nums:
            return ""
        abstract = value(self._nums[id].find(f"{WML}abstractNumId"))
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})  # lists of one kind go on counting
        if id not in self._begun:
            self._begun.add(id)
            self._begin_anew(self._nums[id], counts)
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return _printed(level, levels, counts)

    def _begin_anew(self, num: WordNode, counts: dict[int, int]) -> None:
        for override in num.iter(f"{WML}lvlOverride"):
            start = override.find(f"{WML}startOverride")
            if start is not None:
                counts[number(override.get(f"{WML}ilvl", ""))] = number(value(start), 1) - 1


def _levels(abstract: WordNode, every: list[WordNode]) -> dict[int, _Level]:
    """Return the levels of a kind of list, also where a style of lists has them."""
    linked = value(abstract.find(f"{WML}numStyleLink"))
    if linked:
        named = (one for one in every if value(one.find(f"{WML}styleLink")) == linked)
        abstract = next(named, abstract)
    return {
        number(one.get(f"{WML}ilvl", "")): _Level(
            max(number(value(one.find(f"{WML}start")), 1), 0),
            value(one.find(f"{WML}numFmt"), absent="decimal") in _COUNTED,
            value(one.find(f"{WML}lvlText"))[:_LONGEST],
        )
        for one in abstract.iter(f"{WML}lvl")
    }


def _printed(level: int, levels: Mapping[int, _Level], counts: Mapping[int, int]) -> str:
    """Return what a level prints, where it is a number of several parts."""
    places = [int(place) - 1 for place in _PLACE.findall(levels[level].text)]
    if not all(one in levels and levels[one].is_decimal for one in places):
        return ""

    def counted(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        return str(counts.get(at, levels[at].start))

    text = _PLACE.sub(counted, levels[level].text).strip().rstrip(".)")
    return text if _NUMBER.fullmatch(text) else ""
