"""A value that runs from right to left turns nothing round beside it, in DOCX and in Markdown."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from judges import libreoffice, openxml_audit
from lxml import etree
from sample import sample_document
from tools import outside_tool
from tracked import Tracked

from policygen.diff.blocks import Redline
from policygen.model.bidi import split_by_direction
from policygen.model.document import (
    Blocks,
    Contents,
    Document,
    Heading,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
    Value,
)
from policygen.write.docx.writer import DocxWriter
from policygen.write.markdown.writer import MarkdownWriter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEBREW, ARABIC = "בית ספר (צפון)", "بلدية القدس (شمال)"
MIXED = "ABC שלום!"
PLAIN = "Fenwick (north)"
OPEN, CLOSE = "\u2068", "\u2069"  # first strong isolate, pop directional isolate


def sentence(name: str) -> Paragraph:
    value = Value("organisation.name", name)
    return Paragraph((Text("Write to "), value, Text(" 3 days before, or 14.")))


def document(*blocks: Any, organisation: str = PLAIN) -> Document:
    sample = sample_document("book")
    head = replace(sample.masthead, organisation=organisation, local_names=(), cover=False)
    running = replace(sample.running, organisation=organisation)
    return replace(sample, body=blocks, masthead=head, running=running)


def part(data: bytes, path: str = "word/document.xml") -> Any:
    with ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(path))


def runs(data: bytes, path: str = "word/document.xml") -> list[tuple[str, bool]]:
    """The characters of every run, and whether it says that it runs from right to left."""
    found = part(data, path).iter(f"{W}r")
    return [
        (
            "".join(t.text for t in run.iter(f"{W}t", f"{W}delText")),
            run.find(f"{W}rPr/{W}rtl") is not None,
        )
        for run in found
    ]


@pytest.mark.parametrize("name", [HEBREW, ARABIC])
def test_a_name_is_a_run_of_its_own_within_isolates(name: str) -> None:
    found = runs(DocxWriter().write(document(sentence(name))))
    at = found.index((name, True))
    assert [characters for characters, _ in found[at - 2 : at + 3]] == [
        "Write to ",
        OPEN,
        name,
        CLOSE,
        " 3 days before, or 14.",
    ]
    assert [rtl for _, rtl in found[at - 2 : at + 3]] == [False, False, True, False, False]


def test_of_a_name_that_begins_from_the_left_only_the_letters_run_from_the_right() -> None:
    found = runs(DocxWriter().write(document(sentence(MIXED))))
    at = found.index((OPEN, False))
    assert found[at : at + 5] == [
        (OPEN, False),
        ("ABC ", False),
        ("שלום", True),
        ("!", False),
        (CLOSE, False),
    ]


def test_words_of_the_library_are_not_isolated_but_say_how_they_run() -> None:
    found = runs(DocxWriter().write(document(Paragraph((Text(f"Say {HEBREW} 3 times"),)))))
    assert (HEBREW.removesuffix(")"), True) in found
    assert not any(OPEN in characters for characters, _ in found)


def test_an_ordinary_value_is_untouched() -> None:
    data = DocxWriter().write(document(sentence(PLAIN), organisation=PLAIN))
    raw = etree.tostring(part(data), encoding="unicode")
    assert not any(mark in raw for mark in (OPEN, CLOSE, "w:rtl"))
    markdown = MarkdownWriter().write(document(sentence(PLAIN))).decode()
    assert f"Write to {PLAIN} 3 days before, or 14." in markdown


@pytest.mark.parametrize("name", [HEBREW, ARABIC, MIXED])
def test_markdown_isolates_a_name(name: str) -> None:
    table = Table(Row(((Text("Who"),),)), (Row(((Value("x", name),),)),))
    markdown = MarkdownWriter().write(document(sentence(name), table, organisation=name)).decode()
    isolated = f"{OPEN}{name}{CLOSE}".replace("!", "!")
    assert f"Write to {isolated} 3 days before, or 14." in markdown
    assert f"| {isolated} |" in markdown
    assert f"**{isolated}**" in markdown.split("\n\n")[1]


def test_the_head_and_the_running_lines_isolate_the_organisation() -> None:
    data = DocxWriter().write(document(sentence(PLAIN), organisation=HEBREW))
    assert (HEBREW, True) in runs(data)
    assert (HEBREW, True) in runs(data, "word/header1.xml")


def test_the_contents_list_isolates_a_name_within_a_heading() -> None:
    heading = Heading(2, (Text("Write to "), Strong((Value("x", HEBREW),)), Text(" 3 days")), "h")
    data = DocxWriter().write(document(Contents("Contents"), heading))
    words = ["".join(p.itertext(f"{W}t")) for p in part(data).iter(f"{W}p")]
    assert words.count(f"Write to {OPEN}{HEBREW}{CLOSE} 3 days") == 2


@pytest.mark.parametrize(("old", "new"), [(PLAIN, HEBREW), (HEBREW, ARABIC), (ARABIC, PLAIN)])
def test_tracked_changes_settle_to_either_name(old: str, new: str) -> None:
    before: Blocks = (sentence(old),)
    after: Blocks = (sentence(new),)
    reviser = replace(sample_document().meta, reviser="Compared")

    def written(blocks: Blocks) -> bytes:
        return DocxWriter().write(replace(document(*blocks), meta=reviser))

    made = Tracked(written(tuple(Redline().blocks(before, after))))
    assert made.accepted() == Tracked(written(after)).lines()
    assert made.rejected() == Tracked(written(before)).lines()
    assert made.changes()
    assert made.faults() == []


@pytest.mark.slow
def test_validators_and_libreoffice_take_it(tmp_path: Path) -> None:
    """LibreOffice prints the numbers after the name, and the bracket at the name's end."""
    path = tmp_path / "names.docx"
    blocks = (sentence(HEBREW), sentence(ARABIC), sentence(MIXED))
    path.write_bytes(DocxWriter().write(document(*blocks, organisation=ARABIC)))
    assert openxml_audit(path) == []
    reader = outside_tool("pdftotext")
    assert libreoffice([path], tmp_path) == []
    command = [reader, "-bbox", path.with_suffix(".pdf"), "-"]
    boxes = etree.fromstring(
        subprocess.run(command, capture_output=True, check=True).stdout, etree.HTMLParser()
    )
    lines: dict[float, list[tuple[float, str]]] = {}
    for word in boxes.iter("{*}word"):
        place = round(float(word.get("ymin")))
        lines.setdefault(place, []).append((float(word.get("xmin")), word.text or ""))
    ordered = [[text for _, text in sorted(line)] for line in lines.values()]
    sentences = [line for line in ordered if line[:2] == ["Write", "to"]]
    assert len(sentences) == 3
    for line in sentences:
        assert [word for word in line if word.isascii()][2:7] == [
            "3",
            "days",
            "before,",
            "or",
            "14.",
        ]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("plain", [("plain", False)]),
        (HEBREW, [(HEBREW.removesuffix(")"), True), (")", False)]),
        ("a ב ג c", [("a ", False), ("ב ג", True), (" c", False)]),
        ("ב1 2ג", [("ב1 2ג", True)]),
        ("", []),
    ],
)
def test_split_by_direction(text: str, stretches: list[tuple[str, bool]]) -> None:
    assert list(split_by_direction(text)) == stretches
