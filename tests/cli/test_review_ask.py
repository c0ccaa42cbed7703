"""`review --ask`: one thing after another is shown and taken or not; nothing is written unseen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import Result
from returned_copy import LAWYER, edited
from small import PROFILE, Small

LAW = """\
# The law

## Keep a record {#law.records}

- label: Records

### Rule

Save every post within {{ commitments.capture }}.

## Ask first {#law.advice}

- label: Advice

### Rule

Ask the lawyers before you post about a case.

## Save the replies {#law.replies}

- label: Replies

### Rule

Save a reply, too.

## Never defame {#law.defame}

- label: Defamation
- binding: yes

### Rule

Nobody defames anybody.
"""
OWN = Path("profiles/example/law.md")
PROFILE_FILE = Path("profiles/example/profile.yaml")


@pytest.fixture
def word(small: Small) -> Path:
    """A copy in which a value, two clauses and a binding one are changed, and one is deleted."""
    profile = PROFILE + "commitments: {capture: 5}\n"
    small.write({"base/law.md": LAW, "organisation/profile.yaml": profile})
    built = small.run("build", "example", "-e", "full-story", "-f", "docx")
    assert built.exit_code == 0, built.output
    copy = Path("copy.docx")
    shutil.copy("dist/example/full-story.docx", copy)
    return edited(
        copy,
        lambda one: one.track("law.records", "5\u00a0days", "3\u00a0days", LAWYER),
        lambda one: one.track("law.advice", "the lawyers", "counsel", LAWYER),
        lambda one: one.take_out("law.replies"),
        lambda one: one.retype("law.defame", "Nobody defames", "Nobody may defame"),
    )


def asked(small: Small, *answers: str, dry: bool = False) -> Result:
    more = ("--dry-run",) if dry else ()
    return small.run(
        "review", "example", "copy.docx", "--ask", *more, input="\n".join((*answers, ""))
    )


def test_each_thing_is_shown_and_what_is_taken_is_written(small: Small, word: Path) -> None:
    result = asked(small, "n", "y", "n", "n", "y")
    assert result.exit_code == 0, result.output
    said = result.stderr.replace("\u00a0", " ")
    assert "“5 days” became “3 days” by A. Lawyer, 3 December 2026." in said
    assert "Reworded by A. Lawyer, 3 December 2026." in said
    assert OWN.read_text().count("- change:") == 1
    assert "Ask counsel before you post about a case." in OWN.read_text()
    assert "capture: 5" in PROFILE_FILE.read_text()


def test_a_value_is_taken_into_the_profile(small: Small, word: Path) -> None:
    assert asked(small, "y", "s", "y").exit_code == 0
    assert "capture: 3" in PROFILE_FILE.read_text()
    assert not OWN.exists()


def test_a_deletion_and_a_binding_clause_are_asked_for_their_record(
    small: Small, word: Path
) -> None:
    # A reason is asked for until it is given.
    answers = (
        "n",
        "n",
        "y",
        "",
        "The archive does it",
        "y",
        "Clearer",
        "Legal, 3 December 2026",
        "y",
    )
    result = asked(small, *answers)
    assert result.exit_code == 0, result.output
    written = OWN.read_text()
    assert "- change: remove\n- because: The archive does it\n" in written
    assert "- because: Clearer\n- cleared-by: Legal, 3 December 2026\n" in written


def test_nothing_is_written_that_is_not_confirmed(small: Small, word: Path) -> None:
    result = asked(small, "n", "y", "s", "n")
    assert "+Ask counsel before you post about a case." in result.stdout
    assert "Nothing was written." in result.stderr
    assert not OWN.exists()
    assert asked(small, "n", "y", "s", dry=True).exit_code == 0
    assert not OWN.exists()


def test_who_takes_nothing_or_breaks_off_changes_nothing(small: Small, word: Path) -> None:
    result = asked(small, "n", "n", "n", "n")
    assert result.exit_code == 0
    assert "Nothing was taken." in result.stderr
    assert asked(small, "n", "y").exit_code == 1  # the input ends
    assert not OWN.exists()


def test_asking_does_not_go_with_other_choices(small: Small, word: Path) -> None:
    for more in (("--accept-all",), ("--because", "x"), ("--format", "json")):
        assert small.run("review", "example", "copy.docx", "--ask", *more).exit_code == 2


def test_of_two_copies_of_one_name_only_what_was_agreed_to_is_taken(small: Small) -> None:
    """Everybody sends back the file under the name that it had."""
    small.write({"base/law.md": LAW})
    small.run("build", "example", "-e", "full-story", "-f", "docx", "--out", "sent")
    copies = []
    for who, words in (("lawyer", "counsel"), ("union", "the union")):
        Path(who).mkdir()
        copies.append(shutil.copy("sent/example/full-story.docx", who))
        edited(
            Path(copies[-1]),
            lambda one, words=words: one.retype("law.advice", "the lawyers", words),
        )
    asked = small.run("review", "example", *copies, "--ask", input="n\ny\ny\n")
    assert asked.exit_code == 0, asked.output
    assert "lawyer/full-story.docx" in asked.stderr
    assert "Ask the union before you post about a case." in OWN.read_text()
    assert "counsel" not in OWN.read_text()
    report = small.run("review", "example", *copies, "-f", "markdown").stdout
    assert "union/full-story.docx" in report
