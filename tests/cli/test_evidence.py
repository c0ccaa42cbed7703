"""`evidence`: what was in force on a day, with the consultation and without a private name."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from consulting import LAW, LETTERS, PROFILE
from filled_forms import filled_csv
from handbooks import HANDBOOK_OUTLINE
from small import ROOT, Small
from tools import outside_tool

from policygen.cli import main
from policygen.model.document.walk import plain, text_lines, walk
from policygen.pipeline.workspace import Workspace
from policygen.pipeline.year.evidence import evidence, with_printed
from policygen.report.year.evidence import evidence_document

PROFILE_FILE = Path("profiles/example/profile.yaml")
SAID = {"Your name": ("Sam Iqbal",), "1.1": ("Five days are too few. Sam Iqbal", "")}
OURS = LAW.replace("- label: Replies", "- label: Replies\n- audience: comms")
SIGNED = """\
Name,Role,Version,Signed on,Briefed by
Ada Lovelace,Officer,1.0,2026-12-09,Head
Bo Diddley,Clerk,1.0,2027-01-09,Head
Cy Young,Clerk,,,
"""
BUNDLE = ("evidence", "example", "--on", "2027-01-01", "--clause", "1.1", "-o", "bundle.zip")
BUNDLE += ("--signed", "signed.csv")
APPROVED = PROFILE.replace("status: consultation", "status: approved").replace(
    "issued:", "approver: {role: the Cabinet}\n  approved_at: Cabinet, {at}\n  issued:"
)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def release(version: str, issued: str, at: str) -> None:
    """Release a version, as it is approved at a meeting."""
    text = APPROVED.replace('"0.9"', f'"{version}"').replace(
        "issued: 2026-11-02", f"issued: {issued}"
    )
    PROFILE_FILE.write_text(text.replace("{at}", at))
    profile = str(PROFILE_FILE.resolve())
    with chdir(PROFILE_FILE.resolve().parents[3]):  # from where the templates have a long path
        made = run("release", profile, "-s", f"As of {version}", "-e", "full-story", "-f", "md")
    assert made.exit_code == 0, made.output


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A body that asked about 0.9, and released 1.0 on 7 December 2026 and 2.0 on 1 March 2027."""
    folder = tmp_path_factory.mktemp("evidence")
    with pytest.MonkeyPatch.context() as patch:
        small = Small(folder, patch)
        files = {"base/law.md": OURS, "organisation/profile.yaml": PROFILE}
        small.write({"outline.yaml": HANDBOOK_OUTLINE, **files})
        for name in ("consultation.yaml", "briefing.yaml"):
            shutil.copy(ROOT / "templates" / name, f"templates/{name}")
        run("consult", "open", "example", "-s", "First", "-e", "full-story", "-f", "md")
        filled_csv(LETTERS / "comment-form.csv", Path("form.csv"), SAID)
        assert run("consult", "collate", "example", "form.csv").exit_code == 0
        release("1.0", "2026-12-07", "3 December 2026")
        small.write({"base/law.md": OURS + "\n### In practice\n\nUse the new archive.\n"})
        issue = (
            "--handbook",
            "--issued",
            "2027-01-15",
            "--changed-by",
            "the Head of Communications",
        )
        made = run("release", "example", *issue, "-s", "A new archive", "-f", "md")
        assert made.exit_code == 0, made.output
        small.write({"base/law.md": OURS.replace("Nobody deletes", "No one deletes")})
        release("2.0", "2027-03-01", "20 February 2027")
        yield folder


def pdf_text(path: Path) -> str:
    command = [outside_tool("pdftotext"), "-layout", str(path), "-"]
    made = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return " ".join(made.replace("\u00a0", " ").split())


def paper(released: Path, day: date, *clauses: str, full: bool = False) -> str:
    """Return what the paper of a bundle prints, line by line."""
    found = evidence(PROFILE_FILE, day, Workspace(), clauses, full=full)
    document = evidence_document(found, Workspace().caches.prose)
    lines = [plain(line) for block in walk(document.body) for line in text_lines(block)]
    return "\n".join([document.masthead.lead, *lines]).replace("\u00a0", " ")


def test_the_paper_says_what_was_in_force_and_what_took_its_place(released: Path) -> None:
    said = paper(released, date(2027, 2, 28), "law.records")
    assert (
        "version 1.0, issued on 7 December 2026. Version 2.0 took its place on 1 March 2027."
        in said
    )
    assert "Cabinet, 3 December 2026" in said
    seal = hashlib.sha256(
        Path("profiles/example/releases/1.0/release.json").read_bytes()
    ).hexdigest()
    assert seal in said.replace(" ", "")
    assert "Nobody deletes a post before that." in said
    assert "No version was approved before it." in said
    assert "Ask the lawyers" not in said  # another clause


def test_on_the_day_of_issue_the_new_version_is_in_force(released: Path) -> None:
    said = paper(released, date(2027, 3, 1), "1.1")
    assert "version 2.0, issued on 1 March 2027. No later version has been released." in said
    assert "No one deletes a post before that." in said
    assert "No consultation on this version is on record." in said
    assert "No list of who signed was given" in said


def test_the_handbook_of_the_day_is_told_and_its_approval_is_the_versions(released: Path) -> None:
    before = paper(released, date(2027, 1, 14), "law.replies")
    assert "Use the new archive." not in before
    assert "Its handbook" not in before
    after = paper(released, date(2027, 1, 15), "law.replies")
    assert "Use the new archive." in after
    assert (
        "Issue 2 of 15 January 2027, changed by the Head of Communications: A new archive" in after
    )
    for said in (before, after):
        assert "Cabinet, 3 December 2026" in said
    assert (
        "Use the new archive."
        in run("extract", "example@2027-01-15", "law.replies", "--tier", "practice").stdout
    )


def test_the_whole_policy_is_told_by_its_rules_unless_all_is_asked_for(released: Path) -> None:
    on = date(2027, 1, 20)
    short, full = paper(released, on), paper(released, on, full=True)
    for said in (short, full):
        assert "Nobody deletes a post before that." in said
    printed = [one.split("What this version changed")[0] for one in (short, full)]
    assert ["Use the new archive." in one for one in printed] == [False, True]
    assert "details and practice, is in the files of the release (part H)" in short
    assert "provenance.pdf, beside this paper" in short
    found = with_printed(evidence(PROFILE_FILE, on, Workspace()), Workspace())
    beside = [one.path for one in found.files]
    assert "provenance.pdf" in beside
    assert "releases/1.0-h2/full-story.md" in beside
    found = with_printed(evidence(PROFILE_FILE, on, Workspace(), full=True), Workspace())
    assert "provenance.pdf" not in [one.path for one in found.files]


def test_whether_certain_readers_were_told(released: Path) -> None:
    found = evidence(PROFILE_FILE, date(2027, 1, 1), Workspace(), ["law.replies"], "managers")
    found = with_printed(found, Workspace())
    assert "for-managers/full-story.pdf" in [one.path for one in found.files]
    leaves_out = "An edition that is cut for managers leaves it out."
    assert leaves_out in str(evidence_document(found, Workspace().caches.prose))
    to_comms = str(evidence_document(replace(found, audience="comms"), Workspace().caches.prose))
    assert "1.3 is for communications staff." in to_comms
    assert "leaves it out" not in to_comms


def test_a_clause_that_did_not_change_says_so(released: Path) -> None:
    said = paper(released, date(2027, 1, 1), "law.advice")
    assert "The clause reads the same in version 1.0 and in version 2.0." in said
    assert "Nobody said anything about this part of it." in said


def test_who_was_asked_without_a_private_name(released: Path) -> None:
    for clauses in ((), ("law.records",)):
        said = paper(released, date(2027, 1, 1), *clauses)
        assert "Version 0.9, out for comment" in said
        assert "Five days are too few." in said
        assert "Sam" not in said
        assert "Iqbal" not in said


def test_no_path_of_the_computer_is_told(released: Path) -> None:
    said = paper(released, date(2027, 1, 1), full=True)
    assert "templates/base/law.md" in said
    assert f"{released.name}/templates" not in said


@pytest.fixture(scope="module")
def bundle(released: Path) -> Path:
    Path("signed.csv").write_text(SIGNED)
    made = run(*BUNDLE)
    assert made.exit_code == 0, made.output
    assert (
        "example@1.0 was in force on 2027-01-01: issued on 2026-12-07, "
        "until 2.0 took its place on 2027-03-01."
    ) in made.stderr
    return released / "bundle.zip"


def test_the_bundle_is_checked_without_policygen(bundle: Path, tmp_path: Path) -> None:
    ZipFile(bundle).extractall(tmp_path)
    checked = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout
    assert "releases/1.0/policy.json: OK" in checked.stdout
    (tmp_path / "releases/1.0/policy.json").write_text("{}")
    again = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True)
    assert again.returncode == 1
    frozen = Path("profiles/example/releases/1.0")
    kept = {path.relative_to(frozen) for path in frozen.rglob("*") if path.is_file()}
    copied = {
        p.relative_to(tmp_path / "releases/1.0") for p in tmp_path.rglob("1.0/**/*") if p.is_file()
    }
    assert copied == kept - {Path(".gitattributes")}


@pytest.mark.slow
def test_the_paper_has_bookmarks_and_the_same_bytes_again(bundle: Path, tmp_path: Path) -> None:
    first = bundle.read_bytes()
    with chdir(bundle.parent):
        run(*BUNDLE)
    assert bundle.read_bytes() == first
    ZipFile(bundle).extract("evidence.pdf", tmp_path)
    from pypdf import PdfReader

    outline = PdfReader(tmp_path / "evidence.pdf").outline
    titles = [one.title for one in outline if not isinstance(one, list)]
    flat = str(outline)
    for title in ("Which version was in force", "Who was asked about it", "Keep a record"):
        assert title in flat, titles
    text = pdf_text(tmp_path / "evidence.pdf")
    assert "What was in force on" in text
    assert "1 of 3 have signed what is in force." in text  # another signed after the day
    for name in ("Iqbal", "Ada", "Lovelace", "Young"):
        assert name not in text


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--on", "2026-11-20"), "PG590", "version 0.9 was a draft that was out for comment."),
        (("--on", "2026-11-01"), "PG590", "The first in force was 1.0, issued on 7 December 2026"),
        (("--on", "2027-01-01", "--clause", "law.none"), "PG607", 'There is no clause "law.none".'),
        (("--on", "2027-01-01", "--audience", "pupils"), "PG606", "There is no audience"),
    ],
)
def test_what_cannot_be_asked(words: tuple[str, ...], code: str, says: str, released: Path) -> None:
    result = run("evidence", "example", *words, "--out", "none.zip")
    assert result.exit_code == 1
    assert code in result.output
    assert says in result.output
    assert not Path("none.zip").exists()


def test_a_release_is_found_by_a_day_wherever_one_is_named(released: Path) -> None:
    compared = run("diff", "example@2027-02-28", "example@2027-03-01", "-f", "markdown").stdout
    assert "version 1.0" in compared.lower()
    told = run("extract", "example@2027-02-28", "law.records").stdout
    assert "Nobody deletes" in told
    built = run("build", "example@2027-02-28", "-e", "full-story", "-f", "md").stdout
    assert "dist/example@1.0-h2/full-story.md" in built
    early = run("build", "example@2027-01-14", "-e", "full-story", "-f", "md").stdout
    assert "dist/example@1.0/full-story.md" in early
    assert "PG590" in run("build", "example@2026-11-20").output


def test_a_body_that_has_released_nothing_had_nothing_in_force(small: Small) -> None:
    refused = small.run("evidence", "example", "--on", "2027-01-01")
    assert "No version of example was in force on 1 January 2027." in refused.output
    assert "Nothing is released yet" in refused.output


def test_a_release_that_was_changed_is_no_evidence(released: Path) -> None:
    frozen = Path("profiles/example/releases/1.0/full-story.md")
    before = frozen.read_bytes()
    frozen.chmod(0o644)
    frozen.write_bytes(before + b"More.\n")
    try:
        result = run("evidence", "example", "--on", "2027-01-01", "--out", "none")
        assert result.exit_code == 1
        assert "PG530" in result.output
        assert not Path("none").exists()
    finally:
        frozen.write_bytes(before)
