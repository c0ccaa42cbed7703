"""`policygen compare` as people and other programs meet it."""

from __future__ import annotations

import csv
import json
from concurrent.futures import ProcessPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from pydantic import TypeAdapter
from small import PROFILE, Small

from policygen.pipeline.fleet import compare_all, processes
from policygen.report.matrix.serialise import MatrixJson, matrix_schema

LAW = """\
# The law

## Keep a record {#law.records}

### Rule

Save what {{ organisation.short_name }} posts.

## Ask first {#law.advice}

### Rule

Ask the lawyers.
"""
OWN = """\
## Keep a record {#law.records}

- change: replace

### Rule

We film everything.
"""
FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def bodies(small: Small) -> Small:
    """Three: one with words of its own, one with a name that a spreadsheet would run."""
    small.write({"base/law.md": LAW})
    small.path("organisation/profile.yaml").unlink()
    for name, called in (("ashby", "Ashby"), ("birch", "Birch"), ("cedar", f'"{FORMULA}"')):
        text = PROFILE.replace("Fenwick Borough Council", called).replace("the council", name)
        Path(f"profiles/{name}").mkdir()
        Path(f"profiles/{name}/profile.yaml").write_text(text, "utf-8")
    Path("profiles/ashby/law.md").write_text(OWN, "utf-8")
    return small


def run(small: Small, *words: str, columns: int = 100) -> Result:
    return small.run("compare", *words, env={"COLUMNS": str(columns)})


def said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def as_json(small: Small, *words: str) -> Any:
    return json.loads(said(run(small, *words, "--format", "json")))


def test_without_a_profile_those_in_the_folder_are_compared(bodies: Small) -> None:
    assert [body["name"] for body in as_json(bodies)["bodies"]] == ["Ashby", "Birch", FORMULA]


def test_the_terminal_says_what_they_disagree_on_then_how_far_they_are_then_shows_the_matrix(
    bodies: Small,
) -> None:
    text = said(run(bodies, "ashby", "birch", columns=80))
    assert max(map(len, text.splitlines())) <= 80
    for earlier, later in (
        (
            "They disagree most about “Keep a record”: 2 wordings.",
            "The clauses on which they disagree",
        ),
        ("The clauses on which they disagree", "How far each body is from the model"),
        ("A letter is a wording", "Bodies with each"),
        ("50%, 1 of 2 clauses", "What the cells say"),
        ("What the cells say", "Clause by organisation"),
        ("Clause by organisation", "A own words"),
    ):
        assert 0 <= text.index(earlier) < text.index(later)


def test_a_matrix_that_is_wider_than_the_terminal_is_not_drawn_and_says_how_to_get_it(
    bodies: Small,
) -> None:
    text = said(run(bodies, *["ashby", "birch"] * 6, columns=100))
    assert "own words" not in text.partition("Clause by organisation")[2]
    assert "12 columns and 2 rows" in text
    assert "--format html" in text


def test_csv_parses_back_and_no_cell_is_a_formula(bodies: Small) -> None:
    assert run(bodies, "--out", "matrix.csv").exit_code == 0
    data = Path("matrix.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["clause", "number", "section", "title", "wordings", "Ashby", "Birch", f"'{FORMULA}"],
        [
            "law.records",
            "1.1",
            "The law",
            "Keep a record",
            "2",
            "B own words",
            "A names only",
            "A names only",
        ],
        ["law.advice", "1.2", "The law", "Ask first", "1", "A", "A", "A"],
    ]


@pytest.mark.slow
def test_two_jobs_write_the_bytes_of_one_and_say_the_same(
    bodies: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_all, "_AT_ONCE", 2)  # so that these are many bodies
    pools: list[int] = []
    pool = processes.ProcessPoolExecutor

    def noted(jobs: int, *more: Any) -> ProcessPoolExecutor:
        pools.append(jobs)
        return pool(jobs, *more)

    monkeypatch.setattr(processes, "ProcessPoolExecutor", noted)
    names = ["cedar", "ashby", "birch", "ashby", "cedar"]
    for jobs in ("1", "2"):
        said(run(bodies, *names, "--jobs", jobs, "--out", f"{jobs}.json"))
    assert Path("1.json").read_bytes() == Path("2.json").read_bytes()
    for name in ("birch", "cedar"):
        Path(f"profiles/{name}/law.md").write_text(OWN.replace("Rule", "Ruel"), "utf-8")
    one, two = (run(bodies, *names, "--jobs", jobs) for jobs in ("1", "2"))
    assert (one.exit_code, one.stdout) == (1, "")
    assert one.stderr.index("cedar/law.md") < one.stderr.index("birch/law.md")
    assert (two.exit_code, two.stdout, two.stderr) == (1, "", one.stderr)
    assert pools == [2, 2]


def test_json_has_every_cell_and_fits_its_schema(bodies: Small) -> None:
    made = as_json(bodies)
    TypeAdapter(MatrixJson).validate_json(json.dumps(made), strict=True, extra="forbid")
    schema: dict[str, Any] = matrix_schema()
    assert set(made) == set(schema["properties"])
    assert made["schema"] == "policygen/matrix/1"
    assert made["counts"] == {"several": 1, "same": 1}
    assert made["disagreed"] == ["law.records"]
    assert [len(clause["cells"]) for clause in made["clauses"]] == [3, 3]
    first = made["clauses"][0]
    assert first["cells"][0]["by"]["place"] == "profiles/ashby/law.md:1"
    assert first["wordings"][0]["tellings"] == {
        "rule": "Save what ⟦organisation.short_name⟧ posts."
    }
    assert [body["from_model"] for body in made["bodies"]] == [0.5, 0, 0]
    assert made["bodies"][0]["nearest"] == {"body": 1, "share": 0.5}


def test_one_section_and_what_matters(bodies: Small) -> None:
    Path("profiles/birch/sport.md").write_text(
        "# Sport\n\n## Play {#sport.play}\n\n### Rule\n\nPlay.\n"
    )
    assert [c["clause"] for c in as_json(bodies, "--section", "sport")["clauses"]] == ["sport.play"]
    assert [c["clause"] for c in as_json(bodies, "--substance")["clauses"]] == [
        "law.records",
        "sport.play",
    ]


def test_a_policy_json_and_a_profile_stand_side_by_side(bodies: Small) -> None:
    assert bodies.run("build", "birch", "-f", "md").exit_code == 0
    made = as_json(bodies, "birch", "dist/birch/policy.json")
    assert {cell["kind"] for clause in made["clauses"] for cell in clause["cells"]} == {"same"}
    assert made["bodies"][0]["name"] != made["bodies"][1]["name"]


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(bodies: Small) -> None:
    Path("profiles/birch/profile.yaml").write_text(PROFILE + "colour: green\n", "utf-8")
    result = run(bodies, "ashby", "birch", "dogwood", "--out", "matrix.html")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "profiles/birch/profile.yaml:7" in result.stderr
    assert 'There is no profile "dogwood"' in result.stderr
    assert not Path("matrix.html").exists()


def test_a_section_that_nobody_has_is_a_problem(bodies: Small) -> None:
    result = run(bodies, "--section", "lew")
    assert result.exit_code == 1
    assert 'There is no section "lew".  PG606\n    Did you mean "law"?' in result.stderr


def test_a_matrix_is_no_pdf(bodies: Small) -> None:
    assert run(bodies, "--format", "pdf").exit_code == 2
    assert "name" in run(bodies, "--out", "matrix.pdf").stderr
