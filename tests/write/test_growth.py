"""What writing costs, counted and not timed: twice the clauses take twice the work, and no page is made for nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import tinycss2
from sample import sample_document

from policygen.model.document import (
    ClauseBlock,
    Contents,
    Deleted,
    Document,
    Group,
    Heading,
    Inserted,
    List,
    ListItem,
    Paragraph,
    Revision,
    Row,
    Table,
    Text,
)
from policygen.write.pdf.page_numbers import settled_page_numbers
from policygen.write.pdf.press import import_weasyprint
from policygen.write.pdf.writer import PdfWriter
from policygen.write.writer import THEME, writer

PRINTED = ("print.css", "report.css", "worksheet.css")  # what WeasyPrint reads
WRITERS = ("docx", "html", "md", "txt")


def selectors(nodes: list[Any]) -> Iterator[list[Any]]:
    """The selectors of a sheet, as tokens, but for those that are for the screen alone."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield node.prelude
        elif (
            node.type == "at-rule"
            and node.lower_at_keyword == "media"
            and "screen" not in words(node)
        ):
            yield from selectors(tinycss2.parse_rule_list(node.content))


def words(rule: Any) -> str:
    """What stands between the name of an at-rule and its block."""
    return str(tinycss2.serialize(rule.prelude))


def functions(tokens: list[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "function":
            yield token.lower_name
            yield from functions(token.arguments)


@pytest.mark.parametrize("name", PRINTED)
def test_a_print_sheet_looks_at_nothing_that_follows_or_stands_within(name: str) -> None:
    """WeasyPrint would go through it for each element; the HTML writer knows it, and has a class for it."""
    found = list(selectors(tinycss2.parse_stylesheet((THEME / name).read_text("utf-8"))))
    used = {function for prelude in found for function in functions(prelude)}
    assert found
    assert "has" not in used


@pytest.mark.slow
def test_a_contents_list_is_laid_out_twice_and_all_else_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from weasyprint.layout import page

    made: list[int] = []
    remake_page = page.remake_page

    def counted(index: int, *where: Any) -> Any:
        made.append(index + 1)
        return remake_page(index, *where)

    monkeypatch.setattr(page, "remake_page", counted)
    pages = PdfWriter().print_pages(replace(book(12), close=True)).pages
    assert made == [*range(1, pages + 1), 2]


def test_a_contents_list_that_grows_by_its_numbers_has_the_right_ones() -> None:
    """Two digits take two lines here, so that all places move when the numbers are known."""
    sheet = """@page { size: 200px 100px; margin: 0 } body { margin: 0; font: 10px/20px sans-serif }
        h2 { break-before: page } li { list-style: none; height: auto }
        li::after { content: target-counter(attr(data-to), page); display: block; width: 7px; overflow-wrap: anywhere }"""
    places = [f"place-{number}" for number in range(12)]
    entries = "".join(f'<li data-to="#{place}"></li>' for place in places)
    heads = "".join(f'<h2 id="{place}">Here</h2>' for place in places)
    weasyprint, fonts = import_weasyprint()
    with settled_page_numbers():
        page = f"<style>{sheet}</style><ol>{entries}</ol>{heads}"
        pages = weasyprint.HTML(string=page).render(font_config=fonts).pages
    at = {place: str(number) for number, page in enumerate(pages, 1) for place in page.anchors}
    printed = dict.fromkeys(places, "")
    for page in pages:
        for box in page._page_box.descendants():
            if box.element_tag == "li::after" and hasattr(box, "text"):
                printed[box.element.get("data-to").removeprefix("#")] += box.text
    assert printed == at
    assert len(pages) > 12 + 4  # it has grown


def clause(number: int) -> ClauseBlock:
    """A clause of every kind of change, with a list and a table."""
    change = (None, Revision.INSERTED, Revision.DELETED)[number % 3]
    words = (
        Text("You must "),
        Deleted((Text("say"),)),
        Inserted((Text("tell"),)),
        Text(" who you are."),
    )
    row = Row(((Text("Photographs"),), (Text("For a year"),)))
    blocks = (
        Heading(3, (Text(f"Clause {number}"),), f"clause-{number}", str(number)),
        Paragraph(words),
        List(
            (
                ListItem((Paragraph(words),)),
                ListItem((Paragraph((Text("or not"),)),), change=change),
            )
        ),
        Table(row, (row, replace(row, change=change))),
    )
    return ClauseBlock(f"clause-{number}", blocks, change=change)


def book(clauses: int) -> Document:
    told = tuple(clause(number) for number in range(clauses))
    section = Group("section", (Heading(2, (Text("Conduct"),), "section", "1"), *told), "section")
    return replace(sample_document("book"), body=(Contents("Contents", 3), section))


def calls(work: Callable[[], object]) -> int:
    """How many functions a work calls, Python's and others'."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", WRITERS)
def test_twice_the_clauses_take_twice_the_work(name: str) -> None:
    made = writer(name)
    made.write(book(10))  # what is read once, it reads now
    few, more, most = (calls(lambda n=n: made.write(book(n))) for n in (10, 40, 70))
    assert most - more == pytest.approx(more - few, rel=0.05)
