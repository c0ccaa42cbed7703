"""Differences narrowed to a tier, a section or what matters: nothing of it is lost, and nothing claimed of the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from repository import Repository
from small import PROFILE, Small

from policygen.diff import differences
from policygen.diff.select import narrow_differences
from policygen.model.comparison.difference import ComparisonScope, Differences
from policygen.report.changes.finding import clause_counts, differences_finding, differences_lead
from policygen.report.changes.serialise import differences_to_json

RULE = "Say who you are, whom you speak for and how to reach you, {}, before you say anything else at all."
KEPT = "# {title}\n\n## Be kind {{#{id}.kind}}\n\n### Rule\n\nBe kind.\n"
MOVED = "\n## Say who you are {{#{id}.who}}\n\n### Rule\n\n{rule}\n"


def moved(small: Small) -> Differences:
    """Two policies: a clause of the house rules is one of the elections in the second, reworded and renamed."""
    rules, elections = (
        KEPT.format(title=t, id=t.lower().replace(" ", "-")) for t in ("House rules", "Elections")
    )
    before = MOVED.format(id="house-rules", rule=RULE.format("always"))
    small.write({"base/house-rules.md": rules + before, "base/elections.md": elections})
    first = small.policy()
    after = MOVED.format(id="elections", rule=RULE.format("at once"))
    small.write({"base/house-rules.md": rules, "base/elections.md": elections + after})
    return differences(first, small.policy())


def test_a_clause_that_left_a_section_is_told_with_it(small: Small) -> None:
    found = narrow_differences(moved(small), ComparisonScope(section="house-rules"))
    told = [(d.kind.key, d.clause, d.part) for d in found.found]
    assert told == [
        ("moved", "elections.who", "id"),
        ("moved", "elections.who", "place"),
        ("reworded", "elections.who", "rule"),
    ]
    counts = clause_counts(found)
    assert (counts["same"], counts["reworded"], len(found.pairs)) == (1, 1, 2)


def test_so_is_one_that_came_into_it(small: Small) -> None:
    assert (
        narrow_differences(moved(small), ComparisonScope(section="elections")).found
        == narrow_differences(moved(small), ComparisonScope(section="house-rules")).found
    )


def test_another_section_hears_nothing_of_it(small: Small) -> None:
    small.write({"base/law.md": KEPT.format(title="The law", id="law")})
    found = narrow_differences(moved(small), ComparisonScope(section="law"))
    assert (found.found, len(found.pairs)) == ((), 1)


def test_the_head_of_another_section_is_left_out(small: Small) -> None:
    small.write({"base/law.md": KEPT.format(title="The law", id="law")})
    small.write({"base/elections.md": KEPT.format(title="Elections", id="elections")})
    first = small.policy()
    small.write({"base/law.md": KEPT.format(title="The laws", id="law")})
    found = differences(first, small.policy())
    assert [d.part for d in narrow_differences(found, ComparisonScope(section="law")).found] == [
        "title"
    ]
    assert narrow_differences(found, ComparisonScope(section="elections")).found == ()


# --- What is claimed of it ---------------------------------------------------------------------------------

LAW = """\
# The law

## Keep a record {#law.record}

### Snapshot

Keep it.

### Rule

Keep it for {{ commitments.capture }}, {{ organisation.short_name }}.

## Ask first {#law.ask}

### Rule

Ask before you post.
"""


def two(small: Small, law: str = LAW, profile: str = PROFILE) -> Differences:
    """The law and the elections; the second has another law."""
    days = "policy: {status: approved}\ncommitments: {capture: 5}"
    small.write(
        {"base/elections.md": KEPT.format(title="Elections", id="elections"), "base/law.md": LAW}
    )
    small.write({"organisation/profile.yaml": PROFILE.replace("policy: {status: approved}", days)})
    first = small.policy()
    small.write(
        {
            "base/law.md": law,
            "organisation/profile.yaml": profile.replace("policy: {status: approved}", days),
        }
    )
    return differences(first, small.policy())


FULL = LAW.replace("Ask before", "Ask us before")
NAMED = PROFILE.replace("short_name: the council", "short_name: the borough")
BOTH = {"tier": "snapshot", "section": "law"}


@pytest.mark.parametrize(
    ("law", "profile", "scope", "said"),
    [
        (
            FULL,
            PROFILE,
            {"tier": "snapshot"},
            "The two policies are the same in the snapshot, in all 3 clauses.",
        ),
        (
            FULL,
            PROFILE,
            {"section": "elections"},
            "The two policies are the same in “Elections”, in the one clause.",
        ),
        (
            FULL,
            PROFILE,
            BOTH,
            "The two policies are the same in the snapshot of “The law”, in both clauses.",
        ),
        (
            LAW,
            NAMED,
            {"substance": True},
            "The two policies are the same, names aside, in all 3 clauses.",
        ),
        (LAW, PROFILE, {}, "The two policies are the same in all 3 clauses."),
    ],
)
def test_what_was_narrowed_claims_nothing_of_the_rest(
    law: str, profile: str, scope: dict[str, Any], said: str, small: Small
) -> None:
    found = narrow_differences(two(small, law, profile), ComparisonScope(**scope))
    assert (differences_finding(found), differences_lead(found)) == (said, said)


@pytest.mark.parametrize(
    ("scope", "counts", "said"),
    [
        (
            {"tier": "rule"},
            "Of 3 clauses, 1 is the same in the rule: 1 reworded and 1 with other names only.",
            "Two clauses in three say the same in the rule, names aside.",
        ),
        (
            {"section": "law", "substance": True},
            "Of 2 clauses, 1 is the same in “The law”, names aside: 1 reworded.",
            "Half the 2 clauses say the same in “The law”, names aside.",
        ),
    ],
)
def test_the_counts_are_those_of_what_was_compared(
    scope: dict[str, Any], counts: str, said: str, small: Small
) -> None:
    found = narrow_differences(two(small, FULL, NAMED), ComparisonScope(**scope))
    assert (differences_finding(found), differences_lead(found)) == (
        counts,
        f"{said} Most of the rest is new wording in the library.",
    )


def test_its_json_says_to_what_it_was_narrowed(small: Small) -> None:
    whole = two(small, FULL)
    told = [
        json.loads(differences_to_json(found, ("a", "b")))
        for found in (whole, narrow_differences(whole, ComparisonScope(**BOTH, substance=True)))
    ]
    assert [(one["tier"], one["section"], one["substance"]) for one in told] == [
        ("", "", False),
        ("snapshot", "law", True),
    ]


def test_on_the_terminal(small: Small) -> None:
    small.write({"base/law.md": LAW.replace("{{ commitments.capture }}", "five")})
    Repository().commit()
    small.write({"base/law.md": FULL.replace("{{ commitments.capture }}", "five")})
    said = small.run(
        "diff", "HEAD:profiles/example", "example", "--tier", "snapshot", "--section", "law"
    ).stdout
    said = " ".join(said.split())
    assert "The two policies are the same in the snapshot of “The law”, in both clauses." in said
    assert "Told here is only what differs in the snapshot and in “The law”." in said
    assert not Path("dist").exists()
