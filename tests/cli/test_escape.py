"""Nothing unprintable reaches a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.cli.escape import printable, printable_styled


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – “text” ā 👩\u200d💻", "plain – “text” ā 👩\u200d💻"),
        ("a\x1b[2J", "a\\x1b[2J"),
        ("two\nlines\r\ttab", "two\\nlines\\r\\ttab"),
        ("C1 \x9b, bell \a", "C1 \\x9b, bell \\x07"),
        ("a \u202eb \u2066c\u2069 \u200f", "a \\u202eb \\u2066c\\u2069 \\u200f"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        ("an undecodable name \udcff", "an undecodable name \\udcff"),
        ("a tag \U000e0041", "a tag \\U000e0041"),
    ],
)
def test_a_text_is_made_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_styled_text_keeps_lines_and_colours_only() -> None:
    assert printable_styled("\x1b[31mred\x1b[0m\n\x1b[2J\a") == "\x1b[31mred\x1b[0m\n\\x1b[2J\\x07"


@given(st.text(st.one_of(st.characters(), st.sampled_from("\x1b\n\u202e\u2067\x9b"))))
def test_nothing_that_is_unprintable_is_left(text: str) -> None:
    unprintable = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
    assert not [c for c in printable(text) if unicodedata.category(c) in unprintable]
