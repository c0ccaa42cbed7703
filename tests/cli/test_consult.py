"""`consult`: a draft goes out, all that comes back stands in one log, and everybody gets an answer."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from consulting import (
    FOLDER,
    LAW,
    LETTERS,
    LOG,
    OPEN,
    PEOPLE,
    PROFILE,
    collated,
    commented,
    director,
    everything,
    lawyer,
    opened,
    responses,
    union,
    word_copy,
)
from filled_forms import S, filled_csv, filled_docx, filled_xlsx, replaced, zipped
from lxml import etree
from returned_copy import LAWYER, UNION, ReturnedWord
from small import PROFILE as APPROVED
from small import Small

FORM = LETTERS / "comment-form.csv"
FILLING = {
    "Your name": ("Sam Iqbal",),
    "1.1": ("=1+1 posts a day are too many.", "Save every post in the records system."),
    "The policy as a whole": ("Say it in fewer words. Sam Iqbal",),
}
BODY = {"The body that you speak for": ("the Records Society",)}


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("consultation") / "example"


@pytest.fixture
def body(small: Small, kept: Path) -> Small:
    """A body whose draft is out for comment."""
    return opened(small, kept)


# --- Open -----------------------------------------------------------------------------------------


def test_a_draft_goes_out_with_its_letters(body: Small) -> None:
    names = {path.name for path in LETTERS.iterdir()}
    letters = {f"{name}.docx" for name in ("covering-letter", "letter-to-unions", "comment-form")}
    assert names == letters | {"comment-form.xlsx", "comment-form.csv"}
    assert (FOLDER.parents[1] / "releases/0.9/release.json").is_file()
    form = FORM.read_text("utf-8-sig")
    assert "example@0.9" in form
    assert "return this form to social@fenwick.example by 4\u00a0December\u00a02026" in form
    assert "1.2 Advice" in form
    assert "Ask the lawyers before you post about a case." in form


def test_a_letter_says_until_when_and_to_whom(body: Small) -> None:
    again = body.run("consult", "open", "example", "-s", "Again", "-f", "md")
    assert "PG684" in again.output
    body.set("").path("organisation/profile.yaml").write_text(PROFILE.replace('"0.9"', '"0.10"'))
    made = body.run("consult", "open", "example", "-s", "Again", "-e", "full-story", "-f", "md")
    assert made.exit_code == 0, made.output
    letters = FOLDER.parent / "0.10/letters"
    text = (letters / "letter-to-unions.md").read_text()
    assert "To UNISON. Please answer by 4\u00a0December\u00a02026." in text
    assert "Privacy: not assessed yet." in text
    covering = " ".join((letters / "covering-letter.md").read_text().split())
    assert "We keep what you send us until 31 December 2027" in covering


def test_a_draft_without_a_word_file_says_so(body: Small) -> None:
    subprocess.run(["rm", "-r", FOLDER.parents[1] / "releases", FOLDER], check=True)
    told = body.run("consult", "open", "example", "-s", "A", "-e", "full-story", "-f", "md")
    assert "No Word file is published" in told.stderr


def test_what_is_missing_is_told_at_once_and_nothing_is_written(small: Small) -> None:
    small.write({"organisation/profile.yaml": APPROVED})
    before = everything()
    result = small.run(*OPEN)
    assert result.exit_code == 1
    assert result.output.count("PG692") == 6
    assert everything() == before


def test_a_gap_is_an_error(body: Small) -> None:
    body.write(
        {"base/law.md": "# L\n\n## A {#law.a}\n\n### Rule\n\nAsk {{ contacts.legal.role }}.\n"}
    )
    body.path("organisation/profile.yaml").write_text(PROFILE.replace('"0.9"', '"0.10"'))
    before = everything()
    result = body.run(*OPEN)
    assert result.exit_code == 1
    assert "contacts.legal.role is not given" in result.output
    assert everything() == before


def test_a_dry_run_opens_nothing(body: Small) -> None:
    body.path("organisation/profile.yaml").write_text(PROFILE.replace('"0.9"', '"0.10"'))
    before = everything()
    result = body.run(*OPEN, "--dry-run")
    assert "0.10/letters/letter-to-unions.docx" in result.stdout
    assert "Nothing was written, and example@0.10 would be frozen." in result.stderr
    assert everything() == before


def test_what_was_released_for_comment_already_gets_its_letters(body: Small) -> None:
    subprocess.run(["rm", "-r", FOLDER], check=True)
    result = body.run(*OPEN)
    assert result.exit_code == 0, result.output
    assert LOG.is_file()


def test_a_consultation_ends_after_it_began(body: Small) -> None:
    body.path("organisation/profile.yaml").write_text(PROFILE.replace("2027-12-31", "2026-12-01"))
    assert "stands before `closes`, 2026-12-04" in body.run("check", "example").output


def test_names_and_copies_stay_out_of_version_control(body: Small) -> None:
    collated(body, lawyer())
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "profiles"], check=True)
    listed = subprocess.run(["git", "ls-files"], check=True, capture_output=True, text=True).stdout
    assert "log.jsonl" in listed
    assert [line for line in listed.splitlines() if "/people/" in line] == [
        f"{FOLDER}/people/.gitignore"
    ]


def test_a_form_that_is_given_to_review_is_led_to_collate(body: Small) -> None:
    """Not told that it is no Word file, nor compared with the policy."""
    for ending in ("csv", "xlsx", "docx"):
        result = body.run("review", "example", str(FORM.with_suffix(f".{ending}")))
        assert result.exit_code == 1
        assert "a comment form, of example@0.9" in result.output
        assert "PG698" in result.output
        assert "policygen consult collate example" in " ".join(result.output.split())


# --- Collate --------------------------------------------------------------------------------------


def test_every_response_has_its_clause_its_author_and_its_day(body: Small) -> None:
    found = responses(collated(body, lawyer(), director()))
    assert [(one["clause"], one["who"], one["kind"], one["date"][:10]) for one in found] == [
        ("law.records", "r2 (private)", "reworded", ""),
        ("law.advice", "r1 (private)", "reworded", "2026-12-03"),
        ("law.replies", "r1 (private)", "reworded", "2026-12-03"),
    ]
    assert "deletes" in found[0]["before"]
    assert "removes" in found[0]["after"]


def test_values_comments_and_replies_are_not_lost(body: Small) -> None:
    def edits(one: ReturnedWord) -> None:
        commented(one)
        one.track("law.records", "5\u00a0days", "3\u00a0days", UNION)

    found = responses(collated(body, word_copy("both.docx", edits)))
    assert [
        (one["clause"], one["kind"], one["who"], one["said"] or one["after"]) for one in found
    ] == [
        ("law.records", "value", "r1 (private)", "3\u00a0days"),
        ("law.advice", "comment", "r2 (private)", "Which lawyers?"),
        ("law.advice", "comment", "r1 (private)", "Ours too."),
    ]
    assert found[0]["fact"] == "commitments.capture"
    told = ("--decision", "accepted", "--because", "Three will do")
    assert body.run("consult", "answer", "example", "1", *told).exit_code == 0
    assert "commitments: {capture: 3}" in Path("profiles/example/profile.yaml").read_text()


def test_a_body_may_be_given_by_hand(body: Small) -> None:
    collated(body, lawyer())
    PEOPLE.write_text(PEOPLE.read_text().replace("body:", "body: Law Centre"))
    assert "Law Centre reworded it" in body.run("consult", "collate", "example").stdout
    PEOPLE.write_text(PEOPLE.read_text().replace("    name:", "    called:"))
    broken = body.run("consult", "collate", "example")
    assert broken.exit_code == 1
    assert 'There is no key "called"' in broken.stderr


def test_a_private_person_is_never_named_and_a_body_is(body: Small) -> None:
    collated(body, union(), more=("--for", "UNISON Fenwick"))
    collated(body, lawyer(), str(filled_csv(FORM, Path("it.csv"), FILLING)))
    shown = body.run("consult", "collate", "example").stdout
    assert "UNISON Fenwick reworded it" in shown
    for name in (LAWYER, "U. Nion", "Sam Iqbal"):
        assert name not in shown
        assert name not in LOG.read_text()
        assert name in PEOPLE.read_text()
    assert "Say it in fewer words. [name]" in shown


def test_a_name_that_is_a_word_too_leaves_the_words_as_they_are(body: Small) -> None:
    said = "Lawyers like it; so do the lawyers. Jo.Shaw@home.example"
    for name, of in (("Lawyers", ""), ("UNISON", "UNISON"), ("jo shaw", "")):
        filling = {"Your name": (name,), "The body": (of,), "1.1": (f"{said} UNISON too.",)}
        collated(body, str(filled_csv(FORM, Path(f"{name}.csv"), filling)))
    found = responses(collated(body, "UNISON.csv"))
    assert found[1]["said"] == "[name] like it; so do the lawyers. Jo.Shaw@home.example UNISON too."
    assert "[name] like it; so do the lawyers. [name] UNISON too." in [one["said"] for one in found]


def test_an_author_called_as_the_policy_speaks_changes_no_more_than_they_did(body: Small) -> None:
    def edits(one: ReturnedWord) -> None:
        one.track("law.advice", "a case", "any case", "the lawyers")

    (one,) = responses(collated(body, word_copy("team.docx", edits)))
    assert "the lawyers before you post about any case" in one["after"]


def test_who_answers_for_themselves_is_not_taken_for_the_body(body: Small) -> None:
    for name, of in (("for.csv", "UNISON"), ("own.csv", "")):
        filling = {"Your name": ("Sam Iqbal",), "The body": (of,), "1.1": (f"From {name}",)}
        collated(body, str(filled_csv(FORM, Path(name), filling)))
    shown = body.run("consult", "collate", "example").stdout
    assert "1. UNISON commented." in shown
    assert "2. r2 (private) commented." in shown


def test_a_name_that_cannot_be_printed_locks_nobody_out(body: Small) -> None:
    """Who reads the file of names takes no such name: the log would be read no more."""

    def edits(one: ReturnedWord) -> None:
        one.track("law.advice", "the lawyers", "counsel", "Sam\u202eIqbal")
        one.retype("law.records", "deletes", "removes")

    name = word_copy("caf\udce9\u202e.docx", edits)  # as a zip from Windows has it
    log = collated(body, name, more=("--from", "The\x9b director", "--for", "\u202aSociety"))
    names = PEOPLE.read_text("utf-8")
    for one in ("Sam\ufffdIqbal", "The\ufffd director", "\ufffdSociety", "caf\ufffd\ufffd.docx"):
        assert one in names
    assert collated(body) == log
    nameless = word_copy("\udce9.docx", lambda one: one.retype("law.replies", "a reply", "one"))
    assert len(responses(collated(body, nameless, more=("--from", " ")))) == 3


def test_what_is_in_the_log_is_not_added_again(body: Small) -> None:
    once = collated(body, lawyer())
    log = LOG.read_bytes()
    again = body.run("consult", "collate", "example", "lawyer.docx")
    assert "lawyer.docx is in the log already." in again.stderr
    assert LOG.read_bytes() == log
    Path("saved-again.docx").write_bytes(Path("lawyer.docx").read_bytes() + b"\0")
    assert collated(body, "saved-again.docx") == once
    assert LOG.read_bytes().startswith(log)


def test_two_who_changed_one_clause_stand_side_by_side(body: Small) -> None:
    log = collated(body, lawyer(), union())
    advice, replies = log["clauses"]
    (conflict,) = advice["conflicts"]
    assert conflict["before"] in ("the lawyers", "the", "lawyers")
    assert len(conflict["options"]) == 2
    assert replies["conflicts"] == []
    shown = " ".join(body.run("consult", "collate", "example").stdout.split())
    assert "These conflict in 1 place: choose one." in shown
    assert (
        "These fit together: … Save [a]‹each› reply [in the archive]‹where staff can read it›."
        in shown
    )


def test_reviews_collate_to_their_sum_in_any_order(body: Small) -> None:
    """Each copy by itself first, then all in every order: nothing is lost, and nothing comes."""
    copies = [lawyer(), union(), director()]

    def said(*files: str) -> set[tuple[str, ...]]:
        result = body.run("consult", "collate", "example", *files, "--dry-run", "--format", "json")
        found = responses(json.loads(result.stdout))
        return {tuple(str(one[k]) for k in ("clause", "kind", "before", "after")) for one in found}

    total = set[tuple[str, ...]]().union(*(said(copy) for copy in copies))
    assert len(total) == 5
    for order in permutations(copies):
        assert said(*order) == total


def test_a_form_says_the_same_in_word_in_a_workbook_and_as_csv(body: Small) -> None:
    filling = {**FILLING, **BODY}
    forms = [
        filled_csv(FORM, Path("a.csv"), filling),
        filled_csv(FORM, Path("b.csv"), filling, ";"),
        filled_xlsx(FORM.with_suffix(".xlsx"), Path("c.xlsx"), filling),
        filled_docx(FORM.with_suffix(".docx"), Path("d.docx"), filling),
    ]
    logs = [collated(body, str(form), more=("--dry-run",)) for form in forms]
    assert logs[1:] == logs[:1] * 3
    found = [
        (one["clause"], one["who"], one["kind"], one["said"] or one["after"])
        for one in responses(logs[0])
    ]
    assert found == [
        ("law.records", "The Records Society", "comment", "=1+1 posts a day are too many."),
        (
            "law.records",
            "The Records Society",
            "proposal",
            "Save every post in the records system.",
        ),
        ("whole-policy", "The Records Society", "comment", "Say it in fewer words. [name]"),
    ]


def test_a_formula_is_read_as_text_and_written_so_that_nothing_runs_it(body: Small) -> None:
    form = FORM.with_suffix(".xlsx")
    row = next(n for n, cells in enumerate(_rows(form), 1) if cells[:1] == ("1.2 Advice",))

    def change(root: etree._Element) -> None:
        cell = next(one for one in root.iter(f"{S}c") if one.get("r") == f"C{row}")
        cell.attrib.pop("t")
        etree.SubElement(cell, f"{S}f").text = 'HYPERLINK("http://evil.example","Click")'

    filled_xlsx(form, Path("it.xlsx"), {"1.2": ("here",)}, change)
    (one,) = responses(collated(body, "it.xlsx"))
    assert one["said"] == '=HYPERLINK("http://evil.example","Click")'
    written = body.run("consult", "collate", "example", "--format", "csv").stdout
    assert ",'=HYPERLINK" in written.replace('"', "")
    assert ",=HYPERLINK" not in written.replace('"', "")


def _rows(form: Path) -> tuple[tuple[str, ...], ...]:
    from policygen.load.spreadsheet.xlsx import xlsx_grid

    return xlsx_grid(form.read_bytes(), "form")


def bomb() -> Path:
    parts = {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000}
    return zipped(parts, Path("bad.xlsx"))


def entities() -> Path:
    bad = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    return zipped({"xl/workbook.xml": bad}, Path("bad.xlsx"))


def csv_form(pattern: str, new: str) -> Callable[[], Path]:
    def make() -> Path:
        return replaced(filled_csv(FORM, Path("bad.csv"), FILLING), pattern, new)

    return make


def raw(name: str, data: bytes) -> Callable[[], Path]:
    def make() -> Path:
        Path(name).write_bytes(data)
        return Path(name)

    return make


def other_policy() -> Path:
    Path("other.docx").write_bytes((LETTERS / "covering-letter.docx").read_bytes())
    return Path("other.docx")


HOSTILE = {
    "a zip bomb": (bomb, "PG686"),
    "an entity attack": (entities, "PG686"),
    "a broken zip": (raw("bad.xlsx", b"PK\x03\x04 xl/workbook"), "PG686"),
    "no workbook": (raw("bad.xlsx", b"hello"), "PG686"),
    "CSV without an end": (csv_form(r"\Z", '\n"1.3 Replies,'), "PG686"),
    "a NULL byte": (raw("bad.csv", b"a\0b"), "PG686"),
    "a cell without an end": (csv_form("are too many", "x" * 21_000), "PG686"),
    "the form of another body": (csv_form("example@0.9", "rauporoa@0.9"), "PG688"),
    "the form of another version": (csv_form("example@0.9", "example@0.8"), "PG688"),
    "any table": (raw("bad.csv", b"a,b\n1,2\n"), "PG688"),
    "a form without its heads": (csv_form("Your comment", "Thoughts"), "PG687"),
    "a row of nobody knows what": (csv_form("1.1 Records|law.records", "???"), "PG687"),
    "a Word file of something else": (other_policy, "PG672"),
    "no Word file": (raw("bad.docx", b"%PDF-1.7"), "PG670"),
    "a file that is not there": (lambda: Path("nowhere.docx"), "PG"),
}


@pytest.mark.parametrize(("make", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_a_problem_and_nothing_is_written(
    body: Small, make: Callable[[], Path], code: str
) -> None:
    good, bad = lawyer(), str(make())
    before = everything()
    result = body.run("consult", "collate", "example", good, bad)
    assert result.exit_code == 1
    assert code in result.stderr
    assert result.stderr.count("PG") == 1
    assert everything() == before


def test_a_copy_of_another_version_is_refused(body: Small) -> None:
    copy = lawyer()
    body.path("organisation/profile.yaml").write_text(PROFILE.replace('"0.9"', '"0.10"'))
    body.write({"base/law.md": Path("templates/base/law.md").read_text() + "\nNobody forgets.\n"})
    assert body.run(*OPEN).exit_code == 0
    late = body.run("consult", "collate", "example", copy)
    assert "This is a copy of version 0.9; out for comment is example@0.10." in late.stderr
    assert collated(body, copy, more=("--version", "0.9"))["consultation"] == "example@0.9"


def test_a_copy_of_this_version_with_other_words_says_so(body: Small) -> None:
    body.write({"base/law.md": LAW.replace("Nobody", "No one")})
    built = body.run("build", "example", "-e", "full-story", "-f", "docx")
    assert built.exit_code == 0, built.output
    result = body.run("consult", "collate", "example", "dist/example/full-story.docx")
    assert "version 0.9, printed with other words than its release has" in result.stderr


def test_a_log_that_was_changed_is_told(body: Small) -> None:
    collated(body, lawyer())
    assert "PG683" not in body.run("check", "example").output
    LOG.write_bytes(LOG.read_bytes().replace(b"counsel", b"nobody"))
    for command in (("check", "example"), ("consult", "collate", "example")):
        assert "PG683" in body.run(*command).output


def test_a_kept_copy_that_was_changed_is_told(body: Small) -> None:
    collated(body, lawyer())
    (copy,) = (FOLDER / "people/files").glob("*.docx")
    assert copy.read_bytes() == Path("lawyer.docx").read_bytes()
    copy.write_bytes(b"PK")
    assert "PG683" in body.run("check", "example").output


def test_two_people_of_one_name_are_noted_and_told_apart(body: Small) -> None:
    two = [filled_csv(FORM, Path(name), {**FILLING, "1.2": (name,)}) for name in ("a.csv", "b.csv")]
    collate = ("consult", "collate", "example")
    assert body.run(*collate, str(two[0])).exit_code == 0
    tried = body.run(*collate, str(two[1]), "--dry-run")
    assert "r1 wrote in a.csv and in b.csv, for both bear one name." in tried.stderr
    told_apart = body.run(*collate, str(two[1]), "--from", "Sam Iqbal, Highways")
    assert "one name" not in told_apart.stderr
    copy = word_copy("c.docx", lambda one: one.track("law.advice", "the", "our", "Sam Iqbal"))
    again = body.run(*collate, copy, "--from", "Sam Iqbal, Parks")
    assert "one name" not in again.stderr
    assert {one["who"] for one in responses(collated(body))} == {
        f"r{number} (private)" for number in (1, 2, 3)
    }


# --- Answer ---------------------------------------------------------------------------------------


@pytest.fixture
def answered(body: Small) -> Small:
    """A body to which a lawyer, a union and a director have answered, and somebody by a form."""
    collated(body, union(), more=("--for", "UNISON"))
    collated(body, lawyer(), director(), str(filled_csv(FORM, Path("it.csv"), FILLING)))
    return body


def number(small: Small, clause: str, words: str) -> str:
    """The number of the response on a clause that holds these words."""
    found = responses(collated(small))
    return str(
        next(
            one["number"]
            for one in found
            if one["clause"] == clause and words in f"{one['after']} {one['said']}"
        )
    )


def test_an_edit_of_a_binding_clause_is_written_once_it_is_cleared(answered: Small) -> None:
    binding = LAW.replace("- label: Advice", "- label: Advice\n- binding: yes")
    answered.write({"base/law.md": binding})
    counsel = number(answered, "law.advice", "counsel")
    told = ("consult", "answer", "example", counsel, "--decision", "accepted", "--because", "So")
    refused = answered.run(*told)
    assert refused.exit_code == 1
    assert "PG657" in refused.stderr
    assert "0 answers recorded" in answered.run(*told).stderr
    log = LOG.read_bytes()
    cleared = answered.run(*told, "--cleared-by", "Head of Legal, 8 December 2026")
    assert cleared.exit_code == 0, cleared.output
    assert "Ask counsel before you post" in Path("profiles/example/law.md").read_text()
    again = answered.run(*told, "--cleared-by", "Head of Legal, 8 December 2026")
    assert (again.exit_code, again.stdout) == (0, "")
    assert LOG.read_bytes() == log


def test_an_accepted_edit_becomes_our_own_words(answered: Small) -> None:
    counsel = number(answered, "law.advice", "counsel")
    told = ("--decision", "accepted", "--because", "Counsel knows best")
    tried = answered.run("consult", "answer", "example", counsel, *told, "--dry-run")
    assert "+Ask counsel before you post about a case." in tried.stdout
    assert not Path("profiles/example/law.md").exists()
    result = answered.run("consult", "answer", "example", counsel, *told)
    assert result.exit_code == 0, result.output
    own = Path("profiles/example/law.md").read_text()
    assert "Ask counsel before you post about a case." in own
    assert "- because: Counsel knows best" in own
    assert "1 answer recorded; 7 wait for one." in result.stderr


def test_a_declined_edit_changes_no_words(answered: Small) -> None:
    told = ("--decision", "declined", "--because", "It stays as it is")
    result = answered.run("consult", "answer", "example", "1.2", *told)
    assert "2 answers recorded" in result.stderr
    assert not Path("profiles/example/law.md").exists()


def test_an_answer_has_a_reason_and_a_response(answered: Small) -> None:
    before = everything()
    for words, code in (
        (("1.2", "--decision", "noted"), "PG689"),
        (("99", "--decision", "noted", "--because", "So"), "PG689"),
        (("law.nowhere", "--decision", "noted", "--because", "So"), "PG689"),
    ):
        result = answered.run("consult", "answer", "example", *words)
        assert result.exit_code == 1
        assert code in result.stderr
    assert everything() == before


def test_words_of_a_form_are_for_a_person_to_write(answered: Small) -> None:
    proposal = number(answered, "law.records", "in the records system")
    told = ("--decision", "accepted", "--because", "Good")
    result = answered.run("consult", "answer", "example", proposal, *told)
    assert result.exit_code == 1
    assert "PG690" in result.stderr
    assert "1 answer recorded" in result.stderr


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_answers_come_back_on_a_sheet(answered: Small, ending: str) -> None:
    sheet = Path(f"answers.{ending}")
    made = answered.run("consult", "print", "sheet", "example", "--out", str(sheet))
    assert made.exit_code == 0, made.output
    fill = filled_xlsx if ending == "xlsx" else filled_csv
    row = {
        "1": ("", "", "", "partly accepted", "Half of it is right"),
        "2": ("", "", "", "Noted", "Thank you"),
    }
    fill(sheet, sheet, row)
    result = answered.run("consult", "answer", "example", "--read", str(sheet))
    assert "2 answers recorded; 6 wait for one." in result.stderr
    again = answered.run("consult", "answer", "example", "--read", str(sheet))
    assert "0 answers recorded" in again.stderr
    found = {one["number"]: one["answer"] for one in responses(collated(answered))}
    assert found[1] == {"verdict": "partly accepted", "because": "Half of it is right"}


def test_a_sheet_with_a_word_that_is_no_decision_is_refused(answered: Small) -> None:
    sheet = Path("answers.csv")
    answered.run("consult", "print", "sheet", "example", "--out", str(sheet))
    filled_csv(
        sheet, sheet, {"1": ("", "", "", "accept", "Yes"), "2": ("", "", "", "noted", "Yes")}
    )
    before = everything()
    result = answered.run("consult", "answer", "example", "--read", str(sheet))
    assert 'Did you mean "accepted"' in result.stderr
    assert everything() == before


def test_an_old_sheet_undoes_no_later_answer(answered: Small) -> None:
    sheet, told = Path("answers.csv"), ("consult", "answer", "example", "1", "--decision")
    assert answered.run(*told, "noted", "--because", "Thank you").exit_code == 0
    answered.run("consult", "print", "sheet", "example", "--out", str(sheet))
    assert answered.run(*told, "declined", "--because", "It stays").exit_code == 0
    filled_csv(sheet, sheet, {"2": ("", "", "", "noted", "We read it")})
    before = everything()
    result = answered.run("consult", "answer", "example", "--read", str(sheet))
    assert result.exit_code == 1
    assert "Response 1 was answered otherwise since" in result.stderr
    assert everything() == before
    assert answered.run(*told, "noted", "--because", "Thank you").exit_code == 0


def test_a_formula_is_no_answer(answered: Small) -> None:
    """Everybody who wrote would read it, and the log would keep it."""
    sheet = Path("answers.xlsx")
    answered.run("consult", "print", "sheet", "example", "--out", str(sheet))

    def change(root: etree._Element) -> None:
        cell = [one for one in root.iter(f"{S}c") if one.get("r", "").startswith("G")][-1]
        cell.attrib.pop("t")
        etree.SubElement(cell, f"{S}f").text = "G5"

    row = {"1": ("", "", "", "noted", "Yes"), "2": ("", "", "", "noted", "Yes")}
    filled_xlsx(sheet, sheet, row, change)
    before = everything()
    result = answered.run("consult", "answer", "example", "--read", str(sheet))
    assert result.exit_code == 1
    assert re.search(r"G\d+: error: This cell holds a formula.  PG582", result.stderr)
    assert everything() == before


def test_answers_are_given_on_the_terminal(answered: Small) -> None:
    typed = "declined\nNo\nskip\nnoted\nThank you\nstop\n"
    result = answered.run("consult", "answer", "example", "--ask", input=typed)
    assert "2 answers recorded; 6 wait for one." in result.stderr


def test_a_later_answer_counts_and_the_earlier_stays(answered: Small) -> None:
    for because in ("First thought", "Second thought"):
        told = ("--decision", "declined", "--because", because)
        assert answered.run("consult", "answer", "example", "1", *told).exit_code == 0
    assert "First thought" in LOG.read_text()
    shown = answered.run("consult", "print", "you-said", "example").stdout
    assert "Second thought" in shown
    assert "First thought" not in shown


@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "docx"])
def test_you_said_we_did_is_printed(answered: Small, format: str) -> None:
    told = ("--decision", "noted", "--because", "Thank you for that")
    for clause in ("law.records", "law.advice", "law.replies", "whole-policy"):
        answered.run("consult", "answer", "example", clause, *told)
    out = Path("said.out")
    printed = answered.run(
        "consult", "print", "you-said", "example", "-f", format, "--out", str(out)
    )
    assert printed.exit_code == 0, printed.output
    if format == "docx":
        assert out.read_bytes().startswith(b"PK")
        return
    text = out.read_text()
    assert "Each point has its answer here." in text
    assert "Thank you for that." in text
    assert "UNISON" in text
    for name in (LAWYER, "Sam Iqbal", "U. Nion"):
        assert name not in text


def test_the_record_shows_what_was_due_and_done(answered: Small) -> None:
    result = answered.run("consult", "print", "record", "example", "-f", "markdown")
    text = " ".join(result.stdout.split())
    assert "8 responses from UNISON and 3 private people. 8 are not answered yet." in text
    assert "25 working days" in text.replace("\u00a0", " ")
    assert "UNISON, and our answer" in text
    assert "A letter was made for UNISON." in text  # whether it was sent, nobody here knows
    assert LOG.read_text()
    assert "is kept until 31 December 2027" in text.replace("\u00a0", " ")


def test_the_board_hears_what_came_of_it_and_no_private_word(answered: Small) -> None:
    union_edit = number(answered, "law.advice", "the union and")
    for told in (union_edit, "law.records"):
        words = ("--decision", "declined", "--because", f"Because of {told}")
        assert answered.run("consult", "answer", "example", told, *words).exit_code == 0
    shown = answered.run("report", "board", "example", "-f", "markdown").stdout
    text = " ".join(shown.replace("\u00a0", " ").split())
    assert "Version 0.9 was out for comment from 2 November 2026 to 4 December 2026: " in text
    assert "8 responses from UNISON and 3 private people." in text
    assert "Of these, 4 were not accepted and 4 are not answered yet." in text
    assert "Not taken: UNISON, on 1.2 Advice: Say: “Ask the union and the lawyers" in text
    assert f"Because of {union_edit}." in text
    assert text.count("Not taken:") == 1
    assert "posts a day" not in text


# --- Forget ---------------------------------------------------------------------------------------


def test_a_name_is_erased_and_the_log_holds(answered: Small) -> None:
    before = everything()
    tried = answered.run("consult", "forget", "example", "sam iqbal", "--dry-run")
    assert "1 name and 1 file would be erased." in tried.stderr
    assert everything() == before
    log = LOG.read_bytes()
    assert answered.run("consult", "forget", "example", "sam iqbal").exit_code == 0
    everywhere = b"".join(everything().values())
    assert b"Sam Iqbal" not in everywhere
    assert b"it.csv" not in everywhere
    assert LOG.read_bytes().startswith(log)
    assert "PG683" not in answered.run("check", "example").output
    assert "=1+1 posts a day are too many." in answered.run("consult", "collate", "example").stdout
    new = collated(
        answered, word_copy("new.docx", lambda one: one.retype("law.advice", "post", "write"))
    )
    assert "r5 (private)" in {one["who"] for one in responses(new)}


def test_quiet_edits_in_a_copy_that_was_passed_on_are_said_to_be_taken_for_its_author(
    body: Small,
) -> None:
    def passed_on(word: ReturnedWord) -> None:
        word.track("law.advice", "the lawyers", "counsel", LAWYER)
        word.retype("law.replies", "in the archive", "at once")

    copy = word_copy("copy.docx", passed_on)
    tell = ("consult", "collate", "example", copy, "--dry-run")
    whose = f"{LAWYER}, the only author in it (r1 in the log)"
    note = f"What bears no name in copy.docx is taken for the words of {whose}"
    assert note in body.run(*tell).stderr
    assert note not in body.run(*tell, "--from", "Dana Reid").stderr
    tracked = word_copy(
        "own.docx", lambda one: one.track("law.advice", "the lawyers", "counsel", LAWYER)
    )
    assert (
        "bears no name"
        not in body.run("consult", "collate", "example", tracked, "--dry-run").stderr
    )


def test_a_file_that_does_not_say_whose_it_is_is_told(body: Small) -> None:
    form = str(filled_csv(FORM, Path("it.csv"), {"1.1": ("Too long.",)}))
    tell = ("consult", "collate", "example", form)
    assert "it.csv does not say whose it is" in body.run(*tell, "--dry-run").stderr
    assert "whose it is" not in body.run(*tell, "--from", "Sam Iqbal").stderr


def test_files_that_said_nothing_new_are_erased_with_the_name(body: Small) -> None:
    again = {**FILLING, "1.2": ("",), "Your name": ("sam  iqbal",)}
    empty = {"Your name": ("Dorothea Quill",)}
    collated(body, str(filled_csv(FORM, Path("sam.csv"), FILLING)))
    collated(body, str(filled_csv(FORM, Path("sam-again.csv"), again)))
    collated(body, str(filled_csv(FORM, Path("quill.csv"), empty)))
    result = body.run("consult", "forget", "example", "Sam Iqbal", "Dorothea Quill")
    assert "2 names and 3 files erased" in result.stderr
    everywhere = b"".join(everything().values()).lower()
    for word in (b"iqbal", b"sam-again.csv", b"quill"):
        assert word not in everywhere


def test_a_file_that_cannot_be_removed_is_not_said_to_be_erased(
    answered: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed = Path.unlink

    def held(path: Path, *words: object, **more: bool) -> None:
        if path.parent.name == "files":
            raise PermissionError(13, "held open")  # as Windows does
        removed(path, **more)

    monkeypatch.setattr(Path, "unlink", held)
    told = answered.run("consult", "forget", "example", "r1")
    assert told.exit_code == 1
    (kept,) = (path for path in (FOLDER / "people/files").iterdir() if str(path) in told.stderr)
    assert "could not be removed" in told.stderr
    assert "erased, as far as they lie here" not in told.stderr
    assert kept.stem not in PEOPLE.read_text()


def test_in_the_end_everybody_is_erased(answered: Small) -> None:
    result = answered.run("consult", "forget", "example", "--everybody")
    assert "4 names and 4 files erased" in result.stderr
    assert not list((FOLDER / "people/files").glob("*.docx"))
    assert "UNISON" not in PEOPLE.read_text()
    assert answered.run("consult", "forget", "example", "r1").exit_code == 1


def test_an_edit_whose_copy_is_erased_is_for_a_person(answered: Small) -> None:
    counsel = number(answered, "law.advice", "counsel")
    answered.run("consult", "forget", "example", LAWYER)
    told = ("--decision", "accepted", "--because", "Good")
    result = answered.run("consult", "answer", "example", counsel, *told)
    assert "the copy was erased" in result.stderr
    assert not Path("profiles/example/law.md").exists()


def test_a_link_that_leads_out_from_the_names_is_not_read(body: Small) -> None:
    """A folder may come from a stranger, and what is wrong with the file would be quoted."""
    Path("secret").write_text("hunter2: {name: x}\n")
    PEOPLE.unlink()
    PEOPLE.symlink_to(Path("secret").resolve())
    result = body.run("check", "example")
    assert result.exit_code == 1
    assert "PG501" in result.stderr
    assert "hunter2" not in result.output


def test_names_may_lie_on_another_disk(body: Small) -> None:
    """The folder itself may be a link: it is kept out of version control."""
    elsewhere = Path("elsewhere").resolve()
    PEOPLE.parent.rename(elsewhere)
    PEOPLE.parent.symlink_to(elsewhere)
    assert "PG501" not in body.run("check", "example").stderr
