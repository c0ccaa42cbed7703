"""Policies as strangers write them, read into passages under their headings: Word, PDF, HTML, Markdown, text."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from tools import outside_tool

from policygen.load.existing.read import parse_existing, read_existing
from policygen.model.existing.policy import ExistingPolicy

ROOT = Path(__file__).parents[3]
PRINTED = ROOT / "examples/little-marden/policy"


def said(policy: ExistingPolicy) -> list[tuple[tuple[str, ...], str]]:
    return [(one.headings, one.text) for one in policy.passages]


def word(fill: Callable[[Any], None]) -> ExistingPolicy:
    """A Word file as a stranger makes one, saved and read."""
    document = docx.Document()
    fill(document)
    saved = BytesIO()
    document.save(saved)
    return parse_existing(saved.getvalue(), "old.docx", "old.docx")


def bold(document: Any, text: str) -> None:
    document.add_paragraph().add_run(text).bold = True


def strangers(document: Any) -> None:
    """Headings of every sort: a style of ours, one of theirs, bold lines, numbers typed by hand, capitals."""
    document.add_heading("Using social media", 1)
    document.add_paragraph("We use it to talk with residents.")
    style = document.styles.add_style("Barset Überschrift", WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))
    document.add_paragraph("Who this is for", style="Barset Überschrift")
    document.add_paragraph("All staff.")
    bold(document, "3.2 Personal accounts")
    document.add_paragraph("Say that views are your own.")
    bold(document, "This whole sentence is in bold because it matters, and is no heading.")
    document.add_paragraph("PASSWORDS").runs[0].bold = True
    for item in ("Keep them secret", "Make them long"):
        document.add_paragraph(item, style="List Bullet")


def test_headings_of_strangers_are_found() -> None:
    assert said(word(strangers)) == [
        (("Using social media",), "We use it to talk with residents."),
        (("Using social media", "Who this is for"), "All staff."),
        (("Using social media", "3.2 Personal accounts"), "Say that views are your own."),
        (
            ("Using social media", "3.2 Personal accounts"),
            "This whole sentence is in bold because it matters, and is no heading.",
        ),
        (("PASSWORDS",), "Keep them secret\nMake them long"),
    ]


def test_a_list_stays_with_what_introduces_it_and_long_items_stand_alone() -> None:
    long = "Staff who manage a page of the council must complete the training before they post anything on it"

    def fill(document: Any) -> None:
        document.add_paragraph("You must not:")
        document.add_paragraph("shout", style="List Bullet")
        document.add_paragraph("swear", style="List Bullet")
        document.add_paragraph("After that:")
        document.add_paragraph("Rules follow.")
        document.add_paragraph(long, style="List Number")
        document.add_paragraph(f"{long} again", style="List Number")

    assert [text for _, text in said(word(fill))] == [
        "You must not:\nshout\nswear",
        "After that:",
        "Rules follow.",
        long,
        f"{long} again",
    ]


def test_tables_are_read_row_by_row_and_nested_ones_once() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(2, 2)
        for row, texts in zip(table.rows, (("Who", "Does"), ("Clerk", "Posts")), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        inner = table.rows[1].cells[1].add_table(1, 2)
        inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "on", "weekdays"

    assert [text for _, text in said(word(fill))] == ["Who | Does\nClerk | Posts on weekdays"]


def test_tracked_changes_count_as_accepted_and_the_code_of_a_field_as_nothing() -> None:
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    field = "".join(
        f"<w:r>{one}</w:r>"
        for one in (
            '<w:fldChar w:fldCharType="begin"/>',
            "<w:instrText>IF a </w:instrText>",
            '<w:fldChar w:fldCharType="begin"/>',
            "<w:t>inner code</w:t>",
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>inner value</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>shown</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    inserted = f'<w:ins w:id="1" w:author="A">{run.format("new ")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="A"><w:r><w:delText>old </w:delText></w:r></w:del>'

    def fill(document: Any) -> None:
        xml = f"<w:p {nsdecls('w')}>{run.format('The ')}{inserted}{deleted}{field}{run.format(' rule.')}</w:p>"
        document.element.body.insert(0, parse_xml(xml))

    assert [text for _, text in said(word(fill))] == ["The new shown rule."]


def test_contents_lists_and_numbers_of_pages_are_no_passages() -> None:
    text = "Contents\n\n1 Scope .......... 2\n\n2 Rules\t3\n\nScope\n\nAll staff are covered by it.\n\nPage 2 of 9\n"
    assert said(parse_existing(text.encode(), "old.txt", "old.txt")) == [
        (("Scope",), "All staff are covered by it.")
    ]


@pytest.fixture(scope="module")
def tagged() -> ExistingPolicy:
    return read_existing(PRINTED.with_suffix(".pdf"))


def texts_under(policy: ExistingPolicy, heading: str) -> str:
    """Everything beneath one heading."""
    found = (one.text for one in policy.passages if any(heading in h for h in one.headings))
    return " ".join(" ".join(found).split())


def test_one_policy_says_the_same_in_every_form(tagged: ExistingPolicy) -> None:
    others = {
        form: read_existing(PRINTED.with_suffix(f".{form}")) for form in ("docx", "html", "md")
    }
    words = texts_under(others["html"], "Two-factor authentication").replace(" | ", " ")
    assert len(words.split()) > 20
    for form, policy in (*others.items(), ("pdf", tagged)):
        assert words[:80] in texts_under(policy, "Two-factor authentication"), form
        assert all("......" not in one.text for one in policy.passages)
    assert tagged.form == "a PDF, by its tags"
    assert tagged.title == "Social media policy: policy. Little Marden Parish Council"


def without_tags() -> bytes:
    with pikepdf.open(PRINTED.with_suffix(".pdf")) as pdf:
        del pdf.Root.StructTreeRoot
        saved = BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def test_a_pdf_without_tags_is_read_by_its_layout(tagged: ExistingPolicy) -> None:
    loose = parse_existing(without_tags(), "old.pdf", "old.pdf")
    assert loose.form == "a PDF, by its layout"
    headings = {heading for one in tagged.passages for heading in one.headings}
    found = {heading for one in loose.passages for heading in one.headings}
    assert len(headings & found) >= 0.6 * len(headings), headings - found
    whole = " ".join(one.text for one in loose.passages).replace("- ", "").replace("-", "")
    words = [
        sentence for one in tagged.passages for sentence in one.text.replace("-", "").split("\n")
    ]
    kept = sum(sentence in whole for sentence in words)
    assert kept >= 0.5 * len(words), f"{kept} of {len(words)}"
    assert not any(one.text.startswith("Social media policy: ") for one in loose.passages)


def test_a_page_is_read_without_what_leads_about_the_site() -> None:
    page = (
        "<html><head><title>Our rules</title><style>p {}</style></head><body><nav><a>Home</a></nav>"
        "<header>Barset Council</header><main><h1>Rules</h1><div>Loose <b>words</b> here.</div>"
        "<ul><li>One thing</li><li>Another</li></ul><p><strong>Personal use</strong></p><p>At lunch.</p>"
        "<table><tr><th>Who</th><td><p>The clerk</p></td></tr></table><p hidden>secret</p></main>"
        "<footer>Cookies</footer></body></html>"
    )
    policy = parse_existing(page.encode(), "rules.html", "rules.html")
    assert policy.title == "Our rules"
    assert said(policy) == [
        (("Rules",), "Loose words here."),
        (("Rules",), "One thing\nAnother"),
        (("Rules", "Personal use"), "At lunch."),
        (("Rules", "Personal use"), "Who | The clerk"),
    ]


def test_markdown_is_read_without_its_marks() -> None:
    text = (
        "---\ntitle: x\n---\nOur rules\n=========\n\nBe *kind* and [read this](https://a.example).\n\n"
        "1. First\n2. Second\n\n**Personal use**\n\nAt `lunch`.\n\n| Who | Does |\n|---|---|\n| Clerk | Posts |\n"
    )
    assert said(parse_existing(text.encode(), "rules.md", "rules.md")) == [
        (("Our rules",), "Be kind and read this."),
        (("Our rules",), "First\nSecond"),
        (("Our rules", "Personal use"), "At lunch."),
        (("Our rules", "Personal use"), "Who | Does\nClerk | Posts"),
    ]


def test_text_of_windows_and_dashes_within_a_sentence_stay_whole() -> None:
    text = "1. Scope\n\nRules for staff – and for us, the “council”.\n\n- one\n- two\n".encode(
        "cp1252"
    )
    assert said(parse_existing(text, "rules.txt", "rules.txt")) == [
        (("1. Scope",), "Rules for staff – and for us, the “council”."),
        (("1. Scope",), "one\ntwo"),
    ]


def test_a_passage_is_remembered_by_its_words_wherever_it_stands() -> None:
    first = parse_existing(b"Alone here now.\n\nThe same  words.", "a.txt", "a.txt").passages[1]
    second = parse_existing(b"The same\nwords.", "b.txt", "b.txt").passages[0]
    assert first.key == second.key
    assert first.number != second.number


def test_a_typed_number_is_no_word_and_headings_of_one_look_have_one_level() -> None:
    def fill(document: Any) -> None:
        for text in ("7. Posting", "Photographs"):
            run = document.add_paragraph().add_run(text)
            run.bold, run.font.size = True, Pt(14)
            document.add_paragraph(f"7.1\tWords under {text}.")

    policy = word(fill)
    assert said(policy) == [
        (("7. Posting",), "Words under 7. Posting."),
        (("Photographs",), "Words under Photographs."),
    ]
    assert [one.mark for one in policy.passages] == ["7.1", "7.1"]


NUMBERED = """\
<w:abstractNum %(ns)s w:abstractNumId="91"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%%1.%%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%%3)"/></w:lvl>
</w:abstractNum>
"""
NUM = '<w:num %(ns)s w:numId="91"><w:abstractNumId w:val="91"/></w:num>'


def numbered(document: Any) -> None:
    """A policy as many bodies have it: Word numbers headings and paragraphs from one list."""
    numbering = document.part.numbering_part.element
    ns = {"ns": nsdecls("w")}
    numbering.insert(0, parse_xml(NUMBERED % ns))
    numbering.append(parse_xml(NUM % ns))

    def add(text: str, level: int, style: str | None = None) -> None:
        properties = document.add_paragraph(text, style=style)._p.get_or_add_pPr()
        place = f'<w:ilvl w:val="{level}"/><w:numId w:val="91"/>'
        properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{place}</w:numPr>"))

    add("Accounts", 0, "Heading 1")
    add("Ask before you open one.", 1)
    add("Name two people:", 1)
    add("an owner", 2)
    add("a deputy", 2)
    add("Close it in time.", 1)
    add("Pictures", 0, "Heading 1")
    add("Ask first.", 1)


def by_a_style(document: Any) -> None:
    """The same list as a style of lists has it: the paragraphs name a list that names the style."""
    numbered(document)
    numbering = document.part.numbering_part.element
    style = f'<w:styleLink {nsdecls("w")} w:val="Policy"/>'
    numbering[0].insert(1, parse_xml(style))
    linked = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="92"><w:numStyleLink w:val="Policy"/>'
    numbering.insert(1, parse_xml(f"{linked}</w:abstractNum>"))
    numbering[-1][0].set(qn("w:val"), "92")


@pytest.mark.parametrize("fill", [numbered, by_a_style])
def test_numbers_that_word_counts_itself_are_known(fill: Callable[[Any], None]) -> None:
    policy = word(fill)
    assert [(one.mark, one.text) for one in policy.passages] == [
        ("1.1", "Ask before you open one."),
        ("1.2", "Name two people:\nan owner\na deputy"),
        ("1.3", "Close it in time."),
        ("2.1", "Ask first."),
    ]
    assert [one.headings for one in policy.passages] == [("Accounts",)] * 3 + [("Pictures",)]


@pytest.mark.slow
def test_libreoffice_prints_the_same_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    numbered(document)
    document.save(str(tmp_path / "old.docx"))
    office = outside_tool("soffice")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ("--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path)
    command = [office, profile, *words, tmp_path / "old.docx"]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    lines = (tmp_path / "old.txt").read_text("utf-8-sig").splitlines()
    printed = [line.split()[0] for line in lines if re.match(r"\s*\d\.\d", line)]
    assert printed == [one.mark for one in read_existing(tmp_path / "old.docx").passages]
