"""Fonts for a page on a screen, as small as they can be: the characters that a policy may print.

Public Sans comes ready. A theme's own font is cut once for all documents of its organisation, for
that takes longer than writing one.
"""

from __future__ import annotations

import logging
from base64 import b64decode, b64encode
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from policygen.write.font import font_metrics
from policygen.write.writer import THEME

if TYPE_CHECKING:
    from policygen.model.theme import Theme

_FAMILY = "Public Sans"
_READY = {400: "PublicSans-Regular", 700: "PublicSans-Bold"}
# Latin with its accents, Welsh and Māori among them, and the signs that documents print.
LATIN = frozenset((*range(0x20, 0x330), *range(0x1E00, 0x1F00), *range(0x2010, 0x2123), 0x2212))
_NO_SUBSET = 0x0100  # a bit of a font's own licence (OS/2 fsType)


class WebFont(NamedTuple):
    """One weight of a family, in base64, and its kind as CSS names it."""

    family: str
    weight: int
    media_type: str
    data: str


def web_fonts(theme: Theme, text: str) -> tuple[WebFont, ...]:
    """Return the fonts that a page carries; `text` is all that it prints."""
    if not theme.fonts:
        return _ready_fonts()
    beyond_latin = {character for character in set(text) if ord(character) not in LATIN}
    is_whole = not beyond_latin.isdisjoint(font_metrics(theme).regular)
    return tuple(
        WebFont(theme.family, weight, *_cut(font, is_whole)) for weight, font in theme.fonts.items()
    )


@cache
def _ready_fonts() -> tuple[WebFont, ...]:
    """Return the subsets that tools/build_fonts.py made."""
    folder = THEME / "fonts"
    return tuple(
        WebFont(_FAMILY, weight, "font/woff2", _base64((folder / f"{name}.woff2").read_bytes()))
        for weight, name in _READY.items()
    )


@lru_cache(maxsize=12)  # documents of one organisation follow one another
def _cut(font: str, is_whole: bool) -> tuple[str, str]:
    """Return the media type and the base64 of a font cut to Latin, or with all its characters.

    A font that cannot be cut, or whose licence forbids it, is carried whole.
    """
    logging.getLogger("fontTools").addHandler(logging.NullHandler())  # else it prints warnings
    try:
        return "font/woff2", _base64(subset(b64decode(font), None if is_whole else LATIN))
    except Exception:
        return "font/ttf", font


def subset(font: bytes, codes: frozenset[int] | None) -> bytes:
    """Return the WOFF2 of some characters of a font, or of all.

    Raises ValueError where its licence forbids that, and anything else where it is broken.
    """
    from fontTools import subset as tool
    from fontTools.ttLib import TTFont

    opened = TTFont(BytesIO(font), recalcTimestamp=False)
    if opened["OS/2"].fsType & _NO_SUBSET:
        raise ValueError("its licence forbids a subset")
    cutter = tool.Subsetter(_options(tool))
    cutter.populate(unicodes=opened.getBestCmap() if codes is None else codes)
    cutter.subset(opened)
    opened.flavor = "woff2"
    written = BytesIO()
    opened.save(written)
    return written.getvalue()


def _options(tool: Any) -> Any:
    """Return what of a font stays: kerning and accents, not what only a small old screen needs."""
    options = tool.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]
    options.hinting = False
    options.notdef_outline = True
    return options


def _base64(data: bytes) -> str:
    return b64encode(data).decode()
