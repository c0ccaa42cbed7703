"""What keeps a PDF from being accessible, as far as a program can tell: PDF/UA-1 and PDF/A-2a, fault by fault."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pdf_reader import Element, Pdf

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
CLAIMS = {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}


def faults(pdf: Pdf) -> list[str]:
    """One line for each fault; none where the file is sound."""
    return [*_catalogue(pdf), *_pages(pdf), *_headings(pdf), *_elements(pdf), *_fonts(pdf)]


def _catalogue(pdf: Pdf) -> Iterator[str]:
    root = pdf.file.Root
    if not str(root.get("/Lang", "")):
        yield "the document has no language"
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "the document is not marked as tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "a viewer shows the file's name, not its title"
    if [str(intent.S) for intent in root.get("/OutputIntents", [])] != ["/GTS_PDFA1"]:
        yield "there is no output intent"
    with pdf.file.open_metadata() as xmp:
        for claim, value in CLAIMS.items():
            if xmp.get(claim) != value:
                yield f"{claim} is {xmp.get(claim)}"
        if not xmp.get("dc:title") or xmp["dc:title"] != str(pdf.file.docinfo.get("/Title")):
            yield "the document has no title, or two"


def _pages(pdf: Pdf) -> Iterator[str]:
    if pdf.loose.strip():
        yield f"text stands outside the structure: {pdf.loose[:60]}"
    for page in pdf.pages:
        annotations = page.get("/Annots", [])
        if len(annotations) and page.get("/Tabs") != "/S":
            yield f"page {pdf.page_number(page)}: the tab key does not follow the structure"
        for annotation in annotations:
            if not str(annotation.get("/Contents", "")):
                yield f"page {pdf.page_number(page)}: a link does not say where it leads"
            if "/StructParent" not in annotation:
                yield f"page {pdf.page_number(page)}: a link is not part of the structure"


def _headings(pdf: Pdf) -> Iterator[str]:
    found = pdf.tree.find(*HEADINGS)
    levels = [int(heading.kind[1]) for heading in found]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "the first heading is not the only one of level 1"
    if any(below - above > 1 for above, below in pairwise(levels)):
        yield "a level of heading is skipped"
    if any(not heading.text.strip() for heading in found):
        yield "a heading is empty"
    with pdf.file.open_outline() as outline:
        named = [_letters(title) for title in _titles(outline.root)]
    if missing := [heading.text for heading in found if _letters(heading.text) not in named]:
        yield f"the outline lacks {missing}"


def _titles(items: Any) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def _letters(text: str) -> str:
    """Without spaces and without the brackets around what has changed, which an outline leaves out."""
    return "".join(
        character for character in text if not character.isspace() and character not in "‹›[]"
    )


def _elements(pdf: Pdf) -> Iterator[str]:
    for element in pdf.tree.walk():
        match element.kind:
            case "Figure":
                if not str(element.raw.get("/Alt", "")):
                    yield "a picture has no words"
            case "Link":
                if element.kids:
                    yield f"a link holds elements: {element.text}"
            case "L":
                if {kid.kind for kid in element.kids} != {"LI"}:
                    yield f"a list does not hold items alone: {element.text[:60]}"
            case "LI":
                kinds = [kid.kind for kid in element.kids]
                if not set(kinds) <= {"Lbl", "LBody"} or kinds.count("LBody") != 1:
                    yield f"an item of a list is not a label and a body: {element.text[:60]}"
            case "Table":
                yield from _table(element)


def _table(table: Element) -> Iterator[str]:
    for header in table.find("TH"):
        if str(header.raw.get("/A", {}).get("/Scope", "")) not in ("/Row", "/Column"):
            yield f"a header cell does not say what it heads: {header.text}"
        if not header.text.strip():
            yield "a header cell is empty"
    if len({len(row.kids) for row in table.find("TR")}) != 1:
        yield f"a table has gaps: {table.text[:60]}"


def _fonts(pdf: Pdf) -> Iterator[str]:
    fonts = {
        font.objgen: font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()
    }
    if not fonts:
        yield "there are no fonts"
    for font in fonts.values():
        if "Public-Sans" not in str(font.BaseFont):
            yield f"another font has stepped in for a missing character: {font.BaseFont}"
        if "/FontFile2" not in font.DescendantFonts[0].FontDescriptor:
            yield f"{font.BaseFont} is not embedded"
        if "/ToUnicode" not in font:
            yield f"{font.BaseFont} does not say which characters it shows"
    if pdf.unknown:
        yield f"{len(pdf.unknown)} glyphs stand for no character"
