"""`policygen signed`: a kit with which staff sign, and who has."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from frozen import Frozen
from organisations import ROOT
from small import policygen
from spoilt_books import saved, with_macros

from policygen.load.policy import read_policy
from policygen.load.year.briefing import load_briefing_words
from policygen.write.pdf.press import press_for
from policygen.year.briefing import asked_questions

PRACTICE = "\n### In practice\n\n{}\n"
HEADS = "Name,Role,Version,Signed on,Briefed by\n"


@pytest.fixture
def body(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    """A body with three versions: 1.1 changed a practice and 1.2 a rule."""
    small = Frozen(tmp_path, monkeypatch)
    rules = (
        "editions:\n  policy: {title: Policy, tiers: [rule], layout: brief, commitments: true}\n"
    )
    outline = small.path("outline.yaml")
    outline.write_text(outline.read_text().replace("editions:\n", rules))
    own = small.path("organisation/law.md")
    rule = own.read_text()
    own.write_text(rule + PRACTICE.format("By hand."))
    small.release("First")
    for version, day, text in (
        ("1.1", "2027-02-01", rule + PRACTICE.format("By machine.")),
        ("1.2", "2027-06-01", rule.replace("Ours, too", "Theirs") + PRACTICE.format("By machine.")),
    ):
        own.write_text(text)
        profile = small.path("organisation/profile.yaml")
        lines = profile.read_text().splitlines(keepends=True)
        new = {"version": f'"{version}"', "issued": day, "approved_at": f"Cabinet, for {version}"}
        profile.write_text("".join(_with(line, new) for line in lines))
        small.release(f"Version {version}")
    return small


def _with(line: str, values: dict[str, str]) -> str:
    key = line.split(":")[0].strip()
    return f"    {key}: {values[key]}\n" if key in values else line


def people(result_json: str) -> dict[str, str]:
    data = json.loads(result_json)
    return {one["name"]: one["standing"] for one in data["people"]}


def listed(text: str, name: str = "back.csv") -> str:
    Path(name).write_text(text)
    return name


def test_who_signed_who_has_not_and_who_must_anew_because_a_rule_moved(body: Frozen) -> None:
    back = listed(
        "Release,example@1.0\n"
        + HEADS
        + "Ada,Officer,1.2,2027-06-02,Head\nBo,Clerk,1.1,1 March 2027,Head\n"
        + "Cy,Clerk,,2026-12-08,Head\nDi,Porter,,,\nCy,Clerk,1.1,01/03/2027,Head\nEd,Porter,1.1-h2,2027-03-01,\n"
    )
    now = body.run("signed", "example", back, "--on", "2027-06-30", "-f", "json")
    assert people(now.stdout) == {"Ada": "signed", "Bo": "anew", "Cy": "anew", "Di": "not_signed", "Ed": "anew"}  # fmt: skip
    assert "This list is of version 1.0; since then 1.2 is in force.  PG574" in now.stderr
    # A practice that moved makes nobody sign anew, and what is signed later does not count yet.
    then = body.run("signed", "example", back, "--on", "2027-02-10", "-f", "json")
    assert people(then.stdout) == {"Ada": "not_signed", "Bo": "not_signed", "Cy": "holds", "Di": "not_signed", "Ed": "not_signed"}  # fmt: skip
    shown = body.run("signed", "example", back, "--on", "2027-06-30").stdout
    assert "1 of 5 have signed what is in force" in shown
    assert "Ours" in shown.partition("Must sign anew, because a rule changed")[2]
    no_names = body.run("signed", "example", back, "--on", "2027-06-30", "--no-names").stdout
    assert "Ada" not in no_names
    assert "Rules that changed since somebody signed" in no_names


def test_a_warning_names_a_cell_and_no_person(body: Frozen) -> None:
    back = listed(f"{HEADS}Ada Lovelace,Officer,1.0,2027-06-02,\nBo Peep,Clerk,1.1,2026-12-08,\n")
    counted = body.run("signed", "example", back, "--on", "2027-03-01", "--no-names")
    assert "back.csv, D2: warning: Somebody signed on 2027-06-02" in counted.stderr
    assert "back.csv, D3: warning: Somebody signed version 1.1 on 2026-12-08" in counted.stderr
    assert "Ada" not in counted.output
    assert "Peep" not in counted.output


def test_a_list_of_a_version_to_come_is_told_as_one(body: Frozen) -> None:
    back = listed(f"Release,example@1.2\n{HEADS}Ada,Officer,,2027-02-01,\n")
    told = body.run("signed", "example", back, "--on", "2027-02-10").stderr
    assert "This list is of version 1.2; on 2027-02-10, 1.1 is in force." in told
    assert "since then" not in told


def test_each_sheet_of_a_workbook_that_is_a_list_is_counted(body: Frozen) -> None:
    book = openpyxl.Workbook()
    for name in ("Depot", "Office"):
        sheet = book.create_sheet(name)
        sheet.append(HEADS.strip().split(","))
        sheet.append([f"Ada of the {name}", "Clerk", "1.2", "2027-06-02"])
    book.save("back.xlsx")
    now = body.run("signed", "example", "back.xlsx", "--on", "2027-06-30", "-f", "json")
    assert people(now.stdout) == {"Ada of the Depot": "signed", "Ada of the Office": "signed"}
    book["Office"]["D2"] = "soon"
    book.save("back.xlsx")
    refused = body.run("signed", "example", "back.xlsx", "--on", "2027-06-30")
    assert 'back.xlsx, sheet Office, D2: error: "soon" is no day.' in refused.stderr


SPOILT: dict[str, tuple[str, str]] = {
    "another body": (f"Release,rauporoa@1.0\n{HEADS}A,B,,2027-06-02,\n", "This is a list of rauporoa@1.0, not of example.  PG571"),
    "a version that is none": (f"{HEADS}A,B,3.7,2027-06-02,\n", 'back.csv, C2: error: There is no version "3.7" of example.  PG572'),
    "no version": (f"{HEADS}A,B,,2027-06-02,\n", "Nobody can see which version was signed"),
    "a day that is none": (f"{HEADS}A,B,1.2,last week,\n", 'back.csv, D2: error: "last week" is no day.  PG573'),
    "nobody": (f"{HEADS},B,1.2,2027-06-02,\n", "back.csv, A2: error: This row has a day, and no name.  PG573"),
    "no heads": ("Who,When\nA,2027-06-02\n", "This is no sign-off list"),
    "ten thousand rows": (HEADS + "A,B,1.2,2027-06-02,\n" * 10_000, "more than 5,000 rows"),
}  # fmt: skip


def test_a_list_that_cannot_be_counted_is_refused_with_each_row(body: Frozen) -> None:
    for what, (text, said) in SPOILT.items():
        result = body.run("signed", "example", listed(text), "--on", "2027-06-30")
        assert (result.exit_code, result.stdout) == (1, ""), what
        assert said in result.stderr, what
    early = body.run("signed", "example", listed(HEADS), "--on", "2026-01-01")
    assert "No version of example was in force on 1 January 2026" in early.stderr


def formula(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    sheet["A6"], sheet["D6"] = "Ada", "=TODAY()"
    sheet.merge_cells("A7:B7")


def test_names_stay_out_of_git_and_a_list_is_never_written_over(
    body: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_for.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # as where its library is missing
    made = body.run("signed", "example", "--kit", "kit", "--on", "2027-06-30")
    assert made.exit_code == 0
    assert "PG421" in made.stderr
    assert sorted(path.name for path in Path("kit").iterdir()) == ["people", "record.docx"]
    assert "says what no of our questions rest on" in made.stderr
    empty = Path("kit/people/sign-off-1.2.xlsx")
    for spoil, said in ((formula, "PG582"), (None, "This workbook holds macros")):
        shutil.copy(empty, "spoilt.xlsx")
        saved("spoilt.xlsx", spoil) if spoil else with_macros("spoilt.xlsx")
        assert said in body.run("signed", "example", "spoilt.xlsx", "--on", "2027-06-30").stderr

    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["A6"], sheet["B6"], sheet["D6"] = "Ada", "Officer", "2 June 2027"

    saved(str(empty), fill)
    filled = empty.read_bytes()
    again = body.run("signed", "example", "--kit", "kit", "--on", "2027-06-30")
    assert "somebody may have signed there, so it was left as it is" in again.stderr
    assert empty.read_bytes() == filled

    subprocess.run(["git", "init", "-q", "."], check=True)
    words = ("signed", "example", str(empty), "--on", "2027-06-30", "-f", "csv", "--out")
    assert "PG575" in body.run(*words, "who.csv").stderr
    assert not Path("who.csv").exists()
    kept = body.run(*words, "kit/people/who.csv")
    assert kept.stderr == ""
    assert "Ada,Officer,signed,1.2,2027-06-02," in Path("kit/people/who.csv").read_text("utf-8-sig")
    shutil.copy(empty, "beside.xlsx")
    assert "PG576" in body.run("signed", "example", "beside.xlsx", "--on", "2027-06-30").stderr


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit of an example that was released: its folder."""
    folder = tmp_path_factory.mktemp("kit")
    shutil.copytree(ROOT / "profiles/fenwick", folder / "profiles/fenwick")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        released = policygen("release", "fenwick", "-s", "First", "-e", "overview", "-f", "md")
        assert released.exit_code == 0, released.output
        made = policygen("signed", "fenwick", "--kit", "kit", "--on", "2026-12-08")
    assert made.exit_code == 0, made.output
    return folder / "kit"


def test_a_record_of_one_page_says_what_was_told_and_by_whom(kit: Path) -> None:
    import pypdf
    from docx import Document

    pages = pypdf.PdfReader(kit / "record.pdf").pages
    assert len(pages) == 1
    said = " ".join(pages[0].extract_text().split())
    word = Document(str(kit / "record.docx"))
    cells = {cell.text.strip() for table in word.tables for row in table.rows for cell in row.cells}
    paragraphs = " ".join(paragraph.text for paragraph in word.paragraphs)
    assert {"Name", "Role", "Date", "Signature", "Briefed by (name, role)"} <= cells
    seal = next(
        row[1] for row in csv.reader(StringIO((kit / "people/sign-off-1.0.csv").read_text("utf-8-sig"))) if row[0] == "Seal"
    )  # fmt: skip
    for text in ("version 1.0, in force since 7 December 2026", "use your job for private gain", "final written warning or dismissal"):  # fmt: skip
        assert text in said
        assert text in " ".join(paragraphs.replace("\u00a0", " ").split()) or text in str(cells)
    assert seal[:16] in said.replace(" ", "")


def test_five_questions_rest_on_what_the_policy_says(kit: Path) -> None:
    rows = list(csv.DictReader(StringIO((kit / "questions.csv").read_text("utf-8-sig"))))
    assert len({row["Question"] for row in rows}) == 5
    assert [row["Right"] for row in rows].count("yes") == 5
    right = {row["Question"]: row for row in rows if row["Right"] == "yes"}
    appeal = right["One of your posts is taken down, and you think that is wrong. By when must you ask for a new decision?"]  # fmt: skip
    assert appeal["Answer"] == "Within 10 working days of being told."
    assert appeal["Clause"] == "clause 17.4 (Appeal)"
    text = (kit / "questions.txt").read_text()
    assert text.index("Tick one answer") < text.index("ANSWERS, for whoever briefs")
    gift = (kit / "questions.gift").read_text()
    assert gift.count("::") == 10
    assert all(gift.count(sign) == 5 for sign in ("\n  =", " {\n", "\n}\n"))
    assert "The rule sets one\\: 10 working days." in gift


def test_a_body_is_asked_what_its_own_policy_says(kit: Path) -> None:
    """A clause that is left out, or a deadline that nobody promises, takes its question with it."""
    policy = read_policy(kit.parent / "profiles/fenwick/releases/1.0/policy.json")
    questions = load_briefing_words(()).questions
    every = [one.id for one in asked_questions(policy, questions, 99)]
    assert every == list(questions)  # each of ours is asked of somebody
    other = {**questions, "appeal": questions["appeal"].__class__("concerns.appeal", ("within {commitments.block}",), "?", "!", ())}  # fmt: skip
    unsaid = {**questions, "limits": questions["limits"].__class__("conduct.seven-limits", ("Nine limits",), "?", "!", ())}  # fmt: skip
    assert [one.id for one in asked_questions(policy, other, 99)] == [
        id for id in every if id != "appeal"
    ]
    assert [one.id for one in asked_questions(policy, unsaid, 99)] == every[1:]


def test_the_kit_is_the_same_on_any_day(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kit.parent)
    policygen("signed", "fenwick", "--kit", "later", "--on", "2027-05-05")
    files = [path.relative_to(kit) for path in kit.rglob("*") if path.is_file()]
    assert [
        str(one) for one in files if (kit / one).read_bytes() != (Path("later") / one).read_bytes()
    ] == []
