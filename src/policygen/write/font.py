"""How wide the characters of a document's font are: read from the font, once for each theme."""

from __future__ import annotations

import logging
import unicodedata
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from policygen.write.writer import THEME

if TYPE_CHECKING:
    from policygen.model.theme import Theme

_FONTS = THEME / "fonts"
_EM = 1000  # the unit of advances: thousandths of an em
_WIDE = ("W", "F")  # East Asian characters, of a whole em
_ZERO_WIDTH = ("Mn", "Me", "Cf")  # marks above and below, and characters without a shape
_TYPICAL, _TYPICAL_BOLD = 600, 780  # of a letter that another font prints


class GlyphAdvances(dict[str, int]):
    """The width of each character of one font, in thousandths of an em.

    `typical` is that of a letter which the font lacks.
    """

    typical = _TYPICAL

    def __missing__(self, character: str) -> int:
        """Return the likely width in another font, which prints what this one lacks."""
        if unicodedata.category(character) in _ZERO_WIDTH:
            return 0
        return _EM if unicodedata.east_asian_width(character) in _WIDE else self.typical

    def width(self, text: str) -> int:
        """Return the width of a text on one line, in thousandths of an em."""
        return sum(map(self.__getitem__, text))


@dataclass(frozen=True, slots=True)
class FontMetrics:
    """The widths of a theme's regular and bold characters."""

    regular: GlyphAdvances
    bold: GlyphAdvances

    def text_width(self, text: str, em: float, *, bold: bool = False) -> int:
        """Return the width of a text on one line, in the unit of `em`."""
        advances = self.bold if bold else self.regular
        return round(advances.width(text) * em / _EM)


@lru_cache(maxsize=8)  # documents of one organisation follow one another
def font_metrics(theme: Theme) -> FontMetrics:
    """Return the metrics of a theme's fonts; those of Public Sans where it brings none."""
    regular = b64decode(theme.regular) or (_FONTS / "PublicSans-Regular.ttf").read_bytes()
    bold = b64decode(theme.bold) or regular
    if not theme.regular:
        bold = (_FONTS / "PublicSans-Bold.ttf").read_bytes()
    return FontMetrics(_advances(regular), _advances(bold, _TYPICAL_BOLD))


def _advances(font: bytes, typical: int = _TYPICAL) -> GlyphAdvances:
    """Read the advances of a font that was found sound when its theme was read."""
    logging.getLogger("fontTools").addHandler(logging.NullHandler())  # else it prints warnings
    from fontTools.ttLib import TTFont

    opened = TTFont(BytesIO(font), lazy=True)
    per_em = opened["head"].unitsPerEm
    metrics = opened["hmtx"].metrics

    def pairs() -> Iterator[tuple[str, int]]:
        for code, glyph in opened.getBestCmap().items():
            advance, _left_side_bearing = metrics[glyph]
            yield chr(code), round(advance * _EM / per_em)

    advances = GlyphAdvances(pairs())
    advances.typical = typical
    return advances
