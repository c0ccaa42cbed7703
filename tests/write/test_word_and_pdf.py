"""Word and PDF say the same, clause by clause; and where Word counts the clauses, it counts to their numbers."""

from __future__ import annotations

import io
import itertools
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from docx_reader import Docx
from in_word import budgets, short_in_word
from lxml import etree
from organisations import built, library, policies, printed, printed_in
from pdf_reader import Element, Pdf
from tools import outside_tool

from policygen.model.document import ClauseBlock, Document, Imprint, List, Table
from policygen.model.document.walk import headings, plain, walk
from policygen.model.outline.outline import Edition
from policygen.model.policy import policy_digest, policy_to_json
from policygen.model.word.names import bookmark
from policygen.model.word.properties import imprint_of
from policygen.present.edition import present
from policygen.write.docx.writer import DocxWriter

pytestmark = pytest.mark.slow


@cache
def for_the_public() -> Document:
    """A book cut by audience, whose numbers therefore have gaps."""
    policy = policies("fenwick")[0]
    outline = policy.outline
    book = Edition("For all", ("rule",), "book", audience="public")
    public = replace(
        policy, outline=replace(outline, editions={**outline.editions, "public": book})
    )
    return present(public, "public")


def test_a_book_for_the_public_does_not_say_whom_staff_ask() -> None:
    shown = {heading.anchor for heading in headings(for_the_public().body)}
    assert "document.how-to-read" in shown
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


def clause_ids(document: Document) -> list[str]:
    """The ids of all clauses that a document tells, by itself, in a row or as an item."""
    found: list[str] = []
    for block in walk(document.body):
        match block:
            case ClauseBlock(id):
                found.append(id)
            case List(items):
                found += [item.anchor for item in items if item.clause]
            case Table(rows=rows):
                found += [row.clause for row in rows if row.clause]
    return found


def told_in_word(organisation: str, edition: str) -> dict[str, str]:
    """Every clause of an edition as Word has it, by its id."""
    document = present(policies(organisation)[0], edition)
    ids = clause_ids(document)
    clauses = (block for block in walk(document.body) if isinstance(block, ClauseBlock))
    within = {plain(head.inlines) for one in clauses for head in list(headings(one.blocks))[1:]}
    word = Docx(built(organisation, edition, "docx")[0].data)
    told = word.clauses(ids, within)
    assert list(told) == list(dict.fromkeys(ids)) != []
    return told


def are_lines(wanted: str, lines: list[str]) -> bool:
    """Whether this is a line, or lines that follow one another: a list may tell one clause in several items."""
    for start in range(len(lines)):
        found = itertools.accumulate(lines[start:])
        if wanted in itertools.takewhile(wanted.startswith, found):
            return True
    return False


def untold(told: Mapping[str, str], pdf: Pdf) -> list[str]:
    """The ids of the clauses that Word has otherwise than the PDF, and what only the PDF has."""
    pieces, lines = apart(pdf), [squeezed(said(line)) for line in pdf.tree.find("LI", "TR")]
    missing = []
    for id, text in told.items():
        wanted, found = squeezed(text), ""
        while pieces and len(found) < len(wanted):
            piece, head = pieces[0]
            goes_on = next(
                (p for p in (piece, piece.removeprefix(head)) if wanted.startswith(found + p)), None
            )
            if goes_on is None:
                break
            found += goes_on
            pieces.pop(0)
        if found != wanted and not are_lines(wanted, lines):
            missing.append(id)
    return missing + [piece for piece, _ in pieces]


@pytest.mark.parametrize(("organisation", "edition"), printed())
def test_word_and_pdf_say_the_same_clause_by_clause(organisation: str, edition: str) -> None:
    told = told_in_word(organisation, edition)
    assert untold(told, Pdf(built(organisation, edition, "pdf")[0].data)) == []


@pytest.mark.parametrize("edition", ["house-rules", "snapshot", "overview"])
def test_one_word_more_or_less_is_seen(edition: str) -> None:
    told = told_in_word("fenwick", edition)
    id, words = list(told.items())[3]
    pdf = Pdf(built("fenwick", edition, "pdf")[0].data)
    for changed in (words[:-2], f"{words} more"):
        assert id in untold({**told, id: changed}, pdf)


# --- The numbers that Word counts ---------------------------------------------------------------------------


def numbered(document: Document) -> list[str]:
    return [" ".join(f"{h.number} {plain(h.inlines)}".split()) for h in headings(document.body)]


@pytest.mark.parametrize("organisation", printed_in("full-story"))
def test_word_counts_to_the_policys_numbers(organisation: str) -> None:
    """In the full story they are Word's own, so that they go on counting when a clause is put in."""
    policy = policies(organisation)[0]
    book = present(policy, "full-story")
    word = Docx(built(organisation, "full-story", "docx")[0].data)
    assert [" ".join(f"{number} {words}".split()) for number, words in word.headings()] == numbered(
        book
    )
    assert (
        sum(bool(number) for number, _ in word.headings())
        == sum(bool(h.number) for h in headings(book.body))
        == sum(1 + len(section.clauses) for section in policy.sections)
    )
    fields = word.body.xpath(
        "//w:instrText[starts-with(., ' REF') and contains(., '\\h')]", namespaces=word.body.nsmap
    )
    # "clause 4.2" in the text follows: as often as the book says one.
    assert len(fields) == repr(book.body).count("Value(path='#") > 0


def test_numbers_with_gaps_are_text() -> None:
    word = Docx(DocxWriter().write(for_the_public()))
    assert not any(number for number, _ in word.headings())
    assert [" ".join(words.split()) for _, words in word.headings()] == numbered(for_the_public())
    assert not word.body.xpath(
        "//w:instrText[contains(., 'REF number') or contains(., 'SEQ')]",
        namespaces=word.body.nsmap,
    )


def converted(data: bytes, folder: Path, *formats: str) -> dict[str, Path]:
    """What LibreOffice makes of a DOCX, by format."""
    (folder / "it.docx").write_bytes(data)
    office = [
        outside_tool("soffice"),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
    ]
    for format in formats:
        command = [*office, "--convert-to", format, "--outdir", folder / "made", folder / "it.docx"]
        subprocess.run(command, capture_output=True, check=True, timeout=300)
    return {format: folder / f"made/it.{format.partition(':')[0]}" for format in formats}


def test_libreoffice_counts_alike_and_keeps_every_clause(tmp_path: Path) -> None:
    words, data = "txt:Text (encoded):UTF8", built("fenwick", "full-story", "docx")[0].data
    made = converted(data, tmp_path, words, "docx")
    lines = {" ".join(line.split()) for line in made[words].read_text("utf-8-sig").splitlines()}
    assert set(numbered(present(policies("fenwick")[0], "full-story"))) <= lines
    after = _xml(made["docx"].read_bytes())
    ids = clause_ids(present(policies("fenwick")[0], "full-story"))
    sections = policies("fenwick")[0].sections
    assert {c.id for s in sections for c in s.clauses if c.tellings} <= set(ids)
    marks = after.xpath("//w:bookmarkStart/@w:name", namespaces=after.nsmap)
    assert [id for id in ids if marks.count(bookmark(id)) != 1] == []
    word, saved_again = Docx(data), Docx(made["docx"].read_bytes())
    assert saved_again.clauses(ids) == word.clauses(ids)
    # LibreOffice gives the words of a link its own style.
    facts = word.facts("w:p")
    assert "".join(saved_again.facts("w:p")) == "".join(facts)
    assert facts.count("the Head of Communications") > 3
    assert len(word.facts("w:hyperlink")) < len(facts) / 10
    digest = policy_digest(policy_to_json(policies("fenwick")[0]))
    origin = Imprint(
        digest, "fenwick", "1.0", "full-story", ("rule", "details", "practice"), "en-GB"
    )
    assert imprint_of(word.properties) == imprint_of(saved_again.properties) == origin


def test_in_word_too_the_short_editions_stand_on_their_pages() -> None:
    """As LibreOffice lays them out. A draft's list of gaps is not held against it."""
    found = {name: pages(data) for name, data in short_in_word().items()}
    assert {name: found[name] for name, most in budgets().items() if found[name] > most} == {}


def pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def _xml(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))
