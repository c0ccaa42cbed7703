"""Decisions on an existing policy: filled in, remembered, asked again only where something is new, and written."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from lxml import etree
from openpyxl import load_workbook
from small import Small

from policygen.cli import main
from policygen.load.existing.decisions import read_decisions
from policygen.load.existing.worksheet import read_worksheet
from policygen.model.matching.columns import SheetColumn
from policygen.model.matching.decision import (
    ClauseDecision,
    Coverage,
    DocumentDecisions,
    Keep,
    MatchDecisions,
    OwnRule,
)
from policygen.store.decisions import decisions_to_yaml
from policygen.write.writer import writer

LAW = """\
# The law

## Keep a record {#law.records}

- label: Records
- asks: archive

### Snapshot

Keep it.

### Rule

Save each post within {{ commitments.capture }}.

## Ask the lawyer first {#law.advice}

- label: Advice

### Rule

Ask the lawyer before you write about a case.

## Never name a child {#law.children}

- binding: yes

### Rule

No child under 16 is named.
"""
# A library of three clauses has no rare words, by which passages are told apart.
OTHERS = "".join(
    f"\n## Other matter {n} {{#law.other-{n}}}\n\n### Rule\n\nWord{n} and term{n}.\n"
    for n in range(60)
)
OLD = """\
# Our old rules

## Archive

Posts are archived within 3 days {% raw %} by * the clerk:

- every post
- every reply

## Lawyers

Cases are discussed with the lawyer in court matters.

## Twinning

The mayor [of Beauval] chooses {{ pictures }}.

## Children

A child under 18 stays unnamed.
"""
COMMITMENTS = "commitments: {block: 20}  # agreed in May\n"


@pytest.fixture
def body(small: Small) -> Small:
    small.write({"base/law.md": LAW + OTHERS}).set(COMMITMENTS)
    Path("old.md").write_text(OLD)
    return small


def run(*words: str, said: str = "") -> Result:
    command = ["match", "profiles/example", "old.md", *words]
    return CliRunner().invoke(main, command, input=said, catch_exceptions=False)


def filled(rows: dict[str, dict[str, str]], last: dict[str, str] | None = None) -> str:
    """Print the worksheet as CSV, and fill in rows by their ids; `last` those of a loose passage."""
    text = run("--format", "csv").stdout_bytes.decode("utf-8-sig")
    head, *others = csv.reader(StringIO(text))
    into = StringIO()
    write = csv.writer(into)
    write.writerow(head)
    for row in others:
        cells = dict(zip(head, row, strict=True))
        cells |= rows.get(cells["Id"], {})
        if last and "Beauval" in cells["What yours may say"]:
            cells |= last
        write.writerow(cells.values())
    Path("filled.csv").write_text(into.getvalue(), "utf-8")
    return "filled.csv"


def printed(body: Small) -> str:
    """The full story as a plain text, on one line."""
    return " ".join(writer("txt").write(body.document("full-story")).decode().split())


def fragment() -> str:
    return Path("profiles/example/law.md").read_text()


THEIRS = {"law.records": {"Found": "in part", "Passages": "1", "Keep": "theirs", "Note": "Ours"}}


def test_a_passage_that_was_offered_and_chosen_for_nothing_does_not_drop_out_of_sight(
    body: Small,
) -> None:
    """In every format, on the page and in the next sheet: else a rule of theirs is lost in silence."""
    heading = "Passages without a clause"
    before = run().stdout.partition(heading)[2]
    assert "Posts are archived" not in before  # it is offered for law.records
    run("--decisions", filled({"law.records": {"Found": "not found"}}))
    again = run().stdout
    assert "Posts are archived" in again.partition(heading)[2]
    assert "passages stand at no clause." in " ".join(again.split())
    sheet = run("--format", "csv").stdout
    assert f'{heading},,,"Passage 1, under Archive' in sheet
    run("--decisions", filled(THEIRS))
    assert "Posts are archived" not in run().stdout.partition(heading)[2]


def test_whoever_answers_is_asked_of_what_was_chosen_for_nothing(body: Small) -> None:
    said = run("--ask", said="n\n" * 3 + "n\n" + "law.archive\nArchive\n\n\n\n")
    assert "Posts are archived" in said.stderr.rpartition("no passage was found")[2]
    assert "law.archive" in Path("profiles/example/match.yaml").read_text()


def test_a_filled_in_worksheet_is_remembered_and_not_asked_again(body: Small) -> None:
    done = run("--decisions", filled(THEIRS))
    assert "Decided: 0 covered, 1 in part and 0 not found. 62 of 63 are left." in done.output
    (decided,) = read_decisions(Path("profiles/example/profile.yaml")).documents.values()
    assert decided.clauses["law.records"].keep is Keep.THEIRS
    again = run("--format", "json").output
    assert '"due": ""' in again
    assert again.count('"due": "new"') == 62
    assert body.problems() == ()  # match.yaml is no fragment, and no stray file


def test_a_clause_is_asked_again_when_its_words_or_the_passage_change(body: Small) -> None:
    run("--decisions", filled({"law.advice": {"Found": "covered", "Passages": "2"}}))
    body.write(
        {"base/law.md": LAW.replace("Ask the lawyer before", "Ring the lawyer before") + OTHERS}
    )
    assert '"due": "the clause has changed since"' in run("--format", "json").output
    body.write({"base/law.md": LAW + OTHERS})
    Path("old.md").write_text(OLD.replace("in court matters", "always"))
    assert '"due": "the passage has changed since"' in run("--format", "json").output


def test_what_was_not_found_is_asked_again_when_a_likely_passage_comes(body: Small) -> None:
    Path("old.md").write_text(OLD.partition("## Lawyers")[0])
    run("--decisions", filled({"law.advice": {"Found": "not found"}}))
    assert run("--format", "json").output.count('"due": "new"') == 62
    Path("old.md").write_text(f"{OLD}\n## Advice\n\nTake advice: ask the lawyer first, advice.\n")
    said = run("--format", "json").output
    assert '"due": "the passage has changed since"' in said


def test_their_words_become_a_stamped_edit_letter_for_letter(body: Small) -> None:
    run("--decisions", filled(THEIRS))
    done = run("--apply")
    assert done.exit_code == 0, done.output
    assert "read Snapshot again" in done.output
    assert "- change: replace\n- because: Ours\n- was: " in fragment()
    clause = body.policy().clause("law.records")
    assert clause is not None
    rule = next(one.wording.text for one in clause.tellings if one.tier == "rule")
    assert "within 3 days {% raw %} by * the clerk:" in printed(body)
    assert "\n- every post\n- every reply" in rule
    assert "Nothing is left to write." in run("--apply").output
    assert '"due": "the clause has changed since"' not in run("--format", "json").output


def test_a_value_of_theirs_becomes_a_fact_and_comments_stay(body: Small) -> None:
    taken = {"Found": "covered", "Passages": "1", "Take their value": "yes"}
    run("--decisions", filled({"law.records": taken}))
    assert run("--apply").exit_code == 0
    profile = body.path("organisation/profile.yaml").read_text()
    assert "commitments: {block: 20, capture: 3}  # agreed in May\n" in profile
    assert "within 3 days" in printed(body)
    assert "Nothing is left to write." in run("--apply").output


def test_what_stands_elsewhere_is_left_out_with_the_document_that_says_it(body: Small) -> None:
    row = {"Found": "covered", "Passages": "2", "Keep": "elsewhere", "Note": "In: the protocol"}
    run("--decisions", filled({"law.advice": row}))
    assert run("--apply").exit_code == 0
    profile = body.path("organisation/profile.yaml").read_text()
    wanted = 'law.advice: {because: "In: the protocol", see: {title: "Our old rules"}}'
    assert f"contents:\n  leave_out:\n    {wanted}\n" in profile
    assert profile.startswith("name: Fenwick")
    assert "Nothing is left to write." in run("--apply").output


def test_a_passage_that_no_clause_answers_is_kept_as_a_clause_of_their_own(body: Small) -> None:
    row = {"Found": "own", "Id": "law.twinning", "Clause": "Twinning"}
    run("--decisions", filled({}, row))
    assert run("--apply").exit_code == 0
    assert "## Twinning {#law.twinning}\n\n- label: Twinning\n\n### Rule\n\n" in fragment()
    assert "The mayor [of Beauval] chooses {{ pictures }}." in printed(body)
    assert "Nothing is left to write." in run("--apply").output
    assert "kept as law.twinning" in run().output
    # The clause that it became is no question any more, on paper and here.
    again = [
        row
        for row in csv.DictReader(StringIO(Path(filled({})).read_text()))
        if row["Id"] == "law.twinning"
    ]
    assert [row["Found"] for row in again] == ["covered", "own"]
    assert run("--decisions", "filled.csv").exit_code == 0
    assert "Nothing is left to write." in run("--apply").output


def test_a_binding_clause_is_replaced_on_the_record_only(body: Small) -> None:
    row = {"Found": "covered", "Passages": "4", "Keep": "theirs"}
    run("--decisions", filled({"law.children": row}))
    refused = run("--apply")
    assert refused.exit_code == 1
    assert "law.children is not written: it is binding." in refused.output
    assert not Path("profiles/example/law.md").exists()
    record = {"Note": "Ours is stricter", "Cleared by": "Head of Legal, 1 May 2027"}
    run("--decisions", filled({"law.children": row | record}))
    assert run("--apply").exit_code == 0
    assert "- cleared-by: Head of Legal, 1 May 2027\n" in fragment()


def test_a_dry_run_shows_and_writes_nothing(body: Small) -> None:
    before = sorted(Path().rglob("*"))
    file = filled(THEIRS)
    assert "Nothing was written." in run("--decisions", file, "--dry-run").output
    run("--decisions", file)
    assert "+## Keep a record {#law.records}" in run("--apply", "--dry-run").output
    written = set(Path().rglob("*")) - set(before)
    assert {path.name for path in written} == {"filled.csv", "match.yaml"}


FAULTS = {
    "another word": ({"law.advice": {"Found": "maybe"}}, '"maybe" cannot stand under Found.'),
    "no passage": ({"law.advice": {"Found": "covered"}}, "no passage says so"),
    "a wrong passage": (
        {"law.advice": {"Found": "covered", "Passages": "2, 99"}},
        'There is no passage "99".',
    ),
    "a wrong clause": (
        {"law.advice": {"Id": "law.advise", "Found": "not found"}},
        "Did you mean “law.advice”?",
    ),
    "another document": (
        {"law.advice": {"Found": "not found", "Document": "0000"}},
        "another document",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_row_that_cannot_be_is_told_and_nothing_remembered(body: Small, name: str) -> None:
    rows, words = FAULTS[name]
    done = run("--decisions", filled(rows))
    assert done.exit_code == 1
    assert words.replace("“", '"').replace("”", '"') in done.output
    assert "PG695" in done.output
    assert not Path("profiles/example/match.yaml").exists()


def test_on_a_terminal_one_clause_after_another_is_asked(body: Small) -> None:
    answers = ("99", "yes", "1p", "t", "Because", "k", "k", "n", "law.twinning", "Twinning")
    done = run("--ask", said="\n".join(answers))
    assert "The passages are numbered from 1 to 4." in done.output
    assert "Type a number such as 12, or one of the letters n, k and s." in done.output
    assert "`policygen match profiles/example old.md --apply` writes it" in done.output
    (decided,) = read_decisions(Path("profiles/example/profile.yaml")).documents.values()
    assert decided.clauses["law.records"].found is Coverage.IN_PART
    assert decided.clauses["law.records"].note == "Because"
    assert "law.records" not in run("--ask", said="s\n").output


def test_the_worksheet_says_how_to_decide_and_the_table_how_to_give_it_back(body: Small) -> None:
    command = "policygen match profiles/example old.md"
    assert f"`{command} --out worksheet.xlsx`" in run().stderr
    assert f"`{command} --ask`" in run().stderr
    assert f"`{command} --decisions 'my sheet.csv'`" in run("--out", "my sheet.csv").stderr
    assert run("--format", "json").stderr == ""


def test_a_missing_fact_is_not_read_as_words_of_the_clause(body: Small) -> None:
    law = LAW.replace("within {{", "with {{ contacts.press_office.role }} within {{")
    body.write({"base/law.md": law + OTHERS})
    profile = body.path("organisation/profile.yaml")
    profile.write_text(profile.read_text().replace("status: approved", "status: draft"))
    told = " ".join(run("--ask", said="s\n").output.split())
    assert "with [press office role: not yet given] within 7 days." in told
    assert "](" not in told


def test_a_number_of_the_old_policy_itself_is_told_by_ours(body: Small) -> None:
    Path("old.md").write_text(OLD + "\n3.7 Nothing is named after a mayor.\n")
    rows = filled({"law.records": {"Found": "covered", "Passages": "3.7"}})
    said = run("--decisions", rows).output
    assert 'There is no passage "3.7".' in said
    assert "and no passage says so" not in said  # one mistake is told once
    assert "numbered from 1 to 5; 3.7 there is number 5 here." in " ".join(said.split())


def test_a_title_that_asks_ends_in_one_mark_and_is_told_once(body: Small) -> None:
    asked = "\n## Is it public? {#law.public}\n\n### Rule\n\nWord99 and term99.\n"
    body.write({"base/law.md": LAW + OTHERS + asked})
    told = " ".join(run().output.split())
    assert "Is it public? law.public" in told
    assert "?." not in told
    assert told.count("Is it public?") == 1


def test_whoever_breaks_off_keeps_what_was_decided(body: Small) -> None:
    done = run("--ask", said="n\n")
    assert "1 not found" in done.output
    assert Path("profiles/example/match.yaml").exists()


def cells(data: bytes) -> Iterator[list[str]]:
    """The cells of the first sheet, by an independent reader of the XML."""
    with ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    for row in root.iter("{*}row"):
        yield ["".join(map(str, cell.itertext())) for cell in row]


def test_a_workbook_is_read_back_as_it_was_written(body: Small) -> None:
    data = run("--format", "xlsx", "--out", "sheet.xlsx").stdout_bytes
    assert data == b""
    first = Path("sheet.xlsx").read_bytes()
    rows = list(cells(first))
    assert rows[0] == [column.value for column in SheetColumn]
    read = read_worksheet(Path("sheet.xlsx"))
    assert [row[SheetColumn.ID] for row in read][:3] == [
        "law.records",
        "law.advice",
        "law.children",
    ]
    assert read[0].number == 2
    run("--format", "xlsx", "--out", "again.xlsx")
    assert Path("again.xlsx").read_bytes() == first


def test_a_workbook_that_excel_saved_is_read(body: Small) -> None:
    """Excel puts texts into a list of their own, leaves empty rows out, and writes numbers as numbers."""
    main_ = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    heads = ("Id", "Found", "Passages", "Document", "law.advice", "covered")
    shared = "".join(f"<si><t>{text}</t></si>" for text in heads)
    row = '<row r="{0}">{1}</row>'
    head = "".join(f'<c r="{c}1" t="s"><v>{n}</v></c>' for n, c in enumerate("ABCD"))
    third = '<c r="A3" t="s"><v>4</v></c><c r="B3" t="s"><v>5</v></c><c r="C3"><v>2</v></c>'
    sheet = (
        f"<worksheet {main_}><sheetData>{row.format(1, head)}{row.format(3, third)}</sheetData>"
        "</worksheet>"
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = f'<workbook {main_} xmlns:r="{office}"><sheets><sheet name="A" r:id="x"/></sheets></workbook>'
    relations = (
        '<Relationships><Relationship Id="x" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    with ZipFile("excel.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        archive.writestr("xl/sharedStrings.xml", f"<sst {main_}>{shared}</sst>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    (found,) = read_worksheet(Path("excel.xlsx"))
    assert (found.number, found[SheetColumn.PASSAGES]) == (3, "2")
    assert "1 covered" in run("--decisions", "excel.xlsx").output


def test_a_formula_in_a_workbook_is_no_note(body: Small) -> None:
    """What is noted stands as the reason in the policy's own words."""
    run("--format", "xlsx", "--out", "sheet.xlsx")
    book = load_workbook("sheet.xlsx")
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index(SheetColumn.FOUND.value) + 1).value = "not found"
    sheet.cell(2, heads.index(SheetColumn.NOTE.value) + 1).value = "=A2"
    book.save("sheet.xlsx")
    refused = run("--decisions", "sheet.xlsx")
    assert refused.exit_code == 1
    assert "2: error: This cell holds a formula.  PG582" in refused.output
    assert not Path("profiles/example/match.yaml").exists()


def test_a_note_that_begins_like_a_formula_is_none_and_comes_back(body: Small) -> None:
    note = '=HYPERLINK("https://x.example")'
    run("--decisions", filled({"law.advice": {"Found": "not found", "Note": note}}))
    text = run("--format", "csv").stdout_bytes.decode("utf-8-sig")
    every = [cell for row in csv.reader(StringIO(text)) for cell in row]
    assert f"'{note}" in every
    assert note not in every
    run("--decisions", filled({"law.records": {"Found": "not found", "Note": "'tis new"}}))
    (decided,) = read_decisions(Path("profiles/example/profile.yaml")).documents.values()
    assert decided.clauses["law.advice"].note == note
    assert decided.clauses["law.records"].note == "'tis new"


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\0\1\2"])
def test_what_is_no_worksheet_is_refused(body: Small, data: bytes) -> None:
    Path("sheet.csv").write_bytes(data)
    done = run("--decisions", "sheet.csv")
    assert done.exit_code == 1
    assert "PG694" in done.output


def test_what_was_decided_reads_back_from_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    decision = ClauseDecision(
        Coverage.COVERED, ("123456789012",), Keep.ELSEWHERE, True, 'a: "b", {c}', "Head", "00112233"
    )
    own = OwnRule("law.own", "Own: rule")
    document = DocumentDecisions({"law.records": decision}, {"000000000001": own}, ("1", "2"))
    decisions = MatchDecisions({"our, policy: 2.docx": document})
    folder = Path("profiles/example")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "match.yaml").write_text(decisions_to_yaml(decisions))
    assert read_decisions(folder / "profile.yaml") == decisions


def test_a_file_that_says_what_none_may_is_a_problem(body: Small) -> None:
    Path("profiles/example/match.yaml").write_text("documents: {a: {clauses: {b: {found: so}}}}\n")
    done = run()
    assert done.exit_code == 1
    assert "match.yaml:1" in done.output
