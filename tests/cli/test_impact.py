"""`policygen impact`: what a change of the library does to policies that nobody else has touched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from repository import Repository
from small import LAW, OUTLINE, PROFILE, Small

DAYS = "title: Every public body\nfacts: {law: {days: 20}}\n"
RECORDS = LAW.replace(
    "Keep it.", "Keep it.\n{{ organisation.name }} keeps it for {{ law.days }} days."
)
OWN = "## Keep a record {#law.records}\n\n- change: replace\n- because: Ours\n\n### Rule\n\nKeep ours.\n"


def profile(name: str, **changes: str) -> Path:
    """Another organisation beside the one that is there."""
    file = Path("profiles", name, "profile.yaml")
    file.parent.mkdir(parents=True)
    lines = dict(line.split(": ", 1) for line in PROFILE.splitlines()) | {
        "name": name.title(),
        **changes,
    }
    file.write_text("".join(f"{key}: {value}\n" for key, value in lines.items()))
    return file


@pytest.fixture
def repository(small: Small, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Three councils, one of them in New Zealand, at one commit; and a terminal on which no line is broken."""
    monkeypatch.setenv("COLUMNS", "200")
    small.write(
        {
            "base/law.md": RECORDS,
            "base/layer.yaml": DAYS,
            "jurisdiction/england/law.md": "# The law\n",
        }
    )
    profile("ness")
    profile("akaroa", jurisdiction="new-zealand")
    found = Repository()
    found.commit()
    return found


def told(small: Small, *words: str, status: int = 0) -> str:
    result = small.run("impact", "--since", "HEAD", *words)
    assert result.exit_code == status, result.output
    return result.stdout


def data(small: Small, *words: str, status: int = 0) -> Any:
    return json.loads(told(small, "--format", "json", *words, status=status))


# --- what is told ------------------------------------------------------------------------------------------


def test_nothing_has_moved(small: Small, repository: Repository) -> None:
    said = told(small, "--exit-code")
    assert "Since HEAD (" in said
    assert said.rstrip().endswith("0 of 3 policies change; 0 edits became stale.")


def test_one_edit_of_the_library_is_told_once_with_all_whom_it_reaches(
    small: Small, repository: Repository
) -> None:
    small.write({"base/law.md": RECORDS.replace("Keep it.", "Keep it well.")})
    said = told(small)
    assert "3 of 3 policies change; 0 edits became stale." in said
    assert said.count("Rule: reworded, in all 3 policies.") == 1
    assert "Every public body has other words now" in said
    assert "(templates/base/law.md:3)." in said
    assert "  Then\n  Keep it.\n\n  Now, as akaroa reads it\n  Keep it well.\n" in said
    assert "keeps it for" not in said  # a line that stands as it was
    rows = [row.split() for row in said.splitlines() if row.endswith("  law.records")]
    assert rows == [["akaroa", "law.records"], ["example", "law.records"], ["ness", "law.records"]]


def test_a_row_of_a_table_is_told_by_its_cells(small: Small, repository: Repository) -> None:
    table = "Keep it.\n\n| What | Where |\n|---|---|\n| Posts | In the archive |\n"
    small.write({"base/law.md": RECORDS.replace("Keep it.", table)})
    said = told(small)
    lines = [line.strip() for line in said.splitlines()]
    at = lines.index("What, Where")
    assert next(line for line in lines[at + 1 : at + 3] if line) == "Posts, In the archive"
    assert "|" not in said


def test_a_change_reaches_those_alone_who_have_the_layer(
    small: Small, repository: Repository
) -> None:
    extend = OWN.replace("replace", "extend").replace(
        "Keep ours.", "{{ inherited }}\n\nIn England too."
    )
    small.write({"jurisdiction/england/law.md": extend})
    found = data(small)
    assert found["changed"] == ["example", "ness"]
    (effect,) = found["effects"]
    assert (effect["kind"], effect["clause"], effect["part"]) == (
        "reworded",
        "law.records",
        "rule",
    )
    assert [layer["layer"] for layer in effect["layers"]] == ["jurisdiction/england"]
    assert effect["policies"][1]["now"] == "Keep it.\nNess keeps it for 20 days.\n\nIn England too."


def test_what_a_body_leaves_out_changes_nothing_for_it(
    small: Small, repository: Repository
) -> None:
    Path("profiles/ness/profile.yaml").write_text(
        f"{PROFILE}contents: {{leave_out: {{law.records: {{because: Our handbook says it}}}}}}\n"
    )
    small.write({"base/law.md": RECORDS.replace("Keep it.", "Keep it well.")})
    found = data(small)
    assert found["changed"] == ["akaroa", "example"]


def test_another_grade_takes_a_clause_out_or_brings_it_in(
    small: Small, repository: Repository
) -> None:
    """Whoever takes everything reads the same words as before, and is told nothing."""
    profile("brae", extent="everything")
    profile("deep", extent="core")
    graded = RECORDS.replace("### Rule", "- grade: special\n\n### Rule", 1)
    small.write({"base/law.md": graded})
    said = told(small)
    assert "Left out, in akaroa, example and ness." in said
    assert "Akaroa leaves it out by extent, because: Its grade is special there, and usual" in said
    assert "2 of 5" not in said
    assert "3 of 5 policies change" in said
    assert "removed" not in said.lower()
    small.write({"base/law.md": graded.replace("special", "core")})
    effects = data(small)["effects"]
    kinds = [(effect["kind"], effect["clause"] or effect["section"]) for effect in effects]
    assert kinds == [("brought-in", "law"), ("brought-in", "law.records")]
    assert {reader["policy"] for effect in effects for reader in effect["policies"]} == {"deep"}


def test_a_fact_of_the_library(small: Small, repository: Repository) -> None:
    small.write({"base/layer.yaml": DAYS.replace("20", "15")})
    said = told(small)
    assert "Rule: set differently, in all 3 policies. Days: 20 became 15.\n" in said
    assert "Then\n  Akaroa keeps it for 20 days.\n" in said
    assert "Now, as akaroa reads it\n  Akaroa keeps it for 15 days.\n" in said


def test_other_words_about_a_fact_that_nobody_touched(small: Small, repository: Repository) -> None:
    """The library begins with a capital, or counts in other units: no name and no number is another."""
    words = RECORDS.replace("law.days }} days", "law.days | plural('day') }}").replace(
        "Keep it.", "{{ organisation.short_name }} keeps it."
    )
    small.write({"base/law.md": words})
    repository.commit()
    for old, new, then, now in (
        (
            "('day')",
            "('working day')",
            "Akaroa keeps it for 20 days.",
            "Akaroa keeps it for 20 working days.",
        ),
        (
            "short_name }}",
            "short_name | sentence }}",
            "the council keeps it.",
            "The council keeps it.",
        ),
    ):
        small.write({"base/law.md": words.replace(old, new)})
        said = told(small).replace("\u00a0", " ")
        assert "Rule: reworded, in all 3 policies. Every public body has other words now" in said
        assert f"Then\n  {then}\n" in said
        assert f"Now, as akaroa reads it\n  {now}\n" in said
        assert "became The" not in said
        assert "became 20" not in said


def test_a_clause_that_came_and_one_that_went(small: Small, repository: Repository) -> None:
    question = "# The law\n\n## Ask a lawyer first {#law.ask}\n\n### Rule\n\nWe will help you.\n"
    small.write({"base/law.md": question})
    effects = {effect["clause"]: effect for effect in data(small)["effects"]}
    assert {id: effect["kind"] for id, effect in effects.items()} == {
        "law.ask": "added",
        "law.records": "removed",
    }
    [reads, *_] = effects["law.ask"]["policies"]
    assert (reads["then"], reads["now"]) == (
        None,
        "Ask a lawyer first\n\n### rule\n\nWe will help you.",
    )
    said = told(small)
    assert "Ask a lawyer first\n\nlaw.ask\n\nAdded, in all 3 policies." in said
    assert "New, as akaroa reads it\n  Rule: We will help you.\n" in said
    assert "Keep a record\n\nlaw.records\n\nRemoved, in all 3 policies." in said
    assert "No longer\n  Rule: Keep it. Akaroa keeps it for 20 days.\n" in said


def test_a_clause_that_went_together_with_a_depth_of_its_own(
    small: Small, repository: Repository
) -> None:
    """Today's outline no longer knows the tier at which it was told."""
    small.write({"base/law.md": RECORDS.replace("### Rule", "### Snapshot\n\nKeep.\n\n### Rule")})
    repository.commit()
    renamed = OUTLINE.replace("snapshot:", "digest:").replace("[snapshot]", "[digest]")
    small.write({"outline.yaml": renamed, "base/law.md": "# The law\n"})
    assert "No longer\n  snapshot: Keep.\n\n  Rule: Keep it. Akaroa keeps it" in told(small)


def test_words_that_became_a_fact_and_read_the_same(small: Small, repository: Repository) -> None:
    small.write({"base/law.md": RECORDS.replace("{{ law.days }}", "20")})
    assert "0 of 3 policies change" in told(small, "--exit-code")


def test_only_the_library_counts(small: Small, repository: Repository) -> None:
    small.set("website: https://www.fenwick.example\n").write({"organisation/law.md": OWN})
    assert "0 of 3 policies change" in told(small, "--exit-code")


def test_only_the_profiles_that_are_named(small: Small, repository: Repository) -> None:
    small.write({"base/law.md": RECORDS.replace("Keep it.", "Keep it well.")})
    assert data(small, "ness")["policies"] == ["ness"]


def test_each_language_is_a_policy_of_its_own(small: Small, repository: Repository) -> None:
    small.set("languages: [en-GB, cy]\n").write(
        {"base/law.cy.md": LAW.replace("Keep it.", "Cadwch ef.")}
    )
    repository.commit()
    small.write({"base/law.cy.md": LAW.replace("Keep it.", "Cadwch ef yn dda.")})
    assert data(small)["changed"] == ["example (cy)"]
    told(small, "--out", "impact.html")
    assert '<span lang="cy">Cadwch ef yn dda.</span>' in Path("impact.html").read_text()
    small.path("base/law.cy.md").unlink()
    assert "example (cy) is no longer told." in told(small)
    repository.commit()
    small.write({"base/law.cy.md": LAW})
    assert data(small, "--exit-code", status=1)["came"] == ["example (cy)"]


# --- stale edits -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stamped", [True, False])
def test_an_edit_became_stale(stamped: bool, small: Small, repository: Repository) -> None:
    small.write({"organisation/law.md": OWN})
    if stamped:
        assert small.run("accept").exit_code == 0
    small.write({"base/law.md": RECORDS.replace("Keep it.", "Keep it well.")})
    said = told(small, status=1)
    assert "2 of 3 policies change; 1 edit became stale." in said
    assert "profiles/example/law.md:1\n" in said
    assert data(small, status=1)["stale"][0]["stamped"] is stamped
    assert small.run("accept").exit_code == 0
    assert "0 edits became stale." in told(small)


def test_an_edit_that_was_stale_before_is_no_news(small: Small, repository: Repository) -> None:
    small.write({"organisation/law.md": OWN.replace("- because", "- was: 0123abcd\n- because")})
    small.write({"base/law.md": RECORDS.replace("Keep it.", "Keep it well.")})
    assert "0 edits became stale." in told(small)


# --- policies that one library does not give ---------------------------------------------------------------


def test_a_policy_that_can_no_longer_be_composed(small: Small, repository: Repository) -> None:
    small.write({"organisation/law.md": OWN, "base/law.md": "# The law\n"})
    result = small.run("impact", "--since", "HEAD")
    assert result.exit_code == 1
    assert (
        "example has no policy now: profiles/example/law.md:1:1: error: "
        in result.stdout.replace("\n   ", " ")
    )
    assert "profiles/example/law.md:1:1: error: " in result.stderr


def test_a_policy_that_could_not_be_composed_then(small: Small, repository: Repository) -> None:
    small.write({"kind/school/layer.yaml": "title: School\n"})
    profile("rowan", kind="school")
    profile("holly", kind="school")
    said = " ".join(told(small).split())
    assert (
        "holly has a policy now, and had none then: profiles/holly/profile.yaml:3:7: error: There is no kind"
        in said
    )
    told(small, "--exit-code", status=1)


# --- its formats, its status, its faults -------------------------------------------------------------------


@pytest.mark.parametrize("format", ["markdown", "html", "docx"])
def test_as_a_document(format: str, small: Small, repository: Repository) -> None:
    small.write(
        {"organisation/law.md": OWN, "base/law.md": RECORDS.replace("Keep it.", "Keep it well.")}
    )
    told(small, "--out", f"impact.{format[:4]}" if format != "markdown" else "impact.md", status=1)
    (made,) = Path().glob("impact.*")
    if format != "docx":
        text = made.read_text()
        said = (
            "2 of 3 policies change",
            "Keep it well.",
            "Now, as akaroa reads it",
            "Edits to read again",
        )
        assert [words for words in said if words not in text] == []


def test_the_status_tells_of_differences_when_it_is_asked(
    small: Small, repository: Repository
) -> None:
    small.write({"base/law.md": RECORDS.replace("Keep it.", "Keep it well.")})
    told(small)
    told(small, "--exit-code", status=1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--since", "nowhere"), 'There is no git revision "nowhere".'),
        (("--since", "^HEAD"), 'There is no git revision "^HEAD".'),
        (("--since", "HEAD", "nobody"), 'There is no profile "nobody".'),
    ],
)
def test_what_is_not_there(
    words: tuple[str, ...], said: str, small: Small, repository: Repository
) -> None:
    result = small.run("impact", *words)
    assert (result.exit_code, said in result.stderr) == (1, True)


def test_a_repository_without_a_library(small: Small) -> None:
    found = Repository()
    found.git("commit", "--quiet", "--allow-empty", "--message", "Nothing yet")
    result = small.run("impact", "--since", "HEAD")
    assert result.exit_code == 1
    assert (
        "The repository held no library at HEAD, so there is nothing to compare with."
        in result.stderr
    )
