"""Real font files for tests that bring their own: our own ones with other names and fewer characters."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from string import printable
from typing import Any
from zlib import crc32

from organisations import once

from policygen.write.writer import THEME

LATIN = printable.strip() + " \u00a0âêîôûŵŷÂÊÎÔÛŴŶāēīōūĀĒĪŌŪ“”‘’–—…‹›"


@cache
def font(name: str = "Fenwick Sans", weight: str = "Regular", characters: str = LATIN) -> bytes:
    """A sound TTF, made once in a test run."""
    key = f"{name}-{weight}-{crc32(characters.encode())}.ttf"
    return once(key, lambda: _subset(name, weight, characters))


def changed(change: Any) -> bytes:
    """A TTF after `change` has had its way with it."""
    from fontTools.ttLib import TTFont

    made = TTFont(BytesIO(font()), recalcTimestamp=False)
    change(made)
    return _saved(made)


def _subset(name: str, weight: str, characters: str) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    made = TTFont(THEME / f"fonts/PublicSans-{weight}.ttf", recalcTimestamp=False)
    subsetter = Subsetter(Options(recalc_timestamp=False))
    subsetter.populate(text=characters)
    subsetter.subset(made)
    names = {1: name, 4: f"{name} {weight}", 6: f"{name.replace(' ', '')}-{weight}"}
    for number, text in names.items():
        made["name"].setName(text, number, 3, 1, 0x409)
    return _saved(made)


def _saved(font: Any) -> bytes:
    target = BytesIO()
    font.save(target)
    return target.getvalue()
