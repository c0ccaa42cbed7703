"""What a section says of itself: its strongest rule, the stakes, what a manager does, who decides."""

from __future__ import annotations

from small import PROFILE, Small

from policygen.model import document as doc
from policygen.model.document.walk import plain

PARTS = """\
# The law

- lead: The law holds online.
- stake: A post can cost us a claim.
- manager: Show new starters the law.
- decides: Legal services
- by: Before you post
- measure: Claims made
"""
CORE = """
## Keep the law {#law.keep}

- grade: core
- under: never

### Overview

- Threaten anybody
- Pose as somebody else

### Snapshot

Keep the law.

### Rule

You must keep the law.
"""
FACTS = ["What a manager does", "Who decides", "By when", "How we know that it works"]


def topic(small: Small) -> doc.Topic:
    (found,) = (b for b in small.document("snapshot").body if isinstance(b, doc.Topic))
    return found


def lines(blocks: doc.Blocks) -> list[str]:
    return [plain(block.inlines) for block in blocks if isinstance(block, doc.Paragraph)]


def test_a_section_that_every_body_needs_is_told_whole(small: Small) -> None:
    small.write({"base/law.md": PARTS + CORE})
    told = topic(small)
    assert lines(told.blocks) == ["The law holds online.", "A post can cost us a claim."]
    assert [label for label, _ in told.facts] == FACTS


def test_any_other_section_is_told_in_its_strongest_rule(small: Small) -> None:
    small.write({"base/law.md": PARTS + CORE.replace("grade: core", "grade: usual")})
    told = topic(small)
    assert lines(told.blocks) == ["The law holds online."]
    assert told.facts == ()


def test_whoever_signs_the_rules_signs_what_a_manager_does(small: Small) -> None:
    small.write({"base/law.md": PARTS + CORE})
    section = small.document().body[-1]
    assert isinstance(section, doc.Group)
    assert lines(section.blocks) == [
        "The law holds online.",
        "What a manager does: Show new starters the law.",
    ]


def test_an_overview_telling_that_is_a_list_is_several_lines(small: Small) -> None:
    small.write({"base/law.md": PARTS + CORE})
    (columns,) = (b for b in small.document("overview").body if isinstance(b, doc.Columns))
    (listed,) = (b for b in columns.columns[0].blocks if isinstance(b, doc.List))
    told = [" ".join(lines(item.blocks)).replace("\u00a0", " ") for item in listed.items]
    assert told == ["Threaten anybody", "Pose as somebody else (1.1)"]
    assert [item.anchor for item in listed.items] == ["law.keep", ""]


PROMISE = "{% if commitments.capture %}Within {{ commitments.capture }}{% else %}Soon{% endif %}"
DUTY = "{% if has('law.records') %}Save every post.{% endif %}"
RECORDS = """
## Keep a record {#law.records}

### Rule

Save it within {{ commitments.capture }}.
"""


def test_a_section_promises_nothing_that_no_rule_does(small: Small) -> None:
    """What a clause says within a time, and what it asks of a manager, goes with the clause."""
    parts = PARTS.replace("Before you post", PROMISE).replace("Claims made", DUTY)
    small.write({"base/law.md": parts + CORE + RECORDS})
    told = {label: plain(words) for label, words in topic(small).facts}
    assert told["By when"] == "Within 7\u00a0days"
    assert told["How we know that it works"] == "Save every post."
    small.write({"organisation/profile.yaml": PROFILE + "extent: core\n"})
    told = {label: plain(words) for label, words in topic(small).facts}
    assert told["By when"] == "Soon"
    assert "How we know that it works" not in told


def test_a_section_that_leads_elsewhere_wants_no_facts(small: Small) -> None:
    parts = PARTS.replace("Legal services", "{{ contacts.legal.role }}")
    left_out = "contents: {leave_out: {law: {because: Ours, see: {title: Our law}}}}\n"
    draft = PROFILE.replace("approved", "draft")
    small.write({"base/law.md": parts + CORE, "organisation/profile.yaml": draft})
    assert [gap.fact for gap in small.policy().gaps] == ["contacts.legal.role"]
    small.write({"organisation/profile.yaml": draft + left_out})
    assert small.policy().gaps == ()
