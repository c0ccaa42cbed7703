"""Real policies as printed: what the writers make of the example organisations, and of a hostile one."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest
from covering import covering
from judges import ooxml_validate, openxml_audit, pdfa, poppler_tags, qpdf, verapdf
from lxml import etree
from markdown_it import MarkdownIt
from organisations import (
    ALL,
    EVERYTHING,
    PROFILES,
    built,
    editions,
    made,
    policies,
    printed,
    printed_in,
    tiers,
    workspace,
)
from pdf_faults import faults
from pdf_reader import Pdf
from tools import outside_tool

from policygen.lint.budget import pages_fault
from policygen.model import document as doc
from policygen.model.document.walk import headings, plain, walk
from policygen.model.policy import Policy
from policygen.model.word.names import bookmark
from policygen.pipeline.build import build
from policygen.present.cut import Cut
from policygen.present.edition import present

pytestmark = pytest.mark.slow

HOSTILE = "A & B <script> *x* {{ y }} | z"
OWN = """## {{ organisation.name }} and its market {#house-rules.market}

### Rule

| Who | What |
|---|---|
| {{ organisation.name }} | A stall |

Write to [{{ organisation.name }}](https://www.example.org/market), or read on.
"""


def files(organisation: str, edition: str, format: str, folder: Path) -> list[Path]:
    """One edition on disk: a file for each language."""
    paths = []
    for number, file in enumerate(built(organisation, edition, format)):
        paths.append(folder / f"{organisation}-{edition}-{number}.{format}")
        paths[-1].write_bytes(file.data)
    return paths


def test_every_organisation_and_every_edition_is_printed() -> None:
    assert {o for o, _ in printed()} == set(ALL)
    assert {e for _, e in printed()} == set(editions())


# The validator of PDF/A looks at each stroke of each page: one book is enough for `make test`, and of the others
# every organisation once and every edition.
LONGEST = [(organisation, "full-story") for organisation in ("little-marden", "rauporoa")]
BY_STROKE = covering([row for row in printed() if row not in LONGEST], lambda row: row)


@pytest.mark.parametrize(("organisation", "edition"), printed())
def test_a_pdf_is_sound(organisation: str, edition: str, tmp_path: Path) -> None:
    """Whole, tagged, its own fonts only; and another reader finds in its tags what ours does."""
    for path in files(organisation, edition, "pdf", tmp_path):
        pdf = Pdf(path.read_bytes())
        assert faults(pdf) == []
        if EVERYTHING or (organisation, edition) in BY_STROKE:
            assert pdfa(path.read_bytes()) == []
        assert qpdf(path) == []
        assert poppler_tags(path) == [element.kind for element in pdf.tree.walk()]
    assert made(organisation, edition, "pdf").said == ()


if EVERYTHING:  # `make audit` alone asks veraPDF, which takes seconds a file

    @pytest.mark.parametrize("flavour", ["ua1", "2a"])
    @pytest.mark.parametrize(("organisation", "edition"), printed())
    def test_verapdf_finds_what_is_claimed(
        organisation: str, edition: str, flavour: str, tmp_path: Path
    ) -> None:
        for path in files(organisation, edition, "pdf", tmp_path):
            assert verapdf(path, flavour) == []


@pytest.mark.parametrize(("organisation", "edition"), printed())
def test_it_keeps_to_its_pages(organisation: str, edition: str) -> None:
    """One side, four sides, two sides. A draft's list of gaps is not held against it."""
    for policy, file in zip(
        policies(organisation), built(organisation, edition, "pdf"), strict=True
    ):
        with pikepdf.open(io.BytesIO(file.data)) as pdf:
            assert list(pages_fault(policy, edition, counted(pdf))) == []


def counted(pdf: pikepdf.Pdf) -> int:
    """The pages without those that a draft's list of gaps has to itself."""
    names = list(pdf.Root.Names.Dests.Names) if "/Names" in pdf.Root else []
    places = dict(zip(map(str, names[::2]), names[1::2], strict=True))
    if "gaps" not in places:
        return len(pdf.pages)
    number = [page.objgen for page in pdf.pages].index(places["gaps"][0].objgen)
    from_top = pdf.pages[number].mediabox[3] - places["gaps"][3]
    begins_page = from_top < 90  # points, the widest margin with its running line
    return number if begins_page else number + 1


@pytest.mark.parametrize("organisation", printed_in("full-story"))
def test_no_section_ends_a_page_with_its_lead(organisation: str, tmp_path: Path) -> None:
    for policy, path in zip(
        policies(organisation), files(organisation, "full-story", "pdf", tmp_path), strict=True
    ):
        shown = subprocess.run(
            [outside_tool("pdftotext"), "-layout", path, "-"], capture_output=True, text=True
        ).stdout
        one_line = {section.id for section in policy.sections if section.omission}
        found = [
            heading
            for heading in headings(present(policy, "full-story").body)
            if heading.anchor not in one_line  # which leads elsewhere, and is whole
        ]
        titles = {
            " ".join(f"{heading.number} {plain(heading.inlines)}".split()) for heading in found
        }
        whole = set(said_in_one_line(policy))
        asked = (gap.ask.replace("'", "’") for gap in policy.gaps)
        titles -= {ask[:1].upper() + ask[1:] for ask in asked}  # one may know one
        pages = [" ".join(page.split()) for page in shown.split("\f")]
        lead = policy.sections[0].lead
        assert lead
        first = next(at for at, page in enumerate(pages) if lead.text in page)
        for page in shown.split("\f")[first:]:  # the contents name every section
            lines = [" ".join(line.split()) for line in page.strip().split("\n") if line.strip()][
                :-1
            ]  # but the foot
            is_whole = tuple(lines[-2:]) in whole
            assert is_whole or not titles & set(lines[-2:]), lines[-2:]
            assert not any("What a manager does" in line for line in lines[-2:]), lines[-3:]


def said_in_one_line(policy: Policy) -> Iterator[tuple[str, str]]:
    """Every heading within a clause beneath which one paragraph stands and nothing else, with its words."""
    leaves = doc.Heading | doc.Paragraph | doc.Row
    blocks = [one for one in walk(present(policy, "full-story").body) if isinstance(one, leaves)]
    for heading, told, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        match heading, told, after:
            case doc.Heading(number=""), doc.Paragraph(), doc.Heading():
                yield plain(heading.inlines), plain(told.inlines)


def test_the_head_of_a_page_names_the_section_that_it_begins_in(tmp_path: Path) -> None:
    [path] = files("fenwick", "policy", "pdf", tmp_path)
    command = [outside_tool("pdftotext"), "-layout", path, "-"]
    shown = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    pages = [
        [line.split() for line in page.split("\n") if line.strip()] for page in shown.split("\f")
    ]
    heads = {" ".join(lines[0]).partition("Policy: ")[2]: lines[1] for lines in pages[4:-1]}
    assert list(heads)[-2:] == ["What we promise", "Sources"]
    assert any(below[0] == head.split()[0] for head, below in heads.items()), "a new section"
    numbers = [int(head.split()[0]) for head in heads if head[0].isdigit()]
    assert numbers == sorted(numbers)
    assert len(numbers) > 10


# The validators take seconds for each: every organisation once and every edition, and in `make audit` all.
JUDGED = printed() if EVERYTHING else covering(printed(), lambda row: row)


@pytest.mark.parametrize("organisation", ALL)
def test_a_docx_is_sound(organisation: str, tmp_path: Path) -> None:
    rows = [row for row in JUDGED if row[0] == organisation]
    paths = [path for row in rows for path in files(*row, "docx", tmp_path)]
    assert paths
    assert [fault for path in paths for fault in openxml_audit(path)] == []
    assert ooxml_validate(paths) == []


@pytest.mark.parametrize(
    ("organisation", "edition"), [(o, e) for o, e in printed() if e in tiers()]
)
def test_every_clause_told_bears_its_id_in_word(organisation: str, edition: str) -> None:
    for policy, file in zip(
        policies(organisation), built(organisation, edition, "docx"), strict=True
    ):
        xml = _xml(file.data)
        names = set(xml.xpath("//w:bookmarkStart/@w:name", namespaces=xml.nsmap))
        cut = Cut(policy, policy.outline.editions[edition])
        told = {clause.id for section in cut.sections for clause in cut.told_clauses(section)}
        assert told
        assert {bookmark(id) for id in told} <= names


# --- An organisation whose name is all markup ---------------------------------------------------------------


@cache
def hostile(format: str, folder: Path) -> bytes:
    profile = (PROFILES / "fenwick/profile.yaml").read_text()
    profile = profile.replace("name: Fenwick Borough Council", f'name: "{HOSTILE}"', 1)
    (folder / "profile.yaml").write_text(
        re.sub(r"^brand:.*\n(?:[ \t]+.*\n)*", "", profile, flags=re.M)
    )
    (folder / "house-rules.md").write_text(OWN)
    made = build(folder / "profile.yaml", workspace(), ["house-rules"], [format])
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
    assert all(HOSTILE in places.found[tag] for tag in ("h2", "th", "a", "title"))
    assert HOSTILE not in places.found.get("script", ""), "the page has one of its own"


def test_word_prints_it_as_it_is(tmp_path: Path) -> None:
    xml = _xml(hostile("docx", tmp_path))

    def words(path: str) -> str:
        return "\n".join(
            "".join(e.itertext(f"{{{xml.nsmap['w']}}}t"))
            for e in xml.xpath(path, namespaces=xml.nsmap)
        )

    assert HOSTILE in words("//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'Heading')]]")
    assert HOSTILE in words("//w:tc//w:p")
    assert HOSTILE in words("//w:hyperlink")


def test_pdf_prints_it_as_it_is(tmp_path: Path) -> None:
    pdf = Pdf(hostile("pdf", tmp_path))
    for kind in ("H2", "TH", "Link"):
        assert any(HOSTILE in " ".join(e.text.split()) for e in pdf.tree.find(kind)), kind


def test_markdown_prints_it_as_it_is(tmp_path: Path) -> None:
    html = (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .render(hostile("md", tmp_path).decode())
    )
    places = _Places()
    places.feed(html)
    assert all(HOSTILE in places.found[tag] for tag in ("h2", "td", "a"))
