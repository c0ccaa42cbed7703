"""The fonts that a page on a screen carries: small, and never less than what is printed."""

from __future__ import annotations

from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

import pytest
from fonts import changed, font
from fontTools.ttLib import TTFont

from policygen.model.theme import PLAIN, Theme
from policygen.write.web_font import WebFont, web_fonts


def theme(data: bytes) -> Theme:
    return Theme("Fenwick Sans", b64encode(data).decode())


def characters(carried: WebFont) -> set[str]:
    return set(map(chr, TTFont(BytesIO(b64decode(carried.data))).getBestCmap()))


def test_public_sans_is_carried_in_two_small_files() -> None:
    fonts = web_fonts(PLAIN, "")
    assert [(each.family, each.weight) for each in fonts] == [
        ("Public Sans", 400),
        ("Public Sans", 700),
    ]
    for each in fonts:
        assert len(b64decode(each.data)) < 21_000
        assert set("AzÉŵŷāŌ‹“–…€\u00a0") <= characters(each)


@pytest.mark.parametrize(("printed", "has_sign"), [("Tax", False), ("Tax ∕ 5", True)])
def test_a_font_of_a_theme_has_what_is_printed(printed: str, has_sign: bool) -> None:
    own = theme(font(characters="Tax ∕5"))
    [carried] = web_fonts(own, printed)
    assert carried.media_type == "font/woff2"
    assert set("Tax") <= characters(carried)
    assert ("∕" in characters(carried)) == has_sign


def forbids_a_subset(made: Any) -> None:
    made["OS/2"].fsType = 0x0100


def test_a_font_that_may_not_be_cut_is_carried_whole() -> None:
    own = theme(changed(forbids_a_subset))
    assert web_fonts(own, "Tax") == (WebFont("Fenwick Sans", 400, "font/ttf", own.regular),)
