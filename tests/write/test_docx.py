"""The DOCX file: read back with lxml, held against two validators, and loaded by LibreOffice."""

from __future__ import annotations

import hashlib
import os
import re
import runpy
import struct
import subprocess
import sys
import zipfile
import zlib
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx_reader import Docx
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from judges import libreoffice, ooxml_validate, openxml_audit
from lxml import etree
from sample import COUNCIL, GAP, HOSTILE, MAORI, sample_document
from tools import outside_tool

from policygen.model.colour import contrast
from policygen.model.document import (
    Aside,
    AsideKind,
    Block,
    Brand,
    ClauseBlock,
    Contents,
    Document,
    Emphasis,
    Group,
    Heading,
    Imprint,
    Link,
    List,
    ListItem,
    Mark,
    Paragraph,
    Quiet,
    Revision,
    Role,
    Row,
    Strong,
    Table,
    Text,
    Value,
)
from policygen.model.document.walk import headings, plain
from policygen.model.theme import PLAIN
from policygen.model.word.names import bookmark
from policygen.model.word.properties import imprint_of
from policygen.pipeline.build import build as build_policy
from policygen.pipeline.workspace import Workspace
from policygen.problems import Level, PolicygenError
from policygen.write.docx.package.bookmarks import Bookmarks
from policygen.write.docx.runs.links import external_target
from policygen.write.docx.writer import DocxWriter
from policygen.write.font import font_metrics
from policygen.write.widths import TypeSize, column_widths
from policygen.write.writer import THEME

ROOT = Path(__file__).parents[2]
LAYOUTS = ["book", "brief", "poster"]
BOTH = [(layout, in_force) for layout in LAYOUTS for in_force in (True, False)]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACES = {"w": W[1:-1], "r": R[1:-1]}


PNG = "image/png"
NASTY = (
    *("{", "}", "{0}", "{page}", "{name!r}", "{{ y }}", "%", "%s", "%(x)s", "\\", "\\1", "\\g<0>"),
    *("<w:t>", "</w:t>", "&amp;", "]]>", "'", '"', "$x", "${x}", "Hill", " x", "é"),
)


class File:
    """One written file, its parts parsed on demand."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.zip = zipfile.ZipFile(BytesIO(data))

    def xml(self, path: str = "word/document.xml") -> Any:
        return etree.fromstring(self.zip.read(path))

    def find(self, path: str, part: str = "word/document.xml") -> list[Any]:
        return list(self.xml(part).xpath(path, namespaces=SPACES))


def written(layout: str = "book", in_force: bool = True, **changes: Any) -> File:
    return File(DocxWriter().write(replace(sample_document(layout, in_force), **changes)))


def body(*blocks: Block, **changes: Any) -> File:
    return written("book", body=blocks, **changes)


def text(element: Any) -> str:
    """The characters that a reader sees in an element, deleted ones too."""
    return "".join(
        "\n"
        if node.tag == f"{W}br"
        else "\t"
        if node.tag == f"{W}tab" and node.getparent().tag == f"{W}r"
        else node.text or ""
        if node.tag in (f"{W}t", f"{W}delText")
        else ""
        for node in element.iter()
    )


def style(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val")


def clauses(blocks: tuple[Block, ...]) -> list[ClauseBlock]:
    found: list[ClauseBlock] = []
    for block in blocks:
        if isinstance(block, ClauseBlock):
            found.append(block)
        if isinstance(block, Group | ClauseBlock):
            found += clauses(block.blocks)
    return found


# --- Words -------------------------------------------------------------------------------------------


def test_a_printed_fact_is_a_run_with_a_style_of_its_own() -> None:
    """Whatever else marks it, so that whoever reads the file back finds it. Names of clauses and links are none."""
    fact = Value("policy.owner", "the press office")
    marked = (
        Strong((fact,)),
        Emphasis((fact,)),
        Link("https://a.example/", (fact,)),
        Quiet((fact,)),
    )
    file = body(Paragraph((Text("Ask "), fact, Value("#law.x", "4.2"), *marked)))
    assert Docx(file.data).facts() == [fact.text] * 5
    looks = {
        frozenset(etree.QName(look).localname for look in run)
        for run in file.find("//w:rPr[w:rStyle/@w:val='PrintedFact']")
    }
    strong, linked, quiet = {"b", "bCs"}, {"u"}, {"color"}
    assert looks == {frozenset({"rStyle", *look}) for look in (set(), strong, linked, quiet)}


def test_hostile_values_print_exactly_in_heading_cell_and_link() -> None:
    file = written()
    assert ("2", f"Our accounts, and those of {HOSTILE}") in Docx(file.data).headings()
    assert HOSTILE in [text(cell) for cell in file.find("//w:tc")]
    assert HOSTILE in [text(link) for link in file.find("//w:hyperlink")]


@pytest.mark.slow
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=60))
def test_any_characters_survive_but_those_that_xml_cannot_hold(characters: str) -> None:
    file = body(Paragraph((Text(characters),)))
    wanted = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", characters)
    assert text(file.find("//w:body/w:p[w:pPr/w:pStyle/@w:val='BodyText']")[-1]) == wanted


@pytest.mark.slow
@given(st.lists(st.sampled_from(NASTY), min_size=1, max_size=6).map("".join))
def test_a_value_is_no_template_wherever_it_stands(name: str) -> None:
    value, sample = Value("x", name), sample_document()
    head = replace(sample.masthead, organisation=name, local_names=(), title=name, cover=False)
    running = replace(sample.running, organisation=name, part=name, control=name)
    blocks = (
        Contents("Contents"),
        Heading(2, (value,), "h"),
        Paragraph((value, Link("https://a.example/", (value,)))),
        List((ListItem((Paragraph((value,)),)),)),
        Table(Row(((value,),)), (Row(((value,),)),), caption=(value,)),
        Aside(AsideKind.NOTE, name, (Paragraph((value,)),)),
    )
    file = written(masthead=head, running=running, body=blocks, brand=Brand("", png(8, 4), PNG))
    shown = [text(p).strip("\t") for p in file.find("//w:p")]
    assert shown.count(name) == 7  # title, heading, entry, item, two cells, caption
    assert f"{name}{name}" in shown
    assert f"{name} {name}" in shown  # the label of the note
    owner = f"\u2002{name}"  # and the status, if there is room beside it
    assert any(words == owner or words.startswith(f"{owner}\t") for words in shown)
    assert text(file.xml("word/header1.xml")) == f"{name}\t{name}"
    assert text(file.xml("word/footer1.xml")).startswith(f"{name}\tPage 1 of 1")
    assert name in file.find("//*[local-name()='docPr']/@descr")


def test_lone_surrogates_and_control_characters_never_crash() -> None:
    bad = "a\x00\ud800\x1bb"
    meta = replace(
        sample_document().meta, title=bad, author=bad, description=bad * 200, keywords=(bad,)
    )
    clause = ClauseBlock(
        "law.x",
        (Heading(3, (Text(bad),), bad, bad), Paragraph((Link(f"https://x/{bad}", (Text(bad),)),))),
    )
    file = body(clause, Table(None, (Row(((Text(bad),),)),), caption=(Text(bad),)), meta=meta)
    assert "ab" in text(file.xml())


def test_same_words_as_the_document() -> None:
    document = sample_document()
    shown = text(written().xml())
    for heading in headings(document.body):
        assert plain(heading.inlines) in shown
    for words in (
        COUNCIL,
        MAORI,
        f"[{GAP}]",
        "records/<account>.zip",
        "    harbour-hills.zip   # {{ y }} & <b>",
    ):
        assert words in shown


def test_lines_break_where_they_should() -> None:
    shown = [text(p) for p in written("poster").find("//w:p")]
    assert "Not sure?\nCommunications team\next 4100" in shown
    assert "records/\n    harbour-hills.zip   # {{ y }} & <b>" in [
        text(p) for p in written().find("//w:p")
    ]


# --- Structure ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headings_are_real_and_skip_no_level(layout: str) -> None:
    file = written(layout)
    known = file.find("//w:style", "word/styles.xml")
    styles = {s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val") for s in known}
    names = [styles[style(p)] for p in file.find("//w:p") if style(p) in styles]
    levels = [int(name[8]) for name in names if name.lower().startswith("heading")]
    assert names.count("Title") == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(levels) == len(headings(sample_document(layout).body))


def test_every_style_that_is_used_exists() -> None:
    for layout, in_force in BOTH:
        file = written(layout, in_force)
        known = set(file.find("//w:style/@w:styleId", "word/styles.xml"))
        for part in (
            n for n in file.zip.namelist() if re.match(r"word/(document|header\d|footer\d)\.xml", n)
        ):
            assert (
                set(file.find("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val", part))
                <= known
            )


def test_a_clause_has_a_bookmark_at_its_first_paragraph_and_no_control() -> None:
    """Word shows the name of a control to every reader, and many programs do not look into one."""
    file, found = written(), clauses(sample_document().body)
    assert len(found) > 5
    names = file.find("//w:bookmarkStart/@w:name")
    assert all(names.count(bookmark(clause.id)) == 1 for clause in found)
    assert not file.find("//w:sdt[not(w:sdtPr/w:docPartObj)]")
    told = Docx(file.data).clauses([clause.id for clause in found])
    for clause in found:
        first = next(plain(b.inlines) for b in clause.blocks if isinstance(b, Heading | Paragraph))
        assert first in told[clause.id]


@pytest.mark.parametrize(
    ("anchor", "name"),
    [
        ("law.records", "law_records"),
        ("you-online.declare-affiliation", "you_online_declare_affiliation"),
        ("3.2", "b_3_2"),
        ("_x", "b__x"),
    ],
)
def test_bookmark(anchor: str, name: str) -> None:
    assert bookmark(anchor) == name


@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=8, unique=True))
def test_bookmarks_are_valid_and_unique(anchors: list[str]) -> None:
    names = Bookmarks()
    made = [names.name_of(anchor) for anchor in anchors]
    assert len({name.lower() for name in made}) == len(anchors)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", name) for name in made)


def test_names_and_numbers_are_unique() -> None:
    for layout, in_force in BOTH:
        file = written(layout, in_force)
        for path in (
            "//w:bookmarkStart/@w:name",
            "//w:bookmarkStart/@w:id",
            "//w:sdtPr/w:id/@w:val",
            "//*[local-name()='docPr']/@id",
        ):
            found = file.find(path)
            assert len(found) == len(set(found))
        assert sorted(file.find("//w:bookmarkStart/@w:id")) == sorted(
            file.find("//w:bookmarkEnd/@w:id")
        )


def test_contents_is_a_field_with_its_entries_written() -> None:
    file, document = written(), sample_document()
    assert any('TOC \\o "1-2" \\h' in code.text for code in file.find("//w:instrText"))
    entries = [
        p for p in file.find("//w:p") if style(p).startswith("TOC") and style(p) != "TOCHeading"
    ]
    listed = [h for h in headings(document.body) if h.listed and h.level <= 3]
    assert [text(p).strip("\t") for p in entries] == [
        f"{h.number}\t{plain(h.inlines)}" if h.number else plain(h.inlines) for h in listed
    ]
    names = set(file.find("//w:bookmarkStart/@w:name"))
    for entry in entries:
        [link] = entry.findall(f"{W}hyperlink")
        assert link.get(f"{W}anchor") in names
        assert f"PAGEREF {link.get(f'{W}anchor')}" in "".join(link.itertext())
    kinds = file.find("//w:sdt[w:sdtPr/w:docPartObj]//w:fldChar/@w:fldCharType")
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(entries) + 1


def test_a_long_contents_list_names_sections_only() -> None:
    parts = tuple(
        Group(f"s{n}", (Heading(2, (Text("S"),), f"s{n}"), Heading(3, (Text("C"),), f"s{n}.c")))
        for n in range(15)
    )
    contents = sample_document().body[0].blocks[0]
    file = body(contents, *parts)
    assert any('TOC \\o "1-1"' in code.text for code in file.find("//w:instrText"))
    assert sum(style(p) == "TOC1" for p in file.find("//w:p")) == 15
    assert not any(style(p) == "TOC2" for p in file.find("//w:p"))


def test_a_contents_list_says_how_its_page_numbers_come_and_word_takes_that_away() -> None:
    """It stands within the field, whose words Word replaces."""
    file = body(Contents("Contents", update="Press F9."), Heading(2, (Text("Law"),), "law"))
    [last] = file.find("//w:sdtContent/w:p[last()]")
    assert text(last) == "Press F9."
    assert last.xpath("w:r[last()]/w:fldChar/@w:fldCharType", namespaces=SPACES) == ["end"]
    [entry] = body(Contents("Contents"), Heading(2, (Text("Law"),), "law")).find(
        "//w:sdtContent/w:p[last()]"
    )
    assert text(entry).strip() == "Law"


LONG_NAME = "Mid and North Wickbourne Combined Fire, Rescue and Resilience Authority"


def test_the_status_stands_beside_a_name_or_on_a_line_of_its_own() -> None:
    def owner(name: str) -> list[str]:
        head = replace(sample_document("brief").masthead, organisation=name, local_names=())
        shown = written("brief", masthead=head, brand=Brand())
        return [text(p) for p in shown.find("//w:p[w:pPr/w:pStyle/@w:val='Organisation']")]

    status = "\t\u00a0Snapshot: version 2.0, approved\u00a0"
    assert owner(COUNCIL) == [f"{COUNCIL}{status}"]
    assert owner(LONG_NAME) == [LONG_NAME, status]


def test_a_name_too_long_for_its_line_gives_way_to_the_short_one() -> None:
    for name, shown in ((LONG_NAME, "the authority"), (COUNCIL, COUNCIL)):
        running = replace(sample_document().running, organisation=name, short="the authority")
        head = written(running=running).xml("word/header1.xml")
        assert text(head) == f"{shown}\tSocial media policy: full story"


def test_running_lines() -> None:
    file = written()
    foot, head = file.xml("word/footer1.xml"), file.xml("word/header1.xml")
    assert (
        text(foot)
        == "HHDC-COM-07, version 2.0, approved. A printed copy can be out of date.\tPage 1 of 1"
    )
    assert [code.text.strip() for code in foot.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert text(head) == f"{COUNCIL}\tSocial media policy: full story"
    assert not text(file.xml("word/header2.xml"))
    assert not text(file.xml("word/footer2.xml"))
    assert file.find("//w:sectPr/w:titlePg")


def test_a_draft_is_marked_on_every_page() -> None:
    for layout in LAYOUTS:
        file = written(layout, False)
        assert "not in force" in text(file.xml("word/header1.xml"))
        assert layout == "book" or "not in force" in text(file.xml("word/header2.xml"))
        assert not file.find("//w:tbl[w:tblPr/w:tblBorders/w:top/@w:val='dashed']//w:tcPr/w:shd")


def test_tables() -> None:
    file = written()
    [register] = file.find("//w:tbl[w:tblPr/w:tblCaption[starts-with(@w:val, 'The register')]]")
    rows = register.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, *[False] * 25]
    assert all(style(row.find(f"{W}tc/{W}p")) == "TableHead" for row in rows)
    assert (
        register.find(f"{W}tblPr/{W}tblDescription")
        .get(f"{W}val")
        .startswith("Account, What it is for")
    )
    look = register.find(f"{W}tblPr/{W}tblLook")
    assert (look.get(f"{W}firstRow"), look.get(f"{W}firstColumn")) == ("1", "1")
    for table in file.find("//w:tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        assert {len(row.findall(f"{W}tc")) for row in table.findall(f"{W}tr")} == {columns}
        following = table.getnext()
        assert following is None or following.tag != f"{W}tbl"
        assert all(cell[-1].tag == f"{W}p" for cell in table.iter(f"{W}tc"))


def test_lists_count_by_themselves() -> None:
    file = written()
    nums = {n.get(f"{W}numId"): n for n in file.find("/w:numbering/w:num", "word/numbering.xml")}
    abstract = set(file.find("/w:numbering/w:abstractNum/@w:abstractNumId", "word/numbering.xml"))
    assert all(n.find(f"{W}abstractNumId").get(f"{W}val") in abstract for n in nums.values())
    styled = set(file.find("//w:style//w:numId/@w:val", "word/styles.xml"))
    used = file.find("//w:numPr/w:numId/@w:val")
    assert set(used) | styled <= set(nums)
    ordered = [text(p) for p in file.find("//w:p[w:pPr/w:numPr]")]
    assert {"third", "fourth"} <= set(ordered)
    [third] = [p for p in file.find("//w:p[w:pPr/w:numPr]") if text(p) == "third"]
    number = third.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
    assert nums[number].find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val") == "3"


def test_links() -> None:
    file = written()
    targets = {
        r.get("Id"): (r.get("Target"), r.get("TargetMode"))
        for r in file.xml("word/_rels/document.xml.rels")
        if r.get("Type").endswith("/hyperlink")
    }
    used = file.find("//w:hyperlink/@r:id")
    assert set(used) == set(targets)
    assert ("https://www.harbour-hills.example/a?b=1&c=2", "External") in targets.values()
    assert set(file.find("//w:hyperlink/@w:anchor")) <= set(file.find("//w:bookmarkStart/@w:name"))
    assert "never this trap" in text(file.xml())
    assert b"javascript" not in b"".join(file.zip.read(n) for n in file.zip.namelist())


@pytest.mark.parametrize(
    ("href", "fit"),
    [
        ("https://a.example/b c?d=e&f#g", "https://a.example/b%20c?d=e&f#g"),
        ("tel:+44 20", "tel:+44%2020"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("ftp://a.example", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://[a", ""),
        ("https://a:port/", ""),
        ("file:///etc/passwd", ""),
        ("", ""),
        ("//a.example", ""),
        ('https://a.example/ŵ<">', "https://a.example/%C5%B5%3C%22%3E"),
    ],
)
def test_external_target(href: str, fit: str) -> None:
    assert external_target(href) == fit


def test_languages() -> None:
    file = written()
    assert set(file.find("//w:docDefaults//w:lang/@w:val", "word/styles.xml")) == {"en-NZ"}
    spoken = {
        text(r): r.find(f"{W}rPr/{W}lang").get(f"{W}val") for r in file.find("//w:r[w:rPr/w:lang]")
    }
    assert spoken["Kia ora"] == "mi-NZ"
    assert spoken[MAORI] == "mi-NZ"
    assert spoken["Yr iaith Gymraeg"] == "cy-GB"
    assert spoken["Te reo Māori"] == "mi-NZ"


# --- The logo ----------------------------------------------------------------------------------------


def png(width: int, height: int) -> bytes:
    rows = b"".join(b"\0" + b"\x10\x20\x30" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


def svg(drawn: str, box: str = "0 0 20 10") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{drawn}</svg>'.encode()


def with_logo(logo: bytes, kind: str = "image/svg+xml") -> File:
    return written(brand=Brand("#1d4f91", logo, kind))


def media(file: File, ending: str) -> bytes:
    """The logo: the first picture of a document."""
    return file.zip.read({"png": "word/media/image1.png", "svg": "word/media/logo.svg"}[ending])


def test_a_logo_is_a_picture_with_words() -> None:
    file = with_logo(png(8, 4), "image/png")
    assert COUNCIL in file.find("//*[local-name()='docPr']/@descr")
    assert media(file, "png") == png(8, 4)
    with pytest.raises(PolicygenError, match="not a PNG"):
        with_logo(b"nothing", "image/png")


def test_an_svg_logo_is_a_drawing_and_a_picture_for_older_programs() -> None:
    file = with_logo(svg('<path d="M0 0h20v10H0z" fill="#1d4f91"/>'))
    assert COUNCIL in file.find("//*[local-name()='docPr']/@descr")
    [old], [new] = (
        file.find("//*[local-name()='blip']/@r:embed[../..//*[local-name()='svgBlip']]"),
        file.find("//*[local-name()='svgBlip']/@r:embed"),
    )
    targets = {r.get("Id"): r.get("Target") for r in file.xml("word/_rels/document.xml.rels")}
    assert (targets[old], targets[new]) == ("media/image1.png", "media/logo.svg")
    picture = media(file, "png")
    assert struct.unpack(">II", picture[16:24]) == (240, 120)
    assert picture != media(with_logo(svg("")), "png")  # something is drawn


@pytest.mark.parametrize("shape", ["0 0 100000 1", "0 0 1 100000", "0 0 30 10"])
def test_a_logo_is_never_stretched_nor_huge(shape: str) -> None:
    file = with_logo(svg("", shape))
    wide, high = (float(number) for number in shape.split()[2:])
    [size] = file.find(
        "//*[local-name()='inline'][*[local-name()='docPr']/@descr!='']/*[local-name()='extent']"
    )
    assert int(size.get("cx")) / 12700 <= 200.1
    assert int(size.get("cy")) / 12700 <= 30.1
    assert int(size.get("cx")) * high == pytest.approx(int(size.get("cy")) * wide, rel=0.5)


def test_a_strangers_logo_draws_no_file_of_the_builder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(png(8, 4))
    image = f'<image xmlns:x="http://www.w3.org/1999/xlink" x:href="{secret}" href="{secret}" width="20" height="10"/>'
    inner = b64encode(svg(image)).decode()
    nested = f'<image href="data:image/svg+xml;base64,{inner}" width="20" height="10"/>'
    for planted in (image, nested):
        assert media(with_logo(svg(planted)), "png") == media(with_logo(svg("")), "png")
    assert str(secret).encode() not in media(with_logo(svg(image)), "svg")
    own = f'<image href="data:image/png;base64,{b64encode(png(8, 4)).decode()}" width="20" height="10"/>'
    assert media(with_logo(svg(own)), "png") != media(with_logo(svg("")), "png")


@pytest.mark.parametrize(
    "odd",
    [
        chunk(b"tEXt", b"Title\0\xff\xfe caf\xe9"),
        chunk(b"tEXt", b"no end of the key \xff"),
        chunk(b"zTXt", b"Comment\0\0not compressed"),
        chunk(b"iTXt", b"Title\0\0\0en\0\xff\0\xff\xfe"),
        chunk(b"iTXt", b""),
        chunk(b"eXIf", b"MM\0*\xff"),
        chunk(b"tIME", b"\xff" * 7),
        chunk(b"prVt", b"\xff" * 40),
        chunk(b"\xff\xff\xff\xff", b"x"),
    ],
)
def test_a_png_with_odd_chunks_prints(odd: bytes) -> None:
    """python-docx reads the chunks of a picture, and fell over these."""
    plain_png = png(8, 4)
    head = len(plain_png[:8] + plain_png[8:33])  # signature and IHDR
    file = with_logo(plain_png[:head] + odd + plain_png[head:] + b"trailing bytes", "image/png")
    assert media(file, "png") == plain_png


@pytest.mark.parametrize("density", [b"\0" * 9, b"\xff" * 9, b"\0\0\0\1\0\0\0\0\1", b"short"])
def test_how_dense_a_png_is_has_no_say(density: bytes) -> None:
    dense = png(8, 4)[:33] + chunk(b"pHYs", density) + png(8, 4)[33:]
    size = "//*[local-name()='inline'][*[local-name()='docPr']/@descr!='']/*[local-name()='extent']"
    [with_density], [without] = (
        with_logo(picture, "image/png").find(size) for picture in (dense, png(8, 4))
    )
    assert dict(with_density.attrib) == dict(without.attrib)


@pytest.mark.parametrize("length", [0, 8, 20, 33, 50])
def test_a_png_that_is_cut_off_is_a_problem(length: int) -> None:
    with pytest.raises(PolicygenError, match="not a PNG"):
        with_logo(png(8, 4)[:length] or b"\x89", "image/png")


@pytest.mark.parametrize(
    "size",
    [
        'width="1e2" height="5E+1"',
        'width="12.5pt" height="2.5e0mm"',
        'width="100%" height="100%"',
        'width="100%" viewBox="0 0 20 10"',
        'viewBox="0 0 20 10"',
        'viewBox="0,0,20,10"',
        'viewBox="-5 -5 2e1 1e1"',
        'width=".5in" height="+3cm"',
        "width='10' height='20'",
        'width="1.2.3" height="4..5" viewBox="0 0 20 10"',
    ],
)
def test_an_svg_with_an_odd_size_prints(size: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="M0 0h9v9z"/></svg>'
    file = with_logo(drawing.encode())
    assert media(file, "png").startswith(b"\x89PNG")
    extents = file.find("//*[local-name()='extent']")
    assert all(int(one.get(side)) > 0 for one in extents for side in ("cx", "cy"))


def test_a_logo_stands_on_white_where_the_cover_has_the_colour() -> None:
    picture = "//w:tc[w:tcPr/w:shd/@w:fill='FFFFFF' and .//w:drawing]"
    [plate] = written().find(picture)
    assert text(plate) == ""  # the name stands beside it
    assert not written(in_force=False).find(picture)  # a draft's cover is white as it is


@pytest.mark.parametrize(
    ("colour", "words"), [("#1d4f91", "FFFFFF"), ("#ffd54f", "16201C"), ("#00aa55", "FFFFFF")]
)
def test_what_a_cover_says_can_be_read_on_its_colour(colour: str, words: str) -> None:
    file = written(brand=Brand(colour))
    [ground] = {
        cell.get(f"{W}fill")
        for cell in file.find("/w:document/w:body/w:tbl[1]/w:tr/w:tc/w:tcPr/w:shd")
    }
    assert contrast(f"#{ground}", f"#{words}") >= 4.5
    for name in ("Title", "Subtitle", "Organisation", "Depth"):
        [ink] = file.find(f"//w:style[@w:styleId='{name}']/w:rPr/w:color/@w:val", "word/styles.xml")
        assert ink == words


@pytest.mark.parametrize("broken", [b"nothing", b"<svg", b"<p/>"])
def test_a_broken_svg_is_a_problem(broken: bytes) -> None:
    with pytest.raises(PolicygenError, match="not an SVG"):
        with_logo(broken)


@pytest.mark.slow
def test_without_the_library_an_svg_logo_is_left_out_with_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    made = build_policy(ROOT / "profiles/fenwick/profile.yaml", Workspace(), ["overview"], ["docx"])
    [warning] = [p for p in made.problems if "SVG logo" in p.what]
    assert not made.whole  # so that the next build, with the library, is not taken for the same
    assert warning.level is Level.WARNING
    [data] = [file.data for file in made.files if file.edition]
    described = File(data).find("//*[local-name()='docPr']/@descr[.!='']")
    [code] = described  # to scan; there is no logo
    assert "https://www.fenwick.example" in code


def test_no_warning_where_the_logo_stands() -> None:
    brand = Brand("", svg(""), "image/svg+xml")
    assert DocxWriter().lacking(replace(sample_document(), brand=brand)) == ()


# --- The font ----------------------------------------------------------------------------------------


def test_the_font_comes_with_the_file() -> None:
    file = written()
    [font] = file.find("//w:font[@w:name='Public Sans']", "word/fontTable.xml")
    targets = {r.get("Id"): r.get("Target") for r in file.xml("word/_rels/fontTable.xml.rels")}
    for weight in ("Regular", "Bold"):
        embedded = font.find(f"{W}embed{weight}")
        data = file.zip.read("word/" + targets[embedded.get(f"{R}id")])
        key = bytes.fromhex(embedded.get(f"{W}fontKey").strip("{}").replace("-", ""))[::-1] * 2
        plain_font = TTFont(
            BytesIO(bytes(a ^ b for a, b in zip(data, key, strict=False)) + data[32:])
        )
        assert plain_font["name"].getDebugName(1) == "Public Sans"
        assert plain_font["name"].getDebugName(2) == weight
        assert plain_font["OS/2"].fsType == 0  # may be embedded and edited with
        assert {ord(c) for c in "āŵ‘–"} <= set(plain_font.getBestCmap())
    assert file.find("/w:settings/w:embedTrueTypeFonts", "word/settings.xml")
    assert not file.find("/w:settings/w:saveSubsetFonts", "word/settings.xml")
    assert len(file.data) < 200_000


# --- Numbers of headings -----------------------------------------------------------------------------


def book(*numbers: str, change: Revision | None = None) -> Docx:
    """Sections ("1") and clauses ("1.2"), between a front and sources that have no number."""
    parts: list[Block] = [
        Group("front", (Heading(2, (Text("Front"),), "front", listed=False),), "front")
    ]
    for number in numbers:
        heading = Heading(3 if "." in number else 2, (Text("H"),), f"h{number}", number)
        words = Paragraph((Value(f"#h{numbers[-1]}", numbers[-1]),))
        parts.append(
            ClauseBlock(
                f"c{number}", (heading, words), change=change if number == numbers[-1] else None
            )
        )
    parts.append(Group("sources", (Heading(2, (Text("Sources"),), "sources"),), "sources"))
    sample = sample_document()
    meta = replace(sample.meta, reviser="Compared with another" if change else "")
    return Docx(DocxWriter().write(replace(sample, body=tuple(parts), meta=meta)))


def test_word_counts_headings_whose_numbers_have_no_gaps() -> None:
    numbers = ("1", "1.1", "1.2", "2", "2.1")
    word = book(*numbers)
    assert word.headings() == [
        ("", "Front"),
        *((number, "H") for number in numbers),
        ("", "Sources"),
    ]
    code = next(one for one in word.body.iter(f"{W}instrText") if one.text.endswith("\\h "))
    assert code.text.split() == ["REF", "number__h2_1", "\\h"]
    assert text(code.getparent().getparent()) == "2.1"


@pytest.mark.parametrize(
    "numbers",
    [("2", "2.1"), ("1", "1.2"), ("1", "1.1", "3"), ("1", "1.1", "1.1"), ("3.1", "3.2")],
    ids=" ".join,
)
def test_numbers_with_gaps_are_text(numbers: tuple[str, ...]) -> None:
    word = book(*numbers)
    found = [("", f"{number} H") for number in numbers]
    assert [(n, " ".join(words.split())) for n, words in word.headings()] == [
        ("", "Front"),
        *found,
        ("", "Sources"),
    ]
    assert not list(word.body.iter(f"{W}instrText"))


@pytest.mark.parametrize("change", list(Revision))
def test_numbers_of_a_comparison_are_text(change: Revision) -> None:
    assert not any(number for number, _ in book("1", "1.1", "1.2", change=change).headings())


def test_a_number_that_moved_is_a_change() -> None:
    heading = Heading(3, (Text("H"),), "h", "1.2", was="1.1")
    file = body(
        Group(
            "s", (Heading(2, (Text("S"),), "s", "1"), Heading(3, (Text("G"),), "g", "1.1"), heading)
        )
    )
    assert "1.2\tH" in settle(file, "ins", "del")
    assert "1.1\tH" in settle(file, "del", "ins")
    assert "1\tS" in settle(file, "ins", "del")  # and all numbers are text


# --- Rhythm ------------------------------------------------------------------------------------------


def test_a_paragraph_stays_with_the_list_that_it_announces() -> None:
    items = List((ListItem((Paragraph((Text("x"),)),)),))
    file = body(Paragraph((Text("We close:"),)), items, Paragraph((Text("after"),)))
    kept = [text(p) for p in file.find("//w:p[w:pPr/w:keepNext]")]
    assert "We close:" in kept
    assert "after" not in kept


def test_a_box_stays_with_the_words_that_it_serves() -> None:
    words = Aside(AsideKind.WORDING, "Words to use", (Paragraph((Text("I work here."),)),))
    file = body(Paragraph((Text("Say this:"),)), words, Paragraph((Text("after"),)))
    kept = [text(p) for p in file.find("//w:p[w:pPr/w:keepNext]")]
    assert {"Say this:", "Words to use"} <= set(kept)
    assert not {"I work here.", "after"} & set(kept)


def test_a_section_stays_with_what_a_manager_does_and_a_rule_with_its_sources() -> None:
    """So no page ends with the head of a section, and none begins with a line of sources."""
    clause = ClauseBlock(
        "s.c",
        (
            Heading(3, (Text("Clause"),), "s.c"),
            Paragraph((Text("Rule"),)),
            Paragraph((Text("Source 1."),), Role.REMARK),
        ),
    )
    file = body(
        Heading(2, (Text("Section"),), "s"),
        Paragraph((Text("Lead"),), Role.LEAD),
        Paragraph((Text("What a manager does"),), Role.REMARK),
        clause,
    )
    kept = [text(p) for p in file.find("//w:p[w:pPr/w:keepNext]")]
    assert {"Lead", "What a manager does", "Rule"} <= set(kept)
    assert "Source 1." not in kept


def chart(layout: str, in_force: bool = True) -> File:
    """A chart of two questions, and what both lead to."""
    cells = (("1", "Is it yours?", "No: Ask."), ("2", "Is it true?", "No: Check it."))
    rows = tuple(
        Row(tuple((Text(cell),) for cell in row), f"chart.q{row[0]}", mark=Mark.THINK)
        for row in cells
    )
    head = Row(tuple((Text(word),) for word in ("Step", "Question", "What to do")))
    end = ClauseBlock("chart.end", (Paragraph((Text("Post it."),), Role.LEAD),))
    group = Group("chart", (Heading(2, (Text("Chart"),), "chart"), Table(head, rows), end), "chart")
    document = replace(sample_document(layout, in_force), body=(group,), brand=Brand("#1d4f91"))
    return File(DocxWriter().write(document))


def test_the_chart_of_a_poster_is_drawn_and_stays_a_table() -> None:
    """A line of the brand's colour through the numbers, an arrow and a mark; and every word a word."""
    file = chart("poster")
    [table] = file.find("//w:tbl[w:tblPr/w:tblCaption]")
    assert [text(cell) for cell in table.iter(f"{W}tc")][3:6] == [
        "1",
        "Is it yours?",
        "\u00a0\tNo: Ask.",
    ]
    line = table.xpath("w:tr/w:tc[1]/w:tcPr/w:shd/@w:fill", namespaces=SPACES)
    [end] = file.find("//w:style[@w:styleId='ChartEnd']//w:shd/@w:fill", "word/styles.xml")
    assert line == [end, end] == ["1D4F91", "1D4F91"]
    for row in table.findall(f"{W}tr")[1:]:
        pictures = row.xpath(".//*[local-name()='docPr']/@descr", namespaces=SPACES)
        assert pictures == ["", ""]  # the words beside them say the same
    assert Docx(file.data).clauses(["chart.q1", "chart.end"])["chart.end"] == "Post it."
    assert not chart("book").find("//w:pPr/w:pStyle[starts-with(@w:val, 'Chart')]")


def test_an_index_has_letters_and_no_bullets() -> None:
    entry = ListItem((Paragraph((Strong((Text("A"),)), Text(" Appeal 17.4"))),))
    readers = Paragraph((Text("For managers: 1.4"),))
    file = body(Group("index", (List((entry,)), readers), "index"))
    assert style(next(p for p in file.find("//w:p") if text(p).startswith("For"))) == "Reference"
    [found] = [p for p in file.find("//w:p") if text(p) == "A Appeal 17.4"]
    assert style(found) == "Reference"
    assert found.find(f"{W}pPr/{W}numPr") is None


def test_the_chart_of_a_draft_ends_in_a_dashed_edge() -> None:
    [style] = chart("poster", in_force=False).find(
        "//w:style[@w:styleId='ChartEnd']", "word/styles.xml"
    )
    assert set(style.xpath(".//w:pBdr/*/@w:val", namespaces=SPACES)) == {"dashed"}
    assert style.xpath(".//w:shd/@w:fill", namespaces=SPACES) == ["FFFFFF"]


def test_two_sections_of_one_line_each_keep_their_edges() -> None:
    """Word draws one edge around paragraphs that touch and look alike."""
    file = body(*(Heading(2, (Text(title),), title) for title in ("Media", "Crisis")))
    styles = file.find("//w:p[contains(., 'Media')]/following::w:p/w:pPr/w:pStyle/@w:val")
    assert styles[:2] == ["Spacer", "Heading1"]


def test_a_cover_gives_way_to_a_long_table() -> None:
    """Else a row of document control would have a page to itself."""
    table = sample_document().masthead.control
    assert table
    long = replace(table, rows=(*table.rows, Row(((Text("Found"),), (Text("x " * 300),)))))
    heights = []
    for control in (table, long):
        file = written(masthead=replace(sample_document().masthead, control=control))
        rows = file.find("/w:document/w:body/w:tbl[1]/w:tr/w:trPr/w:trHeight/@w:val")
        heights.append(sum(map(int, rows)))
    assert heights[1] < heights[0]


def title_size(title: str) -> int:
    """In points."""
    file = written(masthead=replace(sample_document().masthead, title=title))
    [size] = file.find("//w:style[@w:styleId='Title']/w:rPr/w:sz/@w:val", "word/styles.xml")
    return int(size) // 2


def test_a_title_stands_on_one_line_of_its_cover_where_it_fits() -> None:
    room, font = 422, font_metrics(PLAIN)  # points
    sizes = {title: title_size(title) for title in ("Our rules", "Social media policy")}
    assert sizes["Our rules"] == 54 > sizes["Social media policy"]
    assert all(font.text_width(title, size, bold=True) <= room for title, size in sizes.items())
    assert title_size("How we use social media, in words") == 40  # on two lines


def rows_that_stay(count: int) -> list[bool]:
    """Whether each row of a table, the head first, stays on the page of the next."""
    rows = tuple(Row(((Text(f"{at}"),), (Text("x"),))) for at in range(count))
    file = body(Table(Row(((Text("A"),), (Text("B"),))), rows))
    table = file.find("//w:tbl[w:tblPr/w:tblStyle/@w:val='PolicyTable']")[-1]
    paragraphs = [row.find(f"{W}tc/{W}p/{W}pPr") for row in table.findall(f"{W}tr")]
    return [properties.find(f"{W}keepNext") is not None for properties in paragraphs]


def test_no_row_stands_alone_on_a_page() -> None:
    assert rows_that_stay(8) == [True, *[False] * 6, True, False]
    assert rows_that_stay(6) == [*[True] * 6, False]
    assert rows_that_stay(1) == [True, False]
    assert rows_that_stay(0) == [False]


def test_a_long_contents_list_is_not_chained_to_its_end() -> None:
    parts = tuple(Group(f"s{n}", (Heading(2, (Text("S"),), f"s{n}"),)) for n in range(30))
    file = body(sample_document().body[0].blocks[0], *parts)
    assert not file.find("//w:p[w:pPr/w:pStyle/@w:val='TOC1'][w:pPr/w:keepNext]")
    assert not file.find("//w:style[@w:styleId='TOC1']//w:keepNext", "word/styles.xml")


def test_a_single_word_has_room_in_its_column() -> None:
    rows = [
        ((Text("Step"),), (Text("Question"),), (Text("What to do"),)),
        ((Text("1"),), (Text("q " * 40),), ()),
    ]
    font = font_metrics(PLAIN)
    [step, *_] = column_widths(rows, 9000, 3, TypeSize(235, 200), font)
    assert step >= font.text_width("Step", 235, bold=True) + 200


# --- Changes -----------------------------------------------------------------------------------------


def settle(file: File, keep: str, drop: str) -> list[str]:
    """The paragraphs after accepting (keep ins, drop del) or rejecting all changes, empty ones left out."""
    root = file.xml()
    for row in root.xpath(f"//w:tr[w:trPr/w:{drop}]", namespaces=SPACES):
        row.getparent().remove(row)
    for gone in root.xpath(
        f"//w:{drop}[not(parent::w:rPr) and not(parent::w:trPr)]", namespaces=SPACES
    ):
        gone.getparent().remove(gone)
    marked = root.xpath(f"//w:p[w:pPr/w:rPr/w:{drop}]", namespaces=SPACES)
    assert not [
        text(p) for p in marked if text(p)
    ]  # a paragraph whose mark goes has lost its words too
    return [words for p in root.iter(f"{W}p") if (words := text(p))]


def test_accepting_gives_the_second_and_rejecting_the_first() -> None:
    accepted, rejected = (settle(written(), *order) for order in (("ins", "del"), ("del", "ins")))
    second, first = (
        "This paragraph is only in the second policy.",
        "This paragraph is only in the first policy.",
    )
    assert second in accepted
    assert first not in accepted
    assert first in rejected
    assert second not in rejected
    shared = "A nickname is fine for your own life. You must not use one to {}. Assume that any account can be traced."
    assert shared.format("praise, defend or attack the council") in accepted
    assert shared.format("praise the council") in rejected
    assert any(words.startswith("Account 3:") for words in accepted)
    assert not any(words.startswith("Account 3:") for words in rejected)
    assert any(words.startswith("Account 4:") for words in rejected)


def test_changes_have_author_date_and_a_number_of_their_own() -> None:
    file = written()
    changes = file.find(
        "//w:ins | //w:del | //w:customXmlInsRangeStart | //w:customXmlDelRangeStart"
    )
    assert changes
    assert {(c.get(f"{W}author"), c.get(f"{W}date")) for c in changes} == {
        (COUNCIL, "2026-12-07T00:00:00Z")
    }
    ids = [c.get(f"{W}id") for c in changes]
    assert len(ids) == len(set(ids))
    assert not file.find("//w:del//w:t | //w:ins//w:delText")


@pytest.mark.parametrize("change", list(Revision))
def test_nothing_is_left_of_a_changed_clause(change: Revision) -> None:
    clause = ClauseBlock(
        "law.new", (Heading(3, (Text("New"),), "law.new"), Paragraph((Text("x"),))), change=change
    )
    file = body(clause)
    kind = "ins" if change is Revision.INSERTED else "del"
    assert "law_new" in file.find("//w:bookmarkStart/@w:name")
    words = f"//w:p[w:pPr/w:rPr/w:{kind}][not(w:pPr/w:pStyle/@w:val='Spacer')]"
    assert [text(p) for p in file.find(words)] == ["New", "x"]


def test_no_date_is_a_fixed_date() -> None:
    undated = replace(sample_document().meta, dated=None)
    assert set(written(meta=undated).find("//w:ins/@w:date")) == {"2000-01-01T00:00:00Z"}


# --- The file ----------------------------------------------------------------------------------------


def test_properties() -> None:
    root = written().xml("docProps/core.xml")
    found = {etree.QName(child).localname: child.text for child in root}
    meta = sample_document().meta
    assert found == {
        "title": meta.title,
        "creator": COUNCIL,
        "lastModifiedBy": COUNCIL,
        "subject": meta.subject,
        "description": meta.description,
        "keywords": ", ".join(meta.keywords),
        "language": "en-NZ",
        "created": "2026-12-07T00:00:00Z",
        "modified": "2026-12-07T00:00:00Z",
        "revision": "1",
    }


def test_a_document_says_where_it_comes_from() -> None:
    imprint = Imprint("0f" * 32, "fenwick", "1.0", "policy", ("rule", "practice"), "cy", "managers")
    assert imprint_of(Docx(written(imprint=imprint).data).properties) == imprint
    lacking = replace(imprint, version="", audience="")
    assert imprint_of(Docx(written(imprint=lacking).data).properties) == lacking
    assert imprint_of(Docx(written(imprint=None).data).properties) is None


def test_no_leftovers() -> None:
    for layout in LAYOUTS:
        file = written(layout)
        names = file.zip.namelist()
        assert names[0] == "[Content_Types].xml"
        assert len(names) == len(set(names))
        assert {info.date_time for info in file.zip.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(map(file.zip.read, names))
        for word in (
            b"python-docx",
            b"generated by",
            b"stylesWithEffects",
            b"printerSettings",
            b"2013-",
            b"en-US",
        ):
            assert word not in everything
        if layout != "poster":
            continue
        assert (
            sum(name.startswith("word/media/") for name in names) == 6
        )  # three marks, a logo in two forms, a code to scan


@pytest.mark.slow
def test_same_bytes_in_every_process() -> None:
    code = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); from sample import sample_document;"
        "from policygen.write.docx.writer import DocxWriter;"
        "print([hashlib.sha256(DocxWriter().write(sample_document(l, f))).hexdigest()"
        " for l in ('book', 'brief', 'poster') for f in (True, False)])"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "31337")
    }
    assert len(found) == 1
    assert hashlib.sha256(written().data).hexdigest() in found.pop()


@pytest.mark.parametrize(
    "name", ["base.docx", "mark-may.png", "mark-think.png", "mark-never.png", "mark-arrow.png"]
)
def test_the_theme_is_what_its_scripts_make(name: str) -> None:
    if name == "base.docx":
        made = runpy.run_path(str(ROOT / "tools/build_base_docx.py"))["build"]()
    else:
        tool = runpy.run_path(str(ROOT / "tools/build_marks.py"))
        made = tool["png"](tool[name[5:-4]])
    assert (THEME / name).read_bytes() == made


def test_brand_is_readable_and_everywhere() -> None:
    pale = written(brand=Brand("#ffee00"))
    assert b"FFEE00" not in pale.data
    styles = pale.zip.read("word/styles.xml")
    assert b"0F5743" not in styles
    assert b"FFEE00" not in styles


# --- Outside judges ----------------------------------------------------------------------------------


def awkward() -> Document:
    """What a sample would never hold: empty blocks, tables in a row, boxes with lists and tables."""
    table = Table(None, (Row(((Text("a"),), ())),))
    inner = (List((ListItem((Paragraph((Text("x"),)),)), ListItem(())), ordered=True), table)
    asides = tuple(Aside(kind, "Label", inner) for kind in AsideKind)
    gone = tuple(replace(aside, change=Revision.DELETED) for aside in asides)
    clause = ClauseBlock(
        "a" * 90, (Heading(3, (Text("C"),), "a" * 90), table), change=Revision.DELETED
    )
    return replace(
        sample_document(), body=(table, table, *asides, *gone, clause, Table(Row(()), ()), table)
    )


def documents(folder: Path) -> list[Path]:
    made = []
    for layout, in_force in BOTH:
        made.append(folder / f"{layout}-{in_force}.docx")
        made[-1].write_bytes(written(layout, in_force).data)
    made.append(folder / "awkward.docx")
    made[-1].write_bytes(DocxWriter().write(awkward()))
    return made


@pytest.mark.slow
def test_both_validators_find_nothing(tmp_path: Path) -> None:
    paths = documents(tmp_path)
    assert [fault for path in paths for fault in openxml_audit(path)] == []
    assert ooxml_validate(paths) == []


def test_python_docx_reads_it() -> None:
    for layout, in_force in BOTH:
        read = docx.Document(BytesIO(written(layout, in_force).data))
        assert read.core_properties.title == sample_document(layout).meta.title
        assert any(p.style.name == "Heading 1" for p in read.paragraphs)


@pytest.mark.slow
def test_libreoffice_loads_it(tmp_path: Path) -> None:
    reader, paths = outside_tool("pdftotext"), documents(tmp_path)
    assert libreoffice(paths, tmp_path) == []
    for path in paths[:-1]:
        shown = subprocess.run(
            [reader, "-layout", path.with_suffix(".pdf"), "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert HOSTILE in " ".join(shown.split()) or path.stem.startswith("poster")
        pages = shown.count("\f")
        assert (
            pages
            in {"book": range(5, 10), "brief": range(2, 5), "poster": range(1, 3)}[
                path.stem.split("-")[0]
            ]
        )
        assert f"of {pages}" in shown or path.stem.startswith("poster")
