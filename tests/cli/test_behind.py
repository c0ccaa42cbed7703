"""`behind` and the letters of `impact`: many bodies beside the model that they were made from."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from frozen import FILE, Frozen
from openpyxl import load_workbook
from repository import Repository
from small import LAW

from policygen.cli import main
from policygen.load.returned.package.open import open_returned_bytes

ON = ("--on", "2027-11-30")
REPLACED = """
## Keep a record {#law.records}

- change: replace

### Rule

Keep nothing.
"""
MOVED = LAW.replace("Keep it.", "Keep it well.")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def other(name: str, old: str = "", new: str = "") -> Path:
    """Another body beside the one that is there, with its releases."""
    folder = FILE.parent.parent / name
    shutil.copytree(FILE.parent, folder)
    profile = folder / "profile.yaml"
    profile.write_text(profile.read_text().replace("Fenwick", name.title()).replace(old, new))
    return folder


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Frozen]:
    """Three bodies: one released before the model moved, one that never released, one that cannot be read."""
    with pytest.MonkeyPatch.context() as patch:
        small = Frozen(tmp_path_factory.mktemp("behind"), patch)
        small.replace("approved_at", "review_by: 2027-12-31\n    approved_at")
        small.release("First")
        shutil.rmtree(other("ness") / "releases")
        other("broken", "kind: council", "kind: circus")
        small.write({"base/law.md": MOVED})
        yield small


def table(*words: str) -> list[dict[str, str]]:
    result = run("behind", "profiles", *ON, "-f", "csv", *words)
    return list(csv.DictReader(StringIO(result.stdout.lstrip("\ufeff"))))


def test_who_is_behind_in_which_clauses_since_when(bodies: Frozen) -> None:
    rows = {row["Folder"]: row for row in table()}
    assert list(rows) == ["broken", "example", "ness"]
    example = rows["example"]
    assert example["As the model was on"] == "2026-12-07"
    assert example["Which clauses"] == "1.1 Keep a record"
    assert (example["Review by"], example["Review"]) == ("2027-12-31", "soon")
    assert rows["ness"]["Clauses behind"] == "0"  # it prints today's words whenever it is built
    assert rows["ness"]["As the model was on"] == ""
    assert 'no kind "circus"' in rows["broken"]["No policy because"]


def test_what_is_wrong_is_told_and_not_the_advice_before_it(bodies: Frozen) -> None:
    """The model asks something new of a clause that the body has replaced, and has broken another."""
    own = FILE.parent / "law.md"
    before = own.read_text()
    own.write_text(before + REPLACED)
    bodies.write({"base/law.md": MOVED + "\n### In practice\n\nAsk.\n\n## Gone {#law.gone}\n\n### Rule\n\nKeep to {{ no.fact }}.\n"})  # fmt: skip
    try:
        why = [row["No policy because"] for row in table() if row["Folder"] == "example"]
        told = run("check", "profiles/example").output
    finally:
        own.write_text(before)
        bodies.write({"base/law.md": MOVED})
    assert "PG336" in told
    assert told.index("PG336") < told.index("no.fact")
    [reason] = why
    assert "no.fact" in reason


def test_a_body_that_edits_its_own_words_is_not_behind_for_that(bodies: Frozen) -> None:
    own = FILE.parent / "law.md"
    before = own.read_text()
    own.write_text(before.replace("Ours, too.", "Ours alone."))
    try:
        which = [row["Which clauses"] for row in table() if row["Folder"] == "example"]
    finally:
        own.write_text(before)
    assert which == ["1.1 Keep a record"]


def test_the_page_counts_bodies_and_clauses(bodies: Frozen) -> None:
    result = run("behind", "profiles", *ON, "-f", "markdown")
    assert result.exit_code == 1  # one has no policy
    told = " ".join(result.stdout.replace("\u00a0", " ").split())
    assert "On 30 November 2027: 2 of 3 bodies behind the model." in told
    assert "Version 1.0, since 7 December 2026 | 1 clause: 1.1 | 31 December 2027" in told
    clauses = told.partition("Clause by clause")[2]
    assert "Keep a record" in clauses
    assert "| 1 | Every public body has other words now (templates/base/law.md:3)." in clauses
    assert run("behind", "profiles/ness", *ON, "--exit-code").exit_code == 0
    assert run("behind", "profiles/example", *ON).exit_code == 0
    assert run("behind", "profiles/example", *ON, "--exit-code").exit_code == 1


def test_the_workbook_has_a_sheet_of_bodies_and_one_of_clauses(bodies: Frozen) -> None:
    run("behind", "profiles", *ON, "-o", "behind.xlsx")
    book = load_workbook("behind.xlsx")
    assert book.sheetnames == ["Bodies", "Clauses"]
    assert book["Bodies"].max_row == 4
    row = [cell.value for cell in list(book["Clauses"].rows)[1]]
    assert row[0] == "example"
    assert row[-2:] == ["Keep it.", "Keep it well."]
    page = run("behind", "profiles", *ON, "-f", "html").stdout
    assert "Who is behind the model" in page
    found: Any = json.loads(run("behind", "profiles", *ON, "-f", "json").stdout)
    assert [one["behind"] for one in found["bodies"]] == [True, True, False]


def words_of(path: Path) -> str:
    """The words of a Word file."""
    file = open_returned_bytes(path.read_bytes(), path.name)
    from lxml import etree

    root = etree.fromstring(file.files[file.main])
    return "".join(root.itertext("{*}t")).replace("\u00a0", " ")


def test_a_letter_goes_to_each_that_is_behind(bodies: Frozen) -> None:
    result = run("behind", "profiles", *ON, "--letters", "letters")
    assert "2 letters in letters." in result.stderr
    assert sorted(path.name for path in Path("letters").iterdir()) == [
        "broken.docx",
        "example.docx",
    ]
    said = words_of(Path("letters/example.docx"))
    assert "The model has changed since you issued version 1.0 on 7 December 2026" in said
    assert "Keep it.NowKeep it well." in said
    assert "Your review is due by 31 December 2027." in said
    first = Path("letters/example.docx").read_bytes()
    run("behind", "profiles", *ON, "--letters", "letters")
    assert Path("letters/example.docx").read_bytes() == first
    alone = run("behind", "profiles/example", *ON, "--letters", "one")
    assert "1 letter in one." in alone.stderr
    refused = run("behind", "profiles/example", *ON, "--letters", "letters")
    assert refused.exit_code == 1
    assert "PG620" in refused.stderr
    assert Path("letters/example.docx").read_bytes() == first


def test_a_release_that_was_changed_is_told_of_its_body_alone(bodies: Frozen) -> None:
    path = FILE.parent / "releases/1.0/full-story.md"
    before = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(b"Other words")
    try:
        rows = {row["Folder"]: row for row in table()}
    finally:
        path.write_bytes(before)
    assert rows["example"]["No policy because"] == "This file of a release was changed."
    assert rows["ness"]["No policy because"] == ""


def test_impact_writes_to_whom_a_change_reaches(
    fresh: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    other("ness")
    away = other("akaroa", "jurisdiction: england", "jurisdiction: new-zealand")
    (away / "law.md").write_text("# The law\n")
    fresh.write({"jurisdiction/england/law.md": "# The law\n"})
    Repository().commit()
    added = "# The law\n\n## Keep a record {#law.records}\n\n- change: extend\n\n### Rule\n\n{{ inherited }}\n\nIn England, twice.\n"
    fresh.write({"jurisdiction/england/law.md": added})
    result = run("impact", "--since", "HEAD", "--letters", "letters", "--on", "2027-03-01")
    assert "2 letters in letters." in result.stderr, result.output
    assert sorted(path.name for path in Path("letters").iterdir()) == ["example.docx", "ness.docx"]
    said = words_of(Path("letters/ness.docx"))
    assert "To Ness Borough Council" in said
    assert "In England, twice." in said
    assert "1 March 2027" in said


def test_since_when_is_the_day_on_which_the_clause_changed(
    fresh: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day of its own lines, not of another clause of the same file."""
    other_clause = "\n## Ask {#law.ask}\n\n### Rule\n\nAsk.\n"
    fresh.write({"base/law.md": LAW + other_clause})
    fresh.release("First")
    repository = Repository()
    repository.commit()
    for day, law in (
        ("2027-02-02", MOVED + other_clause),
        ("2027-05-05", MOVED + other_clause.replace("Ask.", "Ask us.")),
    ):
        monkeypatch.setattr("repository.DAY", f"{day}T12:00:00+00:00")
        fresh.write({"base/law.md": law})
        repository.commit()
    [row] = table()
    assert row["Which clauses"] == "1.1 Keep a record, 1.2 Ask"
    assert (row["As the model was on"], row["Behind since"]) == ("2026-12-07", "2027-02-02")
    run("behind", "profiles", *ON, "--letters", "letters")
    said = words_of(Path("letters/example.docx"))
    assert said.index("The model changed it on 2 February 2027.") < said.index(
        "The model changed it on 5 May 2027."
    )
