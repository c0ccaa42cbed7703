"""YAML as people and strangers write it: what a profile needs is read, all else is a fault at its line, in time."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from organisations import EVERYTHING

from policygen.load.yaml.reader import YAML_LIMIT, parse_yaml
from policygen.problems import Location, PolicygenError, Problem


def faults(text: str) -> list[str]:
    """The faults of a text, each as line:column code; nothing where it is read."""
    try:
        parse_yaml(text, "f")
    except PolicygenError as error:
        return [f"{p.location.line}:{p.location.column} {p.code}" for p in error.problems]
    return []


ODD = {
    "a directive of the version": ("%YAML 1.3\n---\na: b\n", ["1:1 PG134"]),
    "one that is right": ("%YAML 1.2\n---\na: b\n", ["1:1 PG134"]),
    "a version without end": (f"%YAML 1.{'9' * 5000}\n---\na: b\n", ["1:1 PG134"]),
    "a directive of tags": ("# x\n\n%TAG ! tag:x,2000:\n---\na: b\n", ["3:1 PG134"]),
    "an unknown directive": ("%FOO\n---\na: b\n", ["1:1 PG134"]),
    "a directive of a second document": ("a: b\n...\n%YAML 1.3\n---\nc: d\n", ["3:1 PG134"]),
    "a percentage within a text": ("a: >\n  5\n  %YAML\n", []),
    "two documents": ("a: b\n---\nc: d\n", ["2:1 PG134"]),
    "a document's start": ("---\na: b\n", []),
    "a text behind a document's start": ("--- a text\n", ["1:5 PG133"]),
    "a key behind a document's start": ("--- a: b\n", ["1:5 PG133"]),
    "text after the end": ("a: b\n...\nc\n", ["3:1 PG134"]),
    "an anchor": ("a: &x b\n", ["1:4 PG134"]),
    "a name that begins with &": ("a: &Sons Ltd\n", ["1:4 PG134"]),
    "an anchor on a key": ("&x a: b\n", ["1:1 PG134"]),
    "an alias": ("a: *x\n", ["1:4 PG134"]),
    "an alias as a key": ("*x : b\n", ["1:1 PG136"]),
    "a merge key": ("a:\n  <<: {b: c}\n", ["2:3 PG134"]),
    "a merge key in quotes is a word": ('"<<": b\n', []),
    "a tag": ("a: !x b\n", ["1:4 PG134"]),
    "a plain tag": ("a: !!str b\n", []),
    "a set": ("a: !!set {b, c}\n", ["1:4 PG134"]),
    "an empty key": (": x\n", ["1:1 PG136"]),
    "an empty key by a question mark": ("? : x\n", ["1:3 PG136"]),
    "a key that is a map": ("? {a: b}\n: c\n", ["1:3 PG136"]),
    "a key that is a list of lists": (
        "? [[a], [b]]\n: c\nd: e\nd: f\n",
        ["1:3 PG136", "4:1 PG137"],
    ),
    "a NUL by an escape": ('a: "\\0"\n', []),
    "a lone surrogate": ('a: "\\ud800"\n', ["1:4 PG132"]),
    "a character beyond Unicode": ('a: "\\U00110000"\n', ["1:7 PG131"]),
    "an escape that is none": ('a: "\\q"\n', ["1:6 PG131"]),
    "a control character": ("a: b\n\nc: d\x01\n", ["3:5 PG132"]),
    "a line separator": ("a: b\nc: d\u2028e: f\n", ["2:5 PG132"]),
    "a next line": ("a: b\x85c: d\n", ["1:5 PG132"]),
    "a tab": ("a:\n\tb: c\n", ["2:1 PG131"]),
    "a tab behind a colon": ("a:\tb\n", []),
    "deep brackets": ("a: " + "[" * 50_000, ["1:24 PG135"]),
    "deep braces": ("a: " + "{a: " * 50_000, ["1:84 PG135"]),
    "brackets in quotes open nothing": ("".join(f'a{n}: "{{{{[[x"\n' for n in range(9)), []),
    "brackets in a comment open nothing": ("".join(f"a{n}: b # [[[\n" for n in range(9)), []),
    "brackets behind an apostrophe count": ("a: [x, y'" + "[" * 50_000, ["1:29 PG135"]),
    "deep dashes": ("a:\n" + "- " * 50_000, ["2:41 PG135"]),
    "nothing": ("", ["1:1 PG133"]),
    "a bare mark": ("---\n", ["1:1 PG133"]),
    "a list": ("- a\n", ["1:1 PG133"]),
    "an unclosed brace": ("a: {b: c\n", ["1:4 PG131"]),
    "a text that begins with a percentage": ("a: %5\n", ["1:4 PG131"]),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_a_fault_at_its_place(name: str) -> None:
    text, expected = ODD[name]
    assert faults(text) == expected


def test_what_is_odd_keeps_its_text() -> None:
    """No text is read as another: neither a number, nor a date, nor a truth."""
    text = "a: 1.10\nb: 007\nc: no\nd: 2026-12-07\ne: .inf\nf: 12:30\ng: 0x1f\nh: 9" + "9" * 5000
    data = parse_yaml(text, "f").data
    assert [data[key] for key in "abcdefg"] == [
        "1.10",
        "007",
        "no",
        "2026-12-07",
        ".inf",
        "12:30",
        "0x1f",
    ]
    typed = parse_yaml(text, "f", typed=True).data
    assert (typed["c"], typed["a"], len(typed["h"])) == (False, "1.10", 5001)


FRAGMENTS = st.sampled_from(
    [
        *"{}[]:,-?!&*|>'\"%@`#\\ \t",
        *(
            "\n",
            "\n  ",
            "\n- ",
            ": ",
            "a: ",
            "b:\n  ",
            "---",
            "...",
            "%YAML 1.3",
            "%TAG ! x",
            "<<: ",
        ),
        *("&a ", "*a", "!!str ", "!x", "? ", "key", "\u2028", "\ufeff", "\x00", "\x85", "\ud800"),
        *('"\\ud800"', '"\\U00110000"', "'", '"', "1" * 30, "é", "\r\n", "\r"),
    ]
)


@pytest.mark.slow
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(FRAGMENTS | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_is_read_or_a_fault_within_the_file(text: str) -> None:
    """No traceback, and each fault lies at a line that the file has."""
    lines = text.count("\n") + text.count("\r") + 2
    problems: tuple[Problem, ...] = ()
    places: list[Location] = []
    try:
        marked = parse_yaml(text, "f")
        json.dumps(marked.data).encode()
        places += marked.marks.values()
    except PolicygenError as error:
        problems = error.problems
    assert all(problem.code for problem in problems)
    places += [problem.location for problem in problems]
    assert all(1 <= place.line <= lines for place in places)


SLOW = {
    "keys": lambda n: "".join(f"k{i}: v\n" for i in range(n // 8)),
    "keys given twice": lambda n: "a: b\n" * (n // 5),
    "lists": lambda n: "a: [" + "b, " * (n // 3) + "]",
    "empty lists": lambda n: "a: [" + "[], " * (n // 4) + "]",
    "quotes never closed": lambda n: 'a: "' + "b " * (n // 2),
    "a plain text": lambda n: "a: " + "b " * (n // 2),
    "spaces": lambda n: "a: b" + " " * n + "\n",
    "empty lines": lambda n: "a:" + "\n" * n + "  b",
    "colons": lambda n: "a: " + ": " * (n // 2),
    "comments": lambda n: "a: b\n" + "#\n" * (n // 2),
    "questions": lambda n: "? a\n" * (n // 4),
    "anchors": lambda n: "a: [" + "&a b, " * (n // 6) + "]",
    "braces": lambda n: "a: " + "{" * n,
    "brackets": lambda n: "a: " + "[b, " * (n // 4),
    "directives": lambda n: "#\n" * (n // 2) + "%\n",
}


SHORTER = 75_000 if EVERYTHING else 40_000


def seconds(text: str) -> float:
    started = time.process_time()
    faults(text)
    return time.process_time() - started


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_time_grows_with_length(name: str) -> None:
    """Twice the text takes twice the time, and the longest that is read takes little."""
    short, long = (min(seconds(SLOW[name](n)) for _ in range(2)) for n in (SHORTER, 2 * SHORTER))
    assert long < 4 * short + 0.2
    assert seconds(SLOW[name](YAML_LIMIT)) < 4
