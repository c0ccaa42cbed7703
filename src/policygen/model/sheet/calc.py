"""What `calc()` comes to, in points, percent or a plain number.

Without variables and other functions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from policygen.model.sheet.bounds import UNITS

CALC_FORM = "Write a short sum of lengths, like `calc(100% - 12pt)`."
_DEEP = 3  # brackets within brackets
_LARGEST = 1e6  # of any value on the way


@dataclass(frozen=True, slots=True)
class Total:
    """A length in points and a percentage, which add up, or a number; None where there is none."""

    length: float | None = None
    percent: float | None = None
    number: float | None = None

    def scaled(self, factor: float) -> Total:
        """Return this, times `factor`."""
        return _each(lambda mine, _: None if mine is None else mine * factor, self, self)


def _each(
    combine: Callable[[float | None, float | None], float | None], one: Total, other: Total
) -> Total:
    return Total(
        combine(one.length, other.length),
        combine(one.percent, other.percent),
        combine(one.number, other.number),
    )


def _sum(one: float | None, other: float | None) -> float | None:
    return (one or 0.0) + (other or 0.0) if (one, other) != (None, None) else None


def calculate(tokens: list[Any], depth: int = _DEEP) -> Total | None:
    """Return what the tokens of a sum come to.

    None where they are no sum, too deep, or too large.
    """
    operands = [_operand(token, depth) for token in tokens[::2]]
    signs = [getattr(token, "value", "") for token in tokens[1::2]]
    if len(operands) != len(signs) + 1 or not set(signs) <= {"+", "-", "*", "/"}:
        return None
    terms: list[Total] = []
    for sign, operand in zip(("+", *signs), operands, strict=True):
        if operand is None:
            return None
        if sign in "+-":
            terms.append(operand.scaled(1 if sign == "+" else -1))
        elif (product := _product(terms.pop(), sign, operand)) is not None:
            terms.append(product)
        else:
            return None
    total = terms[0]
    for term in terms[1:]:
        total = _each(_sum, total, term)
    return total


def _product(one: Total, sign: str, other: Total) -> Total | None:
    """Return one times, or divided by, a number.

    Either side of a multiplication may be the number.
    """
    if sign == "*" and one.number is not None:
        return _kept(other.scaled(one.number))
    if other.number is None or (sign == "/" and other.number == 0):
        return None
    return _kept(one.scaled(other.number if sign == "*" else 1 / other.number))


def _operand(token: Any, depth: int) -> Total | None:
    if token.type == "() block" and depth:
        inner = [t for t in token.content if t.type not in ("whitespace", "comment")]
        return calculate(inner, depth - 1)
    if token.type == "percentage":
        return _kept(Total(percent=float(token.value)))
    if token.type == "number":
        return _kept(Total(number=float(token.value)))
    if token.type == "dimension" and token.lower_unit in UNITS:
        return _kept(Total(length=float(token.value) * UNITS[token.lower_unit]))
    return None


def _kept(total: Total) -> Total | None:
    """Return `total` where none of it is infinite, NaN or beyond all measure."""
    values = [value for value in (total.length, total.percent, total.number) if value is not None]
    return total if all(abs(value) <= _LARGEST for value in values) else None
