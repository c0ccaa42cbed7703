"""The HTML file: what a reader, a browser and a screen reader find in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from lxml import html as parser
from sample import COUNCIL, GAP, HOSTILE, LOGO, MAORI, sample_document

from policygen.model.document import (
    Brand,
    Contents,
    EditionLink,
    Gap,
    Heading,
    Inserted,
    Link,
    Navigation,
    Paragraph,
    Row,
    Running,
    Strong,
    Table,
    Text,
)
from policygen.write.html.writer import HtmlWriter, render_page
from policygen.write.writer import THEME

LAYOUTS = ["book", "brief", "poster"]


def tree(layout: str = "book", in_force: bool = True, **changes: Any) -> Any:
    document = replace(sample_document(layout, in_force), **changes)
    return parser.document_fromstring(HtmlWriter().write(document).decode())


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_hostile_values_print_as_they_are(layout: str) -> None:
    page = tree(layout)
    where = {
        "book": ["//h2", "//td", "//a[starts-with(@href,'https')]"],
        "brief": ["//h2"],
        "poster": ["//li"],
    }
    for path in where[layout]:
        assert any(HOSTILE in text(element) for element in page.xpath(path)), path
    assert page.xpath("//script/text()") == scripts(layout)


def scripts(layout: str) -> list[str]:
    """The one script of a page with its contents beside the text, as the theme has it."""
    return [] if layout != "book" else [(THEME / "page.js").read_text("utf-8")]


def test_every_value_that_a_profile_can_give_is_escaped() -> None:
    sample = sample_document()
    trap = '"><script>alert(1)</script></style>\\'
    page = tree(
        meta=replace(
            sample.meta, title=trap, author=trap, description=trap, keywords=(trap,), language=trap
        ),
        masthead=replace(
            sample.masthead, organisation=trap, title=trap, lead=trap, local_names=((trap, trap),)
        ),
        running=Running(trap, trap, trap, trap),
        brand=Brand("", LOGO, trap),
        body=(
            Heading(2, (Text(trap),), trap, trap),
            Paragraph((Gap(trap, trap), Link(f"#{trap}", (Text(trap),)))),
        ),
    )
    assert not page.xpath("//script")
    assert len(page.xpath("//style")) == 1
    assert page.findtext(".//title") == trap
    assert text(page.find(".//h1")) == trap
    assert text(page.xpath("//main/h2")[0]) == f"{trap} {trap}"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_file_is_whole_by_itself(layout: str) -> None:
    source = HtmlWriter().write(sample_document(layout)).decode()
    page = parser.document_fromstring(source)
    assert not page.xpath(
        "//link | //iframe | //object | //embed | //base | //@*[starts-with(name(), 'on')]"
    )
    sources = page.xpath("//@src")
    assert [source[:26] for source in sources] == (
        ["data:image/svg+xml;base64,"] if layout == "poster" else []
    )  # a code to scan
    assert page.xpath("//script/text()") == scripts(layout)
    style = page.findtext(".//style")
    assert "@import" not in style
    assert {url[:5] for url in re.findall(r"url\([\"']?([^)\"']{0,20})", style)} <= {"data:"}
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headings_skip_no_level_and_there_is_one_h1(layout: str) -> None:
    levels = [int(h.tag[1]) for h in tree(layout).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_level_that_would_be_skipped_is_closed_up() -> None:
    body = (Heading(4, (Text("Deep"),)), Heading(1, (Text("High"),)))
    assert [h.tag for h in tree(body=body).xpath("//h2|//h3|//h4|//h1")] == ["h1", "h2", "h2"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_tables_have_row_and_column_heads_none_empty_none_ragged(layout: str) -> None:
    for table in tree(layout).xpath("//table"):
        assert len({len(row) for row in table.xpath(".//tr")}) == 1
        assert all(th.get("scope") == "col" for th in table.xpath(".//thead//th"))
        if "strip" not in table.get("class"):
            assert all(
                row[0].tag == "th" and row[0].get("scope") == "row"
                for row in table.xpath("./tbody/tr")
            )
        assert all(text(th) for th in table.xpath(".//th"))


@pytest.mark.parametrize(("count", "heads"), [(2, []), (3, ["B", "C"]), (4, [])])
def test_a_row_that_a_narrow_screen_sets_upright_says_its_heads(
    count: int, heads: list[str]
) -> None:
    """Three columns have no room for their words there; more are scrolled, and fewer have it."""
    rows = [Row(tuple((Text(letter),) for letter in word[:count])) for word in ("ABCD", "wxyz")]
    table = Table(rows[0], (rows[1],))
    assert tree(body=(table,)).xpath("//td/@data-head") == heads
    assert "data-head" not in render_page(replace(sample_document(), body=(table,)), "print")


def test_an_empty_or_missing_cell_is_no_header() -> None:
    table = Table(Row(((), (Text("b"),))), (Row(((), (Text("2"),))), Row(((Text("x"),),))))
    rows = [[cell.tag for cell in row] for row in tree(body=(table,)).xpath("//main/table//tr")]
    assert rows == [["td", "th"], ["td", "td"], ["th", "td"]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_ids_are_unique_and_every_link_inside_arrives(layout: str) -> None:
    page = tree(layout)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_clauses_keep_their_names_as_ids() -> None:
    assert tree().xpath("//article[@class='clause']/@id")[:2] == [
        "you-online.declare-affiliation",
        "identity.pseudonyms",
    ]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "/x",
        "#nowhere",
        "//x.example",
        " https://x.example",
    ],
)
def test_a_link_that_is_not_allowed_keeps_its_words_only(href: str) -> None:
    page = tree(body=(Paragraph((Link(href, (Strong((Text("words"),)),)),)),))
    assert not page.xpath("//main//p//a")
    assert text(page.xpath("//main/p")[0]) == "words"


@pytest.mark.parametrize(
    "href",
    ["http://x.example", "https://x.example/?a=1&b=2", "mailto:a@x.example", "tel:+441632960001"],
)
def test_allowed_links_are_kept(href: str) -> None:
    page = tree(body=(Paragraph((Link(href, (Text("words"),)),)),))
    assert page.xpath("//main/p/a/@href") == [href]


def test_languages_are_marked() -> None:
    page = tree()
    assert page.get("lang") == "en-NZ"
    assert page.xpath("//span[@lang='mi']/text()") == ["Kia ora"]
    assert page.xpath("//strong[@lang='mi']/text()") == [MAORI]
    assert page.xpath("//section[@id='iaith']/@lang") == ["cy"]
    assert page.xpath("//article[@id='iaith.reo']/@lang") == ["mi"]


def test_changes_are_marked_in_characters_too() -> None:
    page = tree()
    paragraph = page.xpath("//article[@id='identity.pseudonyms']/p")
    assert "[praise the council]‹praise, defend or attack the council›" in text(paragraph[0])
    assert [text(p) for p in paragraph[1:3]] == [
        "‹This paragraph is only in the second policy.›",
        "[This paragraph is only in the first policy.]",
    ]
    assert {text(li) for li in page.xpath("//article[@id='identity.new']//li[ins]")} == {
        "‹And so is this.›"
    }
    deleted_row = next(row for row in page.xpath("//tr") if "Account 4:" in text(row))
    assert all(cell.find("del") is not None for cell in deleted_row)
    linked = tree(
        body=(Paragraph((Link("https://x.example", (Text("a "), Inserted((Text("b"),)))),)),)
    )
    assert text(linked.xpath("//main/p/a")[0]) == "a ‹b›"


def test_a_gap_is_marked_and_bracketed() -> None:
    assert text(tree("brief").xpath("//mark")[0]) == f"[{GAP}]"


def test_contents_lists_the_listed_headings_with_numbers() -> None:
    lines = [text(line) for line in tree().xpath("//nav//li")]
    assert lines[:3] == [
        "1 Who you are online",
        "1.1 Say that you work here",
        "1.2 Names that are not your own",
    ]
    assert "How to read this policy" not in lines
    assert "What happens next" not in lines


def test_a_contents_list_names_every_clause_in_print_too() -> None:
    """There a reader looks for the word of a matter, such as defamation."""
    headings = [
        h
        for n in range(1, 13)
        for h in (Heading(2, (Text("s"),), f"s{n}"), Heading(3, (Text("c"),), f"c{n}"))
    ]
    document = replace(sample_document(), body=(Contents("Contents"), *headings))
    assert render_page(document, "screen").count('class="level-3"') == 12
    assert render_page(document, "print").count('class="level-3"') == 12
    assert render_page(document, "print").count('class="level-2"') == 12


def test_the_skip_link_passes_the_contents_by() -> None:
    skip = tree().xpath("//body/*[1]")[0]
    assert (skip.tag, skip.get("href"), text(skip)) == ("a", "#identity", "1 Who you are online")


def test_a_page_leads_to_the_editions_beside_it_and_names_itself() -> None:
    beside = (
        EditionLink("Overview", "overview.cy"),
        EditionLink("Snapshot"),
        EditionLink("X", "../x"),
    )
    page = tree(navigation=Navigation(beside, editions="Editions"))
    nav = page.xpath("//nav[@aria-label='Editions']")[0]
    assert [text(item) for item in nav.xpath(".//li")] == ["Overview", "Snapshot", "X"]
    assert nav.xpath(".//a/@href") == ["overview.cy.html"]  # and none out of the folder
    assert text(nav.xpath(".//*[@aria-current='page']")[0]) == "Snapshot"
    assert not tree().xpath("//nav[@class='editions']")


def test_a_number_is_a_link_to_its_clause_on_the_screen_alone() -> None:
    for layout in ("book", "brief"):
        document = replace(sample_document(layout), navigation=Navigation(link_here="Link here"))
        page = parser.document_fromstring(HtmlWriter().write(document).decode())
        links = page.xpath("//a[@class='num']")
        assert links
        assert all(link.get("title") == "Link here" and text(link) for link in links)
        assert {link.get("href")[1:] for link in links} <= set(page.xpath("//@id"))
        assert render_page(document, "print") == render_page(sample_document(layout), "print")


def test_a_draft_says_so_in_shape() -> None:
    assert "draft" in tree(in_force=False).get("class").split()
    assert "draft" not in tree().get("class").split()
    assert tree("brief", in_force=False).xpath("//header//p[contains(@class,'dashed')]")


def test_running_lines_stand_in_the_footer_of_the_screen_only() -> None:
    assert COUNCIL in text(tree().xpath("//footer")[0])
    assert "<footer>" not in render_page(sample_document(), "print")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_tags_are_balanced(layout: str) -> None:
    """lxml mends what is open, so count with a parser that does not."""

    class Balance(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in {"meta", "br", "img"}:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    balance = Balance()
    balance.feed(HtmlWriter().write(sample_document(layout)).decode())
    assert not balance.open


def test_the_same_document_gives_the_same_bytes() -> None:
    assert HtmlWriter().write(sample_document()) == HtmlWriter().write(sample_document())
