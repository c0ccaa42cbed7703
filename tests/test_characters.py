"""Characters that nobody can see or print are named; a look-alike is never answered with the same-looking word."""

from __future__ import annotations

import pytest

from policygen.characters import bad_characters, character_name, without_invisible
from policygen.problems import nearest

WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"  # a flag
NAMED = {
    "\x1b": "ESCAPE (U+001B)",
    "\x00": "NULL (U+0000)",
    "\x01": "A CONTROL CHARACTER (U+0001)",
    "\x85": "NEXT LINE (U+0085)",
    "\u2028": "LINE SEPARATOR (U+2028)",
    "\u202e": "RIGHT-TO-LEFT OVERRIDE (U+202E)",
    "\ue000": "A CHARACTER WITHOUT A MEANING (U+E000)",
    "\uffff": "A CHARACTER WITHOUT A MEANING (U+FFFF)",
    "\u206a": "INHIBIT SYMMETRIC SWAPPING (U+206A)",
    "\ufff9": "INTERLINEAR ANNOTATION ANCHOR (U+FFF9)",
    "\U000e0041": "TAG LATIN CAPITAL LETTER A (U+E0041)",
}


@pytest.mark.parametrize("character", NAMED)
def test_what_cannot_be_printed_is_named(character: str) -> None:
    assert character_name(character) == NAMED[character]
    (bad,) = bad_characters(f"ab\tc\n{character}d")
    assert (bad.offset, bad.character) == (5, character)
    assert bad.what.startswith(NAMED[character])
    assert bad.mend.startswith("Take it out")


BIDI = {
    "\u202aa\u202c": [0, 2],
    "\u2066a\u2069": [],
    "\u2066a\n\u2069": [0, 3],
    "a\u2069": [1],
    "\u2067\u2068a\u2069": [0],
    "\u200fa\u200e\u061c": [],
}


@pytest.mark.parametrize("text", BIDI)
def test_what_turns_the_text_round_is_refused(text: str) -> None:
    assert [bad.offset for bad in bad_characters(text)] == BIDI[text]


@pytest.mark.parametrize(
    "text", ["Ōtautahi", WALES, "5\u00a0days", "👩\u200d💻", "می\u200cخواهم", "Ŵ ŷ", "“a”"]
)
def test_ordinary_text_passes(text: str) -> None:
    assert list(bad_characters(text)) == []
    assert without_invisible(text) == text


def test_what_comes_in_by_pasting_is_dropped() -> None:
    assert without_invisible("\ufeffre\u00adcords\u200b\u2060") == "records"


def test_a_look_alike_is_named() -> None:
    answer = nearest("l\u0430w.records", ["law.records", "law.other"])
    assert answer == (
        'It holds "а", CYRILLIC SMALL LETTER A (U+0430): type the name again in plain letters.'
    )
    assert "ZERO WIDTH JOINER (U+200D)" in nearest("law\u200d", ["law"])
    assert nearest("lew", ["law"]) == 'Did you mean "law"?'
    assert "Did you mean" in nearest("café-blus", ["café-blue"])
