"""A policy in force that has left its release: whatever is printed counts, and nothing else."""

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

- source: act s 3
- audience: comms
- rule: may

### Overview

Keep it

### Snapshot

Keep it.

### Full story

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

### Full story

{{ inherited }}

Ours.
"""


def warnings(small: Frozen) -> list[str]:
    return [p.what for p in small.problems() if p.level is Level.WARNING and "stamp" not in p.what]


@pytest.fixture
def released(fresh: Frozen) -> Frozen:
    fresh.write({"base/law.md": FULL, "base/sources.yaml": SOURCES, "organisation/law.md": OWN})
    fresh.release("First")
    return fresh


def test_a_policy_in_force_that_has_left_its_release_is_warned_of(frozen: Frozen) -> None:
    assert warnings(frozen) == []
    frozen.write({"base/law.md": LAW.replace("Keep it.", "Keep it well.")})
    assert warnings(frozen) == [
        "Version 1.0 is released, and the policy no longer says the same in law.records."
    ]
    frozen.replace("status:   approved", "status: draft")
    assert warnings(frozen) == []
    frozen.replace("status: draft", "status: approved")
    frozen.release("Well", "minor")
    assert warnings(frozen) == []


MOVED = {
    "a lead": ("lead: Keep to it.", "lead: Keep to it always.", "law (lead)"),
    "who decides": ("decides: The lawyer", "decides: The clerk", "law (who decides)"),
    "by when": ("- by: One day\n", "", "law (by when)"),
    "a section's title": ("# The law", "# The laws", "law (title)"),
    "a line": ("Keep it.\n", "Keep it well.\n", "law.records"),
    "a citation": ("- source: act s 3", "- source: code", "law.records"),
    "where in a source": ("act s 3", "act s 4", "law.records"),
    "its readers": ("audience: comms", "audience: managers", "law.records"),
    "its rule": ("rule: may", "rule: never", "law.records"),
}


@pytest.mark.parametrize("what", MOVED)
def test_whatever_is_printed_counts(what: str, released: Frozen) -> None:
    assert warnings(released) == []
    old, new, place = MOVED[what]
    assert old in FULL
    released.write({"base/law.md": FULL.replace(old, new)})
    assert warnings(released) == [
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
    (said,) = warnings(released)
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
    assert warnings(released) == []
    released.replace("status:   approved", "status: consultation")
    released.release("For comment", "major")
    released.replace("status: consultation", "status:   approved")
    released.replace('version: "2.0"', 'version: "1.0"')
    assert warnings(released) == []
