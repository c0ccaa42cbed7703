"""Large print: the same words in one column, nothing small, nothing over the edge, whatever is printed."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pikepdf
import pytest
from judges import openxml_audit, qpdf
from lxml import etree
from organisations import (
    ALL,
    EVERYTHING,
    EXAMPLES,
    PROFILES,
    built,
    made,
    policies,
    tiers,
    workspace,
)
from pdf_faults import faults
from pdf_reader import Pdf
from sample import sample_document
from test_extremes import document as stretched
from tools import outside_tool
from tracked import W

from policygen.lint.budget import pages_fault
from policygen.model import document as doc
from policygen.model.document.walk import plain, text_lines, walk
from policygen.pipeline.build import build
from policygen.present.edition import present
from policygen.write.docx.writer import LargePrintDocxWriter
from policygen.write.linear import linear
from policygen.write.markdown.writer import MarkdownWriter
from policygen.write.pdf.large_print import LargePrintPdfWriter

LEAST = 18  # points
WIDTH, HEIGHT = 595, 842  # of A4, in points
MARGIN = 45  # in which no word stands
BESIDE = (doc.Columns, doc.DoDont, doc.Table, doc.Topic, doc.Counts)


@cache
def large(kind: str, edition: str) -> bytes:
    """An edition of the organisation that stretches everything: its name has 104 letters."""
    return LargePrintPdfWriter().write(stretched(kind, edition))


def sizes(pdf: bytes, folder: Path) -> set[int]:
    """The sizes of type in a PDF, in points, by a reader that is not ours."""
    path = folder / "large.pdf"
    path.write_bytes(pdf)
    options = ["-xml", "-i", "-zoom", "1", "-stdout"]
    done = subprocess.run(
        [outside_tool("pdftohtml"), *options, str(path)], capture_output=True, check=True
    )
    return {int(size) for size in re.findall(r'<fontspec [^>]*size="(\d+)"', done.stdout.decode())}


def boxes(pdf: bytes) -> list[tuple[str, float, float, float, float]]:
    """Each word with its left, top, right and bottom, in points."""
    command = [outside_tool("pdftotext"), "-bbox", "-", "-"]
    page = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    tree = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", page))
    keys = ("xMin", "yMin", "xMax", "yMax")
    return [
        (word.text or "", *(float(word.get(key, "")) for key in keys))  # type: ignore[misc]
        for word in tree.iter("{http://www.w3.org/1999/xhtml}word")
    ]


def assert_large(pdf: bytes, folder: Path) -> None:
    """Nothing is small, and no word over the edge."""
    assert min(sizes(pdf, folder)) >= LEAST
    found = boxes(pdf)
    assert len(found) > 100
    outside = [
        word
        for word, left, top, right, bottom in found
        if left < MARGIN or right > WIDTH - MARGIN or top < 0 or bottom > HEIGHT - 30
    ]
    assert outside == []


def said(document: doc.Document) -> set[str]:
    """Every word that a document's body says."""
    control = (document.masthead.control,) if document.masthead.control else ()
    lines = (
        plain(line) for block in walk((*control, *document.body)) for line in text_lines(block)
    )
    labels = (block.label for block in walk(document.body) if isinstance(block, doc.Aside))
    return {word for line in (*lines, *labels) for word in re.findall(r"\w+", line)}


def heads(document: doc.Document) -> set[str]:
    """The words of the heads of tables: what stands in a column often says it by standing there."""
    tables = [block for block in walk(document.body) if isinstance(block, doc.Table)]
    tables += [document.masthead.control] if document.masthead.control else []
    cells = (cell for table in tables if table.head for cell in table.head.cells)
    return {word for cell in cells for word in re.findall(r"\w+", plain(cell))}


class TestOneColumn:
    @pytest.mark.parametrize("organisation", ALL)
    def test_nothing_stands_beside_anything_and_no_word_is_lost(self, organisation: str) -> None:
        for policy in policies(organisation):
            for edition in tiers():
                document = present(policy, edition)
                made = linear(document, "large-print.pdf")
                assert not [block for block in walk(made.body) if isinstance(block, BESIDE)]
                assert not made.masthead.cover
                assert said(document) - said(made) <= heads(document)

    def test_a_row_is_its_first_cell_and_what_the_others_say(self) -> None:
        head, row = (
            doc.Row(tuple((doc.Text(cell),) for cell in cells))
            for cells in (("What", "Who", "By when"), ("Paid posts", "The head", "2 days"))
        )
        pairs = doc.Table(None, (doc.Row(row.cells[:2]),))
        made = write_markdown(doc.Table(head, (row,)), pairs)
        assert "**Paid posts**\n\n- Who: The head\n- By when: 2 days" in made
        assert "**Paid posts**: The head" in made

    def test_a_step_stands_before_its_question(self) -> None:
        head, row = (
            doc.Row(tuple((doc.Text(cell),) for cell in cells))
            for cells in (("Step", "Question", "Answer"), ("3", "Is it true?", "No: Leave it."))
        )
        made = write_markdown(doc.Table(head, (row,)))
        assert "**3 Is it true?**\n\nAnswer: No: Leave it." in made

    def test_links_to_other_editions_lead_to_their_large_print(self) -> None:
        link = doc.Strong((doc.Link("#a", (doc.Text("policy 1.2"),), "policy.cy"),))
        made = write_markdown(doc.Paragraph((link,)), doc.Table(None, (doc.Row(((link,),)),)))
        assert made.count("(policy.cy.large-print.pdf#a)") == 2


def write_markdown(*blocks: doc.Block) -> str:
    document = replace(sample_document("brief"), body=blocks)
    return MarkdownWriter().write(linear(document, "large-print.pdf")).decode()


KINDS = ("stretched", "drafted", "bare")
# Every kind once, in editions of a page and of a few; all of them in `make audit`. A book is among those below.
SOME = (("stretched", "snapshot"), ("drafted", "overview"), ("bare", "overview"))
# Each of the examples, the longer edition of the one that says least.
SHORTER = (("fenwick", "overview"), ("rauporoa", "overview"), ("little-marden", "policy"))


@pytest.mark.slow
class TestPdf:
    @pytest.mark.parametrize(
        ("kind", "edition"),
        list(product(KINDS, ("overview", "snapshot", "policy", "full-story")))
        if EVERYTHING
        else SOME,
    )
    def test_nothing_is_small_or_over_the_edge(
        self, kind: str, edition: str, tmp_path: Path
    ) -> None:
        assert_large(large(kind, edition), tmp_path)

    @pytest.mark.parametrize(
        ("organisation", "edition"),
        list(product(EXAMPLES, ("overview", "policy"))) if EVERYTHING else SHORTER,
    )
    def test_it_is_as_sound_as_any_pdf(
        self, organisation: str, edition: str, tmp_path: Path
    ) -> None:
        for file in built(organisation, edition, "large-print-pdf"):
            pdf = Pdf(file.data)
            assert faults(pdf) == []
            assert not pdf.tree.find("Table")
            assert_large(file.data, tmp_path)
            path = tmp_path / "large.pdf"
            path.write_bytes(file.data)
            assert qpdf(path) == []
        assert made(organisation, edition, "large-print-pdf").said == ()

    def test_no_stroke_runs_under_its_words_and_all_is_ink(self, tmp_path: Path) -> None:
        path = tmp_path / "large.pdf"
        path.write_bytes(large("stretched", "overview"))
        options = ["-xml", "-i", "-zoom", "1", "-stdout"]
        command = [outside_tool("pdftohtml"), *options, str(path)]
        shown = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        colours = set(re.findall(r'<fontspec [^>]*color="(#\w+)"', shown))
        assert colours <= {"#16201c", "#ffffff"}  # white on the solid mark of what is in force

    def test_no_budget_of_pages_is_held_against_it(self) -> None:
        found = build(
            PROFILES / "fenwick/profile.yaml", workspace(), ["overview"], ["large-print-pdf"]
        )
        assert not [problem for problem in found.problems if "page" in problem.what]
        with pikepdf.open(BytesIO(found.files[1].data)) as pdf:
            assert list(pages_fault(policies("fenwick")[0], "overview", len(pdf.pages)))


class TestDocx:
    @pytest.mark.slow
    @pytest.mark.parametrize("layout", ["book", "brief", "poster"])
    def test_no_style_is_small_and_nothing_is_in_a_grid(self, layout: str, tmp_path: Path) -> None:
        path = tmp_path / "large.docx"
        path.write_bytes(LargePrintDocxWriter().write(sample_document(layout)))
        with ZipFile(path) as file:
            styles = etree.fromstring(file.read("word/styles.xml"))
            body = etree.fromstring(file.read("word/document.xml"))
        small = [
            style.get(f"{W}styleId")
            for style in styles.iter(f"{W}style")
            for size in style.iter(f"{W}sz")
            if int(size.get(f"{W}val")) < 2 * LEAST
        ]
        assert small == ["Spacer"]  # an empty line between two tables
        assert not [run for run in body.iter(f"{W}sz") if int(run.get(f"{W}val")) < 2 * LEAST]
        assert not list(body.iter(f"{W}tbl"))
        assert openxml_audit(path) == []

    def test_it_is_the_same_each_time(self) -> None:
        document = sample_document("book")
        assert LargePrintDocxWriter().write(document) == LargePrintDocxWriter().write(document)
