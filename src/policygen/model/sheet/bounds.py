"""Bounds of the values in a style sheet: which properties it may set, and between what and what.

They are wide enough for any look that a reader could want, and narrow enough that a page always
holds text and a text always ends. Lengths are in points; an em counts as 12.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeAlias

Range: TypeAlias = tuple[float, float]

# Points in one of each unit; those of a font or a window as they are at 12 pt on A4.
UNITS = {
    "pt": 1.0,
    "px": 0.75,
    "pc": 12.0,
    "in": 72.0,
    "cm": 72 / 2.54,
    "mm": 7.2 / 2.54,
    "q": 1.8 / 2.54,
    "em": 12.0,
    "rem": 12.0,
    "ex": 6.0,
    "ch": 6.0,
    "lh": 18.0,
    "rlh": 18.0,
    "vw": 6.0,
    "vh": 8.4,
}
ANGLES = ("deg", "grad", "rad", "turn")
PAGE_SIZES = (
    *("a3", "a4", "a5", "b4", "b5", "jis-b4", "jis-b5", "letter", "legal", "ledger"),
    *("portrait", "landscape", "auto"),
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the values of a property may be: None where it takes no such value at all."""

    length: Range | None = None
    percent: Range | None = None
    number: Range | None = None
    words: tuple[str, ...] = ()  # the only ones; empty for any
    quotes: bool = False  # whether it may hold a text in quotes


_WORDS = Bounds()
_FONT = Bounds((4, 100), (40, 400), (1, 1_000), quotes=True)
LINE_HEIGHT = Bounds((4, 150), (80, 400), (0.8, 4))
_SPACING = Bounds((-6, 24), (-50, 200))
_LINE = Bounds((0, 36), (0, 100))
_MARGIN = Bounds((-90, 200), (-50, 100))
_PADDING = Bounds((0, 200), (0, 100))
_PAGE_MARGIN = Bounds((0, 150), (0, 20))

_PROPERTIES = {
    "font": _FONT,
    "font-family": Bounds(quotes=True),
    "font-feature-settings": Bounds(number=(0, 100), quotes=True),
    "font-size": Bounds((4, 100), (40, 400)),
    "font-weight": Bounds(number=(1, 1_000)),
    "font-stretch": Bounds(percent=(50, 200)),
    r"font-(style|kerning|variant(-[a-z]+)?)": _WORDS,
    "line-height": LINE_HEIGHT,
    "letter-spacing|word-spacing": _SPACING,
    "vertical-align": Bounds((-60, 60), (-200, 200)),
    "hyphens|list-style-type|text-(align|wrap)|box-decoration-break": _WORDS,
    r"text-decoration(-thickness)?|text-underline-offset": Bounds((-12, 24), (-100, 200)),
    "text-decoration-(color|line|style)|color|background(-color)?": _WORDS,
    r"border(-(top|right|bottom|left|block|inline)(-(start|end))?)?(-width)?": _LINE,
    r"border-([a-z]+-){0,2}(style|color)|border-collapse": _WORDS,
    r"border-([a-z]+-){0,2}radius": _PADDING,
    "border-spacing": _LINE,
    r"margin(-(top|right|bottom|left|break|(block|inline)(-(start|end))?))?": _MARGIN,
    r"padding(-(top|right|bottom|left|(block|inline)(-(start|end))?))?": _PADDING,
    "(row-|column-)?gap": _PADDING,
    "(min-|max-)?width": Bounds((0, 2_400), (0, 200)),
    "size": Bounds((400, 1_200), words=PAGE_SIZES),
    "break-(before|after|inside)": _WORDS,
    "orphans|widows": Bounds(number=(1, 9)),
    "--(ink|quiet|hairline|paper|ground)": _WORDS,
    "--(page-margin|first-margin)": _PAGE_MARGIN,
    "--(gutter|running-gap|footing-gap)": Bounds((0, 120)),
}
_COMPILED = {re.compile(name): bounds for name, bounds in _PROPERTIES.items()}

# Custom properties that a value may refer to.
VARIABLES = re.compile(
    "--(ink|quiet|hairline|paper|ground|gutter|page-margin|first-margin|running-gap|footing-gap"
    "|brand|brand-tint|brand-night|field|words)"
)


def property_bounds(name: str, *, page: bool) -> Bounds | None:
    """Return the bounds of a property, on a `page` or an element.

    None where a sheet does not set it.
    """
    bounds = _element_bounds(name)
    if not page or bounds is None:
        return bounds
    if bounds in (_MARGIN, _PADDING):
        return _PAGE_MARGIN
    if name.endswith("width") and bounds is not _LINE:  # of a page, and not of its border
        return replace(bounds, length=(0, 1_200), percent=(0, 100))
    return bounds


def _element_bounds(name: str) -> Bounds | None:
    """Return the bounds of a property on an element; None where a sheet does not set it."""
    for pattern, bounds in _COMPILED.items():
        if pattern.fullmatch(name):
            return bounds
    return None
