"""`release`, and how the other commands speak of releases."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from frozen import FILE, OWN, ROOT, Frozen
from small import LAW, OUTLINE

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


# --- What a version changed -------------------------------------------------------------------------------

TWO = """\
# The law

## Keep a record {#law.records}

- label: Records

### Rule

Save every post within {{ commitments.capture }}.

### In practice

Press the button.

## Ask first {#law.advice}

- label: Advice

### Rule

Ask the lawyers.

## Go home {#law.home}

- label: Home

### Rule

Go home at five.
"""
NEW = "\n## Say why {#law.why}\n\n- label: Reasons\n\n### Rule\n\nSay why.\n"


def second_version(fresh: Frozen, law: str) -> str:
    """Release one version, then another with this law; return the second policy as printed."""
    policy = (
        "  policy: {title: Policy, tiers: [rule], layout: book, changes: yes, commitments: yes}\n"
    )
    fresh.write({"base/law.md": TWO, "outline.yaml": OUTLINE + policy})
    fresh.replace("brand:", "commitments: {capture: 5}\nbrand:")
    release = ("release", "example", "-e", "policy", "-f", "md", "--summary", "Words")
    first = fresh.run(*release)
    assert first.exit_code == 0, first.stderr
    assert "What changed since" not in (RELEASE / "policy.md").read_text()
    fresh.write({"base/law.md": law})
    fresh.replace("2026-12-07", "2027-02-01")
    fresh.replace("3 December 2026", "20 January 2027")
    second = fresh.run(*release, "--major")
    assert second.exit_code == 0, second.stderr
    return (ROOT / "releases/2.0/policy.md").read_text()


def changes(policy: str) -> list[str]:
    part = policy.partition("What changed since version 1.0")[2].partition("\n## ")[0]
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|\*\*", r"\1", part).replace("\u00a0", " ")
    return [line.removeprefix("- ") for line in plain.splitlines() if line.startswith("- ")]


def test_the_policy_says_what_its_version_changed_in_the_rules(fresh: Frozen) -> None:
    law = TWO.replace("Ask the lawyers.", "Ask the lawyers early.").partition("## Go home")[0] + NEW
    fresh.write({"organisation/law.md": OWN})
    printed = second_version(fresh, law)
    assert changes(printed) == [
        "New: Reasons 1.3",
        "Taken out: Home 1.3",
        "In other words: Advice 1.2",
    ]


def test_a_value_is_told_after_and_before(fresh: Frozen) -> None:
    second_version(fresh, TWO)
    fresh.replace("capture: 5", "capture: 3")
    fresh.replace("2027-02-01", "2027-03-01")
    fresh.replace("20 January 2027", "20 February 2027")
    result = fresh.run(
        "release", "example", "-e", "policy", "-f", "md", "--summary", "Sooner", "--minor"
    )
    assert result.exit_code == 0, result.stderr
    printed = (
        (ROOT / "releases/2.1/policy.md")
        .read_text()
        .replace("since version 2.0", "since version 1.0")
    )
    assert changes(printed) == ["3 days instead of 5 days: Records 1.1"]


def test_practice_alone_changes_no_rule(fresh: Frozen) -> None:
    printed = second_version(fresh, TWO.replace("Press the button.", "Press both buttons."))
    assert "No rule has changed." in printed
    assert changes(printed) == []


def test_what_a_version_changed_is_frozen_and_a_draft_has_none(fresh: Frozen) -> None:
    printed = second_version(fresh, TWO + NEW)
    entry = json.loads((ROOT / "releases/2.0/release.json").read_text())["entry"]
    assert entry["since"] == "1.0"
    assert [change["kind"] for change in entry["changes"]] == ["new"]
    assert fresh.run("build", "example", "-e", "policy", "-f", "md").exit_code == 0
    assert changes(Path("dist/example/policy.md").read_text()) == changes(printed) != []
    fresh.replace("status:   approved", "status:   draft")
    assert fresh.run("build", "example", "-e", "policy", "-f", "md").exit_code == 0
    assert "What changed since" not in Path("dist/example/policy.md").read_text()
