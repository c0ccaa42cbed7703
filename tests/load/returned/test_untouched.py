"""A copy that nobody changed says what was sent, clause by clause, whoever saved it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from copies import (
    CASES,
    Case,
    W,
    by_libreoffice,
    by_pandoc,
    clauses,
    differing,
    differing_from,
    printed,
    read,
    rewritten,
    sent,
    shape,
)
from organisations import policies

from policygen.load.returned.package.open import open_returned_bytes
from policygen.load.returned.reader import read_returned
from policygen.model import document as doc
from policygen.model.document.walk import plain
from policygen.model.policy import policy_digest, policy_to_json
from policygen.model.profile import OwnHeading
from policygen.model.returned.copy import FoundBy, PartKind, ReturnedCopy
from policygen.model.returned.known import known_parts
from policygen.present.edition import present
from policygen.write.docx.writer import DocxWriter

FULL = ("fenwick", "full-story")


def says_what_was_sent(copy: ReturnedCopy, case: Case) -> None:
    assert differing(copy, case) == []
    assert [part.id for part in copy.parts if part.changes] == []
    assert copy.comments == ()
    assert copy.not_carried == ()
    assert [part for part in copy.parts if part.kind is PartKind.UNKNOWN] == []


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_our_own_copy_says_what_was_sent(case: Case) -> None:
    copy = read(printed(case), case)
    says_what_was_sent(copy, case)
    ids = [part.id for part in copy.parts if part.kind is PartKind.CLAUSE]
    assert ids == [part.id for part in clauses(case)]
    steps = {part.found_by for part in copy.parts if part.id}
    assert steps == {FoundBy.BOOKMARK}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_a_copy_that_libreoffice_saved_says_what_was_sent(case: Case) -> None:
    copy = read(by_libreoffice(case), case)
    says_what_was_sent(copy, case)
    assert copy.imprint == read(printed(case), case).imprint


# Pandoc keeps neither our bookmarks nor our styles, and prints what screen readers hear of a table as its caption.
TITLED = {"accounts.register"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", [FULL, ("little-marden", "policy"), ("fenwick", "snapshot")], ids="-".join
)
def test_a_copy_that_pandoc_wrote_has_each_clause(case: Case) -> None:
    copy = read(by_pandoc(printed(case)), case)
    found = [part for part in copy.parts if part.kind is PartKind.CLAUSE]
    assert {part.id for part in found} == {part.id for part in clauses(case)}
    assert {part.found_by for part in found} <= {FoundBy.HEADING, FoundBy.BOOKMARK}
    assert {id for id, *_ in differing(copy, case)} <= TITLED


def test_the_imprint_names_what_was_sent() -> None:
    imprint = read(printed(FULL), FULL).imprint
    assert imprint is not None
    assert imprint.policy == policy_digest(policy_to_json(policies("fenwick")[0]))
    assert (imprint.organisation, imprint.edition) == FULL
    assert imprint.tiers == ("rule", "details", "practice")


@pytest.mark.parametrize("case", [case for case in CASES if case[1] != "snapshot"], ids="-".join)
def test_blocks_are_those_of_the_document(case: Case) -> None:
    """Headings, lists with their levels, tables, passages set apart, do and do not."""
    told = {
        part.id: part for part in read(printed(case), case).parts if part.kind is PartKind.CLAUSE
    }
    for one in clauses(case):
        if one.heading:
            assert shape(told[one.id].after) == shape(one.blocks), one.id


def test_printed_facts_and_references_come_back_as_such() -> None:
    read_blocks = {part.id: part.after for part in read(printed(FULL), FULL).parts}
    for one in known_parts(sent(FULL)):
        if one.kind is PartKind.CLAUSE:
            expected = [value for value in values(one.blocks) if value.path]
            found = values(read_blocks[one.id])
            assert [value.text for value in found] == [value.text for value in expected], one.id
            references = [value.path for value in expected if value.path.startswith("#")]
            assert [value.path for value in found if value.path] == references, one.id


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_links_lead_where_they_led(case: Case) -> None:
    read_blocks = {part.id: part.after for part in read(printed(case), case).parts}
    for one in clauses(case):
        expected = [link.href for link in links(one.blocks) if not link.file]
        found = [link.href for link in links(read_blocks[one.id])]
        assert [href for href in found if href in expected] == expected, one.id


def values(node: object) -> list[doc.Value]:
    return [one for one in inlines(node) if isinstance(one, doc.Value)]


def links(node: object) -> list[doc.Link]:
    return [one for one in inlines(node) if isinstance(one, doc.Link)]


def inlines(node: object) -> Iterator[object]:
    """Everything within blocks or inlines, in order."""
    if isinstance(node, tuple):
        for one in node:
            yield from inlines(one)
    elif hasattr(node, "__slots__"):
        yield node
        for name in node.__slots__:
            yield from inlines(getattr(node, name))


def test_sections_under_the_headings_of_a_body_are_found_a_level_lower() -> None:
    policy = policies("little-marden")[0]
    headings = (
        OwnHeading(title="Purpose", sections=("about",)),
        OwnHeading(title="All else", rest=True),
    )
    contents = policy.profile.contents.model_copy(update={"headings": headings})
    profile = policy.profile.model_copy(update={"contents": contents})
    document = present(replace(policy, profile=profile), "full-story")
    data = DocxWriter().write(document)
    for change in (bytes, lambda made: rewritten(made, without_bookmarks)):
        copy = read_returned(open_returned_bytes(change(data), "copy.docx"), document)
        assert differing_from(copy, document) == []
        assert [part.lines for part in copy.parts if part.kind is PartKind.UNKNOWN] == []
        assert {"heading-purpose", "heading-all-else", "about"} <= {part.id for part in copy.parts}


def without_bookmarks(root: Any) -> None:
    for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)


def test_what_stands_around_the_clauses_is_read_too() -> None:
    copy = read(printed(FULL), FULL)
    kinds = [part.kind for part in copy.parts]
    assert kinds[:2] == [PartKind.MASTHEAD, PartKind.CONTROL]
    (control,) = copy.parts[1].after
    assert isinstance(control, doc.Table)
    assert [plain(row.cells[0]) for row in control.rows][:2] == ["Status", "Policy and version"]
    sections = {part.id for part in copy.parts if part.kind is PartKind.SECTION}
    assert {"law", "sources", "front"} <= sections
