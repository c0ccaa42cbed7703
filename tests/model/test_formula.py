"""No spreadsheet runs what stands in a CSV, whichever separator its country has."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.load.spreadsheet.csv_file import csv_grid
from policygen.model.office_file.formula import guarded, unguarded
from policygen.write.sheet.csv_file import csv_bytes

RUN = re.compile(r"[=+@\t\r]|-(?! )")
TEXTS = [
    "=1+1",
    "@SUM(1)",
    "-1",
    "Yes;=cmd|' /C calc'!A0",
    "Yes; =1+1",
    'Yes;"=1+1"',
    "Yes;@x;+1;-1",
    "two\n=1+1",
    "Never:\n- post\n- share",
    "mail us; we answer",
    "a@b.example; c@d.example",
]


def cells_elsewhere(data: bytes, separator: str) -> list[str]:
    """The cells of a program with another separator."""
    rows = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)
    return [cell for row in rows for cell in row]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("text", TEXTS)
def test_no_cell_begins_as_a_formula(text: str, separator: str) -> None:
    data = csv_bytes((("1", text, "x"), (text, "2", "y")))
    cells = cells_elsewhere(data, separator)
    assert [cell for cell in cells if RUN.match(cell.lstrip(' "'))] == []


def test_what_runs_nothing_is_as_it_was() -> None:
    for text in TEXTS[-3:]:
        assert guarded(text) == text


@given(st.text(st.sampled_from("ab=+-@;\n\t\" '"), max_size=12))
def test_what_was_guarded_comes_back(text: str) -> None:
    if "'" not in text:
        assert unguarded(guarded(text)) == text


def test_a_list_that_is_read_back_says_what_it_said() -> None:
    grid = (("fenwick@0.9", "x", "y"), *(("1", text, "z") for text in TEXTS if ' "' not in text))
    read = csv_grid(csv_bytes(grid), "form.csv")
    assert [row[1] for row in read[1:]] == [row[1] for row in grid[1:]]
