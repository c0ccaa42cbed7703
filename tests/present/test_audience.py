"""A cut for an audience: its own clauses and everyone's, in a file beside the one that is not cut."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from small import OUTLINE, Small

from policygen.cli import main
from policygen.model.document import Document
from policygen.model.document.walk import headings
from policygen.present.edition import present
from policygen.write.writer import writer

WORDS = """\
# The law

## Everyone {#law.all}

### Rule

Do it, as [managers](#law.managers) and [editors](#law.comms) do.

## Managers {#law.managers}

- audience: managers

### Rule

Allow it.

## Editors {#law.comms}

- audience: comms

### Rule

Post it.

## Staff {#law.staff}

- audience: staff

### Rule

Wear a badge.
"""
AUDIENCES = """\
audiences: {staff: all staff, managers: managers, comms: communications staff, public: the public}
wider_audiences: {managers: [staff], comms: [staff]}
"""
EDITIONS = """\
  policy: {title: Policy, tiers: [rule], layout: book}
  briefing: {title: Briefing, tiers: [rule], layout: brief, audience: managers}
  leaflet: {title: Leaflet, tiers: [rule], layout: brief, audience: staff}
"""


@pytest.fixture
def audiences(small: Small) -> Small:
    lines = [line for line in OUTLINE.splitlines() if not line.startswith("audiences:")]
    outline = "\n".join([AUDIENCES, *lines]) + "\n" + EDITIONS
    return small.write({"base/law.md": WORDS, "outline.yaml": outline})


def numbers(document: Document) -> list[str]:
    return [heading.number for heading in headings(document.body) if heading.number]


def files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("dist/example").iterdir()}


def test_a_cut_has_its_own_clauses_and_everyones_under_the_numbers_of_the_policy(
    audiences: Small,
) -> None:
    cut = present(audiences.policy(), "policy", audience="managers")
    assert numbers(cut) == ["1", "1.1", "1.2", "1.4"]  # a manager is among all staff
    printed = writer("md").write(cut).decode()
    assert "[managers](#law.managers) (clause 1.2) and editors (policy 1.3) do." in printed
    assert "For managers." not in printed, "it is for nobody else"
    assert numbers(present(audiences.policy(), "policy", audience="staff")) == ["1", "1.1", "1.4"]
    assert numbers(present(audiences.policy(), "policy", audience="public")) == ["1", "1.1"]


def test_a_cut_says_for_whom_it_is(audiences: Small) -> None:
    cut = present(audiences.policy(), "policy", audience="comms")
    assert cut.masthead.edition == "Policy for communications staff"
    assert ("Policy for communications staff", "", True) in cut.masthead.depth
    assert cut.meta.title.endswith(": policy for communications staff. Fenwick Borough Council")
    assert cut.running.part.endswith(": policy for communications staff")


def test_a_cut_stands_beside_the_whole_and_the_next_build_knows_it(audiences: Small) -> None:
    build = ["build", "example", "-f", "md", "-e", "policy"]
    assert audiences.run(*build).exit_code == 0
    whole = files()
    result = audiences.run(*build, "--audience", "managers")
    assert result.stdout.split() == [
        "dist/example/policy.json",
        "dist/example/policy.for-managers.md",
    ]
    assert {name: files()[name] for name in whole} == whole
    assert b"**Policy for managers**" in files()["policy.for-managers.md"]
    listed = json.loads(Path("dist/manifest.json").read_text())["files"]
    assert listed["example/policy.for-managers.md"]["audience"] == "managers"
    assert listed["example/policy.md"]["audience"] is None
    again = audiences.run(*build, "--audience", "managers")
    assert "nothing has changed" in again.stderr
    assert "nothing has changed" not in audiences.run(*build, "--audience", "comms").stderr


def test_an_edition_for_these_readers_is_printed_as_it_is(audiences: Small) -> None:
    """One for all staff is for managers too; one for managers is not for all staff."""
    build = ["build", "example", "-f", "md", "-e", "briefing", "-e", "leaflet", "--audience"]
    assert audiences.run(*build, "managers").exit_code == 0
    assert sorted(files()) == ["briefing.md", "leaflet.md", "policy.json"]
    refused = audiences.run(*build, "staff")
    assert refused.exit_code == 1
    assert "The edition briefing is for managers, and cannot be cut for all staff." in (
        refused.stderr
    )
    assert "The edition leaflet" not in refused.stderr


def test_other_languages_stand_beside_it_too(audiences: Small) -> None:
    welsh = "# Y gyfraith\n\n## Pawb {#law.all}\n\n### Rule\n\nGwnewch hynny.\n"
    audiences.write({"base/law.cy.md": welsh}).set("languages: [en-GB, cy]\n")
    audiences.run("build", "example", "-f", "md", "-e", "policy", "--audience", "managers")
    assert {"policy.for-managers.md", "policy.for-managers.cy.md"} <= files().keys()
    assert b"Policy i managers" in files()["policy.for-managers.cy.md"]


def test_the_shell_completes_the_audiences(audiences: Small) -> None:
    shell = ShellComplete(main, {}, "policygen", "_POLICYGEN_COMPLETE")
    found = shell.get_completions(["build", "example", "--audience"], "m")
    assert [item.value for item in found] == ["managers"]


def test_readers_who_are_among_others_named_are_not_named_twice(audiences: Small) -> None:
    shared = WORDS.replace("- audience: managers", "- audience: managers, staff, public")
    audiences.write({"base/law.md": shared})
    printed = writer("md").write(audiences.document("policy")).decode()
    assert "For all staff and the public." in printed
