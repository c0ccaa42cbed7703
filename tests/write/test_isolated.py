"""A value that runs from right to left turns no words round, and a character that no font has is no box."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from lxml import html as parser
from sample import sample_document

from policygen.model.document import Document as Document_
from policygen.model.document import Foreign, Link, Masthead, Paragraph, Running, Text, Value
from policygen.write.html.writer import render_page
from policygen.write.pdf.writer import PdfWriter, render

HAIFA = "עיריית חיפה"
RARE = "\U00012000"  # cuneiform, which no font of a test's computer has


def document(*inlines: object, organisation: str = "Fenwick") -> Document_:
    sample = sample_document("brief")
    masthead: Masthead = replace(sample.masthead, organisation=organisation, local_names=())
    running: Running = replace(sample.running, organisation=f"{organisation}: not in force")
    body = (Paragraph(inlines),)  # type: ignore[arg-type]
    return replace(sample, masthead=masthead, running=running, body=body)


@pytest.mark.parametrize("media", ["screen", "print"])
def test_only_a_value_from_right_to_left_is_isolated(media: str) -> None:
    made = document(Value("a", HAIFA), Text(" (12) and "), Value("b", "Fenwick (13)"))
    page = parser.document_fromstring(render_page(made, media))  # type: ignore[arg-type]
    (paragraph,) = page.xpath("//main/p")
    assert [bdi.text for bdi in paragraph.xpath("bdi")] == [HAIFA]
    assert paragraph.text_content() == f"{HAIFA} (12) and Fenwick (13)"


def test_names_links_and_foreign_words_are_isolated_too() -> None:
    link = Link("https://www.fenwick.example", (Text(HAIFA),))
    made = document(Foreign("he", (Text(HAIFA),)), link, organisation=HAIFA)
    page = parser.document_fromstring(render_page(made, "screen"))
    assert page.xpath("//p[contains(@class, 'lockup')]/bdi/text()") == [HAIFA]
    assert page.xpath("//main/p/bdi[@lang='he']/text()") == [HAIFA]
    assert page.xpath("//main/p/bdi/a/text()") == [HAIFA]


def test_a_hostile_name_is_escaped_within_its_isolate() -> None:
    name = f"{HAIFA}</bdi><script>"
    page = parser.document_fromstring(render_page(document(Value("a", name)), "screen"))
    assert page.xpath("//main/p/bdi/text()") == [name]
    assert not page.xpath("//script")


def words(pdf: bytes) -> list[tuple[float, str]]:
    """Where each word of the first page stands, from the left."""
    import subprocess

    text = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout  # fmt: skip
    found = parser.document_fromstring(text.decode()).xpath("//word")
    return [(float(word.get("xmin")), word.text) for word in found]


def test_a_sentence_that_begins_with_such_a_value_still_runs_to_the_right() -> None:
    pdf = PdfWriter().write(document(Value("a", HAIFA), Text(" keeps every record.")))
    at = {text: x for x, text in words(pdf)}
    assert at["keeps"] < at["every"] < at["record."]
    assert max(x for x, text in words(pdf) if set(text) & set(HAIFA.replace(" ", ""))) < at["keeps"]


@pytest.mark.parametrize(
    "name", [f"Fenwick {RARE}", f"{RARE}{HAIFA}", "e\u0301\u0323 \u200d\ufe0f"]
)
def test_no_box_is_drawn_and_every_font_is_embedded(name: str) -> None:
    made = render(document(Value("a", name), organisation=name))
    assert not [m for m in made.messages if ".notdef" in str(m.msg)]
    with pikepdf.open(io.BytesIO(made.pdf)) as file:
        for page in file.pages:
            for font in page.Resources.Font.values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_what_no_font_has_prints_as_its_code_point_and_is_said() -> None:
    made = PdfWriter().print_pages(
        document(Value("a", f"Fenwick {RARE} Council"), organisation=RARE)
    )
    (problem,) = made.problems
    assert (problem.code, problem.level.value) == ("PG424", "warning")
    assert "U+12000" in problem.what
    text = " ".join(text for _, text in words(made.data))
    assert "Fenwick [U+12000] Council" in text
    assert text.count("[U+12000]") >= 2  # in a running line, which is CSS, too
