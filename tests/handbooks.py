"""A small organisation whose owner changes its handbook without the board: what tests of that share."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from frozen import FILE, PROFILE, Frozen
from small import OUTLINE

HANDBOOK_OUTLINE = (
    OUTLINE.replace("carries_over: true}", "carries_over: true, by_owner: true}")
    .replace(
        "  practice:",
        "  details: {heading: Details, reader: for all, form: clauses, carries_over: true, by_owner: true}\n"
        "  checklist: {heading: Checklist, reader: for the day, form: checklist, carries_over: true, by_owner: true}\n"
        "  practice:",
    )
    .replace("tiers: [rule, practice]", "tiers: [rule, details, practice]")
    .replace(
        "house-rules: {title: House rules, tiers: [rule]",
        "house-rules: {title: House rules, tiers: [rule, details]",
    )
    + "  policy: {title: Policy, tiers: [rule], layout: book}\n"
    "owner_facts: [contacts.*.phone, contacts.*.email, policy.owner.email, channels, elections]\n"
)
ABOUT = """\
# About

## Our policy {#document.title}

### Rule

Rules.

## Document control {#document.control}

### Rule

| Item | What applies |
|---|---|
| Version | {{ policy.version }} |

## Before a vote {#document.before-a-vote}

- when: elections

### Checklist

| Step | Done |
|---|---|
| Take candidates off our accounts | |
"""
LAW = """\
# The law

- lead: Keep to it.

## Keep a record {#law.records}

- under: may

### Overview

Keep it, or ring {{ contacts.legal.phone }}

### Rule

Keep it within {{ commitments.capture }}, or ask {{ contacts.legal.role }}.

### Details

Ring {{ contacts.legal.phone }}.

### In practice

Copy it.
"""
ELECTIONS = """\
# Elections

## Help no side {#elections.period}

### Rule

Help no side before a vote.

### Details

{% for election in elections %}
- {{ election.event }}: {{ election.starts }}
{% endfor %}
"""
HOUSE_RULES = """\
# House rules

## We answer {#house-rules.answers}

- audience: public

### Rule

We answer.

### Details

{% for channel in channels %}
- {{ channel.handle }}
{% endfor %}
"""
FACTS = """\
contacts: {legal: {role: the lawyer, phone: "01632 960 001"}}
elections: [{event: Borough elections, starts: 2027-03-22, ends: 2027-05-06}]
channels: [{platform: X, handle: "@fenwick"}]
"""
RELEASED: dict[str, bytes] = {}  # the files of 1.0, which are made once
EDITIONS = ("overview", "full-story", "house-rules", "policy")


class Handbook(Frozen):
    """The files on disk, and what one does with the releases of a handbook."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        super().__init__(folder, patch)
        profile = PROFILE.replace("brand: {logo: pictures/logo.svg}\n", "")
        owner = "    owner: {role: the head of communications}\n"
        profile = profile.replace("    approver:", f"{owner}    approver:") + FACTS
        self.write(
            {
                "outline.yaml": HANDBOOK_OUTLINE,
                "base/document.md": ABOUT,
                "base/law.md": LAW,
                "base/elections.md": ELECTIONS,
                "base/house-rules.md": HOUSE_RULES,
                "organisation/profile.yaml": profile,
                "organisation/law.md": "",
            }
        )
        Path("profiles/example/law.md").unlink()

    def release_policy(self, *words: str) -> Result:
        chosen = [word for edition in EDITIONS for word in ("-e", edition)]
        return self.run("release", "example", "-f", "md", *chosen, "-s", "First", *words)

    def release_handbook(self, *words: str, issued: str = "2027-05-04") -> Result:
        summary = ("-s", "New number of the lawyer")
        return self.run("release", "example", "--handbook", "--issued", issued, *summary, *words)

    def new_number(self, old: str = "960 001", new: str = "960 901") -> None:
        self.replace(old, new)

    def checked(self) -> list[str]:
        """The codes of what `check` says of the policy and of its handbook."""
        parts = ("PG523", "PG524", "PG540")
        return [one.code for one in self.problems() if one.code in parts]


def files_of(folder: str) -> dict[str, bytes]:
    """Every file of a release, such as profiles/example/releases/1.0, by its path."""
    root = FILE.parent / "releases" / folder
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def released_handbook(folder: Path, patch: pytest.MonkeyPatch) -> Handbook:
    """The body with its version 1.0 released."""
    made = Handbook(folder, patch)
    if not RELEASED:
        assert made.release_policy().exit_code == 0
        RELEASED.update(files_of("1.0"))
    for name, data in RELEASED.items():
        file = FILE.parent / "releases/1.0" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_bytes(data)
    return made
