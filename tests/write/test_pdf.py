"""The PDF file: what PDF/UA asks for, what a screen reader hears, and what must not leak into it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.abc import MetaPathFinder
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from organisations import heard
from pdf_reader import Element, Pdf
from sample import COUNCIL, HOSTILE, LOGO, TITLE, sample_document

from policygen.model.document import Brand
from policygen.problems import Level, PolicygenError
from policygen.write.pdf import press
from policygen.write.pdf import tags as pdf_tags
from policygen.write.pdf.press import locked_fetcher
from policygen.write.pdf.writer import PdfWriter, render
from policygen.write.writer import THEME

LAYOUTS = ["book", "brief", "poster"]
EVERY = [(layout, in_force) for layout in LAYOUTS for in_force in (True, False)]


@cache
def made(layout: str = "book", in_force: bool = True) -> tuple[bytes, tuple[str, ...]]:
    data, _, messages, _ = render(sample_document(layout, in_force))
    return data, tuple(m.getMessage() for m in messages)


@cache
def read(layout: str = "book", in_force: bool = True) -> Pdf:
    return Pdf(made(layout, in_force)[0])


def say(element: Element) -> str:
    return " ".join(element.text.split())


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "in_force"), EVERY)
def test_weasyprint_has_nothing_to_say(layout: str, in_force: bool) -> None:
    assert made(layout, in_force)[1] == ()


@pytest.mark.slow
def test_weasyprint_has_nothing_to_say_of_the_style_sheet() -> None:
    """It is read once, before any document is printed."""
    press.press_for.cache_clear()
    with heard() as said:
        press.press_for(sample_document("poster").brand.theme)
    assert said == []


@pytest.mark.slow
def test_weasyprint_messages_are_collected_and_errors_are_raised() -> None:
    broken = replace(
        sample_document("poster"), brand=Brand("", b"<svg not a picture", "image/svg+xml")
    )
    assert any(m.levelno == logging.ERROR for m in render(broken)[2])
    with pytest.raises(PolicygenError, match=r"The PDF of \".*\" is not whole"):
        PdfWriter().write(broken)


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_catalogue_is_that_of_an_accessible_pdf(layout: str) -> None:
    root = read(layout).file.Root
    assert str(root.Lang) == "en-NZ"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert [str(intent.S) for intent in root.OutputIntents] == ["/GTS_PDFA1"]
    assert all(page.get("/Tabs") == "/S" for page in read(layout).pages if "/Annots" in page)
    with read(layout).file.open_metadata() as xmp:
        assert (xmp["pdfuaid:part"], xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == (
            "1",
            "2",
            "A",
        )
        assert xmp["dc:title"].startswith(TITLE)


@pytest.mark.slow
def test_metadata_and_dates_come_from_the_document_alone() -> None:
    info = read().file.docinfo
    assert str(info["/Title"]) == f"{TITLE}: full story. {COUNCIL}"
    assert str(info["/Author"]) == COUNCIL
    assert str(info["/Subject"]) == f"{TITLE}, for the people who put it into practice."
    assert HOSTILE in str(info["/Keywords"])
    assert str(info["/CreationDate"]).startswith("D:20261207")
    sample = sample_document("poster")
    undated = Pdf(PdfWriter().write(replace(sample, meta=replace(sample.meta, dated=None))))
    assert "/CreationDate" not in undated.file.docinfo


@pytest.mark.parametrize(("layout", "in_force"), EVERY)
def test_headings_open_with_h1_and_skip_no_level(layout: str, in_force: bool) -> None:
    levels = [int(h.kind[1]) for h in read(layout, in_force).tree.find("H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lists_hold_items_and_items_hold_labels_and_bodies(layout: str) -> None:
    lists = read(layout).tree.find("L")
    assert lists
    for element in lists:
        assert {kid.kind for kid in element.kids} == {"LI"}
        for item in element.kids:
            assert {kid.kind for kid in item.kids} <= {"Lbl", "LBody"}
            assert [kid.kind for kid in item.kids].count("LBody") == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_header_cell_says_what_it_heads(layout: str) -> None:
    tables = read(layout).tree.find("Table")
    assert tables
    for table in tables:
        for part, scope in (("THead", "/Column"), ("TBody", "/Row")):
            for header in (th for p in table.find(part) for th in p.find("TH")):
                assert header.raw.A.Scope == scope
                assert header.text.strip()
        assert len({len(row.kids) for row in table.find("TR")}) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_links_hold_characters_only_and_annotations_describe_themselves(layout: str) -> None:
    assert all(not link.kids for link in read(layout).tree.find("Link"))
    for page in read(layout).pages:
        for annotation in page.get("/Annots", []):
            assert str(annotation.Contents)
            assert "/StructParent" in annotation


@pytest.mark.parametrize("layout", LAYOUTS)
def test_decoration_is_no_figure(layout: str) -> None:
    figures = read(layout).tree.find("Figure")
    assert all("/Alt" in figure.raw for figure in figures)
    codes = ["Code to scan"] if layout == "poster" else []  # which says something
    assert [str(figure.raw.Alt).partition(":")[0] for figure in figures] == codes


def test_other_languages_reach_the_structure() -> None:
    spoken = {
        str(e.raw.Lang): say(e)
        for e in read().tree.walk()
        if "/Lang" in e.raw and e.kind in ("Span", "Sect", "Art")
    }
    assert spoken["cy"].startswith("3 Yr iaith Gymraeg")
    assert "ā, ē, ī, ō, ū." in spoken["mi"]
    assert any(say(e) == "Kia ora" for e in read().tree.walk() if e.raw.get("/Lang") == "mi")


def test_hostile_values_print_as_they_are() -> None:
    tree = read().tree
    for kind in ("H2", "TD"):
        assert any(HOSTILE in say(element) for element in tree.find(kind)), kind
    links = [say(link) for link in tree.find("Link")]
    assert HOSTILE in " ".join(links)


@pytest.mark.parametrize(("layout", "in_force"), EVERY)
def test_fonts_are_our_own_embedded_and_mapped(layout: str, in_force: bool) -> None:
    fonts = {
        f.objgen: f
        for page in read(layout, in_force).pages
        for f in page.Resources.get("/Font", {}).values()
    }
    assert fonts
    for font in fonts.values():
        assert "Public-Sans" in str(font.BaseFont)  # none has stepped in for a missing character
        assert "/ToUnicode" in font
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_the_outline_names_every_heading() -> None:
    with read().file.open_outline() as outline:
        (title,) = outline.root
        sections = [item.title for item in title.children]
    assert title.title == TITLE
    assert sections[:3] == ["Contents", "How to read this policy", "1 Who you are online"]


def test_the_contents_list_gives_the_right_pages() -> None:
    places = read().destinations()
    contents = next(e for e in read().tree.find("L") if say(e).startswith("1 Who you are online"))
    printed = [say(item).rsplit(" ", 1) for item in contents.kids]
    anchors = [
        "identity",
        "you-online.declare-affiliation",
        "identity.pseudonyms",
        "you-online.security-exception",
    ]
    assert [page for _, page in printed[:4]] == [str(places[anchor]) for anchor in anchors]
    heads = {say(h): read().page_number(h.raw.Pg) for h in read().tree.find("H2", "H3")}
    for words, page in printed:
        assert page == str(
            next(
                number
                for head, number in heads.items()
                if words in head.replace("‹", "").replace("›", "")
            )
        )


def test_every_page_but_the_cover_is_numbered_and_the_poster_is_one_page() -> None:
    assert [len(read("poster", in_force).pages) for in_force in (True, False)] == [1, 1]
    assert len(read("brief").pages) <= 4


def test_running_lines_cannot_break_out_of_their_style() -> None:
    document = sample_document("brief")
    trap = 'a"; } </style><h1>x</h1> \\" {page} \n'
    data, _, messages, _ = render(
        replace(document, running=replace(document.running, control=trap, page=trap))
    )
    assert messages == []
    assert len(Pdf(data).tree.find("H1")) == 1


@pytest.mark.slow
def test_the_same_document_gives_the_same_bytes_whatever_was_made_before() -> None:
    first = PdfWriter().write(sample_document("poster"))
    PdfWriter().write(sample_document("brief", in_force=False))
    assert PdfWriter().write(sample_document("poster")) == first


@pytest.mark.slow
def test_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys; from hashlib import sha256; from policygen.write.pdf.writer import PdfWriter; "
        "from sample import sample_document; print(sha256(PdfWriter().write(sample_document('book'))).hexdigest())"
    )
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"  # another than here
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == sha256(made()[0]).hexdigest()


# --- What may be read ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        f"{THEME.as_uri()}/../../../../../../../../etc/passwd",
        f"{THEME.as_uri()}/%2e%2e/html.py",
        "file://localhost/etc/passwd",
        "http://127.0.0.1:9/x",
        "https://127.0.0.1:9/x",
        "ftp://127.0.0.1:9/x",
    ],
)
def test_the_fetcher_reads_nothing_but_the_theme(url: str) -> None:
    with pytest.raises(ValueError, match=r"Only the theme's own files|disallowed protocol"):
        locked_fetcher().fetch(url)


def test_the_fetcher_follows_no_link_out_of_the_theme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "secret.css").write_text("secret")
    (tmp_path / "theme" / "own.css").write_text("own")
    (tmp_path / "theme" / "link.css").symlink_to(tmp_path / "secret.css")
    monkeypatch.setattr(press, "THEME", tmp_path / "theme")
    assert locked_fetcher().fetch((tmp_path / "theme" / "own.css").as_uri()).read() == b"own"
    with pytest.raises(ValueError, match="Only the theme's own files"):
        locked_fetcher().fetch((tmp_path / "theme" / "link.css").as_uri())


def test_the_fetcher_reads_fonts_and_data() -> None:
    font = (THEME / "fonts" / "PublicSans-Regular.ttf").as_uri()
    assert locked_fetcher().fetch(font).read(4) == b"\x00\x01\x00\x00"
    assert locked_fetcher().fetch("data:text/plain,x").read() == b"x"


def test_a_logo_cannot_draw_files_of_the_builder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_bytes(LOGO)
    picture = f"<image href='{secret.as_uri()}' width='9' height='9'/>"
    spy = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{picture}</svg>"
    *_, messages, _ = render(
        replace(sample_document("poster"), brand=Brand("", spy.encode(), "image/svg+xml"))
    )
    assert any("Only the theme's own files" in m.getMessage() for m in messages)


# --- When something is missing -------------------------------------------------------------------------


class NoPango(MetaPathFinder):
    """Makes `import weasyprint` fail as it does without Pango."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name == "weasyprint":
            print("WeasyPrint could not import some external libraries.")
            raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    press.press_for.cache_clear()
    yield
    press.press_for.cache_clear()


@pytest.mark.usefixtures("without_pango")
def test_without_pango_a_warning_names_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PolicygenError) as caught:
        PdfWriter().write(sample_document("poster"))
    (problem,) = caught.value.problems
    assert problem.level is Level.WARNING
    assert "other formats" in problem.what
    for words in (
        "apt install libpango-1.0-0",
        "dnf install pango",
        "apk add pango",
        "brew install pango",
        "pacman -S mingw-w64-ucrt-x86_64-pango",
    ):
        assert words in problem.mend
    assert capsys.readouterr() == ("", "")


def test_the_search_for_libraries_is_put_back() -> None:
    import ctypes.util

    find = ctypes.util.find_library
    with press._quick_import():
        pass
    assert ctypes.util.find_library is find


def test_an_unknown_weasyprint_is_not_mended_blindly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.__version__", "71.0")
    with pytest.raises(pdf_tags.UnknownWeasyPrint), pdf_tags.mended():
        pass


@pytest.mark.slow
def test_without_mending_the_tags_would_be_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, WeasyPrint has learned to do it: take that mending out."""
    monkeypatch.setattr(pdf_tags, "_mend", lambda *_: None)
    pdf = Pdf(PdfWriter().write(sample_document()))
    tree = pdf.tree
    assert any("/Scope" not in th.raw.get("/A", pikepdf.Dictionary()) for th in tree.find("TH"))
    assert any(kid.kind == "Div" for item in tree.find("LI") for kid in item.kids)
    assert all("/Lang" not in element.raw for element in tree.walk())


def short_lines(mend: Callable[[str], str]) -> int:
    """How often a line ends after its first word although the next would fit, over many widths."""
    import weasyprint
    from weasyprint.formatting_structure import boxes

    text = (
        "<p>Be as civil online as at the front desk, to critics most of all. <span>(3.2)</span></p>"
    )
    found = 0
    for width in range(330, 370):
        html = mend(f"<style>p {{ width: {width}pt; font: 12pt sans-serif }}</style>{text}")
        page = weasyprint.HTML(string=html).render().pages[0]
        lines = [box for box in page._page_box.descendants() if isinstance(box, boxes.LineBox)]
        words = [
            "".join(b.text for b in line.descendants() if isinstance(b, boxes.TextBox))
            for line in lines
        ]
        found += words[0].strip() == "Be"
    return found


@pytest.mark.slow
def test_a_space_before_an_element_keeps_its_line() -> None:
    """If the second line fails, WeasyPrint has learned to do it: take `spaced` out."""
    assert short_lines(pdf_tags.spaced) == 0
    assert short_lines(lambda html: html) > 0


@pytest.mark.slow
def test_without_its_claim_a_pdf_would_not_say_that_it_is_accessible(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """If this fails, WeasyPrint has learned to do it: take `claim_accessible` out."""
    monkeypatch.setattr("policygen.write.pdf.writer.claim_accessible", lambda metadata: None)
    with Pdf(PdfWriter().write(sample_document("poster"))).file.open_metadata() as xmp:
        assert (xmp.get("pdfuaid:part"), xmp["pdfaid:part"]) == (None, "2")


def test_changed_metadata_are_not_claimed_blindly() -> None:
    class Metadata:
        def generate_rdf_metadata(self) -> bytes:
            return b"<x/>"

    metadata = Metadata()
    pdf_tags.claim_accessible(metadata)
    with pytest.raises(pdf_tags.UnknownWeasyPrint):
        metadata.generate_rdf_metadata()
