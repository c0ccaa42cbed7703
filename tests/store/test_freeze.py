"""Freezing: what a release holds, when it is refused, and that a refusal changes nothing."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from frozen import FILE, LOGO, OWN, PROFILE, ROOT, Frozen, everything
from organisations import PROFILES
from small import LAW

import policygen.write.writer as writers
from policygen.model.document import Document
from policygen.pipeline import release
from policygen.pipeline.publish import publish
from policygen.problems import Level, PolicygenError, Problem
from policygen.store import files as disk
from policygen.store import folder as folders
from policygen.store.ready import refuse_example
from policygen.store.releases import list_releases, read_release, verify_releases, version_on

RELEASE = ROOT / "releases/1.0"


# --- What it holds -----------------------------------------------------------------------------------------


def test_a_release_holds_all_that_was_published_and_what_it_was_made_from(frozen: Frozen) -> None:
    files = sorted(p.relative_to(RELEASE).as_posix() for p in RELEASE.rglob("*") if p.is_file())
    assert files == [
        ".gitattributes",
        "full-story.md",
        "policy.json",
        "profile/law.md",
        "profile/pictures/logo.svg",
        "profile/profile.yaml",
        "release.json",
    ]
    kept = {
        name: (RELEASE / "profile" / name).read_text()
        for name in ("law.md", "pictures/logo.svg", "profile.yaml")
    }
    assert kept == {"law.md": OWN, "pictures/logo.svg": LOGO, "profile.yaml": PROFILE}


def test_its_record_says_what_who_where_and_when_with_checksums(frozen: Frozen) -> None:
    record = json.loads((RELEASE / "release.json").read_bytes())
    assert record["schema"] == "policygen/release/1"
    assert record["organisation"] == "Fenwick Borough Council"
    assert record["entry"] == {
        "version": "1.0",
        "status": "approved",
        "summary": "First policy",
        "issued": "2026-12-07",
        "number": "COM-014",
        "approver": "Cabinet member for resources",
        "approved_at": "Cabinet, 3 December 2026",
        "since": "",
        "changes": [],
    }
    assert record["before"] is None
    for name, kept in record["files"].items():
        data = (RELEASE / name).read_bytes()
        assert kept == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def test_its_files_are_for_reading_only(frozen: Frozen) -> None:
    assert {p.stat().st_mode & 0o222 for p in RELEASE.rglob("*") if p.is_file()} == {0}


def test_the_policy_read_back_is_the_one_released(frozen: Frozen) -> None:
    (policy,) = read_release(ROOT, "1.0").policies
    assert policy == frozen.policy()
    assert [(one.version, one.summary) for one in policy.history] == [("1.0", "First policy")]


def test_building_again_gives_the_files_as_published(frozen: Frozen) -> None:
    """From the profile as it stands, and from the release itself."""
    for name in ("example", "example@1.0"):
        assert frozen.run("build", name, "-e", "full-story", "-f", "md").exit_code == 0
        for file in ("full-story.md", "policy.json"):
            assert (Path("dist") / name / file).read_bytes() == (RELEASE / file).read_bytes()


def test_a_release_in_two_languages(fresh: Frozen) -> None:
    fresh.write({"base/law.cy.md": LAW.replace("Keep it.", "Cadwch ef.")})
    fresh.replace("brand:", "languages: [cy, en-GB]\nbrand:")
    fresh.replace(
        "approved_at: Cabinet, 3 December 2026", "approved_at: {en: The Cabinet, cy: Y Cabinet}"
    )
    fresh.release("First policy")
    assert [p.language for p in read_release(ROOT, "1.0").policies] == ["cy", "en-GB"]
    welsh, english = (
        (RELEASE / name).read_text() for name in ("full-story.md", "full-story.en-GB.md")
    )
    assert ("Hanes newidiadau" in welsh, "Y Cabinet" in welsh, "The Cabinet" in english) == (
        True,
        True,
        True,
    )
    assert "Y Cabinet" not in english


def test_a_consultation_may_be_released_without_an_approver(fresh: Frozen) -> None:
    fresh.replace("status:   approved", "status: consultation")
    fresh.replace(
        "    approver: {role: Cabinet member for resources}\n    approved_at: Cabinet, 3 December 2026\n",
        "",
    )
    fresh.release("For comment")
    row = "| 1.0 | 7 December 2026 | Consultation, not in force | For comment |"
    assert row in " ".join((RELEASE / "full-story.md").read_text().split())


def test_what_is_left_for_comment_takes_no_policy_out_of_force(frozen: Frozen) -> None:
    frozen.replace("status:   approved", "status: consultation")
    frozen.release("For comment", "major")
    assert [gone for _, gone in list_releases(ROOT)] == [False, False]
    frozen.replace("status: consultation", "status: approved")
    frozen.release("As agreed", "minor")
    assert [gone for _, gone in list_releases(ROOT)] == [True, True, False]


# --- The next version --------------------------------------------------------------------------------------


def crlf(text: str) -> str:
    return "\ufeff" + text.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("bump", "written", "next_"),
    [
        ("minor", 'version: "1.0"     # the "1.0" of 1.0', 'version: "1.1"     # the "1.0" of 1.0'),
        ("major", "version: '1.0'# 1.0", "version: '2.0'# 1.0"),
        ("minor", "version:    1.0   #x", "version:    1.1   #x"),
    ],
)
@pytest.mark.parametrize("ends", [str, crlf], ids=["LF", "CRLF"])
def test_the_next_version_is_written_into_the_profile_and_nothing_else(
    bump: str, written: str, next_: str, ends: Any, frozen: Frozen
) -> None:
    text = ends(PROFILE.replace('version: "1.0"     # the "1.0" of 1.0', written))
    frozen.write({"organisation/profile.yaml": text})
    FILE.chmod(0o640)
    folder, _ = frozen.release("Better words", bump)
    version = "1.1" if bump == "minor" else "2.0"
    assert FILE.read_bytes().decode() == text.replace(written, next_)
    assert FILE.stat().st_mode & 0o777 == 0o640
    assert (folder / "profile/profile.yaml").read_bytes() == FILE.read_bytes()
    assert folder == ROOT / "releases" / version
    assert f"COM-014, version {version}, approved" in (folder / "full-story.md").read_text()


def test_versions_are_numbers(frozen: Frozen) -> None:
    for version in ("1.9", "1.10"):
        FILE.write_text(PROFILE.replace('version: "1.0" ', f'version: "{version}" '))
        frozen.release(version)
    assert [record.entry.version for record, _ in list_releases(ROOT)] == ["1.0", "1.9", "1.10"]
    frozen.release("next", "minor")
    assert 'version: "1.11"' in FILE.read_text()


def test_a_version_of_three_numbers_keeps_them(fresh: Frozen) -> None:
    fresh.replace('"1.0" ', '"1.0.2" ')
    fresh.release("one")
    fresh.release("two", "minor")
    fresh.release("three", "major")
    assert [record.entry.version for record, _ in list_releases(ROOT)] == [
        "1.0.2",
        "1.1.0",
        "2.0.0",
    ]


def test_a_version_that_cannot_be_changed_in_its_place(frozen: Frozen) -> None:
    frozen.replace('version: "1.0" ', 'version: "1\\x2e0" ')
    said = frozen.refused(bump="minor")
    assert "profile.yaml:11:14: error: The version cannot be changed here by itself." in said
    assert 'Write `version: "1.1"` here.' in said


def test_the_same_day_and_approval_as_before_are_asked_about(frozen: Frozen) -> None:
    _, problems = frozen.release("Better words", "minor")
    (warning,) = [p for p in problems if p.level is Level.WARNING]
    assert warning.what == "policy.issued and policy.approved_at are as in 1.0."
    frozen.replace("2026-12-07", "2027-01-04")
    frozen.replace("3 December 2026", "3 January 2027")
    assert not [p for p in frozen.release("Better words", "minor")[1] if p.level is Level.WARNING]


# --- Refusals ----------------------------------------------------------------------------------------------

REFUSED = {
    "a draft": (
        "status:   approved",
        "status: draft",
        "profile.yaml:9:13: error: A draft is not released.",
    ),
    "superseded": (
        "status:   approved",
        "status: superseded",
        "A superseded policy is not released.",
    ),
    "no version": (
        '    version: "1.0"     # the "1.0" of 1.0\n',
        "",
        "policy.version is not given.",
    ),
    "a word": (
        '"1.0" ',
        '"1.0 beta" ',
        'profile.yaml:11:14: error: The version "1.0 beta" is not one',
    ),
    "one number": ('"1.0" ', '"1" ', 'Write it as two or three numbers, like "1.0" or "1.0.2".'),
    "a path": ('"1.0" ', '"../1.0" ', 'The version "../1.0" is not one'),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_released(name: str, fresh: Frozen) -> None:
    old, new, said = REFUSED[name]
    fresh.replace(old, new)
    assert said in fresh.refused()


def test_all_that_an_approved_release_lacks_is_said_at_once(fresh: Frozen) -> None:
    fresh.write({"organisation/profile.yaml": PROFILE.partition("    version")[0]})
    said = fresh.refused(summary=" ")
    for key in ("version", "approver", "approved_at", "issued"):
        assert f"policy.{key} is not given." in said
    assert "The summary is empty." in said


@pytest.mark.parametrize("summary", ["", "  \n ", "a\x07b", "word " * 300])
def test_a_summary_is_a_line(summary: str, fresh: Frozen) -> None:
    assert "summary" in fresh.refused(summary)


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (
            "1.0",
            "Version 1.0 is released already, and a release never changes. Add --minor or --major",
        ),
        ("0.9", "Version 0.9 does not come after 1.0, which is released already."),
        ("1.0.0", "Version 1.0.0 does not come after 1.0"),
    ],
)
def test_a_version_that_is_released_or_older_is_refused(
    version: str, said: str, frozen: Frozen
) -> None:
    frozen.replace('version: "1.0"', f'version: "{version}"')
    assert said in frozen.refused()


def test_a_version_that_is_issued_before_the_last_one_is_refused(frozen: Frozen) -> None:
    """It would never be in force: on every day since, the one before was issued later."""
    frozen.replace("issued: 2026-12-07", "issued: 2026-01-07")
    said = frozen.refused(bump="minor")
    assert "policy.issued is 2026-01-07, and version 1.0 was issued on 2026-12-07" in said
    frozen.replace("issued: 2026-01-07", "issued: 2026-12-07")
    frozen.release("On the same day", "minor")
    assert version_on(ROOT, date(2026, 12, 7)) == "1.1"


def test_next_after_nothing_or_after_what_is_not_released(fresh: Frozen) -> None:
    assert "Leave --minor out: the first release is the profile's own version." in fresh.refused(
        bump="minor"
    )
    fresh.release("First")
    fresh.replace('version: "1.0"', 'version: "1.5"')
    assert "The profile says version 1.5 already" in fresh.refused(bump="major")


def test_an_error_of_the_policy_stops_the_release(frozen: Frozen) -> None:
    frozen.write({"organisation/law.md": OWN + "\n{{ policy.owner.role }}\n"})
    assert "policy.owner.role is not given" in frozen.refused(bump="minor")


class _Without:
    extension = "pdf"

    def write(self, document: Document) -> bytes:
        raise PolicygenError(
            [Problem("PDF needs Pango.", "Install it.", level=Level.WARNING, code="PG421")]
        )


def test_a_release_without_one_of_its_formats_is_refused(
    fresh: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = publish.writer
    monkeypatch.setattr(publish, "writer", lambda name: _Without() if name == "pdf" else real(name))
    before = everything()
    with pytest.raises(PolicygenError) as error:
        fresh.release("First policy", "", "md", "pdf")
    assert "PDF needs Pango." in str(error.value)
    assert "this one would lack pdf." in str(error.value)
    assert everything() == before
    assert writers.formats()


# --- Disks -------------------------------------------------------------------------------------------------


def full(*_: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("at", ["write", "replace"])
@pytest.mark.parametrize("bump", ["", "minor"])
def test_a_full_disk_changes_nothing(
    at: str, bump: str, frozen: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen.replace('version: "1.0"', 'version: "1.2"') if not bump else None
    monkeypatch.setattr(*((folders, "_write") if at == "write" else (disk, "replace_all")), full)
    assert "error: This folder cannot be written: no space left on device." in frozen.refused(
        bump=bump
    )


@pytest.mark.parametrize("refused", ["1.1", "profile.yaml"])
def test_neither_the_folder_nor_the_profile_stays_when_the_other_is_refused(
    refused: str, frozen: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == refused:
            full()
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert "Nothing was changed" in frozen.refused(bump="minor")


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
import pytest
from frozen import Frozen
frozen = Frozen(Path(sys.argv[1]), pytest.MonkeyPatch())
frozen.release("First policy")
steps, real = iter(range(9)), Path.replace
def replace(self, target):
    if next(steps) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, target)
Path.replace = replace
frozen.release("Better words", "minor")
"""


@pytest.mark.slow
@pytest.mark.parametrize("step", range(3))
def test_a_release_that_is_killed_leaves_the_profile_and_whole_releases(
    step: int, fresh: Frozen
) -> None:
    """The profile never says a version that is not there."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(Path.cwd()), str(step)], env=environment
    )
    assert verify_releases(ROOT) == ()
    versions = ["1.0", "1.1"][: 1 + (step > 0)]
    assert [record.entry.version for record, _ in list_releases(ROOT)] == versions
    if step < 2:
        assert run.returncode == -signal.SIGKILL
        assert FILE.read_text() == PROFILE
        fresh.release("Once more", "minor")
        versions = [*versions, "1.2" if step else "1.1"]
        assert [record.entry.version for record, _ in list_releases(ROOT)] == versions
    else:
        assert run.returncode == 0
        assert 'version: "1.1"' in FILE.read_text()


def test_an_interruption_leaves_nothing_behind(
    frozen: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folders, "_write", interrupted)
    before = everything()
    with pytest.raises(KeyboardInterrupt):
        frozen.release("x", "minor")
    assert everything() == before


def test_a_first_release_that_fails_leaves_no_empty_folder(
    fresh: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_write", full)
    fresh.refused()
    assert not (ROOT / "releases").exists()


def test_something_stands_where_the_release_should(fresh: Frozen) -> None:
    (ROOT / "releases").write_text("here first")
    assert "error: This folder cannot be written" in fresh.refused()


@pytest.mark.parametrize("file", ["profile.yaml", "law.md", "pictures/logo.svg"])
def test_what_is_edited_meanwhile_is_neither_lost_nor_released(
    file: str, frozen: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = release.publish

    def meanwhile(*given: Any) -> Any:
        with (ROOT / file).open("a") as open_file:
            open_file.write("\n")
        return real(*given)

    monkeypatch.setattr(release, "publish", meanwhile)
    with pytest.raises(
        PolicygenError, match="The profile was changed while the release was being made"
    ):
        frozen.release("x", "minor")
    assert not (ROOT / "releases/1.1").exists()
    assert 'version: "1.0"' in FILE.read_text()


def test_an_example_that_came_with_the_program_is_not_released(
    fresh: Frozen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither from the package nor from a checkout, but where one works in its own folder."""
    with pytest.raises(PolicygenError, match="is an example that came with policygen"):
        refuse_example(PROFILES / "fenwick/profile.yaml")
    folder = ROOT.resolve()
    monkeypatch.setattr("policygen.store.ready.shipped", lambda _: folder)
    assert "This profile is an example that came with policygen." in fresh.refused()
    monkeypatch.setattr("policygen.store.ready.shipped", lambda _: folder.parent)
    refuse_example(FILE)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    with pytest.raises(PolicygenError, match="is an example that came with policygen"):
        refuse_example(folder / FILE.name)


# --- Nothing from elsewhere --------------------------------------------------------------------------------


def link(path: str, target: Path) -> None:
    """Put a link into the profile's folder, in place of what is there."""
    place = ROOT / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(target)


FONT_LICENCE = b"Anybody may use this font."
OUTSIDE: dict[str, tuple[str, str | bytes]] = {
    "its own words": ("law.md", OWN),
    "the head of its layer": ("layer.yaml", "title: Ours\n"),
    "its sources": ("sources.yaml", "{}\n"),
    "the profile itself": ("profile.yaml", PROFILE),
    "its logo": ("pictures/logo.svg", LOGO),
    "a file of its theme": ("theme/LICENCE.txt", FONT_LICENCE),
}


@pytest.mark.parametrize("through", [False, True], ids=["a link", "a link to a link"])
@pytest.mark.parametrize("what", OUTSIDE)
def test_a_link_that_leads_out_of_the_profiles_folder_is_refused(
    what: str, through: bool, fresh: Frozen
) -> None:
    path, data = OUTSIDE[what]
    target = Path("elsewhere").resolve()
    target.write_bytes(data.encode() if isinstance(data, str) else data)
    if through:
        (ROOT / "between").symlink_to(target)
        target = (ROOT / "between").absolute()
    link(path, target)
    said = fresh.refused()
    assert "outside the profile's folder" in said, said


def test_a_folder_that_leads_out_is_refused(fresh: Frozen) -> None:
    (ROOT / "pictures").rename("pictures")
    (ROOT / "pictures").symlink_to(Path("pictures").resolve())
    assert "outside the profile's folder" in fresh.refused()


def test_links_within_the_folder_are_followed(fresh: Frozen) -> None:
    (ROOT / "law.md").rename(ROOT / "words.txt")
    link("law.md", Path("words.txt"))
    (ROOT / "pictures/logo.svg").rename(ROOT / "drawing.svg")
    link("pictures/logo.svg", Path("../drawing.svg"))
    folder, _ = fresh.release("First")
    assert (folder / "profile/law.md").read_text() == OWN
    assert (folder / "profile/pictures/logo.svg").read_text() == LOGO
    assert verify_releases(ROOT) == ()


def test_a_profile_whose_folder_is_a_link_is_released(fresh: Frozen) -> None:
    ROOT.rename("ours")
    ROOT.symlink_to(Path("ours").resolve())
    fresh.release("First")
    assert verify_releases(ROOT) == ()


def test_another_release_meanwhile_is_not_lost(
    frozen: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people release at once: the chain of seals keeps both, or refuses one."""
    real = release.publish

    def meanwhile(*given: Any, **more: Any) -> Any:
        monkeypatch.setattr(release, "publish", real)
        made = real(*given, **more)
        frozen.release("Theirs", "minor")
        frozen.replace('version: "1.1"', 'version: "1.0"')
        return made

    monkeypatch.setattr(release, "publish", meanwhile)
    with pytest.raises(PolicygenError, match="Another version was released while this one"):
        frozen.release("Ours", "major")
    assert [record.entry.version for record, _ in list_releases(ROOT)] == ["1.0", "1.1"]
