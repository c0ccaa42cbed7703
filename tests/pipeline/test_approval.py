"""An approval is claimed only for what was approved: whatever is printed counts, but document control itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from frozen import Frozen
from small import LAW

from policygen.problems import Level

FULL = """\
# The law

- lead: Keep to it.
- decides: The lawyer
- by: One day

## Keep a record {#law.records}

- grade: core
- source: act s 3
- audience: comms
- under: may

### Overview

Keep it

### Snapshot

Keep it.

### Rule

Keep it, as [the council]{lang=en} does.
"""
SOURCES = (
    "act: {title: Act, publisher: Gazette, url: https://law.example/act, status: in-force, checked_on: 2026-01-01}\n"
    "code: {title: Code, publisher: Gazette, url: https://law.example/code, status: in-force}\n"
)
OWN = """\
## Keep a record {#law.records}

- change: extend
- because: Ours

### Rule

{{ inherited }}

Ours.
"""


def claims(small: Frozen, level: Level = Level.ERROR) -> list[str]:
    """What `check` says of an approval, or a version, of other words."""
    found = [p for p in small.problems() if p.code in ("PG523", "PG524")]
    assert all(problem.level is level for problem in found)
    return [problem.what for problem in found]


@pytest.fixture
def released(fresh: Frozen) -> Frozen:
    fresh.write({"base/law.md": FULL, "base/sources.yaml": SOURCES, "organisation/law.md": OWN})
    fresh.release("First")
    return fresh


def test_a_policy_in_force_that_has_left_its_release_is_an_error(frozen: Frozen) -> None:
    assert claims(frozen) == []
    frozen.write({"base/law.md": LAW.replace("Keep it.", "Keep it well.")})
    assert claims(frozen) == [
        "Version 1.0 is released, and the policy no longer says the same in law.records."
    ]
    frozen.replace("status:   approved", "status: draft")
    assert claims(frozen) == []
    frozen.replace("status: draft", "status: approved")
    renew_approval(frozen)
    frozen.release("Well", "minor")
    assert claims(frozen) == []


def renew_approval(small: Frozen) -> None:
    small.replace("Cabinet, 3 December 2026", "Cabinet, 20 January 2027")
    small.replace("issued: 2026-12-07", "issued: 2027-02-01")


SAME = "The approval and the date of issue are those of version 1.0, and the policy has changed since in {}."


@pytest.mark.parametrize("bump", ["", "minor", "major"])
def test_a_new_version_of_other_words_needs_an_approval_of_its_own(
    bump: str, frozen: Frozen
) -> None:
    """Whoever raises the version, the profile or the command."""
    if not bump:
        frozen.replace('version: "1.0"', 'version: "1.5"')
    frozen.write({"base/law.md": LAW.replace("Keep it.", "Keep it well.")})
    assert SAME.format("law.records") in frozen.refused(bump=bump)
    renew_approval(frozen)
    warned = claims(frozen, Level.WARNING)
    assert len(warned) == bool(bump), "the version is still that of other words"
    frozen.release("Well", bump)
    assert claims(frozen) == []


def test_a_new_version_is_told_by_check_before_anybody_releases_it(frozen: Frozen) -> None:
    frozen.replace('version: "1.0"', 'version: "1.5"')
    assert claims(frozen) == [], "the same words were approved"
    frozen.write({"base/law.md": LAW.replace("Keep it.", "Keep it well.")})
    assert claims(frozen) == [SAME.format("law.records")]
    frozen.replace("status:   approved", "status: consultation")
    assert claims(frozen) == [], "a consultation claims no approval"


CONTROL = """\
# About

## Our policy {#document.title}

### Rule

Version {{ policy.version }}.

## Document control {#document.control}

### Rule

| Version | Approved |
|---|---|
| {{ policy.version }}, {{ policy.number }} | {{ policy.approved_at }}, {{ policy.issued }} |

## Whom to ask {#document.who-to-ask}

### Rule

Ask us about version {{ policy.version }}, {{ policy.number }}.
"""
VALUES = {
    "a value of the profile": (
        "profiles/example/profile.yaml",
        "short_name: the council",
        "short_name: the borough",
    ),
    "a name": ("profiles/example/profile.yaml", "name: Fenwick Borough", "name: Fenwick Town"),
    "a label": ("templates/labels.yaml", 'contents: {en: "', 'contents: {en: "The '),
    "a new clause": (
        "profiles/example/law.md",
        "Ours, too.",
        "Ours.\n\n## B {#law.b}\n\n### Rule\n\nB.",
    ),
}


@pytest.mark.parametrize("what", VALUES)
def test_whatever_is_printed_needs_the_new_approval(what: str, fresh: Frozen) -> None:
    words = LAW.replace("Keep it.", "Keep it, as {{ organisation.short_name }} does.")
    fresh.write({"base/law.md": words})
    fresh.release("First")
    file, old, new = VALUES[what]
    text = Path(file).read_text()
    assert old in text
    Path(file).write_text(text.replace(old, new))
    assert "those of version 1.0, and the policy has changed since in " in fresh.refused(
        bump="minor"
    )


def test_document_control_itself_does_not_count(fresh: Frozen) -> None:
    fresh.write({"base/document.md": CONTROL})
    fresh.release("First")
    fresh.replace("number: COM-014", "number: COM-015")
    fresh.replace('version: "1.0"', 'version: "2.0"')
    assert claims(fresh) == []
    fresh.release("Another number")


def test_the_last_approved_release_counts_and_no_consultation_between(frozen: Frozen) -> None:
    frozen.write({"base/law.md": LAW.replace("Keep it.", "Keep it well.")})
    frozen.replace("status:   approved", "status: consultation")
    frozen.release("For comment", "major")
    frozen.replace("status: consultation", "status:   approved")
    assert SAME.format("law.records") in frozen.refused(bump="minor")


MOVED = {
    "a lead": ("lead: Keep to it.", "lead: Keep to it always.", "law (lead)"),
    "who decides": ("decides: The lawyer", "decides: The clerk", "law (who decides)"),
    "by when": ("- by: One day\n", "", "law (by when)"),
    "a section's title": ("# The law", "# The laws", "law (title)"),
    "a line": ("Keep it.\n", "Keep it well.\n", "law.records"),
    "a label": ("- grade: core", "- grade: core\n- label: Records", "law.records"),
    "a citation": ("- source: act s 3", "- source: code", "law.records"),
    "where in a source": ("act s 3", "act s 4", "law.records"),
    "its readers": ("audience: comms", "audience: managers", "law.records"),
    "its list": ("under: may", "under: never", "law.records"),
}


@pytest.mark.parametrize("what", MOVED)
def test_whatever_is_printed_counts(what: str, released: Frozen) -> None:
    assert claims(released) == []
    old, new, place = MOVED[what]
    assert old in FULL
    released.write({"base/law.md": FULL.replace(old, new)})
    assert claims(released) == [
        f"Version 1.0 is released, and the policy no longer says the same in {place}."
    ]


AROUND = {
    "the title of a source": ("templates/base/sources.yaml", "title: Act", "title: The Act"),
    "the name of its readers": (
        "templates/outline.yaml",
        "comms: communications staff",
        "comms: press officers",
    ),
    "a label": ("templates/labels.yaml", 'contents: {en: "', 'contents: {en: "The '),
    "a name": (
        "profiles/example/profile.yaml",
        "name: Fenwick Borough Council ",
        "name: Fenwick Town Council ",
    ),
}


@pytest.mark.parametrize("what", AROUND)
def test_what_stands_around_the_clauses_counts_too(what: str, released: Frozen) -> None:
    file, old, new = AROUND[what]
    text = Path(file).read_text()
    assert old in text
    Path(file).write_text(text.replace(old, new))
    (said,) = claims(released)
    assert said.endswith("the policy no longer says the same in the words around its clauses.")


def test_what_nobody_is_shown_does_not_count(released: Frozen) -> None:
    """Where a clause stands, its stamp, a word that became a fact, when a source was checked, a later release."""
    released.write(
        {"base/law.md": "\n\n" + FULL.replace("- audience", "- binding: yes\n- audience")}
    )
    released.write({"base/sources.yaml": SOURCES.replace("2026-01-01", "2026-02-02")})
    released.write({"organisation/layer.yaml": "facts: {terms: {ours: Ours}}\n"})
    released.write({"organisation/law.md": OWN.replace("\n\nOurs.", "\n\n{{ terms.ours }}.")})
    accepted = released.run("accept")
    assert accepted.exit_code == 0, accepted.output
    assert claims(released) == []
    released.replace("status:   approved", "status: consultation")
    released.release("For comment", "major")
    released.replace("status: consultation", "status:   approved")
    released.replace('version: "2.0"', 'version: "1.0"')
    assert claims(released) == []


def test_what_was_not_approved_is_not_printed(frozen: Frozen) -> None:
    """As `check` says: whoever is handed the file sees an approval, and no message."""
    assert frozen.run("build", "example", "-f", "md").exit_code == 0
    frozen.write({"base/law.md": LAW.replace("Keep it.", "Keep it well.")})
    result = frozen.run("build", "example", "-f", "md", "-o", "other")
    assert result.exit_code == 1
    assert "PG523" in result.stderr
    assert not Path("other").exists()
    frozen.replace("status:   approved", "status: draft")
    assert frozen.run("build", "example", "-f", "md", "-o", "other").exit_code == 0
