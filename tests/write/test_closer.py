"""What a book that runs over its pages does: it is set closer, and its end takes what room there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sample import sample_document

from policygen.model.document import (
    MATTER_INDEX,
    Block,
    Document,
    Group,
    Heading,
    List,
    ListItem,
    Paragraph,
    Role,
    Strong,
    Text,
)
from policygen.write.pdf.writer import render

pytestmark = pytest.mark.slow

SENTENCE = "You must say who you are whenever you write about what we do. "


def book(blocks: Sequence[Block], pages: int = 0) -> Document:
    """A book that is signed; it has a cover."""
    return replace(sample_document("book"), body=tuple(blocks), close=True, pages=pages)


def section(paragraphs: int) -> Group:
    told = (Paragraph((Text(SENTENCE),)) for _ in range(paragraphs))
    return Group("section", (Heading(2, (Text("Conduct"),), "conduct"), *told), "conduct")


def end() -> tuple[Group, Group]:
    """An index of twenty letters, and the line that says where the policy stands."""
    letters = tuple(
        ListItem((Paragraph((Strong((Text(letter),)), Text(" Records 4.1; " * 6))),))
        for letter in "ABCDEFGHIJKLMNOPQRSTUV"
    )
    heading = Heading(2, (Text("Find your matter"),), MATTER_INDEX)
    current = Paragraph((Text("Current at https://www.example.org/policy."),), Role.REMARK)
    return Group(MATTER_INDEX, (heading, List(letters)), MATTER_INDEX), Group("current", (current,))


def test_a_signed_book_that_runs_over_is_set_closer_once_more() -> None:
    """It was close to begin with, and so nothing had brought it back."""
    roomy, held = (render(book([section(128)], pages)).pages for pages in (0, 4))
    assert (roomy, held) == (5, 4)


def test_an_index_that_would_leave_half_a_page_empty_is_pulled_back() -> None:
    """It and the line beneath it go overleaf together, however little they lack."""
    for paragraphs in (22, 23):
        assert render(book([section(paragraphs), *end()])).pages == 2, paragraphs
