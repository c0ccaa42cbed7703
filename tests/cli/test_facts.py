"""`policygen facts`: a workbook goes out, a clerk fills it in, and it is read back."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from spoilt_books import OWNER, answer, saved, with_macros
from tools import outside_tool

from policygen.cli import main

PROFILE = """\
name: Thornby Town Council
short_name: the council
kind: council
jurisdiction: england
posture: balanced

# Only the press office's number is known as yet.
contacts:
  press_office: {role: the press office, phone: "01632 960 011"}  # asked in May
channels:
  - platform: Facebook
    handle: ThornbyTown
    languages: [en-GB]
    moderation: after
  - {platform: X, handle: "@thornby"}
"""
BOOK = "facts.xlsx"
BACK = "back.xlsx"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a body, and the workbook that went out."""
    folder = tmp_path_factory.mktemp("facts")
    (folder / "profiles/thornby").mkdir(parents=True)
    (folder / "profiles/thornby/profile.yaml").write_text(PROFILE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = run("--out", BOOK)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def body(sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, to change; returns the profile."""
    shutil.copytree(sent, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "profiles/thornby/profile.yaml"


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(
        main, ["facts", "thornby", *words], input=typed, catch_exceptions=False
    )


def send_anew() -> None:
    """The workbook of what the profile says by now, in the place of the one that went out."""
    Path(BOOK).unlink()
    assert run("--out", BOOK).exit_code == 0


def fill(book: openpyxl.Workbook) -> None:
    answer(book, "contacts.press_office.phone", "01632 960 099")
    answer(book, "unions", "UNISON; GMB")
    answer(book, "policy.issued", "7 December 2026")
    answer(book, "elected_members", "yes")
    accounts = book["Accounts"]
    accounts["C4"] = "News"
    for cell in accounts[5][:9]:
        cell.value = None
    accounts["A6"], accounts["I6"] = "Mastodon", "Paused"


WRITTEN = (
    PROFILE.replace("960 011", "960 099")
    .replace("    moderation: after\n", "    moderation: after\n    purpose: News\n")
    .replace('{platform: X, handle: "@thornby"}', "{platform: Mastodon, status: paused}")
)


def test_a_sheet_for_each_who_will_know_in_plain_words(sent: Path) -> None:
    book = openpyxl.load_workbook(sent / BOOK)
    assert book.sheetnames[:3] == ["Read me", OWNER, "Human resources"]
    assert {"Records or information team", "Accounts", "Who says yes"} <= set(book.sheetnames)
    records = book["Records or information team"]
    said = [[cell.value for cell in row[:4]] for row in records.iter_rows(min_row=5, max_row=5)]
    assert said == [
        [
            "2",
            "What is the shared mailbox of the records team?",
            None,
            "Such as team@thornby.example",
        ]
    ]
    offered = {
        str(one.sqref): one.formula1 for one in book["Accounts"].data_validations.dataValidation
    }
    assert offered["H4:H105"] == '"Before,After,None"'
    assert [column for column in "CDEF" if records.column_dimensions[column].hidden] == ["E", "F"]


def test_what_a_clerk_fills_in_stands_in_the_profile_and_nothing_else_has_moved(body: Path) -> None:
    saved(BOOK, fill, BACK)
    shown = run("--in", BACK, "--dry-run")
    assert shown.exit_code == 0
    assert (
        "01632 960 011\n  + 01632 960 099\n    back.xlsx, sheet Communications team, C6"
        in shown.output
    )
    assert "Nothing was written." in shown.output
    assert body.read_text() == PROFILE
    assert run("--in", BACK, typed="n\n").exit_code == 0
    assert body.read_text() == PROFILE
    assert "7 changed" in run("--in", BACK, typed="y\n").output
    text = body.read_text()
    assert text.startswith(WRITTEN.rstrip())
    added = text.removeprefix(WRITTEN.rstrip()).split("\n")
    assert {"unions: [UNISON, GMB]", "elected_members: true"} <= set(added)
    assert "issued: 2026-12-07" in text
    again = run("--in", BACK)
    assert "Nothing that came back differs" in again.output
    assert body.read_text() == text


@pytest.mark.slow
def test_a_clerk_names_languages_as_people_do(body: Path) -> None:
    book = openpyxl.load_workbook(BOOK)
    answer(book, "languages", "English; Cymraeg")
    accounts = book["Accounts"]
    heads = [cell.value for cell in accounts[3]]
    at = heads.index("The languages that it speaks, such as English; Welsh") + 1
    accounts.cell(4, at).value = "English; Welsh; Polish"
    questions = {row[1].value for sheet in book for row in sheet.iter_rows() if len(row) > 1}
    assert "What is the name of your organisation? In Cymraeg." in questions
    book.save(BACK)
    kept = run("--in", BACK, "--yes")
    assert kept.exit_code == 0, kept.output
    said = body.read_text()
    assert "languages: [en-GB, cy, pl]" in said
    assert "languages: [en-GB, cy]" in said


@pytest.mark.slow
def test_libre_office_sends_back_what_it_was_given(body: Path, tmp_path: Path) -> None:
    office = outside_tool("soffice")
    if not office.resolve().with_name("libsclo.so").exists():
        outside_tool("libreoffice-calc")
    saved(BOOK, fill, "filled.xlsx")
    profile = (tmp_path / "office").as_uri()
    command = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        "by-office",
        "filled.xlsx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    result = run("--in", "by-office/filled.xlsx", "--yes")
    assert "7 changed" in result.output, result.output
    assert body.read_text().startswith(WRITTEN.rstrip())


def taken_apart(book: openpyxl.Workbook) -> None:
    owner, accounts = book[OWNER], book["Accounts"]
    owner["C5"] = "=1+1"
    owner.merge_cells("C6:C7")
    owner["C80"] = "UNISON"
    accounts["B3"] = "Name"
    book["Elections"]["E4"] = "{"
    book["Legal team"].delete_rows(3)
    book["Web team"].title = "Answers"


def many(book: openpyxl.Workbook) -> None:
    for number in range(4, 10_004):
        book["Elections"].cell(number, 1).value = "X"


def unfit(book: openpyxl.Workbook) -> None:
    book["Web team"]["C4"] = "our page"
    book["Accounts"]["B7"] = "lost"


def off_the_list(book: openpyxl.Workbook) -> None:
    book["Accounts"]["H4"] = "Aftr"


SPOILT: dict[str, tuple[Callable[[openpyxl.Workbook], None], list[str]]] = {
    "taken apart": (taken_apart, [
        "back.xlsx, sheet Policy's owner, C5: error: This cell holds a formula.  PG582",
        "sheet Policy's owner, C6:C7: error: These cells are merged.  PG582",
        "sheet Policy's owner, C80: error: It cannot be seen which question this row answers.  PG586",
        'sheet Accounts, B3: error: The heads of this sheet have changed: "Handle" is now "Name".  PG581',
        "sheet Elections, A4: error: What policygen wrote into the hidden columns",
        "sheet Legal team, A3: error: The heads of this sheet have changed",
        'error: The sheet "Answers" was renamed',
    ]),
    "ten thousand rows": (many, ["back.xlsx: error: This table has more than 5,000 rows.  PG686"]),
    "unfit": (unfit, [
        'back.xlsx, sheet Web team, C4: error: "our page": ',
        "sheet Accounts, A7: error: This cell is empty, and its row needs it.  PG105",
    ]),
    "not on the list": (off_the_list, ['sheet Accounts, H4: error: "Aftr" is not on the list.  PG584']),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_workbook_is_told_by_sheet_and_cell_and_nothing_is_written(
    body: Path, spoil: Callable[[openpyxl.Workbook], None], said: list[str]
) -> None:
    saved(BOOK, spoil, BACK)
    result = run("--in", BACK, "--yes")
    assert result.exit_code == 1
    assert [line for line in said if line not in result.stderr] == []
    assert body.read_text() == PROFILE


def test_macros_are_refused(body: Path) -> None:
    with_macros(BOOK)
    assert "This workbook holds macros" in run("--in", BOOK, "--yes").stderr
    assert body.read_text() == PROFILE


def test_what_somebody_changed_meanwhile_is_not_written_over(body: Path) -> None:
    saved(BOOK, fill, BACK)
    newer = PROFILE.replace("960 011", "960 012")
    body.write_text(newer)
    result = run("--in", BACK, "--yes")
    assert (
        'has changed here since the workbook was sent, and says now "01632 960 012"'
        in result.stderr
    )
    assert body.read_text() == newer


def test_a_text_in_several_languages_has_a_column_for_each(body: Path) -> None:
    in_two = "purpose: {en: News, cy: Newyddion}"
    body.write_text(
        PROFILE.replace('{platform: X, handle: "@thornby"}', f"{{platform: X, {in_two}}}")
    )
    send_anew()

    def fill_in(book: openpyxl.Workbook) -> None:
        accounts = book["Accounts"]
        at = {cell.value: cell.column for cell in accounts[3]}
        accounts.cell(5, at["Purpose (cy)"]).value = "Ateb"
        accounts.cell(6, at["Purpose (cy)"]).value = "Sgwrs"
        accounts.cell(6, 1).value = "Threads"

    saved(BOOK, fill_in, BACK)
    saved(BACK, put_in_both, "both.xlsx")
    assert (
        "This row says it in one column, or in one for each language"
        in run("--in", "both.xlsx").stderr
    )
    assert "2 changed" in run("--in", BACK, "--yes").output
    assert "purpose: {en: News, cy: Ateb}" in body.read_text()
    assert "{platform: Threads, purpose: {cy: Sgwrs}}" in body.read_text()


def test_a_body_of_four_languages_is_asked_too(body: Path) -> None:
    """Then accounts have more columns than there are letters."""
    words = "{en: Aa, cy: Bb, fr: Cc, de: Dd}"
    keys = ("purpose", "owner", "staffed_hours", "response_time")
    row = ", ".join(f"{key}: {words}" for key in keys)
    body.write_text(PROFILE.replace('{platform: X, handle: "@thornby"}', f"{{platform: X, {row}}}"))
    send_anew()

    def fill_in(book: openpyxl.Workbook) -> None:
        at = {cell.value: cell.column for cell in book["Accounts"][3]}
        book["Accounts"].cell(5, at["Response time (de)"]).value = "Ein Tag"

    saved(BOOK, fill_in, BACK)
    assert "1 changed" in run("--in", BACK, "--yes").output
    assert "de: Ein Tag" in body.read_text()


def put_in_both(book: openpyxl.Workbook) -> None:
    at = {cell.value: cell.column for cell in book["Accounts"][3]}
    book["Accounts"].cell(5, at["Purpose"]).value = "Answers"


def test_a_day_is_shown_as_it_will_be_written(body: Path) -> None:
    """Nobody can tell otherwise whether 03/04 was read as April."""

    def with_days(book: openpyxl.Workbook) -> None:
        answer(book, "policy.issued", "03/04/2027")
        answer(book, "elected_members", "TRUE")
        polls = book["Elections"]
        polls["A4"], polls["B4"], polls["C4"] = "Borough elections", "01/02/2027", "6 May 2027"

    saved(BOOK, with_days, BACK)
    told = run("--in", BACK, "--dry-run").output
    assert "+ 2027-04-03\n" in told
    assert "+ Yes\n" in told
    assert "+ Borough elections, 2027-02-01, 2027-05-06\n" in told


ALIKE = "  - platform: X\n" * 3


def test_of_rows_that_say_the_same_each_is_its_own(body: Path) -> None:
    profile = f"{PROFILE.partition('channels:')[0]}channels:\n{ALIKE}"
    body.write_text(profile)
    send_anew()

    def name_two(book: openpyxl.Workbook) -> None:
        book["Accounts"]["B5"], book["Accounts"]["B6"] = "@two", "@three"

    def empty_two(book: openpyxl.Workbook) -> None:
        for row in (4, 6):
            for cell in book["Accounts"][row][:9]:
                cell.value = None

    saved(BOOK, empty_two, BACK)
    assert "2 changed" in run("--in", BACK, "--yes").output
    assert body.read_text() == profile.replace(ALIKE, "  - platform: X\n")
    body.write_text(profile)
    saved(BOOK, name_two, BACK)
    result = run("--in", BACK, "--in", BACK, "--yes")
    assert "2 changed" in result.output
    first, second, third = body.read_text().split("- platform")[1:]
    assert "handle" not in first
    assert "@two" in second
    assert "@three" in third


def test_two_who_answer_differently_are_told_of_both(body: Path) -> None:
    saved(BOOK, fill, BACK)
    saved(BOOK, lambda book: answer(book, "unions", "Unite"), "other.xlsx")
    result = run("--in", BACK, "--in", "other.xlsx", "--yes")
    assert 'Unions: "Unite" here, and "UNISON; GMB" in back.xlsx' in result.stderr
    assert body.read_text() == PROFILE
