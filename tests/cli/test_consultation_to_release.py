"""From four copies that came back to the version that is released after the answers."""

from __future__ import annotations

import csv
import shutil
from io import StringIO
from pathlib import Path

import pytest
from consulting import (
    LAW,
    LETTERS,
    OPEN,
    PROFILE,
    SENT,
    collated,
    lawyer,
    opened,
    responses,
    union,
    word_copy,
)
from filled_forms import filled_csv
from openpyxl import load_workbook
from returned_copy import ReturnedWord, edited
from small import ROOT, Small
from test_review_arranged import retitled

OWN = Path("profiles/example/law.md")
DECIDED = {
    # A lawyer, and a director who got the lawyer's copy, took over all of it and saved it.
    "Ask counsel before": "accepted",
    "Save each reply in": "accepted",
    "Ask the union and": "not accepted",
    "where staff can read it": "accepted",
    "Nobody at all deletes": "accepted",
    "Keep every post": "accepted",  # the words of IT, without the value in the same sentence
    "How soon": "not accepted",
}
CLEARED = "Head of Legal, 8 December 2026"


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("consultation") / "example"


@pytest.fixture
def body(small: Small, kept: Path) -> Small:
    return opened(small, kept)


def director() -> str:
    def edits(one: ReturnedWord) -> None:
        one.retype("law.advice", "the lawyers", "counsel")
        one.retype("law.replies", "a reply", "each reply")
        one.retype("law.records", "Nobody deletes", "Nobody at all deletes")

    return word_copy("director.docx", edits)


def it() -> str:
    def edits(one: ReturnedWord) -> None:
        one.retype("law.records", "Save every post", "Keep every post")
        one.retype("law.records", "5\u00a0days", "3\u00a0days")

    return word_copy("it.docx", edits)


def gathered(body: Small) -> list[dict[str, str]]:
    collated(body, lawyer())
    collated(body, union(), more=("--for", "UNISON"))
    collated(body, it(), more=("--from", "Sam Okoro, IT"))
    return responses(collated(body, director(), more=("--from", "Mara Dunn, Director")))


def answered(body: Small, more: tuple[str, ...] = ()) -> str:
    """Fill in the sheet of answers, and give it back; return what was said."""
    sheet = body.run("consult", "print", "sheet", "example", "--format", "csv").stdout
    rows = list(csv.reader(StringIO(sheet.removeprefix("\ufeff"))))
    for row in rows[4:]:
        row[5] = next(decision for words, decision in DECIDED.items() if words in row[4])
        row[6:8] = [f"Why {row[0]}.", CLEARED]
    with Path("answers.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return body.run("consult", "answer", "example", "--read", "answers.csv", *more).output


def approved(profile: str = PROFILE) -> None:
    lines = (
        'version: "1.0"\n  approver: {role: the Cabinet}\n  approved_at: Cabinet, 10 December 2026'
    )
    text = profile.replace("status: consultation", "status: approved")
    text = text.replace('version: "0.9"', lines).replace("issued: 2026-11-02", "issued: 2026-12-14")
    Path("profiles/example/profile.yaml").write_text(text)


def test_the_release_after_the_answers_holds_what_was_accepted_and_nothing_else(
    body: Small,
) -> None:
    found = gathered(body)
    (words,) = [one["after"] for one in found if "Keep every post" in one["after"]]
    assert "within 5 days" in words  # the value in that sentence is a response of its own
    said = answered(body)
    own = OWN.read_text()
    # What two copies say is written once, and nobody is told that it cannot be written.
    assert own.count("counsel") == own.count("each reply") == 1
    assert "“Ask the lawyers" not in said
    assert "Nobody at all deletes a post before that." in own
    assert CLEARED not in own  # none of these clauses is binding: nobody had to clear it
    assert "3" not in Path("profiles/example/profile.yaml").read_text().split("policy:")[0]
    # The union and the lawyer changed one sentence: that is for a person, and is not forgotten.
    assert "PG662" in said
    approved()
    warned = body.run("check", "example").output
    assert warned.count("PG699") == 1
    assert "on 1.3 Replies was accepted, and the policy does not hold it." in warned
    OWN.write_text(own.replace("each reply in the archive", "each reply where staff can read it"))
    assert "PG699" not in body.run("check", "example").output

    made = body.run("release", "example", "-s", "Our first policy", "-e", "full-story", "-f", "md")
    assert made.exit_code == 0, made.output
    assert "PG699" not in made.output
    story = " ".join(Path("profiles/example/releases/1.0/full-story.md").read_text().split())
    for kept in (
        "Ask counsel before you post about a case.",
        "Save each reply where staff can read it.",
        "Keep every post of the council within 5 days.",
        "Nobody at all deletes a post before that.",
    ):
        assert story.replace("\u00a0", " ").count(kept) == 1
    assert "the union" not in story
    assert "0.9" in story.partition("Change history")[2]
    # From then on it is the past: an answer that came late changes no warning.
    assert "PG699" not in body.run("check", "example").output

    record = body.run("consult", "print", "record", "example", "--format", "markdown").output
    private = record.partition("What private people said")[2].partition("What is kept")[0]
    cells = [line.split("|")[1].strip() for line in private.splitlines() if "|" in line][2:]
    assert cells == sorted(cells)  # by clause, whichever file was read first


def test_an_accepted_edit_may_be_taken_again_with_nothing_to_tell(body: Small) -> None:
    gathered(body)
    answered(body)
    own = OWN.read_text()
    again = answered(body, more=("--cleared-by", CLEARED))
    assert OWN.read_text() == own
    assert "“Ask the lawyers" not in again
    assert "law.records" not in again


def taken(body: Small, copy: str) -> str:
    """Accept all that a copy says, approve the policy, and return what `check` warns of."""
    collated(body, copy, more=("--from", "Mara Dunn"))
    for one in responses(collated(body)):
        told = ("--decision", "accepted", "--because", "Yes")
        result = body.run("consult", "answer", "example", str(one["number"]), *told)
        assert result.exit_code == 0, result.output
    approved()
    return body.run("check", "example").output


def test_an_accepted_edit_that_names_a_respondent_is_held(body: Small) -> None:
    """The log has no name in it, and the policy has."""
    reply = ("law.replies", "a reply", "each reply", "Sam Iqbal")
    collated(body, word_copy("one.docx", lambda one: one.track(*reply)))
    warned = taken(body, word_copy("two.docx", lambda one: name_put_in(one)))
    assert "Ask Sam Iqbal before you post" in OWN.read_text()
    assert "PG699" not in warned
    OWN.write_text(OWN.read_text().replace("Ask Sam Iqbal before", "Ask before"))
    assert "PG699" in body.run("check", "example").output


def name_put_in(one: ReturnedWord) -> None:
    one.retype("law.advice", "the lawyers", "Sam Iqbal")


def test_an_accepted_title_is_held(small: Small, tmp_path: Path) -> None:
    small.write({"base/document.md": "## Media policy {#document.title}\n\n### Rule\n\nAll.\n"})
    copy_of = opened(small, tmp_path / "kept")
    warned = taken(
        copy_of, word_copy("one.docx", lambda one: retitled(one, "Media policy", "Media rules"))
    )
    own = Path("profiles/example/document.md")
    assert "## Media rules {#document.title}" in own.read_text()
    assert "PG699" not in warned
    own.write_text(own.read_text().replace("Media rules", "Media policies"))
    assert "PG699" in small.run("check", "example").output


def test_accepted_words_of_a_form_are_held_with_the_dash_before_them(body: Small) -> None:
    words = {"Your name": ("Sam Iqbal",), "1.3": ("", "- Save each reply in the archive.")}
    warned = taken(body, str(filled_csv(LETTERS / "comment-form.csv", Path("it.csv"), words)))
    assert "Save each reply in the archive." in OWN.read_text()
    assert "PG699" not in warned


def test_a_last_sentence_that_was_to_go_is_not_forgotten(body: Small) -> None:
    """In a draft a line of its own follows it, which no approved policy prints."""
    gone = "Nobody deletes a post before that."
    warned = taken(body, word_copy("one.docx", lambda one: one.retype("law.records", gone, "")))
    assert gone not in OWN.read_text()
    assert "PG699" not in warned
    OWN.unlink()
    assert "PG699" in body.run("check", "example").output


def test_an_accepted_edit_of_a_translation_is_held_in_its_language(small: Small) -> None:
    welsh = "## Ask first {#law.advice}\n\n- label: Cyngor\n\n### Rule\n\nGofynnwch i ni.\n"
    profile = f"{PROFILE}languages: [en-GB, cy]\n"
    files = {"base/law.md": LAW, "base/law.cy.md": welsh, "organisation/profile.yaml": profile}
    shutil.copy(ROOT / "templates/consultation.yaml", small.write(files).path("consultation.yaml"))
    assert small.run(*OPEN).exit_code == 0
    shutil.copy(SENT.with_suffix(".cy.docx"), "cy.docx")
    edited(Path("cy.docx"), lambda one: one.retype("law.advice", "i ni", "i ni yn gyntaf"))
    collated(small, "cy.docx", more=("--from", "Mara Dunn"))
    told = ("--decision", "accepted", "--because", "Yes")
    assert "in translation" in small.run("consult", "answer", "example", "1", *told).output
    approved(profile)
    assert "PG699" in small.run("check", "example").output
    small.write({"base/law.cy.md": welsh.replace("i ni", "i ni yn gyntaf")})
    assert "PG699" not in small.run("check", "example").output


def test_who_has_no_answer_yet_is_told_before_the_release(body: Small) -> None:
    collated(body, lawyer())
    approved()
    warned = body.run("check", "example").output
    assert "2 responses to the consultation on 0.9 wait for an answer." in warned
    made = body.run("release", "example", "-s", "Ours", "-e", "full-story", "-f", "md")
    assert "wait for an answer" in made.output


@pytest.mark.parametrize("more", [(), ("--major",)])
def test_what_is_out_for_comment_is_not_taken_for_what_was_agreed(
    body: Small, more: tuple[str, ...]
) -> None:
    made = body.run("release", "example", "-s", "Ours", "-e", "full-story", "-f", "md", *more)
    assert made.exit_code == 1
    assert "Version 0.9 is out for comment already." in made.output
    assert "set policy.status to approved" in made.output
    assert not Path("profiles/example/releases/1.0").exists()


def test_the_same_words_of_two_people_stand_once(body: Small) -> None:
    collated(body, lawyer())
    copy = word_copy("second.docx", lambda one: one.retype("law.advice", "the lawyers", "counsel"))
    collated(body, copy, more=("--from", "Mara Dunn"))
    shown = " ".join(body.run("consult", "collate", "example").stdout.split())
    assert "They would have the same words:" in shown
    assert shown.count("[the lawyers]‹counsel›") == 1


def test_whose_copy_it_is_was_said_and_is_not_asked_again(body: Small) -> None:
    collated(body, lawyer())
    copy = word_copy(
        "on.docx", lambda one: one.track("law.records", "deletes", "drops", "A. Lawyer")
    )
    given = ("--from", "Mara Dunn", "--dry-run")
    told = body.run("consult", "collate", "example", copy, *given).stderr
    assert "bear one name" not in told
    asked = body.run("consult", "collate", "example", copy, "--dry-run").stderr
    assert "bear one name" in asked


def test_nothing_on_the_form_or_the_sheet_is_cut_off(body: Small) -> None:
    """LibreOffice makes no row taller by itself: the words would lie over those below."""
    collated(body, lawyer())
    body.run("consult", "print", "sheet", "example", "--out", "answers.xlsx")
    for path in (LETTERS / "comment-form.xlsx", Path("answers.xlsx")):
        sheet = load_workbook(path).active
        assert sheet is not None
        for row in sheet.iter_rows():
            for cell in row[:5]:
                lines = (
                    len(str(cell.value or "")) / sheet.column_dimensions[cell.column_letter].width
                )
                if cell.row > 9 and lines > 1.1:
                    assert (sheet.row_dimensions[cell.row].height or 0) >= 15 * lines, cell.value
