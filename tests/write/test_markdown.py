"""The Markdown writer: what it prints reads back as the same words, and as nothing more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from sample import HOSTILE, sample_document

from policygen.model.document import (
    Aside,
    AsideKind,
    Blocks,
    Break,
    ClauseBlock,
    Code,
    Contents,
    Emphasis,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
    Value,
)
from policygen.model.document.walk import headings, plain
from policygen.write.markdown.writer import MarkdownWriter

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
CATEGORIES = ("L", "N", "P", "S", "M", "Zs")
PRINTABLE = st.one_of(
    st.text(st.characters(categories=CATEGORIES), min_size=1, max_size=40),
    st.text("#>-+*_=~`[](){}!<>&|\\:;.,0123456789 ab\u00a0é/\"'$@^%", min_size=1, max_size=30),
)


def write(*blocks: object) -> str:
    document = replace(sample_document("brief"), body=blocks)
    return MarkdownWriter().write(document).decode()


def tokens(markdown: str) -> list[Token]:
    return READER.parse(markdown)


def words(token: Token) -> str:
    """The characters of one inline token as a reader sees them; HTML elements are none."""
    made = ""
    for child in token.children or []:
        if child.type in ("text", "code_inline", "text_special"):
            made += child.content
        elif child.type in ("hardbreak", "softbreak"):
            made += "\n"
    return made


def after(markdown: str, opening: str, at: int = 0) -> str:
    """The words of the nth block of a kind: `paragraph_open`, `heading_open`, `td_open`."""
    found = tokens(markdown)
    places = [n for n, token in enumerate(found) if token.type == opening]
    return words(found[places[at] + 1])


class TestRoundTrip:
    @given(PRINTABLE)
    def test_paragraph(self, text: str) -> None:
        assert (
            after(write(Paragraph((Text("x"),)), Paragraph((Text(text),))), "paragraph_open", -2)
            == text
        )

    @given(PRINTABLE)
    def test_heading(self, text: str) -> None:
        assert after(write(Heading(2, (Text(text),))), "heading_open", -1) == text

    @given(PRINTABLE, PRINTABLE)
    def test_cell(self, one: str, other: str) -> None:
        markdown = write(
            Table(Row(((Text(one),), (Text("b"),))), (Row(((Text("c"),), (Text(other),))),))
        )
        assert after(markdown, "th_open") == one
        assert after(markdown, "td_open", 1) == other

    @given(PRINTABLE)
    def test_item(self, text: str) -> None:
        markdown = write(List((ListItem((Paragraph((Text(text),)),)),)))
        assert after(markdown, "paragraph_open", -2) == text
        assert [t.type for t in tokens(markdown)].count("list_item_open") == 1

    @given(PRINTABLE)
    def test_link(self, text: str) -> None:
        markdown = write(
            Paragraph((Text("to!"), Link("https://example.org/a_b?c=1&copy=2", (Text(text),))))
        )
        assert after(markdown, "paragraph_open", -2) == f"to!{text}"

    @given(
        st.lists(
            st.tuples(st.sampled_from([Text, Strong, Emphasis, Code, Link]), PRINTABLE), max_size=5
        )
    )
    def test_marks_beside_one_another(self, parts: list[tuple[type, str]]) -> None:
        inlines = tuple(_inline(kind, text) for kind, text in parts)
        wanted = plain(inlines)
        found = after(write(Paragraph((Text("a"), *inlines, Text("b")))), "paragraph_open", -2)
        assert found == f"a{wanted}b"

    @given(PRINTABLE, PRINTABLE)
    def test_breaks(self, one: str, other: str) -> None:
        markdown = write(Paragraph((Text(one), Break(), Text(other))))
        assert after(markdown, "paragraph_open", -2) == f"{one}\n{other}"


def _inline(kind: type, text: str) -> Inline:
    if kind is Link:
        return Link("https://example.org/", (Text(text),))
    return Text(text) if kind is Text else Code(text) if kind is Code else kind((Text(text),))


@pytest.mark.parametrize(
    "prose",
    [
        "Ask first. Then post - or not.",
        "R&D, AT&T and 3 < 4 > 2",
        "snake_case and 2.5 (or so)!",
        "Version 2.0: 50% of 10+5 = 7.5; “quoted” #1",
    ],
)
def test_ordinary_prose_is_left_alone(prose: str) -> None:
    assert f"\n\n{prose}\n\n" in write(Paragraph((Text(prose),)))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("# no", r"\# no"),
        ("1. no", r"1\. no"),
        ("1) no", r"1\) no"),
        ("- no", r"\- no"),
        ("> no", r"\> no"),
        ("---", r"\---"),
        ("&amp;", r"\&amp;"),
        ("<b>", r"\<b>"),
        ("![x](y)", r"!\[x\](y)"),
        (" no", "&#32;no"),
    ],
)
def test_what_would_be_markup_is_escaped(text: str, printed: str) -> None:
    assert f"\n\n{printed}\n\n" in write(Paragraph((Text(text),)))


@pytest.mark.parametrize("layout", ["book", "brief", "poster"])
def test_hostile_values_print_exactly(layout: str) -> None:
    found = tokens(MarkdownWriter().write(sample_document(layout)).decode())
    assert any(HOSTILE in words(token) for token in found if token.type == "inline")
    assert not any(
        "script" in t.content for token in found for t in token.children or [] if "html" in t.type
    )


def test_hostile_link_and_cell() -> None:
    found = tokens(MarkdownWriter().write(sample_document("book")).decode())
    assert [words(t) for t in found if t.type == "inline"].count(HOSTILE) == 1  # the cell
    assert any(
        t.attrs.get("href") == "https://www.harbour-hills.example/a?b=1&c=2"
        for token in found
        for t in token.children or []
    )


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "#nowhere",
        "https://[bad",
        "//x.example",
        "",
        "vbscript:x",
        "java\nscript:x",
    ],
)
def test_unsafe_links_print_as_words(href: str) -> None:
    markdown = write(Paragraph((Text("see "), Link(href, (Text("this"),)))))
    assert "see this\n" in markdown
    assert "](" not in markdown


def test_clauses_can_be_linked_to() -> None:
    document = sample_document("book")
    markdown = MarkdownWriter().write(document).decode()
    ids = [block.id for block in _clauses(document.body)]
    assert ids
    for identity in ids:
        assert markdown.count(f'<a id="{identity}"></a>') == 1
    for heading in headings(document.body):
        if heading.listed:
            assert f"](#{heading.anchor})" in markdown


def _clauses(blocks: Blocks) -> list[ClauseBlock]:
    found: list[ClauseBlock] = []
    for block in blocks:
        if isinstance(block, ClauseBlock):
            found.append(block)
        found += _clauses(getattr(block, "blocks", ()))
    return found


def test_draft_says_so_first() -> None:
    lines = MarkdownWriter().write(sample_document("book", False)).decode().splitlines()
    assert lines[2] == "> **Draft for comment: not in force**"
    assert "not in force" not in MarkdownWriter().write(sample_document("book")).decode()


@pytest.mark.parametrize("layout", ["book", "brief", "poster"])
def test_ends_and_lines(layout: str) -> None:
    markdown = MarkdownWriter().write(sample_document(layout))
    assert markdown.endswith(b".\n")
    assert b"\r" not in markdown
    assert b"\n\n\n" not in markdown
    assert not any(line.endswith((b" ", b"\t")) for line in markdown.split(b"\n"))


def test_neighbouring_lists_stay_apart() -> None:
    one = List((ListItem((Paragraph((Text("a"),)),)),))
    found = [token.type for token in tokens(write(one, one, one))]
    assert found.count("bullet_list_open") == 3


def test_characters_that_cannot_be_printed_are_left_out() -> None:
    assert "\n\nab\n\n" in write(Paragraph((Text("a\x00\x1b\ud800b"),)))


# --- Values ------------------------------------------------------------------------------------------

MARKUP = (
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "[",
    "]",
    "](x)",
    "![a](b)",
    "[^1]",
    "<b>",
    "</ins>",
    "<!-- -->",
    "<https://a.example>",
    "https://a.example/x_y_z",
    "a@b.example",
    "&amp;",
    "&#35;",
    "& ",
    "|",
    "#",
    "# ",
    "#hashtag",
    "1.",
    "12) ",
    "2026. ",
    "-",
    "- ",
    "+ ",
    "> ",
    "---",
    "===",
    ":--",
    "~~",
    "~~~",
    "\\",
    "\\*",
    "\\\\",
    "{",
    "}",
    "{{ y }}",
    "{0}",
    "{name}",
    "%",
    "%s",
    "%(x)s",
    "$x$",
    "    ",
    " ",
    "\u00a0",
    "é",
    "Hill",
    "x",
    "7",
    "!",
    ".",
    "שלום",
    "(ب)",
)
NAMES = st.lists(st.sampled_from(MARKUP), min_size=1, max_size=7).map("".join)


def shown(markdown: str, opening: str = "paragraph_open", at: int = -2) -> str:
    """The words of a block as a reader sees them, without the isolates around a value."""
    return after(markdown, opening, at).replace("\u2068", "").replace("\u2069", "")


class TestValues:
    """A fact prints as it is written, whatever stands beside it."""

    @given(NAMES)
    def test_at_the_beginning_and_the_end_of_a_paragraph(self, name: str) -> None:
        value = Value("x", name)
        markdown = write(Paragraph((value, Text(" is here: "), value)))
        assert shown(markdown) == f"{name} is here: {name}"

    @given(NAMES, NAMES)
    def test_beside_another(self, one: str, other: str) -> None:
        markdown = write(Paragraph((Text("a"), Value("x", one), Value("y", other), Text("b"))))
        assert shown(markdown) == f"a{one}{other}b"

    @given(NAMES, st.sampled_from([Strong, Emphasis]))
    def test_within_marks(self, name: str, mark: type) -> None:
        markdown = write(Paragraph((Text("a "), mark((Value("x", name),)), Text(" b"))))
        assert shown(markdown) == f"a {name} b"

    @given(NAMES)
    def test_on_every_line(self, name: str) -> None:
        markdown = write(Paragraph((Value("x", name), Break(), Value("x", name), Text("."))))
        assert shown(markdown) == f"{name}\n{name}."

    @given(NAMES)
    def test_in_headings_and_the_contents(self, name: str) -> None:
        heading = Heading(2, (Value("x", name),), "here")
        markdown = write(Contents("Contents"), heading)
        assert shown(markdown, "heading_open", -1) == name
        items = [at for at, token in enumerate(tokens(markdown)) if token.type == "list_item_open"]
        [entry] = [words(tokens(markdown)[at + 2]) for at in items]
        assert entry.replace("\u2068", "").replace("\u2069", "") == name

    @given(NAMES, NAMES)
    def test_in_tables(self, one: str, other: str) -> None:
        cells = ((Value("x", one),), (Strong((Value("y", other),)),))
        markdown = write(Table(Row(cells), (Row(cells),), caption=(Value("x", one),)))
        assert shown(markdown, "th_open", 0) == shown(markdown, "td_open", 0) == one
        assert shown(markdown, "th_open", 1) == shown(markdown, "td_open", 1) == other
        assert shown(markdown) == one

    @given(NAMES)
    def test_in_items_passages_and_links(self, name: str) -> None:
        inlines = (Value("x", name), Link("https://a.example/", (Value("x", name),)))
        item = List((ListItem((Paragraph(inlines),)),))
        aside = Aside(AsideKind.NOTE, name, (Paragraph(inlines),))
        markdown = write(item, aside)
        found = tokens(markdown)
        paragraphs = [n for n, token in enumerate(found) if token.type == "paragraph_open"]
        # The last paragraph is the running line.
        last = [words(found[n + 1]) for n in paragraphs[-4:-1]]
        marks = [line.replace("\u2068", "").replace("\u2069", "") for line in last]
        assert marks == [name * 2, name, name * 2]

    @given(NAMES)
    def test_in_the_masthead_and_the_running_line(self, name: str) -> None:
        sample = sample_document("brief", in_force=False)
        head = replace(sample.masthead, organisation=name, local_names=(), title=name, lead=name)
        running = replace(sample.running, organisation=f"Draft of {name}", control=name)
        document = replace(sample, masthead=head, running=running, body=())
        markdown = MarkdownWriter().write(document).decode()
        assert shown(markdown, "heading_open", 0) == name
        assert shown(markdown, "paragraph_open", 0) == f"Draft of {name}"
        assert shown(markdown, "paragraph_open", 1) == name
        assert shown(markdown, "paragraph_open", 3) == name
        assert shown(markdown, "paragraph_open", -1) == name
