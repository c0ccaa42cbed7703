"""How books fill their pages: what runs over is set closer, and nothing holds clauses together."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sample import sample_document
from tools import outside_tool

from policygen.model.document import (
    MATTER_INDEX,
    Block,
    ClauseBlock,
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


def told(number: int) -> ClauseBlock:
    """A clause with its practice, which ends it; the second has one that may go on overleaf."""
    lengths = (2, 9 if number == 1 else 3)
    rule, practice = (Paragraph((Text(SENTENCE * times),)) for times in lengths)
    title, below = Heading(3, (Text("Say who you are"),)), Heading(4, (Text("In practice"),))
    return ClauseBlock(f"conduct.{number}", (title, rule, below, practice))


def test_a_clause_that_ends_with_its_practice_lets_a_page_end() -> None:
    """Else it holds the next clause, and that the next, until a page ends half empty."""
    clauses = tuple(map(told, range(20)))
    group = Group("section", (Heading(2, (Text("Conduct"),), "conduct"), *clauses), "section")
    pdf = render(replace(book([group]), close=False)).pdf
    command = [outside_tool("pdftotext"), "-layout", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    _cover, *pages, _last, _end = text.split("\f")
    lines = [sum(bool(line.strip()) for line in page.split("\n")) for page in pages]
    assert len(lines) >= 3
    assert min(lines) >= 28, lines
