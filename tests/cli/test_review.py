"""`review`: what people did to a Word file, told by clause; a value that changed is told as one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from returned_copy import DAY, LAWYER, UNION, ReturnedWord, edited
from small import Small

from policygen.pipeline.returned import cut_sent

LAW = """\
# The law

## Keep a record {#law.records}

- label: Records

### Rule

Save every post of {{ organisation.short_name }} within {{ commitments.capture }}.
Nobody deletes a post before that.

## Ask first {#law.advice}

- label: Advice

### Rule

Ask the lawyers before you post about a case.

## Save the replies {#law.replies}

- label: Replies

### Rule

Save a reply within {{ commitments.capture }}, too.
"""
PROFILE_LINES = "commitments: {capture: 5}\n"


@pytest.fixture
def word(small: Small) -> Path:
    """The full story as it was sent."""
    small.write({"base/law.md": LAW})
    profile = Path("profiles/example/profile.yaml")
    profile.write_text(profile.read_text() + PROFILE_LINES)
    result = small.run("build", "example", "-e", "full-story", "-f", "docx")
    assert result.exit_code == 0, result.output
    return Path("dist/example/full-story.docx")


def reviewed(small: Small, word: Path) -> dict[str, Any]:
    result = small.run("review", "example", str(word), "--format", "json")
    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.stdout)["copies"]
    return dict(found)


def test_an_untouched_copy_says_nothing(small: Small, word: Path) -> None:
    assert reviewed(small, word)["found"] == []
    result = small.run("review", "example", str(word))
    assert "Nothing was changed, and nobody commented." in result.stdout


@pytest.mark.parametrize("shown", [b"", b"<w:t>9.9</w:t>"])
def test_the_number_that_a_reference_shows_is_no_edit(small: Small, shown: bytes) -> None:
    """LibreOffice saves that of a section as nothing; Word counts what was put in before it."""
    small.write({"base/law.md": f"{LAW}\nSee [how to ask](#law.advice).\n"})
    small.run("build", "example", "-e", "full-story", "-f", "docx")
    word = Path("dist/example/full-story.docx")
    with ZipFile(word) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    field = rb'(REF number__law_advice .*?"separate"/></w:r><w:r>)<w:t.*?</w:t>'
    parts["word/document.xml"], count = re.subn(
        field, rb"\g<1>" + shown, parts["word/document.xml"], flags=re.S
    )
    assert count
    with ZipFile(word, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert reviewed(small, word)["found"] == []


def test_a_quiet_edit_is_found_under_its_clause(small: Small, word: Path) -> None:
    edited(word, lambda one: one.retype("law.advice", "before you post", "before anybody posts"))
    (edit,) = reviewed(small, word)["found"]
    assert (edit["clause"], edit["kind"], edit["author"]) == ("law.advice", "reworded", "")
    assert "before you post" in edit["before"]
    assert "before anybody posts" in edit["after"]


def test_each_hand_is_told_apart(small: Small, word: Path) -> None:
    def edits(one: ReturnedWord) -> None:
        one.track("law.advice", "the lawyers", "the Monitoring Officer", LAWYER)
        one.track("law.advice", " about a case", "", UNION)
        one.retype("law.advice", "before you post", "before posting")

    edited(word, edits)
    found = reviewed(small, word)["found"]
    assert [(one["author"], one["kind"]) for one in found] == [
        ("", "reworded"),
        (LAWYER, "reworded"),
        (UNION, "reworded"),
    ]
    untracked, lawyer, union = found
    assert "Ask the lawyers before posting about a case." in untracked["after"]
    assert "Ask the Monitoring Officer before posting about a case." in lawyer["after"]
    assert "Ask the lawyers before posting." in union["after"]
    assert lawyer["date"] == DAY


def test_a_changed_value_is_told_as_a_value_with_what_else_prints_it(
    small: Small, word: Path
) -> None:
    edited(word, lambda one: one.track("law.records", "5\u00a0days", "3\u00a0days", LAWYER))
    (edit,) = reviewed(small, word)["found"]
    assert (edit["kind"], edit["fact"]) == ("value", "commitments.capture")
    assert (edit["before"], edit["after"]) == ("5\u00a0days", "3\u00a0days")
    assert edit["clauses"] == ["law.records"]
    assert edit["also_printed_in"] == ["law.replies"]


def test_a_clause_that_was_taken_out_is_told(small: Small, word: Path) -> None:
    edited(word, lambda one: one.take_out("law.advice"))
    (edit,) = reviewed(small, word)["found"]
    assert (edit["clause"], edit["kind"], edit["after"]) == ("law.advice", "deleted", "")


def test_what_changed_at_home_meanwhile_is_told_beside_it(small: Small, word: Path) -> None:
    sent = Path("sent.docx")
    shutil.copy(word, sent)
    edited(sent, lambda one: one.retype("law.advice", "the lawyers", "a lawyer"))
    small.write({"base/law.md": LAW.replace("a case", "any case")})
    found = reviewed(small, sent)
    assert found["sent"]["exact"] is False
    (edit,) = [one for one in found["found"] if "a lawyer" in one["after"]]
    assert edit["clause"] == "law.advice"


def test_a_copy_of_another_body_is_refused(small: Small, word: Path) -> None:
    copy = Path("copy.docx")
    shutil.copy(word, copy)
    shutil.copytree("profiles/example", "profiles/other")
    profile = Path("profiles/other/profile.yaml")
    profile.write_text(profile.read_text().replace("Fenwick", "Other"))
    result = small.run("review", "other", str(copy))
    assert result.exit_code == 1
    assert "This was printed for example, and not for other." in result.stderr


def test_a_report_in_each_format_names_who_did_what(small: Small, word: Path) -> None:
    edited(word, lambda one: one.track("law.advice", "the lawyers", "a lawyer", LAWYER))
    for format, ending in (("html", "html"), ("markdown", "md"), ("docx", "docx")):
        out = Path(f"review.{ending}")
        result = small.run("review", "example", str(word), "--format", format, "--out", str(out))
        assert result.exit_code == 0, result.output
    text = Path("review.md").read_text()
    assert "Reworded by A. Lawyer, 3" in text
    assert "a lawyer" in text


def test_several_copies_are_told_one_by_one(small: Small, word: Path) -> None:
    copies = [Path("lawyer.docx"), Path("union.docx")]
    for copy in copies:
        shutil.copy(word, copy)
    edited(copies[0], lambda one: one.track("law.advice", "the lawyers", "a lawyer", LAWYER))
    edited(copies[1], lambda one: one.retype("law.replies", "a reply", "each reply"))
    names = [str(copy) for copy in copies]
    result = small.run("review", "example", *names, "--format", "json")
    found = json.loads(result.stdout)["copies"]
    assert [(one["file"], len(one["found"])) for one in found] == [(name, 1) for name in names]
    text = small.run("review", "example", *names).stdout
    assert text.index("lawyer.docx") < text.index("a lawyer") < text.index("union.docx")


def test_what_is_wrong_with_every_copy_is_told_at_once(small: Small, word: Path) -> None:
    Path("notes.docx").write_text("no Word file")
    result = small.run("review", "example", "notes.docx", "gone.docx", str(word))
    assert result.exit_code == 1
    assert "notes.docx" in result.stderr
    assert "gone.docx" in result.stderr
    assert result.stdout == ""


# --- What is given --------------------------------------------------------------------------------


def test_a_name_in_another_encoding_is_printed_all_the_same(small: Small, word: Path) -> None:
    name = shutil.copy(word, "caf\udce9\u202e.docx")
    for ending in ("html", "json", "pdf"):
        done = small.run("review", "example", name, "--out", f"report.{ending}")
        assert done.exit_code == 0, done.output
    assert "caf\ufffd\ufffd.docx" in Path("report.html").read_text("utf-8")


def test_a_file_that_is_given_twice_is_told_once(small: Small, word: Path) -> None:
    edited(word, lambda one: one.retype("law.advice", "before you post", "before anybody posts"))
    again = shutil.copy(word, word.with_name("again.docx"))
    result = small.run("review", "example", str(word), str(again), str(word), "--format", "json")
    (found,) = json.loads(result.stdout)["copies"]
    assert len(found["found"]) == 1
    assert f"{again} is the same file as {word}, and is told once." in result.stderr
    assert f"{word} was named twice, and is told once." in result.stderr


def test_two_copies_that_differ_are_both_told(small: Small, word: Path) -> None:
    other = Path(shutil.copy(word, word.with_name("other.docx")))
    edited(other, lambda one: one.retype("law.advice", "before you post", "before anybody posts"))
    result = small.run("review", "example", str(word), str(other), "--format", "json")
    assert [len(one["found"]) for one in json.loads(result.stdout)["copies"]] == [0, 1]
    assert result.stderr == ""


def test_what_many_copies_were_printed_from_is_read_once(
    small: Small, word: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = [Path(f"copy-{number}.docx") for number in range(3)]
    for number, copy in enumerate(copies):
        shutil.copy(word, copy)
        new = f"lawyer number {number}"
        edited(copy, lambda one, new=new: one.track("law.advice", "the lawyers", new, LAWYER))
    read: list[str] = []
    whole = cut_sent.present
    monkeypatch.setattr(cut_sent, "present", lambda *a: read.append("sent") or whole(*a))
    names = [str(copy) for copy in copies]
    result = small.run("review", "example", *names, "--format", "json")
    told = [one["found"][0]["after"] for one in json.loads(result.stdout)["copies"]]
    assert ["lawyer number" in one for one in told] == [True] * 3
    assert read == ["sent"]
