"""One entry more in a profile, in the blocks that are there: no other byte changes."""

from __future__ import annotations

import pytest

from policygen.store.profile_edit.entry import with_entry

CASES = {
    "an empty file's end": ("name: A\n", ("a", "b"), "1", "name: A\na:\n  b: 1\n"),
    "no newline at the end": ("name: A", ("a",), "1", "name: A\na: 1\n"),
    "Windows": (
        "name: A\r\nb:\r\n  c: 1\r\n",
        ("b", "d"),
        "2",
        "name: A\r\nb:\r\n  c: 1\r\n  d: 2\r\n",
    ),
    "a block": (
        "a:\n    b: 1  # note\n    # after\n\nc: 2\n",
        ("a", "d"),
        "3",
        "a:\n    b: 1  # note\n    d: 3\n    # after\n\nc: 2\n",
    ),
    "braces": (
        "a: {b: '}', c: {d: 1}}  # n\n",
        ("a", "e"),
        "2",
        "a: {b: '}', c: {d: 1}, e: 2}  # n\n",
    ),
    "empty braces": ("a: {}\n", ("a", "b"), "1", "a: {b: 1}\n"),
    "a block deeper in braces": ("a: {b: 1}\n", ("a", "c", "d"), "1", "a: {b: 1, c: {d: 1}}\n"),
    "a key without a value": ("a:\nb: 1\n", ("a", "c"), "2", "a:\n  c: 2\nb: 1\n"),
    "a block in a block": (
        "a:\n  b:\n    c: 1\n  d: 2\n",
        ("a", "b", "e"),
        "{x: y}",
        "a:\n  b:\n    c: 1\n    e: {x: y}\n  d: 2\n",
    ),
    "an id": ("a:\n  b: 1\n", ("a", "law.own-rule"), "1", "a:\n  b: 1\n  law.own-rule: 1\n"),
    "what is there": ("a: {b: 1}\n", ("a", "b"), "2", None),
    "a text in the way": ("a: one\n", ("a", "b"), "2", None),
    "a list in the way": ("a: [1]\n", ("a", "b"), "2", None),
    "braces over several lines": ("a: {b: 1,\n    c: 2}\n", ("a", "d"), "3", None),
}


@pytest.mark.parametrize("name", CASES)
def test_an_entry_is_put_where_it_belongs(name: str) -> None:
    text, path, value, expected = CASES[name]
    assert with_entry(text, "profile.yaml", path, value) == expected
