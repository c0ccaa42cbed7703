"""The change report on paper: tagged, with contents that give the right pages, and a bar that can be heard."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from organisations import policies
from pdf_reader import Element, Pdf

from policygen.diff import differences
from policygen.report.changes.document import change_report
from policygen.report.changes.finding import differences_finding
from policygen.write.pdf.writer import render

pytestmark = pytest.mark.slow


@cache
def made() -> tuple[Pdf, tuple[str, ...], str]:
    found = differences(*(policies(name)[0] for name in ("fenwick", "glanmorfa")))
    data, _, messages, _ = render(change_report(found, ("Fenwick", "Glanmorfa")))
    return Pdf(data), tuple(m.getMessage() for m in messages), differences_finding(found)


def say(element: Element) -> str:
    return " ".join(element.text.split())


def test_weasyprint_has_nothing_to_say() -> None:
    assert made()[1] == ()


def test_headings_lists_and_tables_can_be_followed() -> None:
    tree = made()[0].tree
    levels = [int(h.kind[1]) for h in tree.find("H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    for element in tree.find("L"):
        assert {kid.kind for kid in element.kids} == {"LI"}
        assert all([kid.kind for kid in item.kids].count("LBody") == 1 for item in element.kids)
    for table in tree.find("Table"):
        assert len({len(row.kids) for row in table.find("TR")}) == 1
        for part, scope in (("THead", "/Column"), ("TBody", "/Row")):
            assert all(head.raw.A.Scope == scope for p in table.find(part) for head in p.find("TH"))
    assert all(not link.kids for link in tree.find("Link"))


def test_the_bar_says_its_counts() -> None:
    pdf, _, told = made()
    (bar,) = pdf.tree.find("Figure")
    assert str(bar.raw.Alt) == told


def test_no_other_font_has_stepped_in() -> None:
    fonts = [f for page in made()[0].pages for f in page.Resources.get("/Font", {}).values()]
    assert all("Public-Sans" in str(font.BaseFont) for font in fonts)


def test_the_contents_list_gives_the_right_pages() -> None:
    pdf = made()[0]
    lists = pdf.tree.find("L")
    [contents] = (e for e in lists if say(e).startswith("What we found"))
    items = contents.kids
    printed = [say(item).rsplit(" ", 1) for item in items]
    assert len(printed) > 20
    heads: dict[str, int] = {}
    for head in pdf.tree.find("H2"):
        heads.setdefault(say(head), pdf.page_number(head.raw.Pg))
    assert dict(printed) == {words: str(heads[words]) for words, _ in printed}
    assert {pdf.page_number(item.raw.Pg) for item in items} <= {1, 2}


def test_brackets_say_what_colour_does_not() -> None:
    pdf = made()[0]
    text = say(pdf.tree)
    assert "[Share what we have already published]" in text
    assert "‹Take part without asking first›" in text
