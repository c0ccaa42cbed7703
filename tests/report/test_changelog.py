"""What `diff` drafts for the change history of one body's next version."""

from __future__ import annotations

from typing import Any

import pytest
from small import LAW, Small

from policygen.diff import differences
from policygen.diff.select import narrow_differences
from policygen.model.comparison.difference import ComparisonScope
from policygen.report.changes.changelog import draft_summary
from policygen.report.changes.document import change_report

DAYS = LAW.replace(
    "Keep it.", "Keep it for {{ commitments.capture }}, {{ organisation.short_name }}."
)
FILES = {
    "base/law.md": DAYS,
    "base/document.md": "# About\n\n## Control {#document.control}\n\n### Rule\n\n"
    "Version {{ policy.version }}.\n",
}
PROFILE = """\
name: Fenwick Borough Council
short_name: {name}
kind: council
jurisdiction: england
posture: {posture}
policy: {{status: approved, version: "{version}"}}
commitments: {{capture: {days}}}
"""
MORE = (
    LAW.replace("# The law\n", "")
    .replace("records}", "more}")
    .replace("Keep a record", "Keep more")
)
BEFORE = {"version": "1.0", "days": "5", "name": "the council", "posture": "balanced"}


@pytest.mark.parametrize(
    ("changed", "files", "said"),
    [
        ({"version": "1.1"}, {}, ""),
        (
            {"version": "1.1", "days": "4"},
            {},
            "How soon a post is saved: 4 days instead of 5 days.",
        ),
        ({"name": "the borough"}, {}, "Names brought up to date."),
        (
            {},
            {"base/law.md": DAYS.replace("Keep it", "Keep all")},
            "Reworded: Keep a record (1.1).",
        ),
        ({}, {"posture/balanced/law.md": MORE}, "New: Keep more (1.2)."),
        (
            {"days": "4"},
            {"posture/balanced/law.md": MORE},
            "How soon a post is saved: 4 days instead of 5 days. New: Keep more (1.2).",
        ),
    ],
    ids=["only the version", "a number", "a name", "words", "a clause", "both"],
)
def test_drafts(small: Small, changed: dict[str, str], files: dict[str, str], said: str) -> None:
    small.write({**FILES, "organisation/profile.yaml": PROFILE.format(**BEFORE)})
    before = small.policy()
    small.write({**files, "organisation/profile.yaml": PROFILE.format(**{**BEFORE, **changed})})
    assert draft_summary(differences(before, small.policy())) == said


def test_what_is_gone_is_said(small: Small) -> None:
    small.write(
        {
            **FILES,
            "posture/balanced/law.md": MORE,
            "organisation/profile.yaml": PROFILE.format(**BEFORE),
        }
    )
    before = small.policy()
    small.write({"posture/balanced/law.md": ""})
    assert draft_summary(differences(before, small.policy())) == "Taken out: Keep more (1.2)."


@pytest.mark.parametrize(
    "narrowed", [{}, {"tier": "overview"}, {"section": "law"}, {"substance": True}], ids=str
)
def test_only_a_whole_comparison_drafts_a_line(small: Small, narrowed: dict[str, Any]) -> None:
    small.write({**FILES, "organisation/profile.yaml": PROFILE.format(**BEFORE)})
    before = small.policy()
    small.write({"organisation/profile.yaml": PROFILE.format(**{**BEFORE, "days": "4"})})
    found = narrow_differences(differences(before, small.policy()), ComparisonScope(**narrowed))
    drafts = [
        part
        for part in change_report(found, ("1.0", "now")).body
        if getattr(part, "anchor", "").endswith("draft")
    ]
    assert bool(drafts) is not bool(narrowed)


def test_what_another_document_covers_is_said_in_plain_words(small: Small) -> None:
    profile = PROFILE.format(**BEFORE)
    see = "{because: Ours, see: {title: Our rules, url: 'https://a.example/r'}}"
    small.write({**FILES, "posture/balanced/law.md": MORE, "organisation/profile.yaml": profile})
    before = small.policy()
    left_out = f"{profile}contents: {{leave_out: {{law.more: {see}}}}}\n"
    small.write({"organisation/profile.yaml": left_out})
    said = draft_summary(differences(before, small.policy()))
    assert said == "Left out: Keep more: see Our rules (1.2)."
