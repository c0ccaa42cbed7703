"""`release`, and how the other commands speak of releases."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from frozen import FILE, OWN, ROOT, Frozen
from small import LAW

from policygen.load.records import read_seal

RELEASE = ROOT / "releases/1.0"


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    return Frozen(tmp_path, monkeypatch)


def test_it_says_what_it_froze_and_what_to_do_next(fresh: Frozen) -> None:
    result = fresh.run_release("--summary", "First policy")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"profiles/example/releases/1.0/{name}"
        for name in (
            "release.json",
            "full-story.md",
            "policy.json",
            "profile/law.md",
            "profile/profile.yaml",
            "profile/pictures/logo.svg",
        )
    ]
    assert f"example@1.0 is frozen. Its seal is {read_seal(ROOT, '1.0')}:" in result.stderr
    assert "`policygen diff example@1.0 example` drafts the summary." in result.stderr


def test_left_out_it_freezes_the_three_tiers_in_every_format(fresh: Frozen) -> None:
    result = fresh.run("release", "example", "--summary", "First policy")
    if "would lack pdf" in result.stderr and os.environ.get("CI") != "true":
        pytest.skip(f"Pango is not installed: {result.stderr}")
    names = [
        f"{tier}.{format}"
        for tier in ("full-story", "overview", "snapshot")
        for format in ("docx", "html", "md", "pdf")
    ]
    assert (
        sorted(p.name for p in RELEASE.iterdir() if p.suffix != ".json" and p.is_file())[1:]
        == names
    )


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 2, "Missing option '--summary'"),
        (("--summary", "x", "--minor", "--major"), 2, "Give --minor or --major, not both."),
        (("--summary", ""), 1, "error: The summary is empty."),
        (("--summary", "x", "--minor"), 1, "Nothing is released yet"),
        (("--summary", "x", "-f", "pfd"), 1, 'There is no format "pfd".'),
    ],
)
def test_what_it_refuses(words: tuple[str, ...], status: int, said: str, fresh: Frozen) -> None:
    result = fresh.run_release(*words)
    assert (result.exit_code, said in result.stderr) == (status, True), result.stderr
    assert not (ROOT / "releases").exists()


def test_the_usual_way_from_one_version_to_the_next(fresh: Frozen) -> None:
    assert fresh.run_release("--summary", "First policy").exit_code == 0
    again = fresh.run_release("--summary", "Again")
    assert again.exit_code == 1
    assert "Version 1.0 is released already" in again.stderr
    assert "Add --minor or --major to release the next one." in again.stderr
    result = fresh.run_release("--summary", "Better words", "--minor")
    assert result.exit_code == 0
    assert "warning: policy.issued and policy.approved_at are as in 1.0." in result.stderr
    assert 'version: "1.1"     # the "1.0" of 1.0' in FILE.read_text()


def test_a_release_can_be_compared_with_the_profile_as_it_stands(fresh: Frozen) -> None:
    fresh.run_release("--summary", "First policy")
    assert fresh.run("diff", "example@1.0", "example", "--exit-code").exit_code == 0
    fresh.write({"organisation/law.md": OWN.replace("Ours, too.", "Ours, as well.")})
    result = fresh.run("diff", "example@1.0", "example", "--exit-code")
    assert result.exit_code == 1
    assert "Ours" in result.stdout
    assert "release 1.0" in result.stdout
    assert (
        'There is no release "2.0" of example.'
        in fresh.run("diff", "example@2.0", "example").stderr
    )
    (RELEASE / "full-story.md").unlink()
    assert (
        "This file of a release is missing." in fresh.run("diff", "example@1.0", "example").stderr
    )


def test_a_changed_mind_about_contents_leaves_out_and_never_removes(fresh: Frozen) -> None:
    """`extent` and `contents` may change after a release; what another document covers is named."""
    law = LAW.replace("### Rule", "- grade: core\n\n### Rule")
    fresh.write({"base/law.md": f"{law}\n## Say why {{#law.why}}\n\n### Rule\n\nSay it.\n"})
    assert fresh.run_release("--summary", "First policy").exit_code == 0
    fresh.replace("posture: balanced", "posture: balanced\nextent: core")
    see = "{because: Our handbook covers this, see: {title: Records handbook}}"
    fresh.replace("brand:", f"contents: {{leave_out: {{law.records: {see}}}}}\nbrand:")
    fresh.replace("status:   approved", "status:   draft")
    data = json.loads(fresh.run("diff", "example@1.0", "example", "--format", "json").stdout)
    kinds = {found["clause"]: found["kind"] for found in data["differences"]}
    assert kinds.pop("law.records") == kinds.pop("law.why") == "left-out"
    assert "removed" not in kinds.values()
    said = " ".join(fresh.run("diff", "example@1.0", "example").stdout.split())
    assert "leaves it out. Our handbook covers this." in said
    assert "leaves it out by extent." in said
    back = json.loads(fresh.run("diff", "example", "example@1.0", "--format", "json").stdout)
    kinds = {found["clause"]: found["kind"] for found in back["differences"]}
    assert kinds["law.records"] == kinds["law.why"] == "brought-in"


def test_releases_are_listed_oldest_first(fresh: Frozen) -> None:
    assert fresh.run("list", "releases").stdout == ""
    fresh.run_release("--summary", "First policy")
    fresh.run_release("--summary", "Better words", "--minor")
    shutil.copytree("profiles/example", "profiles/other")
    listed = [
        "example@1.0  approved, issued 2026-12-07, superseded: First policy",
        "example@1.1  approved, issued 2026-12-07: Better words",
    ]
    assert fresh.run("list", "releases", "example").stdout.splitlines() == listed
    assert len(fresh.run("list", "releases").stdout.splitlines()) == 4
    assert fresh.run("list", "releases", "exampel").exit_code == 1
    assert fresh.run("list", "formats", "example").exit_code == 2


def test_a_release_that_is_not_there_says_which_are(fresh: Frozen) -> None:
    fresh.run_release("--summary", "First policy")
    result = fresh.run("build", "example@1.1", "example@2.0", "nobody@1.0", "example", "-f", "md")
    assert result.exit_code == 1
    for said in (
        'There is no release "1.1" of example.',
        'There is no release "2.0" of example.',
        'There is no profile "nobody".',
    ):
        assert said in result.stderr
    assert Path("dist/example/overview.md").is_file()
    assert not Path("dist/example@1.1").exists()


def test_what_lies_on_disk_under_the_whole_name_is_a_profile(fresh: Frozen) -> None:
    fresh.run_release("--summary", "First policy")
    shutil.copytree("profiles/example", "profiles/example@1.0")
    profile = Path("profiles/example@1.0/profile.yaml")
    profile.write_text(profile.read_text().replace("status:   approved", "status: draft"))
    fresh.write(
        {"base/law.md": fresh.path("base/law.md").read_text().replace("Keep it.", "Keep it well.")}
    )
    fresh.run("build", "example@1.0", "-f", "md")
    assert "Keep it well." in Path("dist/example@1.0/full-story.md").read_text()


def test_one_name_for_two_organisations_is_refused_for_releases_too(fresh: Frozen) -> None:
    shutil.copytree("profiles/example", "elsewhere/example")
    result = fresh.run("build", "example", "elsewhere/example@1.0", "-f", "md")
    assert 'Two organisations are called "example"' in result.stderr
    assert not Path("dist").exists()
