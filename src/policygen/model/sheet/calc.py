"""The value of a `calc()`, in points, percent or a plain number.

Variables and other functions within it are not evaluated.
"""

from __future__ import annotations

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
        return Total(
            _product_of(self.length, factor),
            _product_of(self.percent, factor),
            _product_of(self.number, factor),
        )

    def plus(self, other: Total) -> Total:
        """Return the sum of both."""
        return Total(
            _sum_of(self.length, other.length),
            _sum_of(self.percent, other.percent),
            _sum_of(self.number, other.number),
        )


def _product_of(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _sum_of(one: float | None, other: float | None) -> float | None:
    if one is None:
        return other
    if other is None:
        return one
    return one + other


def calculate(tokens: list[Any], depth: int = _DEEP) -> Total | None:
    """Return the value of an expression, such as the tokens of `100% - 2 * 12pt`.

    Brackets may stand `depth` deep. None where it is no expression, too deep, or too large.
    """
    # Operands and signs take turns.
    operands = [_operand(token, depth) for token in tokens[::2]]
    signs = [getattr(token, "value", "") for token in tokens[1::2]]
    known = [operand for operand in operands if operand is not None]
    if len(known) != len(signs) + 1 or not set(signs) <= {"+", "-", "*", "/"}:
        return None
    # A product replaces the term before it; what is left is added up.
    terms = [known[0]]
    for sign, operand in zip(signs, known[1:], strict=True):
        if sign == "+":
            terms.append(operand)
        elif sign == "-":
            terms.append(operand.scaled(-1))
        else:
            product = _product(terms.pop(), sign, operand)
            if product is None:
                return None
            terms.append(product)
    total = Total()
    for term in terms:
        total = total.plus(term)
    return total


def _product(one: Total, sign: str, other: Total) -> Total | None:
    """Return `one` times or divided by `other`, of which one must be a plain number.

    Only a number divides. The result is None where neither is a plain number, at a division by 0,
    and beyond all bounds.
    """
    if sign == "*" and one.number is not None:
        return _bounded(other.scaled(one.number))
    if other.number is None:
        return None
    if sign == "*":
        return _bounded(one.scaled(other.number))
    return _bounded(one.scaled(1 / other.number)) if other.number else None


def _operand(token: Any, depth: int) -> Total | None:
    """Return the value of a number, a length, a share or a bracket; None of anything else."""
    if token.type == "() block" and depth:
        inner = [t for t in token.content if t.type not in ("whitespace", "comment")]
        return calculate(inner, depth - 1)
    if token.type == "percentage":
        return _bounded(Total(percent=float(token.value)))
    if token.type == "number":
        return _bounded(Total(number=float(token.value)))
    if token.type == "dimension" and token.lower_unit in UNITS:
        return _bounded(Total(length=float(token.value) * UNITS[token.lower_unit]))
    return None


def _bounded(total: Total) -> Total | None:
    """Return `total`, or None where a part of it is infinite, NaN or too large."""
    values = [value for value in (total.length, total.percent, total.number) if value is not None]
    return total if all(abs(value) <= _LARGEST for value in values) else None
