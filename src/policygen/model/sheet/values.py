"""Values of a style sheet: properties, functions, units and numbers within bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from policygen.model.sheet.bounds import (
    ANGLES,
    LINE_HEIGHT,
    UNITS,
    VARIABLES,
    Bounds,
    Range,
    property_bounds,
)
from policygen.model.sheet.calc import CALC_FORM, calculate
from policygen.model.sheet.fault import SheetFault, fault_at, shown_name

_TOKENS = 60  # of one value
_COLOURS = ("rgb", "rgba", "hsl", "hsla")
_CHOICES = ("min", "max", "clamp")
_FUNCTIONS = ("calc", *_CHOICES, *_COLOURS, "var")
_FORM = "Write it like `h2 { color: #1d4f91 }`."
_SETS = "It sets type, colour, lines, margins and page breaks; never words, places or files."
_COLOUR_PART = Bounds(percent=(-100, 200), number=(-360, 720))


def value_faults(declaration: Any, *, page: bool) -> Iterator[SheetFault]:
    """Return what is wrong with one `property: value`, on a `page` or an element."""
    name = declaration.lower_name
    bounds = property_bounds(name, page=page)
    tokens = [token for token in declaration.value if token.type not in ("whitespace", "comment")]
    if bounds is None:
        what = f'A sheet does not set "{shown_name(name)}".'
        yield fault_at(declaration, what, _SETS, code="PG405")
    elif len(tokens) > _TOKENS:
        yield fault_at(declaration, "This value is too long.", _FORM, code="PG406")
    else:
        yield from _token_faults(tokens, bounds, custom=name.startswith("--"))


def _token_faults(tokens: Iterable[Any], bounds: Bounds, *, custom: bool) -> Iterator[SheetFault]:
    """Yield the faults of the tokens of a value; `custom` says of a custom property (`--name`)."""
    limits = bounds
    for token in tokens:
        if token.type == "literal" and token.value == "/" and bounds.quotes:
            limits = replace(LINE_HEIGHT, quotes=True)  # in `font`, what follows the size
        elif token.type == "function":
            yield from _function_faults(token, limits, custom=custom)
        else:
            yield from _plain_faults(token, limits)
            limits = bounds


def _plain_faults(token: Any, bounds: Bounds) -> Iterator[SheetFault]:
    """Return what is wrong with a token that is no function."""
    match token.type:
        case "url" | "error":
            what = "A sheet names no files and no addresses."
            yield fault_at(token, what, "Take this out.", code="PG405")
        case "string" if not bounds.quotes:
            what = "A text in quotes has no place here."
            yield fault_at(token, what, "Take it out: a sheet brings no words.", code="PG405")
        case "() block" | "[] block" | "{} block":
            yield fault_at(token, "These brackets have no place here.", _FORM, code="PG404")
        case "ident" if bounds.words and token.lower_value not in bounds.words:
            what = f'A sheet does not use "{shown_name(token.value)}" here.'
            yield fault_at(token, what, f"It may use {', '.join(bounds.words)}.", code="PG406")
        case "dimension" | "percentage" | "number":
            yield from _number_faults(token, bounds)


def _number_faults(token: Any, bounds: Bounds) -> Iterator[SheetFault]:
    """Yield what is wrong with a number, with or without a unit."""
    value = float(token.value)
    if token.type == "percentage":
        yield from _range_faults(token, value, bounds.percent, "%")
    elif token.type == "number" and bounds.number is not None:
        yield from _range_faults(token, value, bounds.number, "")
    elif token.type == "number":  # a length of nothing has no unit
        yield from _range_faults(token, value, bounds.length if value == 0 else None, "")
    elif unit := UNITS.get(token.lower_unit):
        yield from _range_faults(token, value * unit, bounds.length, "pt")
    else:
        what = f'A sheet does not use the unit "{shown_name(token.unit)}" here.'
        yield fault_at(token, what, f"It may use {', '.join(UNITS)}.", code="PG406")


def _range_faults(
    token: Any, value: float, allowed: Range | None, unit: str
) -> Iterator[SheetFault]:
    """Yield a fault where a value is not between the two that are `allowed`, or none is."""
    if allowed is None:
        what = "This property takes no such value."
        yield fault_at(token, what, "See what our own sheet says for it.", code="PG406")
    elif not allowed[0] <= value <= allowed[1]:  # false for NaN and infinity too
        low, high = (f"{bound:g}{unit}" for bound in allowed)
        mend = f"It may be between {low} and {high}; an em counts as 12pt."
        yield fault_at(token, "This value is too small or too large.", mend, code="PG406")


def _function_faults(token: Any, bounds: Bounds, *, custom: bool) -> Iterator[SheetFault]:
    """Yield what is wrong with a function, within the bounds of its property."""
    name = token.lower_name
    inner = [t for t in token.arguments if t.type not in ("whitespace", "comment")]
    if name not in _FUNCTIONS:
        what = f'A sheet does not use "{shown_name(name)}()".'
        yield fault_at(token, what, f"It may use {', '.join(_FUNCTIONS)}.", code="PG405")
    elif name == "var" and custom:
        what = "A property of your own refers to no other."
        yield fault_at(token, what, "Write the value itself.", code="PG405")
    elif name == "var":
        yield from _variable_faults(token, inner, bounds)
    elif name == "calc":
        yield from _calc_faults(token, inner, bounds)
    else:
        values = [t for t in inner if t != "," and t != "/"]
        limits = bounds if name in _CHOICES else _COLOUR_PART
        yield from _argument_faults(values, limits, angles=name in _COLOURS)


def _argument_faults(tokens: list[Any], bounds: Bounds, *, angles: bool) -> Iterator[SheetFault]:
    """Yield the faults of a function's arguments, which are no functions themselves.

    `angles` says that they may be angles too.
    """
    for token in tokens:
        is_angle = token.type == "dimension" and token.lower_unit in ANGLES
        if token.type == "function":
            yield from _nested_faults(token)
        elif not (angles and is_angle):
            yield from _plain_faults(token, bounds)


def _nested_faults(token: Any) -> Iterator[SheetFault]:
    """Yield the fault of a function within a function."""
    name = token.lower_name
    if name not in _FUNCTIONS:
        what = f'A sheet does not use "{shown_name(name)}()".'
        yield fault_at(token, what, f"It may use {', '.join(_FUNCTIONS)}.", code="PG405")
    else:
        what = f'"{name}()" stands within no other function.'
        yield fault_at(token, what, "Write its value instead.", code="PG405")


def _variable_faults(token: Any, inner: list[Any], bounds: Bounds) -> Iterator[SheetFault]:
    """Yield what is wrong with a `var(--name)` or a `var(--name, other value)`."""
    names_one = bool(inner) and inner[0].type == "ident"
    if not names_one or not VARIABLES.fullmatch(inner[0].value):
        what = "A sheet refers to no such property."
        yield fault_at(token, what, "Use one that our sheets name, such as --brand.", code="PG405")
    else:
        yield from _argument_faults(inner[2:], bounds, angles=False)


def _calc_faults(token: Any, inner: list[Any], bounds: Bounds) -> Iterator[SheetFault]:
    """Yield what is wrong with a `calc()`: what cannot be added up in it, else what it comes to.

    `inner` are its tokens without white space.
    """
    foreign = [t for t in inner if t.type in ("url", "error", "string", "function")]
    yield from _argument_faults(foreign, bounds, angles=False)
    if foreign:
        return
    total = calculate(inner)
    if total is None:
        what = "These brackets have no place here."
        yield fault_at(token, what, CALC_FORM, code="PG406")
        return
    length_bounds = bounds.length
    if total.percent is not None and length_bounds is not None:
        largest = length_bounds[1]
        length_bounds = (-largest, largest)  # in `100% - 12pt` a length may be taken away
    if total.length is not None:
        yield from _range_faults(token, total.length, length_bounds, "pt")
    if total.percent is not None:
        yield from _range_faults(token, total.percent, bounds.percent, "%")
    if total.number is not None:
        yield from _range_faults(token, total.number, bounds.number, "")
