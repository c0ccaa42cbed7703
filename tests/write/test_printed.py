"""Real policies as printed: what the writers make of the example organisations, and of a hostile one."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from docx_reader import Docx
from lxml import etree
from markdown_it import MarkdownIt
from organisations import ALL, PROFILES, WHOLE, built, library, looked_at, tiers
from pdf_reader import Element, Pdf
from tools import outside_tool

from policygen import pipeline
from policygen.model.document import Document
from policygen.model.policy import Edition
from policygen.model.walk import headings, plain
from policygen.present.edition import present
from policygen.write.docx import DocxWriter
from policygen.write.docx_xml import bookmark
from policygen.write.pdf import render

HOSTILE = "A & B <script> *x* {{ y }} | z"
OWN = """# Our market

## {{ organisation.name }} and its market {#market.stalls}

### Full story

| Who | What |
|---|---|
| {{ organisation.name }} | A stall |

Write to [{{ organisation.name }}](https://www.example.org/market), or read on.
"""
EVERY = looked_at()


@cache
def document(organisation: str, edition: str) -> Document:
    _, policies, _ = pipeline.policies_of(PROFILES / organisation / "profile.yaml", library())
    return present(policies[0], edition)


@cache
def printed(organisation: str, edition: str) -> tuple[bytes, int, list[str]]:
    data, pages, messages = render(document(organisation, edition))
    return data, pages, [message.getMessage() for message in messages]


@cache
def read(organisation: str, edition: str) -> Pdf:
    return Pdf(printed(organisation, edition)[0])


@pytest.mark.parametrize(("organisation", "edition"), EVERY)
def test_weasyprint_has_nothing_to_say(organisation: str, edition: str) -> None:
    assert printed(organisation, edition)[2] == []


@pytest.mark.parametrize(("organisation", "edition"), EVERY)
def test_it_keeps_to_its_pages(organisation: str, edition: str) -> None:
    """One side, four sides, two sides. A draft's list of gaps is not held against it."""
    budget = library().outline.editions[edition].pages
    _, policies, _ = pipeline.policies_of(PROFILES / organisation / "profile.yaml", library())
    assert policies[0].gaps or not budget or printed(organisation, edition)[1] <= budget


@pytest.mark.parametrize(("organisation", "edition"), EVERY)
def test_the_tags_are_whole(organisation: str, edition: str) -> None:
    pdf = read(organisation, edition)
    levels = [int(h.kind[1]) for h in pdf.tree.find("H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    for element in pdf.tree.find("L"):
        assert all({kid.kind for kid in item.kids} <= {"Lbl", "LBody"} for item in element.kids)
    for table in pdf.tree.find("Table"):
        assert all("/Scope" in th.raw.A and th.text.strip() for th in table.find("TH"))
        assert len({len(row.kids) for row in table.find("TR")}) == 1
    with pdf.file.open_metadata() as xmp:
        assert (xmp["pdfuaid:part"], xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("1", "2", "A")


@pytest.mark.parametrize(("organisation", "edition"), EVERY)
def test_no_other_font_steps_in_for_a_missing_character(organisation: str, edition: str) -> None:
    fonts = {str(f.BaseFont) for page in read(organisation, edition).pages for f in page.Resources.Font.values()}
    assert fonts
    assert all("Public-Sans" in name for name in fonts)


@pytest.mark.parametrize("organisation", WHOLE)
def test_qpdf_finds_nothing(organisation: str, tmp_path: Path) -> None:
    path = tmp_path / "full-story.pdf"
    path.write_bytes(printed(organisation, "full-story")[0])
    done = subprocess.run([outside_tool("qpdf"), "--check", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("organisation", WHOLE)
def test_no_section_ends_a_page_with_its_lead(organisation: str, tmp_path: Path) -> None:
    path = tmp_path / "full-story.pdf"
    path.write_bytes(printed(organisation, "full-story")[0])
    shown = subprocess.run([outside_tool("pdftotext"), "-layout", path, "-"], capture_output=True, text=True).stdout
    found = headings(document(organisation, "full-story").body)
    titles = {" ".join(f"{heading.number} {plain(heading.inlines)}".split()) for heading in found}
    for page in shown.split("\f")[2:]:
        lines = [" ".join(line.split()) for line in page.strip().split("\n") if line.strip()][:-1]  # without the foot
        assert not titles & set(lines[-2:]), lines[-2:]


@pytest.mark.parametrize(("organisation", "edition"), EVERY)
def test_openxml_audit_finds_nothing(organisation: str, edition: str, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    path = tmp_path / "it.docx"
    path.write_bytes(built(organisation, edition, "docx")[0].data)
    assert not audit.OpenXmlValidator().validate(str(path)).errors


@pytest.mark.parametrize("edition", tiers())
@pytest.mark.parametrize("organisation", WHOLE)
def test_every_clause_told_bears_its_id_in_word(organisation: str, edition: str) -> None:
    xml = _xml(built(organisation, edition, "docx")[0].data)
    tags = set(xml.xpath("//w:sdt/w:sdtPr/w:tag/@w:val", namespaces=xml.nsmap))
    _, policies, _ = pipeline.policies_of(PROFILES / organisation / "profile.yaml", library())
    tier = library().outline.editions[edition].tier
    told = {c.id for s in policies[0].sections for c in s.clauses if c.told(tier)}
    assert told
    assert told <= tags


@cache
def for_the_public() -> Document:
    """A book cut by audience, whose numbers therefore have gaps."""
    _, policies, _ = pipeline.policies_of(PROFILES / "fenwick/profile.yaml", library())
    outline = policies[0].outline
    book = Edition("For all", "full-story", "book", audience="public")
    public = replace(policies[0], outline=replace(outline, editions={**outline.editions, "public": book}))
    return present(public, "public")


def test_a_book_for_the_public_does_not_say_whom_staff_ask() -> None:
    shown = {heading.anchor for heading in headings(for_the_public().body)}
    assert "about.how-to-read" in shown
    assert library().outline.front.ask not in shown


# --- Word and PDF say the same, clause by clause ------------------------------------------------------------


def squeezed(text: str) -> str:
    return "".join(text.split())


def said(element: Element) -> str:
    """The text of an element without its lists' numbers and bullets."""
    return "".join([element.own, *(said(kid) for kid in element.kids if kid.kind != "Lbl")])


def apart(pdf: Pdf) -> list[tuple[str, str]]:
    """Every clause that is a passage of its own, in pieces where it goes on overleaf.

    With each piece goes the last table's head of the one before: a table that goes on repeats it.
    """
    pieces, head = [], ""
    for article in pdf.tree.find("Art"):
        pieces.append((squeezed(said(article)), head))
        heads = article.find("THead")
        head = squeezed(said(heads[-1])) if heads else ""
    return pieces


def untold(word: Docx, pdf: Pdf) -> list[str]:
    """The ids of the clauses that Word has otherwise than the PDF, and what only the PDF has."""
    pieces, lines = apart(pdf), {squeezed(said(line)) for line in pdf.tree.find("LI", "TR")}
    missing = []
    for id, text in word.clauses().items():
        wanted, found = squeezed(text), ""
        while pieces and len(found) < len(wanted):
            piece, head = pieces[0]
            goes_on = next((p for p in (piece, piece.removeprefix(head)) if wanted.startswith(found + p)), None)
            if goes_on is None:
                break
            found += goes_on
            pieces.pop(0)
        if found != wanted and wanted not in lines:
            missing.append(id)
    return missing + [piece for piece, _ in pieces]


@pytest.mark.parametrize(("organisation", "edition"), EVERY)
def test_word_and_pdf_say_the_same_clause_by_clause(organisation: str, edition: str) -> None:
    word = Docx(built(organisation, edition, "docx")[0].data)
    assert word.clauses()
    assert untold(word, read(organisation, edition)) == []


@pytest.mark.parametrize("edition", ["house-rules", "snapshot", "overview"])
def test_one_word_more_or_less_is_seen(edition: str) -> None:
    word = Docx(built("fenwick", edition, "docx")[0].data)
    id, told = list(word.clauses().items())[3]
    said_once = next(t for t in word.body.iter("{*}t") if len(t.text) > 9 and t.text in told)
    said_once.text = said_once.text[:-2]
    assert id in untold(word, read("fenwick", edition))


# --- The numbers that Word counts ---------------------------------------------------------------------------


def numbered(document: Document) -> list[str]:
    return [" ".join(f"{h.number} {plain(h.inlines)}".split()) for h in headings(document.body)]


@pytest.mark.parametrize("organisation", ALL)
def test_word_counts_to_the_policys_numbers(organisation: str) -> None:
    """In the full story they are Word's own, so that they go on counting when a clause is put in."""
    book = document(organisation, "full-story")
    word = Docx(built(organisation, "full-story", "docx")[0].data)
    assert [" ".join(f"{number} {words}".split()) for number, words in word.headings()] == numbered(book)
    assert sum(bool(number) for number, _ in word.headings()) == sum(bool(h.number) for h in headings(book.body)) > 99
    fields = word.body.xpath("//w:fldSimple[starts-with(@w:instr, ' REF')]", namespaces=word.body.nsmap)
    assert len(fields) > 99  # "clause 4.2" in the text follows


def test_numbers_with_gaps_are_text() -> None:
    word = Docx(DocxWriter().write(for_the_public()))
    assert not any(number for number, _ in word.headings())
    assert [" ".join(words.split()) for _, words in word.headings()] == numbered(for_the_public())
    assert not word.body.xpath("//w:fldSimple", namespaces=word.body.nsmap)


def converted(data: bytes, folder: Path, *formats: str) -> dict[str, Path]:
    """What LibreOffice makes of a DOCX, by format."""
    (folder / "it.docx").write_bytes(data)
    office = [outside_tool("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    for format in formats:
        command = [*office, "--convert-to", format, "--outdir", folder / "made", folder / "it.docx"]
        subprocess.run(command, capture_output=True, check=True, timeout=300)
    return {format: folder / f"made/it.{format.partition(':')[0]}" for format in formats}


def test_libreoffice_counts_alike_and_keeps_every_clause(tmp_path: Path) -> None:
    words, data = "txt:Text (encoded):UTF8", built("fenwick", "full-story", "docx")[0].data
    made = converted(data, tmp_path, words, "docx")
    lines = {" ".join(line.split()) for line in made[words].read_text("utf-8-sig").splitlines()}
    assert set(numbered(document("fenwick", "full-story"))) <= lines
    before, after = _xml(data), _xml(made["docx"].read_bytes())
    names = set(after.xpath("//w:sdtPr/*[self::w:tag or self::w:alias]/@w:val", namespaces=before.nsmap))
    marks = set(after.xpath("//w:bookmarkStart/@w:name", namespaces=before.nsmap))
    ids = before.xpath("//w:sdtPr/w:tag/@w:val", namespaces=before.nsmap)
    assert len(ids) > 99
    assert [id for id in ids if id not in names and bookmark(id) not in marks] == []
    assert sum(id in names for id in ids) >= len(ids) - 1


# --- An organisation whose name is all markup ---------------------------------------------------------------


@cache
def hostile(format: str, folder: Path) -> bytes:
    profile = (PROFILES / "fenwick/profile.yaml").read_text()
    profile = profile.replace("name: Fenwick Borough Council", f'name: "{HOSTILE}"', 1)
    (folder / "profile.yaml").write_text(re.sub(r"^brand:.*\n(?:[ \t]+.*\n)*", "", profile, flags=re.M))
    (folder / "market.md").write_text(OWN)
    made = pipeline.generate(folder / "profile.yaml", library(), ["full-story"], [format])
    return next(file.data for file in made.files if file.edition)


def _xml(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


class _Places(HTMLParser):
    """The words of every heading, cell and link."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.found[tag] = self.found.get(tag, "") + data


def test_html_prints_it_as_it_is(tmp_path: Path) -> None:
    places = _Places()
    places.feed(hostile("html", tmp_path).decode())
    assert all(HOSTILE in places.found[tag] for tag in ("h3", "th", "a", "title"))
    assert "script" not in places.found


def test_word_prints_it_as_it_is(tmp_path: Path) -> None:
    xml = _xml(hostile("docx", tmp_path))

    def words(path: str) -> str:
        return "\n".join("".join(e.itertext(f"{{{xml.nsmap['w']}}}t")) for e in xml.xpath(path, namespaces=xml.nsmap))

    assert HOSTILE in words("//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'Heading')]]")
    assert HOSTILE in words("//w:tc//w:p")
    assert HOSTILE in words("//w:hyperlink")


def test_pdf_prints_it_as_it_is(tmp_path: Path) -> None:
    pdf = Pdf(hostile("pdf", tmp_path))
    for kind in ("H3", "TH", "Link"):
        assert any(HOSTILE in " ".join(e.text.split()) for e in pdf.tree.find(kind)), kind


def test_markdown_prints_it_as_it_is(tmp_path: Path) -> None:
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(hostile("md", tmp_path).decode())
    places = _Places()
    places.feed(html)
    assert all(HOSTILE in places.found[tag] for tag in ("h3", "td", "a"))
