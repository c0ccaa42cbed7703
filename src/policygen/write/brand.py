"""Palette: the colours that every writer derives from one brand colour.

All ratios are WCAG 2 contrast ratios (1 to 21); colours are `#rrggbb`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DEFAULT = "#0f5743"  # for an organisation that gives no colour
ENOUGH = 4.5  # WCAG 2.2 AA, for text of any size
PAPER, NIGHT = "#ffffff", "#111614"

_Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Palette:
    """`text` reads on white and bears white text; `tint` is its pale ground; `night` reads on `NIGHT`.

    `passes` is False where the organisation's own colour was too pale and had to be darkened.
    """

    text: str
    tint: str
    night: str
    passes: bool


def palette(colour: str = "") -> Palette:
    """The colours for `#rrggbb`, or for the default where none is given; raise ValueError for other text."""
    given = _parse(colour or DEFAULT)
    text = _moved(given, _parse("#000000"), _parse(PAPER))
    night = _moved(text, _parse(PAPER), _parse(NIGHT))
    tint = _mixed(_parse(PAPER), text, 0.08)
    return Palette(_hex(text), _hex(tint), _hex(night), contrast(colour or DEFAULT, PAPER) >= ENOUGH)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, whichever of them is lighter."""
    light, dark = sorted((_luminance(_parse(one)), _luminance(_parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _moved(colour: _Rgb, towards: _Rgb, ground: _Rgb) -> _Rgb:
    """`colour`, moved in steps of 1 % `towards` black or white until it reads on `ground`."""
    steps = (_mixed(colour, towards, step / 100) for step in range(101))
    return next(step for step in steps if contrast(_hex(step), _hex(ground)) >= ENOUGH)


def _mixed(one: _Rgb, other: _Rgb, share: float) -> _Rgb:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: _Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parse(colour: str) -> _Rgb:
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"Not a colour of the form #rrggbb: {colour!r}")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(colour: _Rgb) -> str:
    return "#" + "".join(f"{round(c * 255):02x}" for c in colour)
