"""What a designer would see first on printed pages, whatever the organisation is called."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

import pytest
from in_word import BOARDS, LONG_NAMED, short_in_word
from lxml import etree
from odd_names import ODD, as_docx, as_pdf, document, policy
from organisations import EXAMPLES, built
from tools import outside_tool
from tracked import W

from policygen.diff import differences
from policygen.model.document import Block, Group, Heading, Paragraph, Role, Row, Table, Text
from policygen.model.document.walk import plain, walk
from policygen.report.changes.document import change_report
from policygen.write.docx.tables import data_columns
from policygen.write.docx.writer import DocxWriter
from policygen.write.font import font_metrics
from policygen.write.html.writer import render_page
from policygen.write.pdf.writer import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

CLEAR = (
    28.3 - 0.5
)  # points: 10 mm between a running head and the edge, and what is empty above letters
HEAD_TO_TEXT = 5  # points at least
FOOT = 780  # points from the top of an A4 page, where the foot begins
LAST = 4  # lines that a last page holds at least


class Line(NamedTuple):
    """A line of a page, in points from the top left."""

    left: float
    top: float
    bottom: float
    text: str


def pages(data: bytes) -> list[list[Line]]:
    """The lines of each page, from the top; parts of one height are one line."""
    tool = [outside_tool("pdftotext"), "-bbox-layout", "-", "-"]
    shown = subprocess.run(tool, input=data, capture_output=True, check=True).stdout.decode()
    return [_lines(page) for page in shown.split("<page ")[1:]]


def _lines(page: str) -> list[Line]:
    found: dict[int, list[Line]] = {}
    words = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>'
    for left, top, bottom, text in re.findall(words, page):
        line = Line(float(left), float(top), float(bottom), text)
        found.setdefault(round(line.bottom), []).append(line)
    return [
        Line(
            min(word.left for word in words),
            min(word.top for word in words),
            max(word.bottom for word in words),
            " ".join(word.text for word in words),
        )
        for _, words in sorted(found.items())
    ]


@cache
def in_word(name: str) -> list[list[Line]]:
    return pages(short_in_word()[name])


@pytest.mark.parametrize("kind", ODD)
def test_a_card_for_new_starters_is_one_page_whatever_the_name(kind: str) -> None:
    assert len(in_word(f"{kind}-starter-card-0")) == 1
    assert len(pages(as_pdf(kind, "starter-card"))) == 1


@pytest.mark.parametrize("edition", ["election-start", "first-hour"])
def test_a_page_for_the_day_itself_is_one_page_whatever_the_name(edition: str) -> None:
    assert len(in_word(f"{LONG_NAMED}-{edition}-0")) == 1
    assert len(pages(as_pdf(LONG_NAMED, edition))) == 1


@pytest.mark.parametrize("organisation", BOARDS)
def test_in_word_too_a_board_paper_stands_on_two_sides(organisation: str) -> None:
    assert len(in_word(f"{organisation}-board-0")) == 2


def test_in_word_no_last_page_holds_but_a_line() -> None:
    few = {}
    for name in short_in_word():
        body = [line.text for line in in_word(name)[-1] if CLEAR + 15 < line.top < FOOT]
        if len(body) < LAST:
            few[name] = body
    assert few == {}


def test_in_word_no_page_of_a_snapshot_begins_with_what_belongs_to_the_one_before() -> None:
    found = [in_word(name) for name in short_in_word() if "-snapshot-" in name]
    assert found
    for _, *following in found:
        for _, first, *_ in following:
            assert not first.text.startswith("What a manager does")


@pytest.mark.parametrize("organisation", EXAMPLES)
def test_a_head_of_a_page_stands_clear_of_the_edge_and_of_the_text(organisation: str) -> None:
    """In the editions that are set closest."""
    for edition in ("snapshot", "policy", "house-rules"):
        for file in built(organisation, edition, "pdf"):
            for head, first, *_ in pages(file.data)[1:]:
                assert head.top >= CLEAR, (edition, head)
                assert first.top - head.bottom >= HEAD_TO_TEXT, (edition, head, first)


def test_a_draft_says_so_whole_and_on_one_line_beside_any_name() -> None:
    for found in (
        pages(as_pdf("two-scripts", "house-rules")),
        in_word("two-scripts-house-rules-0"),
    ):
        assert len(found) == 2, "its short list of gaps stands below its words"
        for head, second, *_ in found[1:]:
            assert head.text == "The council: policy not in force Social media policy: house rules"
            assert second.text.startswith("13.")


def test_a_name_of_one_long_word_stands_beside_its_logo_and_above_the_title() -> None:
    """It is as wide as the page: beside the status, it would slip below, and away from the logo."""
    page, *_ = pages(as_pdf("one-word", "house-rules"))
    status, name, title = page[:3]
    assert status.text.startswith("House rules: version")
    assert name.text == ODD["one-word"][1]
    assert title.text == "House rules"
    assert title.top - name.bottom > 10
    assert name.top - status.bottom < 10, "its logo is as high as two lines"


def test_what_a_list_of_gaps_is_headed_with_has_a_curly_apostrophe() -> None:
    shown = " ".join(line.text for page in in_word("two-scripts-house-rules-0") for line in page)
    assert "The account’s owner" in shown


def test_the_line_around_a_gap_leaves_its_brackets_free() -> None:
    with ZipFile(BytesIO(as_docx("two-scripts", "house-rules"))) as package:
        styles = etree.fromstring(package.read("word/styles.xml"))
    [gap] = (one for one in styles.iter(f"{W}style") if one.get(f"{W}styleId") == "Gap")
    [border] = gap.iter(f"{W}bdr")
    assert int(border.get(f"{W}space")) >= 1


def test_a_section_may_go_on_overleaf_after_a_clause_of_several_paragraphs() -> None:
    """Else it takes a page of its own, and the last page has but whom to ask."""
    [file] = built("wexmoor-police", "snapshot", "pdf")
    assert len(pages(file.data)) == 4


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    yield page
    page.close()


def test_on_a_telephone_a_link_past_the_contents_is_seen_only_when_it_is_reached(
    telephone: Page,
) -> None:
    """However long the heading is that it leads to."""
    telephone.set_content(render_page(document("two-scripts", "house-rules"), "screen"))
    skip = telephone.locator(".skip")
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 0
    skip.focus()
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] == 0


def test_on_a_telephone_a_row_that_stands_upright_takes_the_whole_width(telephone: Page) -> None:
    first, second = policy("two-scripts"), policy("sixty-letters")
    report = change_report(differences(first, second), ("A", "B"))
    telephone.set_content(render_page(report, "screen"))
    cell = telephone.locator("table [data-head]").first.bounding_box()
    assert cell is not None
    assert cell["width"] > 0.8 * 390


def test_a_heading_without_a_number_goes_on_at_the_edge_where_it_began() -> None:
    """In Word the second line of one with a number hangs beside it."""
    heading = Heading(2, (Text("What the Combined Authority for the Parishes changed"),), "x")
    brief = replace(document("signs", "snapshot"), body=(Group("x", (heading,)),))
    with ZipFile(BytesIO(DocxWriter().write(brief))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    [indent] = body.xpath(
        "//w:p[w:pPr/w:pStyle/@w:val='Heading1']/w:pPr/w:ind", namespaces=body.nsmap
    )
    assert int(indent.get(f"{W}left")) < 0
    assert indent.get(f"{W}firstLine") == "0"


def test_a_long_name_has_room_in_the_table_of_clauses_that_one_policy_has() -> None:
    """Its column is measured: it has no more lines than the reason beside it has twice."""
    first, second = policy("two-scripts"), policy("sixty-letters")
    names = (ODD["two-scripts"][1], ODD["sixty-letters"][1])
    report = change_report(differences(first, second), names)
    [table] = [
        block
        for block in walk(report.body)
        if isinstance(block, Table) and block.head and plain(block.head.cells[1]) == "Stands in"
    ]
    widths = data_columns(table, 4820, font_metrics(report.brand.theme))
    assert widths[1] > 0.25 * 4820


def test_a_name_on_one_line_stands_in_the_middle_of_its_logo() -> None:
    [page] = pages(as_pdf("signs", "starter-card"))
    name = next(line for line in page if ODD["signs"][1].split()[0] in line.text)
    logo = 8 * 72 / 25.4 + 14  # points: the head of the page and half the logo's height
    assert abs((name.top + name.bottom) / 2 - logo) < 3


def test_clauses_that_a_report_quotes_stand_apart_and_none_begins_at_the_foot_of_a_page() -> None:
    blocks: list[Block] = [Heading(2, (Text("Clauses that were edited"),), "edits")]
    for number in range(30):
        blocks.append(Heading(3, (Text(f"Clause {number}"),)))
        blocks.append(Paragraph((Text("Reworded by somebody."),), Role.REMARK))
        blocks.append(Paragraph((Text("Its words, one after another. " * (4 + number % 3)),)))
    body = (Group("edits", tuple(blocks), "edits"),)
    found = pages(render(replace(document("signs", "snapshot"), body=body)).pdf)
    assert len(found) > 3
    for page in found:
        body_lines = [line for line in page if CLEAR + 15 < line.top < FOOT]
        assert not body_lines[-1].text.startswith(("Clause", "Reworded"))
        for above, below in pairwise(body_lines):
            if below.text.startswith("Clause ") and not above.text.startswith("Clauses"):
                assert below.top - above.bottom > 8


def test_no_sheet_of_origins_ends_with_a_page_of_a_few_rows() -> None:
    """Of tables each a row longer than the one before, over the end of a page."""
    few = {}
    for number in range(31, 35):
        rows = tuple(Row(((Text(f"Clause {row}"),), (Text("None"),))) for row in range(number))
        table = Table(Row(((Text("Clause"),), (Text("Layers"),))), rows)
        body = (Group("every", (Heading(2, (Text("Every clause"),), "every"), table), "every"),)
        rendered = render(replace(document("signs", "snapshot"), body=body, pages=0))
        last = [line for line in pages(rendered.pdf)[-1] if CLEAR + 15 < line.top < FOOT]
        if rendered.pages > 1 and len(last) < LAST:
            few[number] = len(last)
    assert few == {}


def test_the_cover_of_a_redline_holds_its_whole_table_in_word() -> None:
    """What is struck out takes room too: two rows stood on a page of their own."""
    cover, overleaf = in_word("redline-cover-0")
    assert any(line.text.startswith("Current version") for line in cover)
    assert any(line.text == "Overleaf." for line in overleaf)


def test_no_heading_within_a_clause_is_larger_than_the_clauses_own() -> None:
    """Of a briefing, whose clauses have the document's largest headings."""
    [file] = built("wexmoor-police", "election-briefing", "pdf")
    lines = [line for page in pages(file.data) for line in page]
    [title] = [line for line in lines if line.text.startswith("9.1 Election periods")]
    heights = {line.bottom - line.top for line in lines if line.text == "In practice"}
    assert heights
    assert max(heights) < title.bottom - title.top + 0.1
