"""A source that nobody has confirmed: an approved policy does not cite it, and whoever signs is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from frozen import FILES, Frozen
from small import LAW

from policygen.model.policy import policy_to_json
from policygen.model.provenance import provenance_to_json
from policygen.problems import Problem
from policygen.report.origins.document import provenance_sheet
from policygen.report.origins.trace import trace
from policygen.write.writer import writer

SOURCES = """\
foi: {title: Information Act, publisher: P, url: https://a.example, status: in-force, checked_on: 2026-11-21}
code: {title: The code, publisher: P, url: https://b.example, status: unverified}
"""
WORDS = LAW.replace("### Rule", "- source: code s.2\n- source: foi\n\n### Rule")
CONFIRMED = "confirmed:\n  code: {by: {en: Head of Legal, cy: Pennaeth}, on: 2026-12-01}\n"
UNCONFIRMED = "This policy relies on 1 source that nobody has confirmed: code (law.records)."


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    files = {**FILES, "base/law.md": WORDS, "base/sources.yaml": SOURCES}
    frozen = Frozen(tmp_path, monkeypatch)
    frozen.write(files)
    return frozen


def printed(small: Frozen) -> str:
    return writer("md").write(small.document()).decode()


def sheet(small: Frozen) -> str:
    return writer("md").write(provenance_sheet(small.policy())).decode()


def said(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.what for problem in problems]


def test_an_approved_policy_cites_only_what_is_confirmed(small: Frozen) -> None:
    assert "The code" not in printed(small)
    assert "Source [1](#source-1)." in printed(small)
    assert "The code" in sheet(small), "whoever asks where a clause comes from is told all"
    small.replace("status:   approved", "status: draft")
    assert "The code](https://b.example). P. Cited in 1.1. **Not yet checked**" in printed(small)


def test_a_confirmed_source_is_cited_and_says_by_whom(small: Frozen) -> None:
    small.set(CONFIRMED)
    confirmed = "Confirmed: Head of Legal, 1 December 2026."
    assert confirmed in printed(small).replace("\u00a0", " ")
    assert "Sources that Fenwick Borough Council has confirmed" in sheet(small)
    assert "The code. Confirmed: Head of Legal" in sheet(small)
    ground = trace(small.policy()).clauses[0].grounds[0]
    assert (ground.status, ground.confirmed_by) == ("unverified", "Head of Legal")
    assert ground.confirmed_on == date(2026, 12, 1)
    assert b'"confirmed_on": "2026-12-01"' in provenance_to_json(trace(small.policy()))
    profile = json.loads(policy_to_json(small.policy()))["profile"]
    assert profile["confirmed"]["code"]["on"] == "2026-12-01"


def test_the_sheet_lists_each_unconfirmed_source_with_its_clauses(small: Frozen) -> None:
    assert "has confirmed |" not in sheet(small), "no row for what nobody did"
    assert "| Sources not yet checked | The code (1.1) |" in sheet(small)
    assert trace(small.policy()).summary.unverified == 1
    small.set(CONFIRMED)
    assert "| Sources not yet checked | None |" in sheet(small)
    assert trace(small.policy()).summary.unverified == 0


def test_a_release_tells_whoever_signs(small: Frozen) -> None:
    assert UNCONFIRMED in said(small.release("Our first")[1])


def test_a_confirmation_alone_changes_no_words(small: Frozen) -> None:
    """Neither for the comparison nor for the approval that the policy claims."""
    small.release("Our first")
    small.set(CONFIRMED)
    assert [one.code for one in small.problems() if one.code in ("PG523", "PG524")] == []
    diff = small.run("diff", "example@1.0", "example", "--exit-code")
    assert diff.exit_code == 0, diff.output
    small.write({"base/sources.yaml": SOURCES.replace("The code", "The old code")})
    assert "PG523" in [one.code for one in small.problems()], "another title is another matter"
