"""A font's file: whether documents can carry it, and which characters it has.

No other file of `load` imports fontTools.
"""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any

from policygen.model.theme import FONT_STARTS

_TABLES = ("head", "hhea", "maxp", "OS/2", "name", "post", "hmtx")
_RESTRICTED, _BITMAPS = 0x0002, 0x0200  # what a font's own licence bits forbid


def font_fault(data: bytes) -> tuple[str, str]:
    """Return what keeps a font out of documents, and how to mend it; two empty texts if nothing."""
    if not data.startswith(FONT_STARTS):
        return (
            "This is not a TTF or OTF font.",
            "Save it as one; fonts for the web (WOFF) are another form.",
        )
    try:
        font = _open(data)
        if "fvar" in font:
            return "This is a variable font.", "Save one file for each weight, as TTF or OTF."
        licence_bits = font["OS/2"].fsType
        if licence_bits & 0x000F == _RESTRICTED or licence_bits & _BITMAPS:
            return (
                "By its own licence bits this font may not be embedded.",
                "Ask its maker, or use another.",
            )
        has_tables = all(table in font and font[table] for table in _TABLES)
        has_outlines = "glyf" in font or "CFF " in font
        if not (has_tables and has_outlines and font.getBestCmap()):
            return "This font lacks a part.", "Save it again as TTF or OTF."
    except Exception:  # fontTools raises whatever a broken file leads it to
        return "This font is broken.", "Save it again as TTF or OTF."
    return "", ""


def characters(data: bytes) -> frozenset[str]:
    """Every character that a sound font has."""
    return frozenset(map(chr, _open(data).getBestCmap()))


def _open(data: bytes) -> Any:
    # Without a handler its log would go to standard error.
    logging.getLogger("fontTools").addHandler(logging.NullHandler())
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(data), lazy=True)
