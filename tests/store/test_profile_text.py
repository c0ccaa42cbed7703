"""A profile with one value changed: that value, and no other byte."""

from __future__ import annotations

import difflib
import re

import pytest
from organisations import PROFILES

from policygen.interview.page import profile_page
from policygen.load.yaml.reader import parse_yaml, without_empty
from policygen.problems import PolicygenError
from policygen.store.profile_edit.profile_text import Change, profile_with

WRITTEN = re.sub(  # addresses in quotes: the fast parser reads no others within brackets
    r"url: (https:[^\s,}]+)}",
    r'url: "\1"}',
    (PROFILES / "fenwick/profile.yaml").read_text("utf-8"),
)
NEW = profile_page(
    {
        "name": "Thornby",
        "short_name": "us",
        "kind": "council",
        "jurisdiction": "england",
        "posture": "balanced",
    }
)


def changed(text: str, *changes: Change) -> list[str]:
    """The lines that come and go."""
    after = text
    for change in changes:
        after = profile_with(after, "profile.yaml", change)
    lines = difflib.ndiff(text.splitlines(), after.splitlines())
    return [line.rstrip() for line in lines if line[0] in "+-"]


def test_a_text_keeps_the_comment_behind_it() -> None:
    assert changed(WRITTEN, Change(("short_name",), "the borough")) == [
        "- short_name: the council         # how the policy calls you in a sentence",
        "+ short_name: the borough         # how the policy calls you in a sentence",
    ]


@pytest.mark.parametrize(
    "value", ['A: "b" # c', "- x", "[y", "yes", "1.10", "0123", "@a", "a, b", "’ é 漢", "{{ x }}"]
)
def test_any_text_reads_back_as_itself(value: str) -> None:
    for path in (("name",), ("contacts", "legal", "phone"), ("unions", 0)):
        after = profile_with(WRITTEN, "", Change(path, value))
        data = parse_yaml(after, "").data
        for key in path:
            data = data[key]
        assert data == value


def test_a_value_is_emptied_where_it_stands() -> None:
    assert changed(WRITTEN, Change(("website",))) == [
        "- website: https://www.fenwick.example",
        "+ website:",
    ]
    assert changed(WRITTEN, Change(("website",)), Change(("website",), "https://x.example")) == [
        "- website: https://www.fenwick.example",
        '+ website: "https://x.example"',
    ]


def test_a_fact_that_nobody_had_given_is_switched_on_in_its_place() -> None:
    assert changed(NEW, Change(("website",), "https://x.example")) == [
        "- #website:                         # (ask the web team)",
        '+ website: "https://x.example"',
    ]


def test_so_are_the_blocks_around_it() -> None:
    found = changed(NEW, Change(("contacts", "legal", "email"), "legal@x.example"))
    assert [line for line in found if line.startswith("+")] == [
        "+ contacts:",
        "+   legal:                         # legal team (ask the legal team)",
        "+     email: legal@x.example        # email address",
    ]


def test_a_row_is_added_behind_the_last_and_before_what_follows() -> None:
    rows = len(parse_yaml(WRITTEN, "").data["channels"])
    change = Change(("channels", rows), {"platform": "Bluesky", "handle": "@f"})
    assert changed(WRITTEN, change) == ['+   - {platform: Bluesky, handle: "@f"}']


def test_a_row_is_taken_out_with_its_lines_alone() -> None:
    gone = changed(WRITTEN, Change(("channels", 0), removed=True))
    assert gone[0] == "-   - platform: Facebook"
    assert all(line.startswith("-     ") for line in gone[1:])


def test_the_first_row_of_a_list_and_the_last_one_gone() -> None:
    first = Change(("channels", 0), {"platform": "X"})
    with_one = profile_with(NEW, "", first)
    assert "channels:\n  - {platform: X}\n" in with_one
    none = profile_with(with_one, "", Change(("channels", 0), removed=True))
    assert "channels" not in without_empty(parse_yaml(none, "").data)
    assert profile_with(none, "", first).count("- {platform: X}") == 1


def test_a_list_in_brackets_stays_one() -> None:
    assert changed(WRITTEN, Change(("unions",), ["UNISON", "GMB, north"])) == [
        "- unions: [UNISON, GMB]",
        '+ unions: [UNISON, "GMB, north"]',
    ]


@pytest.mark.slow
def test_every_value_of_a_profile_can_be_changed_alone() -> None:
    marks = parse_yaml(WRITTEN, "").marks
    texts = [path for path in marks if isinstance(_at(path), str) and path[0] != "contents"]
    assert len(texts) > 100
    for path in texts[::31]:
        found = changed(WRITTEN, Change(path, "Something else"))
        assert [line[0] for line in found] == ["-", "+"], path


def _at(path: tuple[object, ...]) -> object:
    data = parse_yaml(WRITTEN, "").data
    for key in path:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def test_what_no_program_can_follow_is_left_alone_and_told() -> None:
    text = "name: X\nunions: [GMB, ]\n"
    with pytest.raises(PolicygenError) as caught:
        profile_with(text, "profile.yaml", Change(("unions", 1), "UNISON"))
    assert "profile.yaml:2:" in str(caught.value)


def test_a_key_is_taken_out_with_its_line_or_from_between_brackets() -> None:
    media, mistakes = (("contents", "leave_out", key) for key in ("media", "mistakes"))
    (line,) = changed(WRITTEN, Change(media, removed=True))
    assert line.startswith("-     media: {because: Our press protocol")
    both = changed(WRITTEN, Change(media, removed=True), Change(mistakes, removed=True))
    assert len(both) == 2
    row = "commitments: {capture: 5, clearance: 2}  # agreed in May\n"
    assert changed(row, Change(("commitments", "capture"), removed=True)) == [
        f"- {row.rstrip()}",
        "+ commitments: {clearance: 2}  # agreed in May",
    ]
    assert changed(row, Change(("commitments", "clearance"), removed=True)) == [
        f"- {row.rstrip()}",
        "+ commitments: {capture: 5}  # agreed in May",
    ]
    alone = "commitments:\n  # why\n  capture:\nname: X\n"
    assert changed(alone, Change(("commitments", "capture"), removed=True)) == ["-   capture:"]
