"""Facts: the values that wording may use, looked up as keys and never as attributes.

A Fact is all that a template sees of a value. It knows its path, notes down what is asked of it,
and is the only thing that can be printed. What it prints is a token, so that a value never becomes
markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from policygen.facts.described import describe_fact
from policygen.facts.values import fact_text, printed_value
from policygen.markdown.braces import VALUE_CLOSE, VALUE_OPEN
from policygen.model.commitment.terms import Amount
from policygen.model.language import format_day
from policygen.model.outline.label import fill_label
from policygen.model.wording import Printed

OPEN, CLOSE = VALUE_OPEN, VALUE_CLOSE  # around the number of a printed fact
LOOP, LOOP_HEAD, LOOP_END = "\ue002", "\ue003", "\ue004"
STEPS = 10_000  # turns of loops in one passage; a real one takes about thirty


class TooMuch(Exception):
    """A passage loops or prints more than any policy could need."""


@dataclass(slots=True)
class Log:
    """What one rendering asks of its facts, and the language and labels that it prints them in.

    A Fact is all that a template and its filters are handed, so each one carries the log.
    """

    labels: Mapping[str, str]
    language: str = "en"
    printed: list[Printed] = field(default_factory=list)  # a token holds the place of one in it
    chosen_by: dict[str, str] = field(default_factory=dict)  # facts that decided, with their values
    faults: list[tuple[str, str]] = field(default_factory=list)  # (kind, path)
    steps: int = 0  # turns of loops

    def token(self, printed: Printed) -> str:
        """Note a printed fact; return what stands for it in the text."""
        self.printed.append(printed)
        return f"{OPEN}{len(self.printed) - 1}{CLOSE}"

    def gap(self, path: str) -> str:
        """Note a fact that cannot be printed; return what stands for its marked gap."""
        return self.token(
            Printed(path, fill_label(self.labels["gap"], fact=describe_fact(path).label), gap=True)
        )


class Fact:
    """A value at a path. Falsy when unset; equal to what its value equals."""

    __slots__ = ("log", "path", "text", "value")

    def __init__(self, path: str, value: Any, log: Log, text: str | None = None) -> None:
        self.path = path
        self.value = value
        self.log = log
        self.text = text  # what a filter made of it

    @classmethod
    def of(cls, path: str, value: Any, log: Log) -> Fact:
        """The fact of a value; a commitment counts as its number, and prints with its unit."""
        if isinstance(value, Amount):
            return cls(path, value.number, log, value.text)
        return cls(path, value, log)

    def child(self, key: str | int) -> Fact:
        """The fact beneath a key; unset where there is nothing."""
        value = None
        if isinstance(self.value, Mapping):
            value = self.value.get(str(key))
        elif (
            isinstance(self.value, (list, tuple))
            and isinstance(key, int)
            and 0 <= key < len(self.value)
        ):
            value = self.value[key]
        return Fact.of(f"{self.path}.{key}", value, self.log)

    def _decides(self) -> Any:
        self.log.chosen_by[self.path] = self.text or fact_text(self.value)
        return self.value

    def __bool__(self) -> bool:
        return bool(self._decides())

    def __eq__(self, other: object) -> bool:
        return bool(self._decides() == (other._decides() if isinstance(other, Fact) else other))

    __hash__ = None  # type: ignore[assignment]  # a fact is looked at, never kept in a set

    def __lt__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a < b)

    def __le__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a <= b)

    def __gt__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a >= b)

    def _compare(self, other: Any, how: Any) -> bool:
        mine, theirs = self._decides(), other._decides() if isinstance(other, Fact) else other
        if mine is None or theirs is None:
            return False
        try:
            return bool(how(mine, theirs))
        except TypeError:
            self.log.faults.append(("compared", self.path))
            return False

    def __contains__(self, item: object) -> bool:
        wanted = item._decides() if isinstance(item, Fact) else item
        mine = self._decides()
        try:
            return mine is not None and wanted is not None and wanted in mine
        except TypeError:
            self.log.faults.append(("compared", self.path))
            return False

    def __iter__(self) -> Iterator[Fact]:
        items = self.value if isinstance(self.value, (list, tuple)) else ()
        for number, item in enumerate(items):
            self.log.steps += 1
            if self.log.steps > STEPS:
                raise TooMuch
            yield Fact(f"{self.path}.{number}", item, self.log)

    def __str__(self) -> str:
        """Print: leave a token in the text and note the value, or the fault, beside it."""
        if self.text is not None:
            text = self.text
        elif self.value is None or self.value == "":
            return self._faulty("unset")
        elif self.value is False and self.path.startswith("commitments."):
            return self._faulty("off")
        elif isinstance(self.value, (bool, Mapping, list, tuple)):
            return self._faulty("unprintable")
        elif isinstance(self.value, date):
            text = format_day(self.value, self.log.language)
        else:
            text = printed_value(self.value, self.log.language)
        return self.log.token(Printed(self.path, text))

    def _faulty(self, kind: str) -> str:
        self.log.faults.append((kind, self.path))
        return self.log.gap(self.path)
