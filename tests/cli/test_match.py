"""`policygen match`: a worksheet in every format, for a profile and a policy that is there already."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from policygen.cli import main

HARROWDALE = Path(__file__).parents[2] / "bench/match/invented/harrowdale.txt"


def run(*words: str) -> str:
    result = CliRunner().invoke(main, ["match", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def told() -> str:
    return run("fenwick", str(HARROWDALE))


def test_a_clause_is_told_with_the_passage_that_may_say_it(told: str) -> None:
    about = told[told.index("content.children-and-consent") :][:900]
    assert "under 4. What to publish (likely): Photographs and films" in " ".join(about.split())
    assert "It says an age of 18, the clause an age of 16." in about


def test_what_nothing_says_is_told_so(told: str) -> None:
    silent = told[told.index("Clauses on which nothing was found") :]
    assert "accounts.merger-and-succession" in silent
    assert "accounts.merger-and-succession" not in told.removesuffix(silent)


def test_json_has_every_clause_and_every_passage() -> None:
    data = json.loads(run("fenwick", str(HARROWDALE), "--format", "json"))
    assert data["existing"]["read_as"] == "a text file"
    assert len(data["passages"]) == 59
    clauses = {one["id"]: one for one in data["clauses"]}
    assert clauses["security.banned-apps"]["passages"][0]["likelihood"] == "likely"
    (number,) = [one["number"] for one in data["passages"] if "TikTok" in one["text"]]
    assert clauses["security.banned-apps"]["passages"][0]["number"] == number
    assert clauses["house-rules.comments-off"]["taken"] in (True, False)


def test_the_same_is_printed_as_a_page(tmp_path: Path) -> None:
    run("fenwick", str(HARROWDALE), "--out", str(tmp_path / "sheet.html"))
    assert 'id="content.children-and-consent"' in (tmp_path / "sheet.html").read_text("utf-8")


def test_a_file_that_is_not_there_is_a_problem() -> None:
    result = CliRunner().invoke(main, ["match", "fenwick", "nowhere.docx"], catch_exceptions=False)
    assert result.exit_code == 1
    assert "PG501" in result.output
