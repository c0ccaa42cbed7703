"""Real font files for tests that bring their own: our own ones with other names and fewer characters."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from string import printable
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from policygen.write.writer import THEME

LATIN = printable.strip() + " \u00a0âêîôûŵŷÂÊÎÔÛŴŶāēīōūĀĒĪŌŪ“”‘’–—…‹›"


@cache
def font(name: str = "Fenwick Sans", weight: str = "Regular", characters: str = LATIN) -> bytes:
    """A sound TTF."""
    return changed(lambda font: None, name, weight, characters)


def changed(
    change: Any, name: str = "Fenwick Sans", weight: str = "Regular", characters: str = LATIN
) -> bytes:
    """A TTF after `change` has had its way with it."""
    made = TTFont(
        BytesIO((THEME / f"fonts/PublicSans-{weight}.ttf").read_bytes()), recalcTimestamp=False
    )
    subsetter = Subsetter(Options(recalc_timestamp=False))
    subsetter.populate(text=characters)
    subsetter.subset(made)
    for number, text in (
        (1, name),
        (4, f"{name} {weight}"),
        (6, f"{name.replace(' ', '')}-{weight}"),
    ):
        made["name"].setName(text, number, 3, 1, 0x409)
    change(made)
    target = BytesIO()
    made.save(target)
    return target.getvalue()
