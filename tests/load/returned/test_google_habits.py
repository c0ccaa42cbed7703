"""What Google Docs does to a file that it exports, reproduced from files that it wrote, changes no clause.

It puts controls tagged `goog_rdk_0` and so on around runs, paragraphs and cells, gives bookmarks names of its
own, writes fields as their text, and keeps neither our character styles nor our properties.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from copies import SPACES, W, clause, differing, element, printed, read, repacked, rewritten
from test_tracked_changes import gone, ins, run

from policygen.load.returned.package.open import open_returned_bytes
from policygen.model.returned.copy import FoundBy, PartKind
from policygen.model.returned.line import TrackedKind

CASE = ("little-marden", "full-story")
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SAM = 'w:author="Sam Iqbal" w:date="2026-11-20T10:15:00Z"'


def note_no_revisions(root: Any) -> None:
    """Its revision ids are zeros, and every run says that it does not run from right to left."""
    for number, paragraph in enumerate(root.iter(f"{W}p")):
        paragraph.set(f"{W14}paraId", f"{number:08X}")
        for key in ("rsidR", "rsidDel", "rsidP", "rsidRDefault", "rsidRPr"):
            paragraph.set(f"{W}{key}", "00000000")
    for one in root.iter(f"{W}r"):
        if (properties := one.find(f"{W}rPr")) is None:
            properties = element("<w:rPr/>")
            one.insert(0, properties)
        properties.append(element('<w:rtl w:val="0"/>'))


def wrap(held: Any, tag: int, lock: str = "") -> None:
    """Put a control around an element."""
    made = element(
        f'<w:sdt><w:sdtPr>{lock}<w:id w:val="-{tag + 7}"/><w:tag w:val="goog_rdk_{tag}"/></w:sdtPr>'
        "<w:sdtContent/></w:sdt>"
    )
    held.addprevious(made)
    made[1].append(held)


def put_controls_around_runs(root: Any) -> None:
    numbers = count()
    for one in list(root.iter(f"{W}r")):
        if one.find(f"{W}t") is not None and next(numbers) % 3 == 0:
            wrap(one, next(numbers))


def put_controls_around_cells(root: Any) -> None:
    for number, cell in enumerate(list(root.iter(f"{W}tc"))):
        wrap(cell, number, '<w:lock w:val="contentLocked"/>')


def rename_bookmarks(root: Any) -> None:
    for number, mark in enumerate(root.iter(f"{W}bookmarkStart")):
        mark.set(f"{W}name", f"_heading=h.{number:x}z337ya")


def write_fields_as_text(root: Any) -> None:
    for part in root.xpath("//w:r[w:fldChar or w:instrText]", namespaces=SPACES):
        part.getparent().remove(part)


def forget_character_styles(root: Any) -> None:
    for style in root.xpath("//w:rPr/w:rStyle", namespaces=SPACES):
        style.getparent().remove(style)


HABITS: dict[str, Callable[[Any], None]] = {
    "revisions of zeros": note_no_revisions,
    "controls around runs": put_controls_around_runs,
    "controls around cells": put_controls_around_cells,
    "bookmarks renamed": rename_bookmarks,
    "fields as text": write_fields_as_text,
    "no character styles": forget_character_styles,
}


@pytest.mark.parametrize("habit", HABITS.values(), ids=HABITS)
def test_a_habit_of_google_docs_changes_no_clause(habit: Callable[[Any], None]) -> None:
    copy = read(rewritten(printed(CASE), habit), CASE)
    assert differing(copy, CASE) == []
    assert [part.id for part in copy.parts if part.changes] == []


def exported(change: Callable[[Any], object] = lambda root: None) -> bytes:
    """A copy with all habits, in which somebody suggested something before."""

    def export(root: Any) -> None:
        change(root)
        for habit in HABITS.values():
            habit(root)

    properties = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    return repacked(
        rewritten(printed(CASE), export), {"docProps/custom.xml": lambda data: properties}
    )


def test_all_habits_together() -> None:
    """The copy does not say what it was printed from; its headings and labels do."""
    assert open_returned_bytes(exported(), "copy.docx").imprint is None
    copy = read(exported(), CASE)
    assert differing(copy, CASE) == []
    steps = {part.found_by for part in copy.parts if part.kind is PartKind.CLAUSE}
    assert steps == {FoundBy.HEADING}


def test_a_suggestion_is_told_with_its_author() -> None:
    def suggest(root: Any) -> None:
        text = next(one for one in root.iter(f"{W}t") if one.text and "You may say" in one.text)
        told = text.getparent()
        told.addprevious(element(ins(run("Always: "), SAM)))
        told.addnext(element(f'<w:del w:id="0" {SAM}>{gone(" Or not.")}</w:del>'))

    copy = read(exported(suggest), CASE)
    (part,) = [part for part in copy.parts if part.changes]
    assert part.id == "permission.default"
    assert [(one.change.kind, one.change.author, one.text) for one in part.changes] == [
        (TrackedKind.INSERTED, "Sam Iqbal", "Always: "),
        (TrackedKind.DELETED, "Sam Iqbal", " Or not."),
    ]
    assert clause(copy, part.id).found_by is FoundBy.HEADING
