"""Palette: the colours that every writer derives from one brand colour.

All ratios are WCAG 2 contrast ratios (1 to 21); colours are `#rrggbb`.
"""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

DEFAULT = "#0f5743"  # for an organisation that gives no colour
ENOUGH = 4.5  # WCAG 2.2 AA, for text of any size
AMPLE = 7.0  # WCAG 2.2 AAA
SEEN = 1.2  # a ground paler than this looks like bare paper, and bare paper means a draft
PAPER, NIGHT, INK = "#ffffff", "#111614", "#16201c"

_Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Palette:
    """`text` reads on white and bears white text; `tint` is its pale ground.

    `night` reads on `NIGHT`. `field` is the ground of a cover, and `words` what is written on it: a
    pale colour stays itself there, under ink. `passes` is False where the organisation's own colour
    was too pale for text and had to be darkened.
    """

    text: str
    tint: str
    night: str
    field: str
    words: str
    passes: bool


def palette(colour: str = "") -> Palette:
    """The colours for `#rrggbb`, or for the default where none is given.

    Raise ValueError for other text.
    """
    brand = (colour or DEFAULT).lower()
    passes = contrast(brand, PAPER) >= ENOUGH
    text = brand if passes else _darkened(brand)
    night = _lightened(text)
    tint = _hex(_mixed(_parse(PAPER), _parse(text), 0.08))
    pale = contrast(brand, INK) >= AMPLE and contrast(brand, PAPER) >= SEEN
    field, words = (brand, INK) if pale else (text, PAPER)
    return Palette(text, tint, night, field, words, passes)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, whichever of them is lighter."""
    light, dark = sorted((_luminance(_parse(one)), _luminance(_parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _darkened(colour: str) -> str:
    """Return the same hue, as strong, darkened in steps of 1 % until it reads on paper."""
    hue, lightness, saturation = rgb_to_hls(*_parse(colour))
    steps = (_hex(hls_to_rgb(hue, lightness * (1 - step / 100), saturation)) for step in range(101))
    return next(step for step in steps if contrast(step, PAPER) >= ENOUGH)


def _lightened(colour: str) -> str:
    """Mixed with white in steps of 1 % until it reads by night."""
    steps = (_hex(_mixed(_parse(colour), _parse(PAPER), step / 100)) for step in range(101))
    return next(step for step in steps if contrast(step, NIGHT) >= ENOUGH)


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
