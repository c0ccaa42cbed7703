"""Which texts need an isolate, and which way they run."""

import unicodedata

import pytest

from policygen.model.bidi import has_right_to_left, isolated, runs_right_to_left


def test_every_right_to_left_character_is_known() -> None:
    letters = map(chr, range(0x110000))
    unseen = [
        c
        for c in letters
        if unicodedata.bidirectional(c) in ("R", "AL", "AN") and not has_right_to_left(c)
    ]
    assert unseen == []


@pytest.mark.parametrize(
    ("text", "needs", "leftward"),
    [
        ("Fenwick (Town) 12", False, False),
        ("Te Kāhui ‘o’ Māori", False, False),
        ("עיריית חיפה", True, True),
        ("Haifa (חיפה)", True, False),
        ("12 بلدية", True, True),
        ("١٢", True, False),
        ("", False, False),
    ],
)
def test_values(text: str, needs: bool, leftward: bool) -> None:
    assert has_right_to_left(text) is needs
    assert runs_right_to_left(text) is leftward
    assert isolated(text) == (f"\u2068{text}\u2069" if needs else text)
