"""A Word template such as an NHS trust keeps: made with python-docx, with what Word itself would write."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from PIL import Image, ImageDraw

W = nsdecls("w")
BLUE, DARK = RGBColor(0x00, 0x5E, 0xB8), RGBColor(0x00, 0x30, 0x87)
CONTROL = (
    ("Policy title", "document.title"),
    ("Policy number", "policy.number"),
    ("Version", "policy.version"),
    ("Status", "policy.status"),
    ("Policy lead", "policy.owner.role"),
    ("Approved by", "policy.approver"),
    ("Approved at", "policy.approved_at"),
    ("Date of issue", "policy.issued"),
    ("Review date", "policy.review_by"),
)
DOCUMENT = b"wordprocessingml.document.main+xml"
TEMPLATE = b"wordprocessingml.template.main+xml"


@cache
def trust_template(
    *, numbered: bool = False, place: bool = True, by_title: bool = False, extra: str = ""
) -> bytes:
    """The template: a cover with the control table, a page of contents, and a place for the words.

    With `numbered`, its headings are counted by a list, as many are; `by_title`, its controls are named by their title. `extra` is a block of XML before the place.
    """
    made = docx.Document()
    _page(made)
    _styles(made)
    if numbered:
        _number_headings(made)
    _cover(made, "alias" if by_title else "tag")
    _contents(made)
    if extra:
        made.element.body[-1].addprevious(parse_xml(extra))
    if place:
        _place(made)
    _head_and_foot(made)
    return as_template(saved(made))


def saved(made: Any) -> bytes:
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def as_template(document: bytes) -> bytes:
    """A document as a template: for Word the two differ in one line."""
    return repacked(
        document, {"[Content_Types].xml": lambda data: data.replace(DOCUMENT, TEMPLATE)}
    )


def as_document(template: bytes) -> bytes:
    """The other way round."""
    return repacked(
        template, {"[Content_Types].xml": lambda data: data.replace(TEMPLATE, DOCUMENT)}
    )


def repacked(package: bytes, changes: Any, more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """A package with some of its files changed, and `more` of them."""
    target = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, changes[name](data) if name in changes else data)
        for name, data in more:
            new.writestr(name, data)
    return target.getvalue()


def control(name: str, prompt: str, *, kind: str = "tag", block: bool = False) -> str:
    """A content control as Word writes one that nobody has filled in yet, with its prompt."""
    run = (
        f'<w:r w:rsidR="00A1B2C3"><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
        f"<w:t>[{prompt}]</w:t></w:r>"
    )
    names = (
        f'<w:alias w:val="{name}"/>'
        if kind == "alias"
        else f'<w:alias w:val="{prompt}"/><w:tag w:val="{name}"/>'
    )
    inner = f"<w:p>{run}</w:p>" if block else run
    return (
        f'<w:sdt {W}><w:sdtPr>{names}<w:placeholder><w:docPart w:val="DefaultPlaceholder_-1854013440"/></w:placeholder>'
        f"<w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def complex_field(instruction: str, shown: str) -> str:
    """A field of several runs, its name split over two of them, as Word leaves it after an edit."""
    half = len(instruction) // 2
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction[:half]}</w:instrText></w:r>'
        f'<w:r w:rsidRPr="00B2C3D4"><w:instrText xml:space="preserve">{instruction[half:]} \\* MERGEFORMAT </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{shown[:2]}</w:t></w:r><w:r><w:t>{shown[2:]}</w:t></w:r>"
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def words(text: str) -> str:
    """A run of words."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(3.2), Cm(2.2)


def _styles(made: Any) -> None:
    styles = made.styles
    looks = (
        ("Normal", 11, None, False, 0, 8),
        ("Title", 28, DARK, True, 0, 12),
        ("Heading 1", 18, BLUE, True, 24, 8),
        ("Heading 2", 14, DARK, True, 16, 6),
        ("Heading 3", 12, BLUE, True, 12, 4),
    )
    for name, size, colour, bold, before, after in looks:
        style = styles[name]
        style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), bold
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        if colour is not None:
            style.font.color.rgb = colour
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    for level in (1, 2, 3):
        toc = styles.add_style(f"toc {level}", 1)
        toc.base_style = styles["Normal"]
        toc.paragraph_format.tab_stops.add_tab_stop(
            Cm(16.4), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        toc.paragraph_format.left_indent = Cm(0.5 * (level - 1))
        toc.paragraph_format.space_after = Pt(4)


def _number_headings(made: Any) -> None:
    """Let a list count the headings, by their style."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{at + 1}"/>'
        f'<w:lvlText w:val="{".".join(f"%{n + 1}" for n in range(at + 1))}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr></w:lvl>'
        for at in range(3)
    )
    lists = made.part.numbering_part.element
    first = lists.find(qn("w:num"))
    first.addprevious(
        parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
    )
    lists.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for at in range(3):
        properties = made.styles[f"Heading {at + 1}"].element.get_or_add_pPr()
        properties.insert(
            2, parse_xml(f'<w:numPr {W}><w:ilvl w:val="{at}"/><w:numId w:val="77"/></w:numPr>')
        )


def _cover(made: Any, kind: str) -> None:
    for _ in range(2):
        made.add_paragraph()
    title = made.add_paragraph(style="Title")
    title._p.append(parse_xml(control("document.title", "Title of the policy", kind=kind)))
    made.add_paragraph()._p.append(parse_xml(control("organisation.name", "Trust", kind="alias")))
    table = made.add_table(rows=0, cols=2, style="Table Grid")
    for label, name in CONTROL:
        cells = table.add_row().cells
        cells[0].text = label
        cells[0].paragraphs[0].runs[0].bold = True
        cells[1].paragraphs[0]._p.append(
            parse_xml(control(name, f"Enter {label.lower()}", kind=kind))
        )
        for cell in cells:
            cell.paragraphs[0].paragraph_format.space_before = Pt(3)
            cell.paragraphs[0].paragraph_format.space_after = Pt(3)
        cells[0].width, cells[1].width = Cm(5), Cm(11.4)
        cells[0]._tc.get_or_add_tcPr().append(
            parse_xml(f'<w:shd {W} w:val="clear" w:color="auto" w:fill="E8EDEE"/>')
        )
    made.add_paragraph()
    made.add_paragraph(
        "This document is uncontrolled when printed. The current version is on the intranet."
    )


def _contents(made: Any) -> None:
    heading = made.add_paragraph()
    heading.paragraph_format.page_break_before = True
    run = heading.add_run("Contents")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(18), BLUE
    line = made.add_paragraph(style="toc 1")
    entries = complex_field(r'TOC \o "1-2" \h', "No entries yet")
    for brick in parse_xml(f"<w:p {W}>{entries}</w:p>"):
        line._p.append(brick)


def _place(made: Any) -> None:
    place = made.add_paragraph("[The words of the policy go here]")
    place.paragraph_format.page_break_before = True
    place._p.insert(1, parse_xml(f'<w:bookmarkStart {W} w:id="0" w:name="policy_body"/>'))
    place._p.append(parse_xml(f'<w:bookmarkEnd {W} w:id="0"/>'))


def _head_and_foot(made: Any) -> None:
    section = made.sections[0]
    head = section.header.paragraphs[0]
    head.alignment = 2
    head.add_run().add_picture(BytesIO(_logo()), width=Cm(4.2))
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(16.4), WD_TAB_ALIGNMENT.RIGHT)
    bricks = (
        complex_field("DOCPROPERTY policy.number", "XX00"),
        words(" version "),
        complex_field('DOCPROPERTY "policy.version"', "0.0"),
        "<w:r><w:tab/><w:tab/></w:r>",
        words("Page "),
        complex_field("PAGE", "1 "),
        words(" of "),
        complex_field("NUMPAGES", "1 "),
    )
    for brick in parse_xml(f"<w:p {W}>{''.join(bricks)}</w:p>"):
        foot._p.append(brick)
    for run in foot.runs:
        run.font.size = Pt(9)


def _logo() -> bytes:
    picture = Image.new("RGB", (840, 240), (0, 94, 184))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((30, 30, 810, 210), outline="white", width=8)
    draw.text((80, 70), "Wexmoor Trust", fill="white", font_size=80)
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
