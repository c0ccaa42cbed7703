"""Selectors of a style sheet, bounded so that trying them takes next to no time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from policygen.model.sheet.fault import SheetFault, fault_at, shown_name

SELECTORS = 2_000  # of one sheet; ours have a tenth of that
_TOKENS = 60  # of one rule's selectors
_STEPS = 5  # elements that one selector leads through, as in `.part ul li`
_DEEP = 2  # brackets within brackets
_PSEUDO_CLASSES = (  # those with brackets that a sheet may use
    *("is", "not", "where", "lang"),
    *("nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"),
)
PAGE_SELECTOR = re.compile(r"(?:[a-z][a-z-]{0,40})?(?::(?:first|left|right|blank)){0,2}")


def selector_faults(rule: Any) -> Iterator[SheetFault]:
    """Yield what is wrong with the selectors of a rule; at most one fault for their length."""
    tokens = list(rule.prelude)
    if len(tokens) > _TOKENS:
        mend = "Make several rules of it."
        yield fault_at(rule, "This rule chooses too many things at once.", mend, code="PG405")
    elif max(_steps(tokens), default=0) > _STEPS:
        what = f"This selector leads through more than {_STEPS} elements."
        yield fault_at(rule, what, "Name fewer of them.", code="PG405")
    yield from _bracket_faults(tokens, _DEEP)


def _steps(tokens: Iterable[Any]) -> Iterator[int]:
    """Yield how many elements each selector of a list leads through: 2 for `ul > li`, 1 for `p`."""
    steps = 1
    follows_gap = False
    for token in tokens:
        is_gap = token.type == "whitespace" or token == ">" or token == "+" or token == "~"
        if token == ",":
            yield steps
            steps = 1
        elif is_gap and not follows_gap:  # white space around a combinator counts with it
            steps += 1
        follows_gap = is_gap
    yield steps


def _bracket_faults(tokens: Iterable[Any], depth: int) -> Iterator[SheetFault]:
    """Yield what is wrong with the brackets of selectors, which may stand `depth` deep."""
    for token in tokens:
        if token.type == "error":
            yield fault_at(token, "This is not a rule of CSS.", "Mend the selector.", code="PG405")
        elif token.type == "function" and token.lower_name not in _PSEUDO_CLASSES:
            what = f'A sheet does not choose by ":{shown_name(token.lower_name)}()".'
            yield fault_at(token, what, f"It may use {', '.join(_PSEUDO_CLASSES)}.", code="PG405")
        elif token.type in ("function", "() block", "[] block", "{} block"):
            inner = token.arguments if token.type == "function" else token.content
            if not depth or max(_steps(inner), default=0) > _STEPS:
                what = "This selector holds too much in its brackets."
                yield fault_at(token, what, "Name fewer things.", code="PG405")
            else:
                yield from _bracket_faults(inner, depth - 1)
