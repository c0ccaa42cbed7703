"""A change report opens with five plain findings, and says nothing where there is nothing to say."""

from __future__ import annotations

import pytest
from organisations import policies

from policygen.diff import differences
from policygen.model import document as doc
from policygen.model.document.walk import plain
from policygen.report.changes.document import change_report
from policygen.report.changes.main_findings import main_findings


def findings(first: str, second: str) -> list[str]:
    found = differences(policies(first)[0], policies(second)[0])
    return [line.replace("\u00a0", " ") for line in main_findings(found)]


def test_five_sentences_say_what_one_lacks_what_is_promised_otherwise_and_what_is_reworded() -> (
    None
):
    said = findings("fenwick", "wexmoor-police")
    assert len(said) == 5
    assert said[0] == "Only Wexmoor has “Reports of crime” (12.3)."
    assert "How long a licence to post lasts: 2 years in Fenwick, 1 year in Wexmoor." in said
    assert said[-1].startswith("The two word “")
    assert all(line.endswith(".") for line in said)


@pytest.mark.parametrize(
    ("first", "second"), [("fenwick", "isle-of-corran"), ("glanmorfa", "hazel-lane")]
)
def test_they_are_mirrored_when_the_second_policy_is_read_first(first: str, second: str) -> None:
    assert len(findings(first, second)) == len(findings(second, first)) == 5


def test_two_equal_policies_have_none() -> None:
    assert findings("fenwick", "fenwick") == []


def test_they_stand_before_the_counts() -> None:
    policy = policies("fenwick")[0]
    found = differences(policy, policies("rauporoa")[0])
    report = change_report(found, ("Fenwick", "Raupōroa"))
    part = next(b for b in report.body if isinstance(b, doc.Group) and b.anchor == "found")
    _, first, counts = part.blocks
    assert isinstance(first, doc.List)
    assert isinstance(counts, doc.Counts)
    paragraphs = [block for item in first.items for block in item.blocks]
    lines = [plain(block.inlines) for block in paragraphs if isinstance(block, doc.Paragraph)]
    assert lines == main_findings(found)
    assert not any("review it by" in line for line in lines), "document control says it"
