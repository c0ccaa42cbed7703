"""One body's year, day by day, as its clerk would live it: from a draft to the review, and what each command says.

Every other test looks at one of these commands; this one looks at what stands between them.
"""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from organisations import PROFILES
from small import policygen

FILE = Path("profiles/marden/profile.yaml")
RELEASES = FILE.parent / "releases"
PRINTED = [word for one in ("policy", "full-story", "house-rules") for word in ("-e", one)]
RELEASE = ("release", "marden", *PRINTED, "-f", "md")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    """A parish council that has just decided to have a policy; what one day leaves, the next finds."""
    folder = tmp_path_factory.mktemp("year")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        shutil.copytree(PROFILES / "little-marden", FILE.parent)
        yield patch


pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("year")]


def say(*words: str, fails: bool = False, **more: str) -> str:
    """What a command says on both streams."""
    result = policygen(*words, **more)
    assert result.exit_code == fails, result.output
    return " ".join(result.output.split())


def edit(*changes: tuple[str, str]) -> None:
    """Type something else into the profile."""
    text = FILE.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    FILE.write_text(text, "utf-8")


def told(path: Path) -> str:
    """A printed file, whose numbers stay together by spaces of their own."""
    return path.read_text("utf-8").replace("\u00a0", " ")


def table(path: str, rows: list[list[str]]) -> None:
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_the_year() -> None:
    """In one test, for no day can be had without those before it."""
    drafted_and_consulted()
    approved_and_released()
    staff_are_told()
    a_number_changes()
    an_election_is_called()
    somebody_asks_about_a_past_day()
    a_rule_changes_and_is_signed_anew()
    the_year_is_reviewed()


def drafted_and_consulted() -> None:
    """28 September to 10 November 2026."""
    edit(
        ("status: approved  ", "status: consultation"),
        ('version: "1.0"', 'version: "0.9"'),
        ("  approved_at: its meeting of 16 November 2026, minute 26/118\n", ""),
        ("issued: 2026-11-23", "issued: 2026-09-28\n  consultation: {opens: 2026-09-28, closes: 2026-10-30, keep_until: 2027-12-31}"),
    )  # fmt: skip
    assert "nothing to mend" in say("check", "marden", "--on", "2026-09-28")
    opened = say("consult", "open", "marden", "-s", "Our first draft", "-e", "policy", "-f", "md")
    assert "marden@0.9 is out for comment until 2026-10-30" in opened
    form = FILE.parent / "consultations/0.9/letters/comment-form.csv"
    rows = list(csv.reader(form.read_text("utf-8-sig").splitlines()))
    for row in rows:
        if row and row[0] == "Your name":
            row[1] = "Sam Iqbal"
        if row and row[-1] == "law.records":
            row[2] = "Who looks after the archive?"
    table("form.csv", rows)
    collated = say("consult", "collate", "marden", "form.csv", "--received", "2026-10-12")
    assert "Who looks after the archive?" in collated
    assert "Sam Iqbal" not in collated
    answered = say("consult", "answer", "marden", "law.records", "--decision", "noted", "--because", "The clerk does.", "--version", "0.9")  # fmt: skip
    assert "1 answer recorded; 0 wait for one" in answered
    assert "`policygen consult print you-said marden --version 0.9`" in answered


def approved_and_released() -> None:
    """23 November 2026: the council has voted."""
    edit(
        ("status: consultation", "status: approved"),
        ('version: "0.9"', 'version: "1.0"'),
        ("issued: 2026-09-28", "approved_at: its meeting of 16 November 2026, minute 26/118\n  issued: 2026-11-23"),
    )  # fmt: skip
    assert "nothing to mend" in say("check", "marden", "--on", "2026-11-23")
    assert "marden@1.0 is frozen" in say(*RELEASE, "-s", "Our first policy")
    assert "Policy as in 1.0, handbook as in 1.0-h1" in say("check", "marden", "--on", "2026-11-24")
    say("dates", "marden", "--on", "2026-11-24", "--out", "marden.ics")
    assert "DTSTART;VALUE=DATE:20270531" in Path("marden.ics").read_text("utf-8")


def staff_are_told() -> None:
    """1 to 10 December 2026: the clerk briefs two people, and one signs."""
    kit = say("signed", "marden", "--kit", "briefing", "--on", "2026-12-01")
    assert "The kit of marden@1.0" in kit
    assert len([line for line in Path("briefing/questions.gift").read_text().splitlines() if line.startswith("::")]) == 5  # fmt: skip
    table("briefing/people/back.csv", SIGNED)
    said = say("signed", "marden", "briefing/people/back.csv", "--on", "2026-12-10")
    assert "1 of 2 have signed what is in force" in said
    assert "Has not signed" in said


SIGNED = [
    ["Release", "marden@1.0"],
    ["Name", "Role", "Version", "Signed on"],
    ["Ada Byrne", "Clerk", "", "8 December 2026"],
    ["Bo Cole", "Groundsman", "", ""],
]


def a_number_changes() -> None:
    """4 February 2027: those who look after the website have a new number, and no vote is needed."""
    policy = (RELEASES / "1.0/policy.md").read_bytes()
    edit(("01632 960 211", "01632 960 911"))
    moved = say("check", "marden", "--on", "2027-02-04")
    assert "Policy as in 1.0, handbook moved since 1.0-h1" in moved
    say("release", "marden", "--handbook", "--issued", "2027-02-04", "-s", "A new number")
    assert "Policy as in 1.0, handbook as in 1.0-h2" in say("check", "marden", "--on", "2027-02-05")
    assert (RELEASES / "1.0/policy.md").read_bytes() == policy
    assert "01632 960 911" in told(RELEASES / "1.0-h2/full-story.md")
    signed = say("signed", "marden", "briefing/people/back.csv", "--on", "2027-02-05")
    assert "1 of 2 have signed what is in force" in signed, "nobody signs a telephone number"


def an_election_is_called() -> None:
    """10 March 2027."""
    assert "Parish and district elections" in say("dates", "marden", "--on", "2027-03-10")
    say("build", "marden", "-e", "election-start", "-e", "first-hour", "-f", "md")
    listed = told(Path("dist/marden/election-start.md"))
    assert "22 March 2027" in listed
    assert "Facebook" in listed
    assert "01632 960 201" in told(Path("dist/marden/first-hour.md"))


def somebody_asks_about_a_past_day() -> None:
    """20 April 2027, about 15 January, before the handbook's second issue."""
    say("evidence", "marden", "--on", "2027-01-15", "--clause", "law.records", "--signed", "briefing/people/back.csv")  # fmt: skip
    with zipfile.ZipFile("marden-evidence-2027-01-15.zip") as bundle:
        names = bundle.namelist()
        held = b"".join(bundle.read(name) for name in names if name.endswith((".md", ".json")))
    assert any(name.endswith("evidence.pdf") for name in names)
    assert b"Sam Iqbal" not in held
    assert b"Ada Byrne" not in held
    early = say("evidence", "marden", "--on", "2026-11-01", fails=True)
    assert "1.0" in early


def a_rule_changes_and_is_signed_anew() -> None:
    """17 May 2027: posts are to be saved sooner, by a vote."""
    edit(("capture: 10 ", "capture: 5 "))
    refused = say("release", "marden", "--handbook", "--issued", "2027-05-24", "-s", "Sooner", fails=True)  # fmt: skip
    assert "law.records" in refused
    assert "PG5" in say("check", "marden", "--on", "2027-05-24", fails=True), (
        "nobody approved it yet"
    )
    edit(
        ("minute 26/118", "minute 26/118, and of 17 May 2027, minute 27/31"),
        ("issued: 2026-11-23", "issued: 2027-05-24"),
        ("review_by: 2027-05-31", "review_by: 2028-05-31"),
    )
    assert "marden@2.0 is frozen" in say(*RELEASE, "--major", "-s", "Posts are saved sooner")
    signed = say("signed", "marden", "briefing/people/back.csv", "--on", "2027-06-01")
    assert "0 of 2 have signed what is in force" in signed
    assert "Must sign anew" in signed
    assert "15.2 Records" in signed
    changed = json.loads(policygen("diff", "marden@1.0", "marden@2.0", "--format", "json").stdout)
    assert "law.records" in {one["clause"] for one in changed["differences"]}


def the_year_is_reviewed() -> None:
    """30 November 2027."""
    table("log.csv", LOG)
    kept = say("kept", "marden", "log.csv", "--on", "2027-11-30")
    assert "Kept: 1. Late: 1. Missed: 0." in kept, "each is judged by the version of its day"
    review = say("report", "review", "marden", "--log", "log.csv", "--on", "2027-11-30")
    assert "What this review has to settle" in review
    assert "1 incident" in review
    late = say("check", "marden", "--on", "2028-06-01", fails=True)
    assert "PG560" in late, "past its review"


LOG = [
    ["Promise", "Began", "Done", "Kept", "What happened", "Incident"],
    ["capture", "2027-02-01", "2027-02-12", "", "within the ten days of then", ""],
    ["capture", "2027-09-01", "2027-09-14", "", "after the five days of now", ""],
    ["", "2027-10-01", "", "", "A stranger posted in our name", "False account"],
]
