"""A reader who looks for one word finds its clause at the end of a book, and in the contents."""

from __future__ import annotations

import pytest
from organisations import policies

from policygen.model import document as doc
from policygen.model.document.walk import headings, plain, walk
from policygen.present.edition import present
from policygen.write.html.blocks import contents_entries


def index_of(organisation: str, edition: str) -> doc.Group | None:
    document = present(policies(organisation)[0], edition)
    groups = [block for block in document.body if isinstance(block, doc.Group)]
    return next((group for group in groups if group.anchor == "index"), None)


def links(group: doc.Group) -> list[tuple[str, str]]:
    """(address, words) of every clause from A to Z, as they stand."""
    items = next(block for block in group.blocks if isinstance(block, doc.List)).items
    paragraphs = [block for item in items for block in item.blocks]
    inlines = [
        one for block in paragraphs if isinstance(block, doc.Paragraph) for one in block.inlines
    ]
    return [(one.href, plain((one,))) for one in inlines if isinstance(one, doc.Link)]


@pytest.mark.parametrize("edition", ["policy", "full-story", "handbook"])
def test_every_clause_with_a_word_for_its_matter_stands_in_the_index_once(edition: str) -> None:
    policy = policies("fenwick")[0]
    index = index_of("fenwick", edition)
    assert index is not None
    found = links(index)
    words = [text.partition("\u00a0")[0] for _, text in found]
    assert words == sorted(words, key=str.casefold)
    anchors = {heading.anchor for heading in headings(present(policy, edition).body)}
    chart = {f"#{clause.id}" for clause in policy.sections[-1].clauses}
    labelled = {f"#{clause.id}" for clause in policy.clauses() if clause.label and clause.number}
    assert {address for address, _ in found} == {
        address for address in labelled - chart if address[1:] in anchors
    }
    assert len(found) == len(set(found))
    assert ("#security.messaging-apps", "WhatsApp and other messaging apps\u00a019.3") in found


def test_it_says_which_clauses_are_for_some_readers_alone() -> None:
    index = index_of("fenwick", "policy")
    assert index is not None
    lines = [plain(block.inlines) for block in index.blocks if isinstance(block, doc.Paragraph)]
    assert [line.partition(":")[0] for line in lines] == [
        "For managers",
        "For communications staff",
        "For account owners",
        "For members",
        "For the public",
    ]
    assert "13.1" in lines[-1]


def test_a_policy_of_a_few_pages_needs_none() -> None:
    assert index_of("little-marden", "policy") is None


def test_a_copy_out_for_comment_has_room_for_comments_instead() -> None:
    assert policies("office-for-bridges")[0].profile.policy.status == "consultation"
    assert index_of("office-for-bridges", "policy") is None


def test_the_contents_call_a_clause_by_its_label_alone() -> None:
    document = present(policies("fenwick")[0], "policy")
    entries = {entry.anchor: plain(entry.inlines) for entry in contents_entries(document.body)}
    assert entries["law.defamation"] == "Defamation"
    assert any(
        plain(block.inlines).startswith("Defamation: ")
        for block in walk(document.body)
        if isinstance(block, doc.Heading)
    )
