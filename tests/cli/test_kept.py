"""`kept` and `report review`: a log against the promises, beside what has moved since."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from frozen import FILE, PROFILE, Frozen
from openpyxl import Workbook, load_workbook
from spoilt_books import with_macros

from policygen.cli import main
from policygen.model.year.kept_log import LOG_HEADS

PROMISES = """\
## Keep a record {#law.records}

### Rule

Save every post within {{ commitments.capture }}. A block lasts {{ commitments.block }}.
Posts are counted {{ commitments.count }}.

## Ask {#law.ask}

- source: act

### Rule

Ask before you post.
"""
SOURCE = "act: {title: The Act, publisher: Parliament, url: 'https://acts.example/1', status: in-force}\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Frozen]:
    """Version 1.0, issued on 7 December 2026; the library has moved since."""
    with pytest.MonkeyPatch.context() as patch:
        small = Frozen(tmp_path_factory.mktemp("kept"), patch)
        files = {
            "base/law.md": PROMISES,
            "base/sources.yaml": SOURCE,
            "organisation/profile.yaml": PROFILE + "commitments: {capture: 4, count: 3}\n",
        }
        small.write(files)
        small.release("First")
        ended = SOURCE.replace("in-force", "superseded")
        small.write(
            {
                "base/law.md": PROMISES.replace("Ask before", "Always ask before"),
                "base/sources.yaml": ended,
            }
        )
        yield small


def written(*rows: Sequence[str]) -> str:
    """A log with some rows: promise, began, done, kept, what happened, incident."""
    into = StringIO()
    cells = [(row[0], "", "", *row[1:]) for row in rows]
    csv.writer(into).writerows([LOG_HEADS, *cells])
    Path("log.csv").write_text(into.getvalue(), "utf-8")
    return "log.csv"


LOG = (
    ("capture", "2027-01-04", "2027-01-06"),
    (
        "How soon a post is saved",
        "2027-02-01",
        "2027-02-20",
        "",
        "The archive was down",
        "Lost posts",
    ),
    ("count", "", "2027-03-01"),
    ("", "2027-05-05", "", "", "A parody account", "False account"),
)


def said(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.replace("\u00a0", " ").split())


def test_what_was_kept_late_missed_and_never_needed(body: Frozen) -> None:
    told = said("kept", "example", written(*LOG), "--on", "2027-11-30", "-f", "markdown")
    assert "From 7 December 2026 to 30 November 2027. Kept: 2. Late: 1. Missed: 2." in told
    assert "| How soon a post is saved | 4 days | 1 | 1 | – | – | 1.1 |" in told
    assert (
        "| 1 February 2027 | 5 February 2027 | 20 February 2027, 15 days late | The archive was down |"
        in told
    )
    assert "| 5 May 2027 | False account | – | A parody account |" in told
    never = told.partition("Never needed")[2]
    assert "How long a block lasts" in never
    assert "How soon a post is saved" not in never


def test_what_moved_in_law_and_in_the_library(body: Frozen) -> None:
    told = said("kept", "example", written(*LOG), "--on", "2027-11-30", "-f", "markdown")
    moved = told.partition("What has changed in law")[2]
    assert "Version 1.0 was issued on 7 December 2026." in moved
    assert (
        "| 1.2 Ask | Rule: reworded; Other sources | Every public body has other words now" in moved
    )
    assert "| The Act | Has been superseded |" in moved
    assert "1.1" not in moved  # whose words stand as they were


def test_the_review_begins_with_what_has_to_be_settled(body: Frozen) -> None:
    told = said(
        "report",
        "review",
        "example",
        "--log",
        written(*LOG),
        "--on",
        "2027-11-30",
        "-f",
        "markdown",
    )
    settle = told.partition("has to settle")[2].partition("##")[0]
    assert "1 place would read otherwise by today’s library" in settle.replace("'", "’")
    assert "Kept: 2. Late: 1. Missed: 2. Of 3 promises, 1 never came up." in settle
    assert "2 incidents in the log." in settle
    without = said("report", "review", "example", "--on", "2027-11-30", "-f", "markdown")
    assert "Nobody has given a log" in without
    assert "Incidents" not in without


def test_your_own_words_over_words_that_moved_are_read_again(body: Frozen) -> None:
    law = FILE.parent / "law.md"
    before = law.read_text()
    law.write_text(
        before
        + "\n## Ask {#law.ask}\n\n- change: extend\n- was: 0123456789ab\n\n### Rule\n\n{{ inherited }}\n\nAlways.\n"
    )
    try:
        told = said("report", "review", "example", "--on", "2027-11-30", "-f", "markdown")
    finally:
        law.write_text(before)
    assert "1 clause of your own stands over words that have moved." in told
    assert "| 1.2 Ask | extend |" in told


def test_the_pack_tells_a_whole_period_and_clauses_of_today(body: Frozen) -> None:
    """A source that only the next version cites, and a vote that is near over the new year."""
    law, facts = FILE.parent / "law.md", FILE
    files = {one: one.read_text() for one in (law, facts, Path("templates/base/sources.yaml"))}
    sources = Path("templates/base/sources.yaml")
    law.write_text(
        f"{files[law]}\n## More {{#law.more}}\n\n- source: new\n\n### Rule\n\nAlso this.\n"
    )
    new = "new: {title: A Code, publisher: P, url: 'https://code.example/1', status: unverified}\n"
    sources.write_text(files[sources] + new)
    vote = "elections: [{event: Town election, starts: 2027-12-06, ends: 2028-01-20}]\n"
    facts.write_text(files[facts] + vote)
    try:
        told = said("report", "review", "example", "--on", "2027-11-30", "-f", "markdown")
    finally:
        for one, text in files.items():
            one.write_text(text)
    assert "| A Code | 1.4 |" in told
    assert "6 December 2027 to 20 January 2028" in told.replace("\u00a0", " ")


def test_the_empty_log_comes_back_as_it_went_out(body: Frozen) -> None:
    for name in ("empty.xlsx", "empty.csv"):
        made = run("kept", "example", "--template", name)
        assert made.exit_code == 0, made.output
        first = Path(name).read_bytes()
        run("kept", "example", "--template", name)
        assert Path(name).read_bytes() == first
        found = json.loads(said("kept", "example", name, "--on", "2027-11-30", "-f", "json"))
        assert {one["name"]: one["needed"] for one in found["promises"]} == {
            "capture": False,
            "block": False,
            "count": True,
        }
        assert "The log has nothing of this time; the policy makes 3 promises." in said(
            "kept", "example", name, "--on", "2027-11-30", "-f", "markdown"
        )


def test_an_empty_log_is_not_written_over_one_that_is_filled_in(body: Frozen) -> None:
    log = Path(written(("capture", "2027-01-04", "2027-01-20")))
    before = log.read_bytes()
    refused = run("kept", "example", "--template", str(log))
    assert refused.exit_code == 1
    assert "log.csv: error: This file is there already" in refused.stderr
    assert log.read_bytes() == before


def test_a_workbook_that_was_filled_in(body: Frozen) -> None:
    run("kept", "example", "--template", "filled.xlsx")
    book = load_workbook("filled.xlsx")
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows(min_row=7) if row[0].value == "capture")
    row[3].value, row[4].value = "2027-01-04", "2027-01-20"
    book.save("filled.xlsx")
    told = said("kept", "example", "filled.xlsx", "--on", "2027-11-30", "-f", "csv")
    assert "capture,How soon a post is saved,1.1,late,2027-01-04,2027-01-08,2027-01-20,12," in told


@pytest.mark.parametrize(
    ("began", "done"),
    [
        ("2027-01-04", "2027-01-20"),
        ("04/01/2027", "20/01/2027"),  # as Excel saves a CSV in the United Kingdom
        ("04.01.2027 09:05", "20.1.2027 17:30:00"),  # and in Germany
        ("4 January 2027", "Wednesday, 20 Jan 2027"),
    ],
)
def test_a_day_as_a_spreadsheet_saves_it(began: str, done: str, body: Frozen) -> None:
    log = written(("capture", began, done))
    told = said("kept", "example", log, "--on", "2027-11-30", "-f", "csv")
    assert ",late,2027-01-04,2027-01-08,2027-01-20,12," in told


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            ("post", "2027-01-04", ""),
            'A2: error: The policy promises nothing that is called "post".',
        ),
        (("capture", "1 March", ""), 'D2: error: "1 March" is no day.'),
        (("capture", "2027-02-30", ""), 'D2: error: "2027-02-30" is no day.'),
        (("capture", "2027-03-04 25:00", ""), "is no day."),
        (("capture", "2027-03-04", "2027-03-01"), "E2: error: This was done before it began."),
        (("capture", "2027-03-04 2500", ""), "is no day."),
        (
            ("capture", "2027-03-04 14:30", "2027-03-04 00:00"),
            "E2: error: This was done before it began.",
        ),
        (("block", "2027-03-04", "", "perhaps"), 'F2: error: "perhaps" is neither yes nor no.'),
        (("", "2027-03-04", ""), "A2: error: This row does not say which promise it is of."),
    ],
)
def test_a_cell_that_cannot_be_read(row: Sequence[str], says: str, body: Frozen) -> None:
    result = run("kept", "example", written(row), "--on", "2027-11-30", "-o", "none.pdf")
    assert result.exit_code == 1
    assert "PG613" in result.stderr
    assert says in result.stderr
    assert not Path("none.pdf").exists()


def test_every_cell_is_told_at_once(body: Frozen) -> None:
    result = run("kept", "example", written(("post", "then", "now", "maybe")))
    assert result.stderr.count("PG613") == 4


def book(change: Any) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(LOG_HEADS)
    sheet.append(["capture", "", "", "2027-01-04", "2027-01-05"])
    change(sheet)
    into = BytesIO()
    made.save(into)
    return into.getvalue()


def rename(sheet: Any) -> None:
    sheet["D1"] = "Start"


def formula(sheet: Any) -> None:
    sheet["E2"] = "=D2+1"


def merge(sheet: Any) -> None:
    sheet.merge_cells("A2:A3")


def too_long(sheet: Any) -> None:
    for _ in range(10_000):
        sheet.append(["capture"])


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (rename, "PG611", 'no row has the heads "Promise", "Began", "Done"'),
        (formula, "PG612", "E2: error: This cell holds a formula."),
        (merge, "PG612", "A2:A3: error: These cells are merged."),
        (too_long, "PG686", "more than 5,000 rows"),
    ],
)
def test_a_workbook_that_is_refused(change: Any, code: str, says: str, body: Frozen) -> None:
    Path("odd.xlsx").write_bytes(book(change))
    result = run("kept", "example", "odd.xlsx", "-o", "none.pdf")
    assert result.exit_code == 1
    assert code in result.stderr
    assert says in result.stderr
    assert not Path("none.pdf").exists()


def test_each_sheet_of_a_workbook_that_is_a_log_is_read(body: Frozen) -> None:
    def add(sheet: Any) -> None:
        other = sheet.parent.create_sheet("Depot")
        other.append(LOG_HEADS)
        other.append(["capture", "", "", "2027-02-01", "2027-03-01"])
        other.append(["block", "", "", "2027-02-01"])
        sheet.parent.create_sheet("Notes").append(["Nothing of a log"])

    Path("two.xlsx").write_bytes(book(add))
    told = said("kept", "example", "two.xlsx", "--on", "2027-11-30", "-f", "markdown")
    assert "Kept: 1. Late: 1." in told
    assert "Row 3 of Depot" in told


def test_a_log_with_macros_is_refused(body: Frozen) -> None:
    Path("odd.xlsx").write_bytes(book(lambda sheet: None))
    with_macros("odd.xlsx")
    result = run("kept", "example", "odd.xlsx", "-o", "none.pdf")
    assert result.exit_code == 1
    assert "holds macros" in result.stderr
    assert not Path("none.pdf").exists()


def test_the_log_of_another_body_is_refused(body: Frozen) -> None:
    Path("other.csv").write_text(f"Log of what was kept,ness@1.0\n{','.join(LOG_HEADS)}\n")
    result = run("kept", "example", "other.csv")
    assert "PG611" in result.stderr
    assert "This is the log of ness, not of example." in result.stderr


def test_before_a_release_the_policy_is_as_the_profile_has_it(body: Frozen) -> None:
    told = said(
        "kept",
        "example",
        written(LOG[0]),
        "--on",
        "2026-12-06",
        "--since",
        "2026-12-01",
        "-f",
        "markdown",
    )
    assert "there is nothing to compare with" in told


def test_what_came_round_again_counts_until_a_version_took_it_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Frozen(tmp_path, monkeypatch)
    small.write(
        {
            "base/law.md": PROMISES,
            "organisation/profile.yaml": PROFILE + "commitments: {capture: 4, count: 2}\n",
            "base/sources.yaml": SOURCE,
        }
    )
    small.release("First")
    small.path("base/law.md").write_text(
        PROMISES.replace("Posts are counted {{ commitments.count }}.\n", "")
    )
    small.replace("issued: 2026-12-07", "issued: 2027-06-01")
    small.replace("Cabinet, 3 December 2026", "Cabinet, 3 May 2027")
    small.release("Second", "major")
    log = written(("count", "", "2027-02-01"), ("count", "", "2027-05-01"))
    found = json.loads(said("kept", "example", log, "--on", "2027-11-30", "-f", "json"))
    (count,) = [one for one in found["promises"] if one["name"] == "count"]
    assert [(one["outcome"], one["due"], one["done"]) for one in count["times"]] == [
        ("kept", "2027-02-07", "2027-02-01"),
        ("late", "2027-04-07", "2027-05-01"),
    ]
