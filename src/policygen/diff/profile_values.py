"""Whether a fact is the same in two policies, whatever words make of it.

One may print it as `{{ x }}`, the other as `{{ x | the }}`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeAlias

from policygen.facts.values import profile_facts
from policygen.model.policy import Policy
from policygen.model.wording import Loop, printed_facts

Languages: TypeAlias = tuple[str, str]
_UNKNOWN = object()
_COUNTED = re.compile(r"([\d.,\s]+)\u00a0\D+")  # as `plural` prints a number


class ProfileValues:
    """The values of two policies' profiles, before any words made something of them."""

    def __init__(self, first: Policy, second: Policy) -> None:
        self._profiles = (first.profile, second.profile)
        self._libraries_differ = first.library_digest != second.library_digest
        self._trees: dict[tuple[int, str], Any] = {}  # by side and language
        self._equal: dict[tuple[str, Languages], bool | None] = {}

    def same(
        self, fact: str, before: Collection[str], after: Collection[str], languages: Languages
    ) -> bool:
        """Tell whether a fact that prints differently in two policies is the same after all.

        `before` and `after` are all that is printed for it on each side. A profile's fact is
        compared by its value. A fact of the library's has no value in a policy: within one library
        its words are the same, so what prints differently differs; between two libraries, what is
        printed is compared without what a filter adds.
        """
        equal = self._are_equal(fact, languages)
        if equal is not None:
            return equal
        return self._libraries_differ and set(map(_bare, before)) == set(map(_bare, after))

    def same_list(self, before: Loop, after: Loop, languages: Languages) -> bool:
        """Tell whether two loops go through the same list.

        A list of the library's is compared as far as they print it.
        """
        equal = self._are_equal(before.over, languages)
        if equal is not None:
            return equal
        return list(printed_facts(before.pieces)) == list(printed_facts(after.pieces))

    def is_list(self, fact: str) -> bool | None:
        """Tell whether a profile holds a list at a path.

        None where neither profile holds such a fact.
        """
        values = [self._value(side, "en", fact) for side in (0, 1)]
        if all(value is _UNKNOWN for value in values):
            return None
        return any(isinstance(value, (list, tuple)) for value in values)

    def _are_equal(self, fact: str, languages: Languages) -> bool | None:
        """Return what `_compare` does, and remember it."""
        key = fact, languages
        if key not in self._equal:
            self._equal[key] = self._compare(fact, languages)
        return self._equal[key]

    def _compare(self, fact: str, languages: Languages) -> bool | None:
        """Tell whether both profiles have the same value at a path.

        None where one of them holds no such fact.
        """
        first = self._value(0, languages[0], fact)
        second = self._value(1, languages[1], fact)
        if first is _UNKNOWN or second is _UNKNOWN:
            return None
        # Each language has its own way to print a date or a number.
        printed_alike = languages[0] == languages[1] or not isinstance(first, (date, int))
        return bool(first == second) and printed_alike

    def _value(self, side: int, language: str, fact: str) -> Any:
        key = side, language
        if key not in self._trees:
            self._trees[key] = profile_facts(self._profiles[side], language)
        return _at(self._trees[key], fact)


def _at(value: Any, fact: str) -> Any:
    """Return the value at a path; of what stands in every row of a list, the list."""
    for part in fact.split("."):
        if part == "*" or value is None:
            return value
        value = _member(value, part)
        if value is _UNKNOWN:
            return value
    return value


def _member(value: Any, part: str) -> Any:
    if isinstance(value, (list, tuple)) and part.isdecimal():
        return value[int(part)] if int(part) < len(value) else None
    if isinstance(value, Mapping):
        return value.get(part, _UNKNOWN)
    return _UNKNOWN


def _bare(text: str) -> str:
    """Return a printed fact without what the filters `the`, `sentence` and `plural` add."""
    bare = text.casefold().removeprefix("the ")
    number = _COUNTED.fullmatch(bare)
    return number[1] if number else bare
