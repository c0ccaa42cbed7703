"""Values of an SVG that no drawing program may take for others: paths, turns, lengths."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

_NUMBER = re.compile(r"[-+]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][-+]?\d++)?")
_LENGTH = re.compile(rf"{_NUMBER.pattern}(?:%|em|rem|ex|ch|px|pt|pc|in|cm|mm|Q)?")
_BETWEEN = re.compile(r"[ \t\r\n,]+")
_WORD = re.compile(r"auto|none|inherit|initial|unset|thin|medium|thick|normal")
_DECLARATION = re.compile(r"([\w-]++)\s*+:([^;{}:]++)")
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*(?:[eE][-+]?\d[^A-Za-z]*)*)")
_TURN = re.compile(r"\s*,?\s*(\w+)\s*\(([^()]*)\)\s*")
# By the letter of a step of a path, how many numbers it takes, once or again and again.
_NUMBERS_OF_STEP = MappingProxyType(
    {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
)
_NUMBERS_OF_TURN: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "matrix": (6,),
        "translate": (1, 2),
        "scale": (1, 2),
        "rotate": (1, 3),
        "skewX": (1,),
        "skewY": (1,),
    }
)


def is_drawable(key: str, value: str) -> bool:
    """Tell whether an attribute has a value that every program draws alike."""
    check = _CHECKS.get(key)
    return check is None or not value.strip() or check(value.strip())


def undrawable(style: str) -> str:
    """Return the first property of a style sheet whose value cannot be drawn, or ""."""
    found = ((one[1], one[2].partition("!")[0]) for one in _DECLARATION.finditer(style))
    return next((key for key, value in found if not is_drawable(key, value)), "")


def _is_path(value: str) -> bool:
    steps = list(_STEP.finditer(value))
    is_whole = "".join(step[0] for step in steps) == value
    begins = bool(steps) and steps[0][1] in "Mm"
    return is_whole and begins and all(_is_step(step[1].lower(), step[2]) for step in steps)


def _is_step(letter: str, written: str) -> bool:
    wanted = _NUMBERS_OF_STEP.get(letter)
    if wanted is None or _NUMBER.sub("", written).strip(" ,\t\r\n"):
        return False
    if letter == "a":  # its flags may stand without a space: 0 0110 20
        return bool(_NUMBER.search(written)) and len(re.findall(r"\d", written)) >= wanted
    found = len(_NUMBER.findall(written))
    return found == 0 if wanted == 0 else found > 0 and found % wanted == 0


def _is_turn(value: str) -> bool:
    turns = list(_TURN.finditer(value))
    is_whole = "".join(turn[0] for turn in turns) == value
    return is_whole and all(
        len(_NUMBER.findall(turn[2])) in _NUMBERS_OF_TURN.get(turn[1], ()) for turn in turns
    )


def _is_share(value: str) -> bool:
    return value == "inherit" or bool(_NUMBER.fullmatch(value.removesuffix("%")))


def _is_length(value: str) -> bool:
    return bool(_LENGTH.fullmatch(value) or _WORD.fullmatch(value))


def _are_lengths(value: str) -> bool:
    return _WORD.fullmatch(value) is not None or all(map(_is_length, _parts(value)))


def _is_view_box(value: str) -> bool:
    parts = _parts(value)
    return len(parts) == 4 and all(map(_NUMBER.fullmatch, parts))


def _are_points(value: str) -> bool:
    rest = _NUMBER.sub("", value)
    return not rest.strip(" ,\t\r\n") and len(_NUMBER.findall(value)) % 2 == 0


def _parts(value: str) -> list[str]:
    return [part for part in _BETWEEN.split(value) if part]


# A word such as `x` is the name of an attribute of many elements; all of them want a length there.
_LENGTHS = (
    *("x", "y", "dx", "dy", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "x1", "y1", "x2", "y2"),
    *("width", "height", "refX", "refY", "markerWidth", "markerHeight"),
    *("offset", "stroke-width", "stroke-dashoffset", "stroke-miterlimit", "stdDeviation"),
)
_CHECKS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "d": _is_path,
        "transform": _is_turn,
        "gradientTransform": _is_turn,
        "patternTransform": _is_turn,
        "viewBox": _is_view_box,
        "points": _are_points,
        "stroke-dasharray": _are_lengths,
        **dict.fromkeys(_LENGTHS, _are_lengths),
        "opacity": _is_share,
        "fill-opacity": _is_share,
        "stroke-opacity": _is_share,
        "stop-opacity": _is_share,
    }
)
