"""Each guard of the printed files is tripped once: a fault is planted, and the guard must see it.

The guards of the pages in a browser are tripped beside them, in test_accessible.py and test_keyboard.py.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from judges import (
    libreoffice,
    ooxml_validate,
    openxml_audit,
    pdfa,
    poppler_tags,
    poppler_text,
    qpdf,
)
from organisations import EXAMPLES, ROOT, heard, policies
from pdf_faults import faults
from pdf_reader import NOTDEF, Element, Pdf, characters
from sample import sample_document

from policygen.lint.budget import pages_fault
from policygen.model.document import Brand, Paragraph, Text
from policygen.write.docx.writer import DocxWriter
from policygen.write.pdf.writer import PdfWriter, render

# --- PDF ---------------------------------------------------------------------------------------------


@cache
def sound() -> bytes:
    return PdfWriter().write(sample_document("brief"))


@pytest.mark.slow
def test_a_sound_pdf_has_no_faults() -> None:
    assert faults(Pdf(sound())) == []


@pytest.mark.slow
def test_the_validator_of_pdfa_finds_nothing_in_a_sound_one() -> None:
    assert pdfa(sound()) == []


def _without_font_file(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    del font.DescendantFonts[0].FontDescriptor["/FontFile2"]


def _with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")


def _without_colour_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


def _claim_another_part(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as xmp:
        xmp["pdfaid:part"] = "3"


PDFA_FAULTS: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "no colour profile": _without_colour_profile,
    "a font that is not embedded": _without_font_file,
    "a script": _with_script,
    "a claim of another part": _claim_another_part,
}


@pytest.mark.parametrize("fault", PDFA_FAULTS)
def test_the_validator_of_pdfa_sees(fault: str) -> None:
    broken = BytesIO()
    with pikepdf.open(BytesIO(sound())) as pdf:
        PDFA_FAULTS[fault](pdf)
        pdf.save(broken)
    assert pdfa(broken.getvalue()) != []


def first(pdf: Pdf, kind: str) -> Element:
    return pdf.tree.find(kind)[0]


def font(pdf: Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def annotation(pdf: Pdf) -> pikepdf.Object:
    return next(page.Annots[0] for page in pdf.pages if "/Annots" in page)


def draw(pdf: Pdf, glyph: bytes, marks: tuple[str, str] = ("", "")) -> None:
    """Show a glyph on the first page; `marks` open and close marked content."""
    name = next(iter(pdf.pages[0].Resources.Font))
    pdf.pages[0].contents_add(
        f"{marks[0]} BT {name} 9 Tf <{glyph.hex()}> Tj ET {marks[1]}".encode()
    )


def claim(pdf: Pdf, name: str, value: str | None) -> None:
    with pdf.file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if value is None:
            del xmp[name]
        else:
            xmp[name] = value


def rename(element: Element, kind: str) -> None:
    element.raw.S = pikepdf.Name(kind)


FAULTS: dict[str, tuple[Callable[[Pdf], object], str]] = {
    "language": (lambda pdf: pdf.file.Root.__delitem__("/Lang"), "has no language"),
    "tagged": (
        lambda pdf: pdf.file.Root.MarkInfo.__setitem__("/Marked", False),
        "not marked as tagged",
    ),
    "title shown": (
        lambda pdf: pdf.file.Root.ViewerPreferences.__delitem__("/DisplayDocTitle"),
        "the file's name",
    ),
    "title": (lambda pdf: pdf.file.docinfo.__delitem__("/Title"), "no title"),
    "output intent": (lambda pdf: pdf.file.Root.__delitem__("/OutputIntents"), "output intent"),
    "PDF/UA": (lambda pdf: claim(pdf, "pdfuaid:part", None), "pdfuaid:part is None"),
    "PDF/A": (lambda pdf: claim(pdf, "pdfaid:part", "3"), "pdfaid:part is 3"),
    "PDF/A level": (lambda pdf: claim(pdf, "pdfaid:conformance", "B"), "pdfaid:conformance is B"),
    "tab order": (
        lambda pdf: [page.__delitem__("/Tabs") for page in pdf.pages if "/Tabs" in page],
        "the tab key",
    ),
    "link's words": (lambda pdf: annotation(pdf).__delitem__("/Contents"), "where it leads"),
    "link's place": (
        lambda pdf: annotation(pdf).__delitem__("/StructParent"),
        "not part of the structure",
    ),
    "loose text": (
        lambda pdf: draw(pdf, next(iter(characters(font(pdf))))),
        "outside the structure",
    ),
    "no H1": (lambda pdf: rename(first(pdf, "H1"), "/H2"), "not the only one of level 1"),
    "second H1": (lambda pdf: rename(first(pdf, "H2"), "/H1"), "not the only one of level 1"),
    "skipped level": (lambda pdf: rename(first(pdf, "H2"), "/H4"), "skipped"),
    "empty heading": (lambda pdf: first(pdf, "H2").raw.__delitem__("/K"), "a heading is empty"),
    "outline": (lambda pdf: pdf.file.Root.__delitem__("/Outlines"), "the outline lacks"),
    "picture": (lambda pdf: rename(first(pdf, "P"), "/Figure"), "a picture has no words"),
    "link's kids": (lambda pdf: rename(first(pdf, "LI"), "/Link"), "a link holds elements"),
    "list": (lambda pdf: rename(first(pdf, "LI"), "/P"), "does not hold items alone"),
    "item": (lambda pdf: rename(first(pdf, "LBody"), "/Div"), "not a label and a body"),
    "scope": (lambda pdf: first(pdf, "TH").raw.__delitem__("/A"), "does not say what it heads"),
    "empty header": (lambda pdf: first(pdf, "TH").raw.__delitem__("/K"), "a header cell is empty"),
    "ragged table": (lambda pdf: first(pdf, "TR").raw.K.__delitem__(0), "has gaps"),
    "other font": (
        lambda pdf: font(pdf).__setitem__("/BaseFont", pikepdf.Name("/Other")),
        "stepped in",
    ),
    "font left out": (
        lambda pdf: font(pdf).DescendantFonts[0].FontDescriptor.__delitem__("/FontFile2"),
        "embedded",
    ),
    "font unmapped": (lambda pdf: font(pdf).__delitem__("/ToUnicode"), "which characters it shows"),
    "missing glyph": (
        lambda pdf: draw(pdf, NOTDEF, ("/Artifact BMC", "EMC")),
        "stand for no character",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_pdf_is_seen(name: str) -> None:
    plant, words = FAULTS[name]
    pdf = Pdf(sound())
    plant(pdf)
    changed = BytesIO()
    pdf.file.save(changed)
    assert any(words in fault for fault in faults(Pdf(changed.getvalue())))


def test_a_character_that_the_fonts_lack_is_seen() -> None:
    """Whichever font of the computer steps in, or an empty box."""
    document = replace(sample_document("poster"), body=(Paragraph((Text("A snowman: ☃"),)),))
    assert any(
        "stepped in" in fault or "no character" in fault
        for fault in faults(Pdf(PdfWriter().write(document)))
    )


def test_what_weasyprint_says_is_heard() -> None:
    with heard() as said:
        render(
            replace(
                sample_document("poster"), brand=Brand("", b"<svg not a picture", "image/svg+xml")
            )
        )
    assert said


def test_qpdf_sees_a_torn_file(tmp_path: Path) -> None:
    (tmp_path / "it.pdf").write_bytes(sound())
    assert qpdf(tmp_path / "it.pdf") == []
    (tmp_path / "it.pdf").write_bytes(sound()[:-500])
    assert qpdf(tmp_path / "it.pdf")


@pytest.mark.slow
def test_another_reader_finds_the_same_tags_and_words_and_sees_what_is_not_tagged(
    tmp_path: Path,
) -> None:
    path, poster = tmp_path / "it.pdf", sample_document("poster")
    with_table = replace(poster, body=poster.body[1:2])  # Poppler takes seconds for a whole page
    path.write_bytes(PdfWriter().write(with_table))
    pdf = Pdf(path.read_bytes())
    tags, words = [element.kind for element in pdf.tree.walk()], "".join(pdf.tree.text.split())
    assert poppler_tags(path) == tags
    assert poppler_text(path) == words
    rename(first(pdf, "H2"), "/P")
    del first(pdf, "TD").raw.K
    pdf.file.save(path)
    assert poppler_tags(path) != tags
    assert len(poppler_text(path)) < len(words)


@pytest.mark.parametrize("edition", ["overview", "snapshot", "house-rules", "principles"])
def test_a_page_too_many_is_seen(edition: str) -> None:
    policy = policies(EXAMPLES[0])[0]
    most = policy.outline.editions[edition].pages
    assert most
    assert not list(pages_fault(policy, edition, most))
    assert list(pages_fault(policy, edition, most + 1))


# --- DOCX --------------------------------------------------------------------------------------------


def package(change: Callable[[bytes], bytes], folder: Path) -> Path:
    """A short DOCX with another `document.xml`."""
    path, made = folder / "it.docx", BytesIO(DocxWriter().write(sample_document("poster")))
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, change(old.read(name)) if name == "word/document.xml" else old.read(name)
            )
    return path


@pytest.mark.slow
def test_both_validators_see_an_element_that_word_does_not_know(tmp_path: Path) -> None:
    path = package(
        lambda xml: xml.replace(b"<w:body>", b"<w:body><w:p><w:nonsense/></w:p>"), tmp_path
    )
    assert openxml_audit(path)
    assert ooxml_validate([path])


@pytest.mark.slow
def test_libreoffice_does_not_open_a_torn_file(tmp_path: Path) -> None:
    path = tmp_path / "it.docx"
    path.write_bytes(DocxWriter().write(sample_document("poster"))[:2000])
    assert libreoffice([path], tmp_path)


# --- Kept files --------------------------------------------------------------------------------------


def test_a_file_that_is_stale_or_missing_is_seen(request: pytest.FixtureRequest) -> None:
    """By the fixture that holds examples/ and tests/golden/; with --golden, which renews them, this is not run."""
    golden = request.getfixturevalue("golden")
    kept = ROOT / "examples" / EXAMPLES[0] / "overview.md"
    golden(kept, kept.read_bytes())
    with pytest.raises(pytest.fail.Exception, match="is stale"):
        golden(kept, kept.read_bytes() + b"more\n")
    with pytest.raises(pytest.fail.Exception, match="is missing"):
        golden(kept.with_name("nothing.md"), b"")
