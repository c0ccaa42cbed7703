"""The plain text writer: every word is there, in lines that a screen reader, braille and a form can take."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from organisations import EXAMPLES, built, tiers
from sample import HOSTILE, sample_document

from policygen.model.document import (
    Aside,
    AsideKind,
    Block,
    ChangeNames,
    Code,
    CodeBlock,
    Deleted,
    Gap,
    Heading,
    Inserted,
    Link,
    List,
    ListItem,
    Paragraph,
    Revision,
    Row,
    Table,
    Text,
    Value,
)
from policygen.write.html.writer import HtmlWriter
from policygen.write.text.wrap import columns, wrapped
from policygen.write.text.writer import TextWriter

WIDTH = 72
LAYOUTS = ("book", "brief", "poster")


def write(*blocks: Block, names: ChangeNames | None = None) -> str:
    """The text of these blocks alone, without what frames a document."""
    sample = replace(sample_document("brief"), change_names=names or ChangeNames())
    frame = TextWriter().write(replace(sample, body=())).decode()
    whole = TextWriter().write(replace(sample, body=blocks)).decode()
    head, control = frame.rstrip("\n").rsplit("\n\n", 1)
    assert whole.startswith(head)
    assert whole.endswith(f"{control}\n")
    return whole[len(head) : -len(control) - 1].strip("\n")


def text(words: str) -> tuple[Text, ...]:
    return (Text(words),)


def paragraph(words: str) -> Paragraph:
    return Paragraph(text(words))


class _Shown(HTMLParser):
    """The words that the HTML of an edition shows in its body, by a parser that is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.words: Counter[str] = Counter()
        self._depth = 0
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag == "main"
        self._hidden += tag in ("script", "style", "nav")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "main"
        self._hidden -= tag in ("script", "style", "nav")

    def handle_data(self, data: str) -> None:
        if self._depth and not self._hidden:
            self.words += counted(data)


def counted(shown: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", shown))


def html_words(page: str) -> Counter[str]:
    parser = _Shown()
    parser.feed(page)
    assert parser.words.total() > 50
    return parser.words


class TestNothingIsLost:
    @pytest.mark.parametrize("layout", LAYOUTS)
    @pytest.mark.parametrize("in_force", [True, False])
    def test_every_word_of_the_page_is_in_the_text(self, layout: str, in_force: bool) -> None:
        document = sample_document(layout, in_force)
        said = counted(TextWriter().write(document).decode())
        assert not html_words(HtmlWriter().write(document).decode()) - said

    @pytest.mark.parametrize("organisation", EXAMPLES)
    @pytest.mark.parametrize("edition", tiers())
    def test_every_word_of_a_finished_edition_too(self, organisation: str, edition: str) -> None:
        for page, made in zip(
            built(organisation, edition, "html"), built(organisation, edition, "txt"), strict=True
        ):
            lost = html_words(page.data.decode()) - counted(made.data.decode())
            assert set(lost) <= {"Link", "to", "this", "clause", "Back", "top"}, lost

    def test_a_word_that_is_left_out_is_found(self) -> None:
        """The comparison itself fails where it should."""
        document = sample_document("brief")
        words = html_words(HtmlWriter().write(document).decode())
        assert words - counted(TextWriter().write(replace(document, body=())).decode())


@pytest.mark.parametrize("organisation", EXAMPLES)
@pytest.mark.parametrize("edition", tiers())
def test_lines_that_any_reader_takes(organisation: str, edition: str) -> None:
    """Nothing for a pager, an editor or a form to stumble over; only an address may be long."""
    for file in built(organisation, edition, "txt"):
        made = file.data.decode()
        assert made.endswith("\n")
        assert not made.endswith("\n\n")
        assert "\n\n\n\n" not in made
        assert all(character.isprintable() for character in made if character not in "\n\u00a0")
        for line in made.split("\n"):
            assert line == line.rstrip()
            assert columns(line) <= WIDTH or re.search(r"https?://|@", line), line


class TestWrapping:
    @given(st.lists(st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=30)))
    def test_no_word_is_broken_or_lost(self, words: list[str]) -> None:
        lines = wrapped(" ".join(words), "- ", "  ").split("\n")
        assert all(line.startswith(("- ", "  ")) or line.strip() in ("", "-") for line in lines)
        assert "".join("".join(line[2:] for line in lines).split()) == "".join(
            " ".join(words).split()
        )
        for line in lines:
            assert columns(line) <= WIDTH or " " not in line[2:]

    def test_an_address_is_never_broken(self) -> None:
        address = "https://www.harbour-hills.example/" + "a-long-way/" * 12
        made = write(Paragraph((Text("You find it on "), Link(address, text("our website")))))
        assert f"({address})" in made.split("\n")[-1]

    def test_a_no_break_space_keeps_its_words_together(self) -> None:
        filler = "word " * 13
        made = write(paragraph(f"{filler}3\u00a0December\u00a02026"))
        assert made.split("\n")[1] == "3\u00a0December\u00a02026"

    def test_words_without_spaces_are_parted_between_their_characters(self) -> None:
        """Chinese has no spaces, and each character takes two columns."""
        made = wrapped("社交媒体政策，" * 20).split("\n")
        assert "".join(made) == "社交媒体政策，" * 20
        assert all(columns(line) <= WIDTH and len(line) > 30 for line in made[:-1])
        assert not any(line.startswith("，") for line in made)

    def test_marks_on_letters_take_no_column(self) -> None:
        assert columns("e\u0301a\u0304") == 2


class TestLinks:
    @pytest.mark.parametrize(
        ("href", "words", "printed"),
        [
            ("https://a.example/x", "our page", "our page (https://a.example/x)"),
            ("https://www.a.example/", "a.example", "a.example"),
            ("https://a.example", "https://a.example", "https://a.example"),
            ("mailto:us@a.example?subject=Clause%201", "Comment", "Comment (us@a.example)"),
            ("mailto:us@a.example", "us@a.example", "us@a.example"),
            ("tel:+441632960010", "ring us", "ring us (+441632960010)"),
            ("#clause", "clause 1.2", "clause 1.2"),
            ("javascript:alert(1)", "this", "this"),
            ("data:text/html,x", "this", "this"),
            ("https://", "this", "this"),
        ],
    )
    def test_an_address_stands_behind_its_words(self, href: str, words: str, printed: str) -> None:
        assert write(Paragraph((Link(href, text(words)),))) == printed

    def test_a_file_beside_is_named_by_its_words(self) -> None:
        link = Link("#law.records", text("handbook 14.3"), "handbook")
        assert write(Paragraph((link,))) == "handbook 14.3"


class TestTables:
    def test_a_row_says_what_each_of_its_cells_is(self) -> None:
        head = Row((text("Account"), text("Owner"), text("Busy?")))
        rows = (Row((text("X"), text("Ann"), text("Yes"))), Row((text("Y"), (), text("No"))))
        assert write(Table(head, rows, caption=text("The register"))).split("\n") == [
            *("The register:", ""),
            *("Account: X", "Owner: Ann", "Busy? Yes", ""),
            *("Account: Y", "Busy? No"),
        ]

    def test_two_columns_are_pairs(self) -> None:
        head, row = Row((text("Where"), text("What"))), Row((text("At home"), text("Post it")))
        assert write(Table(head, (row,))) == "Where: What\nAt home: Post it"
        assert write(Table(None, (row,))) == "At home: Post it"

    def test_a_long_cell_hangs_under_its_name(self) -> None:
        row = Row((text("Status"), text("approved " * 20)))
        first, second, *_ = write(Table(None, (row,))).split("\n")
        assert first.startswith("Status: approved")
        assert second.startswith("  approved")


class TestWhatMarksSay:
    def test_headings_are_underlined_or_stand_apart(self) -> None:
        made = write(
            paragraph("Before."),
            Heading(2, text("Law"), number="20"),
            Heading(3, text("Records"), number="20.1"),
            paragraph("Keep them."),
        )
        assert made == "Before.\n\n\n20 Law\n------\n\n\n20.1 Records\n\nKeep them."

    def test_a_passage_stands_under_its_label(self) -> None:
        aside = Aside(AsideKind.DONT, "Do not", (paragraph("Shout."), paragraph("Ever.")))
        assert write(aside) == "Do not:\n\n  Shout.\n\n  Ever."

    def test_a_gap_is_marked(self) -> None:
        assert write(Paragraph((Gap("x", "phone", "gap 3", "gap-3"),))) == "[gap 3]"

    def test_lists_in_lists_keep_their_numbers(self) -> None:
        inner = List((ListItem((paragraph("a"),)),))
        made = write(
            List(
                (ListItem((paragraph("third"), inner)), ListItem((paragraph("fourth"),))),
                ordered=True,
                start=3,
            )
        )
        assert made == "3. third\n   - a\n4. fourth"

    def test_lines_to_type_stand_as_they_are(self) -> None:
        block = CodeBlock("a" * 90 + "\n  b\n")
        assert write(Paragraph((Code("x  y"),)), block) == "x  y".replace("  ", " ") + (
            "\n\n    " + "a" * 90 + "\n      b"
        )

    def test_hostile_values_print_exactly(self) -> None:
        for layout in LAYOUTS:
            assert HOSTILE in TextWriter().write(sample_document(layout)).decode()


class TestRedline:
    def test_what_comes_and_goes_is_told_in_words(self) -> None:
        line = Paragraph(
            (Text("You "), Deleted(text("may")), Inserted(text("must")), Text(" ask."))
        )
        assert write(line) == "You [removed: may] [added: must] ask."

    def test_in_the_words_of_its_language(self) -> None:
        names = ChangeNames("ychwanegwyd", "tynnwyd")
        gone = Paragraph(text("Hen."), change=Revision.DELETED)
        assert write(gone, names=names) == "[tynnwyd: Hen.]"

    def test_what_has_gone_takes_no_number(self) -> None:
        items = (
            ListItem((paragraph("a"),)),
            ListItem((paragraph("b"),), change=Revision.DELETED),
            ListItem((paragraph("c"),)),
        )
        assert write(List(items, ordered=True)) == "1. a\n- [removed: b]\n2. c"

    def test_a_number_that_has_changed(self) -> None:
        assert write(Heading(3, text("Records"), number="2.1", was="2.2")) == (
            "[removed: 2.2] [added: 2.1] Records"
        )


class TestCharacters:
    def test_what_cannot_be_printed_is_left_out(self) -> None:
        assert write(paragraph("a\x00\x1b[31mb\x9b\ud800c")) == "a[31mbc"

    def test_a_name_that_runs_to_the_left_turns_nothing_round(self) -> None:
        made = write(Paragraph((Value("x", "שלום"), Text(": 3"))))
        assert made == "\u2068שלום\u2069: 3"
