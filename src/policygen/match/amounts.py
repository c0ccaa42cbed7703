"""What a passage sets and a clause sets otherwise: a time, an age, who is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from policygen.model.matching.worksheet import ValueDifference

_SMALL = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NUMBERS = {word: number for number, word in enumerate(_SMALL, 1)} | {
    "fourteen": 14, "fifteen": 15, "twenty": 20, "twenty-one": 21, "twenty-four": 24,
    "twenty-eight": 28, "thirty": 30, "forty-eight": 48, "sixty": 60, "ninety": 90,
}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,4}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_TIME = re.compile(
    rf"\b{_NUMBER}(?:[\s-]+(?P<working>working|business|calendar|clear))?[\s-]+"
    r"(?P<unit>minute|hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_SHORT, _LONG = ("minute", "hour", "day", "week"), ("month", "year")
_AGE = re.compile(
    r"\b(?:under|over|below|aged?|younger than|older than)\s+(?:the age of\s+)?(?P<age>1\d)\b|"
    r"\b(?P<years>1\d)\s+years?\s+(?:old|of age)",
    re.IGNORECASE,
)
_HOLDERS = "(?:Manager|Officer|Team|Lead|Desk|Office|Board|Committee)"
_ROLE = re.compile(
    r"\b(?:(?:Deputy|Assistant|Chief|Senior|Monitoring|Press|Town|Parish|Corporate|Digital) )?"
    r"(?:Chief Executive|Clerk|Monitoring Officer|Press Office|Service Desk|"
    r"(?:Head|Director) of (?:[A-Z][a-z]+(?: and)? ?){1,4}|"
    # "Communications and Engagement Manager" is one person, "Clerk and Finance Officer" are two.
    rf"(?:(?!The |Our |Any |Each |Every |Executive |Clerk |{_HOLDERS} and )"
    r"[A-Z][A-Za-z]+ (?:and (?=[A-Z]))?){1,4}"
    rf"{_HOLDERS})\b"
)
_ROLE_FACTS = re.compile(
    r"(?:contacts\..*|policy\.(?:owner|approver)|approval.*)\.?(?:role|approver)$"
)


def value_differences(
    theirs: str, ours: str, values: Mapping[str, str]
) -> tuple[ValueDifference, ...]:
    """Return what two texts on one matter set, and set differently.

    `values` are the facts that ours prints, by path. A kind of value of which they share one is
    taken to agree: which of several belongs to which sentence, no machine can say.
    """
    found = (
        _with_fact(_differing("time", _times(theirs, _SHORT), _times(ours, _SHORT)), values),
        _with_fact(_differing("time", _times(theirs, _LONG), _times(ours, _LONG)), values),
        _differing("age", _ages(theirs), _ages(ours)),
        _differing("role", {one.strip() for one in _ROLE.findall(theirs)}, _our_roles(values)),
    )
    return tuple(one for one in found if one)


def _differing(kind: str, theirs: set[str], ours: set[str]) -> ValueDifference | None:
    agreeing = {one.lower() for one in theirs} & {one.lower() for one in ours}
    if not theirs or not ours or agreeing:
        return None
    return ValueDifference(kind, tuple(sorted(theirs)), tuple(sorted(ours)))


def _with_fact(
    difference: ValueDifference | None, values: Mapping[str, str]
) -> ValueDifference | None:
    """Return a difference with the commitment whose place the one time of theirs could take.

    That is so where they set one, and one commitment alone is printed in its unit.
    """
    if difference is None or len(difference.theirs) != 1:
        return difference
    (theirs,) = difference.theirs
    of_unit = [
        path
        for path, value in values.items()
        if path.startswith("commitments.") and [*map(_unit, _each_time(value))] == [_unit(theirs)]
    ]
    return replace(difference, fact=of_unit[0]) if len(of_unit) == 1 else difference


def _unit(time: str) -> str:
    return time.partition(" ")[2].rstrip("s")


def _times(text: str, units: tuple[str, ...]) -> set[str]:
    """Return the times in some units: a deadline of days is not set against a term of years."""
    return {one for one in _each_time(text) if one.rstrip("s").endswith(units)}


def _each_time(text: str) -> Iterator[str]:
    """Yield times in one form, such as `2 working days`, whatever they are written with."""
    for found in _TIME.finditer(text):
        said = found["number"].lower()
        number = _NUMBERS.get(said) or int(said)
        unit = found["unit"].lower()
        working = "working " if (found["working"] or "").lower() in ("working", "business") else ""
        yield f"{number} {working}{unit}{'s' if number != 1 else ''}"


def _ages(text: str) -> set[str]:
    return {found["age"] or found["years"] for found in _AGE.finditer(text)}


def _our_roles(values: Mapping[str, str]) -> set[str]:
    return {
        value.removeprefix("the ").removeprefix("The ")
        for path, value in values.items()
        if _ROLE_FACTS.search(path)
    }
