"""Whether a fact is the same in two policies, whatever words make of it: `{{ x }}` here, `{{ x | the }}` there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from policygen.facts.values import profile_facts
from policygen.model.policy import Loop, Policy, printed_facts

Languages: TypeAlias = tuple[str, str]
_UNKNOWN = object()
_COUNTED = re.compile(r"([\d.,\s]+)\u00a0\D+")  # as `plural` prints a number


class ProfileValues:
    """What two policies were given, before any words made something of it."""

    def __init__(self, first: Policy, second: Policy) -> None:
        profiles = (first.profile, second.profile)
        self._moved = first.library_digest != second.library_digest
        self._facts = cache(lambda which, language: profile_facts(profiles[which], language))
        self._equal = cache(self._compared)

    def same(
        self, fact: str, before: Collection[str], after: Collection[str], languages: Languages
    ) -> bool:
        """Whether a fact is the same on both sides; `before` and `after` are what is printed for it.

        A policy does not hold the library's own facts. Between two libraries what is printed is compared without
        what a filter adds; within one library the same words print the same, so it is the fact.
        """
        equal = self._equal(fact, languages)
        return (
            self._moved and set(map(_bare, before)) == set(map(_bare, after))
            if equal is None
            else equal
        )

    def same_list(self, before: Loop, after: Loop, languages: Languages) -> bool:
        """Whether two loops go through the same list; of one of the library's, as far as they print it."""
        equal = self._equal(before.over, languages)
        return (
            list(printed_facts(before.pieces)) == list(printed_facts(after.pieces))
            if equal is None
            else equal
        )

    def _compared(self, fact: str, languages: Languages) -> bool | None:
        """Whether both profiles have the same value at a path; None where one of them holds no such fact."""
        one, other = (
            _at(self._facts(which, language), fact) for which, language in enumerate(languages)
        )
        if one is _UNKNOWN or other is _UNKNOWN:
            return None
        # Each language has its own way to print a date or a number.
        return bool(one == other) and (
            languages[0] == languages[1] or not isinstance(one, (date, int))
        )


def _at(value: Any, fact: str) -> Any:
    """The value at a path; of what stands in every row of a list, the list."""
    for part in fact.split("."):
        if part == "*" or value is None:
            return value
        if isinstance(value, (list, tuple)) and part.isdecimal():
            value = value[int(part)] if int(part) < len(value) else None
        elif isinstance(value, Mapping) and part in value:
            value = value[part]
        else:
            return _UNKNOWN
    return value


def _bare(text: str) -> str:
    """A fact as it was before `the`, `sentence` and `plural`."""
    told = text.casefold().removeprefix("the ")
    number = _COUNTED.fullmatch(told)
    return number[1] if number else told
