"""An existing policy as a side of `diff` and `compare`: it says what people decided that it says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small import LAW, Small

from policygen.cli import main

OLD = """\
# Our old rules

## Archive

Posts are archived by the clerk.

## Twinning

The mayor chooses pictures.
"""
ROWS = """\
Id,Found,Passages,Keep,Clause,Document
law.records,covered,1,ours,,
law.own,own,2,,Twinning,
law.gone,not found,,,,
"""
MORE = "\n## Say when we left {#law.gone}\n\n### Rule\n\nSay it.\n\n## Be open {#law.open}\n\n### Rule\n\nBe so.\n"


@pytest.fixture
def body(small: Small) -> Small:
    small.write({"base/law.md": LAW + MORE})
    Path("old.md").write_text(OLD)
    Path("rows.csv").write_text(ROWS)
    run("match", "profiles/example", "old.md", "--decisions", "rows.csv")
    return small


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def differing(done: Result) -> list[tuple[str, str]]:
    return [(one["clause"], one["kind"]) for one in json.loads(done.stdout)["differences"]]


def test_what_was_decided_stands_beside_ours(body: Small) -> None:
    done = run("diff", "old.md", "profiles/example", "--format", "json")
    assert sorted(differing(done)) == [
        ("law.gone", "added"),
        ("law.open", "added"),
        ("law.own", "removed"),
        ("law.records", "reworded"),
    ]
    assert "Posts are archived by the clerk." in done.stdout
    assert "old.md: nobody has decided yet whether it has 1 clause." in done.stderr


@pytest.mark.parametrize("name", ["our  old.md", "caf\udce9.md", "old\u202e.md"])
def test_what_was_decided_is_found_again_whatever_the_file_is_called(
    name: str, body: Small
) -> None:
    Path("old.md").rename(name)
    Path("profiles/example/match.yaml").unlink()
    run("match", "profiles/example", name, "--decisions", "rows.csv")
    done = run("diff", name, "profiles/example", "--format", "html", "--out", "report.html")
    assert done.exit_code == 0, done.output
    for format in ("html", "json"):
        done = run("compare", name, "profiles/example", "--format", format, "--out", "all")
        assert done.exit_code == 0, done.output
    told = run("diff", name, "profiles/example", "--format", "json")
    assert "Posts are archived by the clerk." in told.stdout


def test_a_rule_of_their_own_is_on_both_sides_once_it_is_a_clause(body: Small) -> None:
    assert run("match", "profiles/example", "old.md", "--apply").exit_code == 0
    done = run("diff", "old.md", "profiles/example", "--format", "json")
    assert "law.own" not in dict(differing(done))


def test_it_does_not_bear_the_number_of_the_policy_that_takes_its_place(body: Small) -> None:
    profile = Path("profiles/example/profile.yaml")
    profile.write_text(profile.read_text().replace("policy: {", "policy: {number: OUR-7, "))
    told = run("diff", "old.md", "profiles/example", "--format", "markdown").stdout
    (row,) = [line for line in told.splitlines() if "Our old rules" in line and "| Policy" in line]
    assert row.count("OUR-7") == 1


def test_it_is_called_what_it_is_and_causes_what_differs(body: Small) -> None:
    told = run("diff", "old.md", "profiles/example", "--format", "markdown").stdout
    assert "Most of it is what the existing policy says its own way." in told
    assert "The existing policy leaves it out." in told
    assert "The existing policy replaces it." in told
    assert "the draft policy" not in told.lower()
    assert "new wording in the library" not in told


def test_nobody_is_said_to_leave_out_what_nobody_decided_on(body: Small) -> None:
    told = run("diff", "old.md", "profiles/example", "--format", "json").stdout
    edits = {
        one["clause"]: [cause["edit"] for cause in one["why"]]
        for one in json.loads(told)["differences"]
    }
    assert edits["law.gone"] == ["remove"]
    assert edits["law.open"] == ["undecided"]
    for names in (("old.md", "profiles/example"), ("profiles/example", "old.md")):
        said = run("diff", *names, "--format", "markdown").stdout
        assert "The existing policy may have it: nobody has decided yet." in said
        assert "Nobody has decided whether the existing policy has" in said
        assert "undecided in the existing policy" in said
        assert "Nobody has decided on 1 of them." in said
    finding = json.loads(told)["finding"]
    assert "2 only in the new policy (nobody has decided on 1 of them)" in finding


def test_a_matrix_tells_what_nobody_decided_on(body: Small) -> None:
    done = run("compare", "profiles/example", "old.md", "--format", "json")
    rows = {row["clause"]: row["cells"][1] for row in json.loads(done.stdout)["clauses"]}
    assert rows["law.gone"]["kind"] == "removed"
    assert rows["law.open"]["kind"] == "undecided"
    page = run("compare", "profiles/example", "old.md", "--format", "html", "--out", "all.html")
    assert page.exit_code == 0, page.output
    told = Path("all.html").read_text()
    assert "Nobody has decided yet whether this policy has the clause." in told
    assert '<td class="u">undecided</td>' in told
    offered = dict(re.findall(r'<option value="(\w+)">([a-z ]+)</option>', told))
    assert (offered["u"], offered["x"]) == ("undecided", "not applicable")
    run("compare", "profiles/example", "profiles/example", "--format", "html", "--out", "two.html")
    assert ">undecided<" not in Path("two.html").read_text()  # nobody looks for what is not there


def test_the_mirror_image_says_the_same(body: Small) -> None:
    done = run("diff", "profiles/example", "old.md", "--format", "json")
    assert ("law.gone", "removed") in differing(done)
    assert ("law.own", "added") in differing(done)


def test_many_policies_are_compared_with_it(body: Small) -> None:
    done = run("compare", "profiles/example", "old.md", "--format", "json")
    assert done.exit_code == 0, done.output
    assert "Our old rules" in done.stdout


def test_a_redline_in_word_can_be_made_of_it(body: Small) -> None:
    assert run("diff", "old.md", "profiles/example", "--out", "red.docx").exit_code == 0
    assert Path("red.docx").read_bytes().startswith(b"PK")


def test_a_document_on_which_nobody_decided_is_a_problem(body: Small) -> None:
    Path("other.md").write_text(OLD)
    done = run("diff", "other.md", "profiles/example")
    assert done.exit_code == 1
    assert "PG697" in done.output


def test_the_two_in_the_other_order_are_told(body: Small) -> None:
    done = run("match", "old.md", "profiles/example")
    assert done.exit_code == 2
    assert "PROFILE comes first: policygen match profiles/example old.md" in done.output
