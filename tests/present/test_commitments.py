"""The edition that is signed closes with all that its rules promise."""

from __future__ import annotations

from small import OUTLINE, Small

from policygen.model import document as doc
from policygen.model.document.walk import plain

RULES = """\
# The law

## Keep a record {#law.records}

### Rule

Save it within {{ commitments.capture }}.

## Block fairly {#law.block}

### Rule

{% if commitments.count %}
Count {{ commitments.count }}.
{% endif %}
Be fair.

### In practice

A block lasts {{ commitments.block }}.
"""
KEPT_BY = "title: Balanced\nfacts: {commitments: {capture: {who: %s}}}\n"
SIGNED = "  policy: {title: Policy, tiers: [rule], layout: book, commitments: yes}\n"


def rows(small: Small, edition: str) -> list[list[str]]:
    groups = [b for b in small.document(edition).body if isinstance(b, doc.Group)]
    tables = [b for g in groups if g.role == "commitments" for b in g.blocks]
    return [
        [plain(cell).replace("\u00a0", " ") for cell in row.cells]
        for table in tables
        if isinstance(table, doc.Table)
        for row in table.rows
    ]


def test_it_says_who_keeps_what_and_where(small: Small) -> None:
    """What is off, and what only a practice prints, is no promise that is signed."""
    small.write({"base/law.md": RULES, "outline.yaml": OUTLINE + SIGNED})
    assert rows(small, "policy") == [
        ["How soon a post is saved", "7 days", "Account owners", "1.1"]
    ]
    assert rows(small, "full-story") == []


def test_a_body_that_promises_more_signs_more(small: Small) -> None:
    small.write({"base/law.md": RULES, "outline.yaml": OUTLINE + SIGNED})
    small.set("commitments: {count: 2, capture: off}\n")
    small.write({"base/law.md": RULES.replace("within {{ commitments.capture }}", "soon")})
    assert rows(small, "policy") == [
        ["How often posts are counted", "Every 2 months", "The press office", "1.2"]
    ]


def test_a_contact_that_keeps_one_is_told_by_its_role(small: Small) -> None:
    """Without a contact it is told by what it is called, and a name that no profile has is a fault."""
    small.write({"base/law.md": RULES, "outline.yaml": OUTLINE + SIGNED})
    small.write({"posture/balanced/layer.yaml": KEPT_BY % "contacts.legal"})
    assert [row[2] for row in rows(small, "policy")] == ["Legal team"]
    small.set("contacts: {legal: {role: the Town Solicitor}}\n")
    assert [row[2] for row in rows(small, "policy")] == ["The Town Solicitor"]
    for who in ("contacts.lawyer", "{en: contacts.lawyer}"):
        small.write({"posture/balanced/layer.yaml": KEPT_BY % who})
        assert small.found()[0].code == "PG343"
