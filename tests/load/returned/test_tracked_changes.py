"""Tracked changes: who, when, what, under which clause; and the words before them and after."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from copies import (
    SPACES,
    TEXT,
    W,
    by_pandoc,
    clause,
    clauses,
    element,
    paragraphs_of,
    printed,
    read,
    rewritten,
    words,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from organisations import EVERYTHING, policies
from tracked import Tracked as ByTheStandard

from policygen.diff import differences
from policygen.model import document as doc
from policygen.model.document.walk import plain
from policygen.model.returned.copy import PartKind, ReturnedCopy, ReturnedPart
from policygen.model.returned.line import TrackedKind
from policygen.model.returned.settle import TrackedPart, accepted, rejected
from policygen.model.word.names import bookmark
from policygen.report.changes.redline import redline
from policygen.write.docx.writer import DocxWriter

CASE = ("little-marden", "full-story")
CLAUSE, BOOKMARK = "permission.default", "permission_default"
INS, DEL, FROM, TO = (
    TrackedKind.INSERTED,
    TrackedKind.DELETED,
    TrackedKind.MOVED_FROM,
    TrackedKind.MOVED_TO,
)
WHO = 'w:author="Ann" w:date="2026-11-30T09:00:00Z"'
BEN = 'w:author="Ben" w:date="2026-12-01T10:00:00Z"'


def run(text: str) -> str:
    return f"<w:r><w:t {TEXT}>{text}</w:t></w:r>"


def gone(text: str) -> str:
    return f"<w:r><w:delText {TEXT}>{text}</w:delText></w:r>"


def ins(inner: str, who: str = WHO) -> str:
    return f'<w:ins w:id="9001" {who}>{inner}</w:ins>'


def dele(inner: str, who: str = WHO) -> str:
    return f'<w:del w:id="9002" {who}>{inner}</w:del>'


def p(inner: str, mark: str = "") -> str:
    end = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f'<w:p><w:pPr><w:pStyle w:val="BodyText"/>{end}</w:pPr>{inner}</w:p>'


def end(kind: str) -> str:
    return f'<w:{kind} w:id="9003" {WHO}/>'


def told_as(*blocks: str) -> bytes:
    """A copy in which a clause says these blocks, and nothing else, under its heading."""

    def change(root: Any) -> None:
        heading = paragraphs_of(root, BOOKMARK)[0]
        for sibling in list(heading.itersiblings()):
            if sibling.findall(f".//{W}bookmarkStart"):
                break
            sibling.getparent().remove(sibling)
        for block in reversed(blocks):
            heading.addnext(element(block))

    return rewritten(printed(CASE), change)


def part_told_as(*blocks: str) -> ReturnedPart:
    return clause(read(told_as(*blocks), CASE), CLAUSE)


def texts(lines: Any) -> list[str]:
    """The words of each line after the heading."""
    return [line.text for line in lines][1:]


NESTED = "deleted by another within an insertion"
MOVE = 'w:id="7" w:name="move1"'
ROWS: dict[str, tuple[tuple[str, ...], list[str], list[str], list[tuple[TrackedKind, str]]]] = {
    "inserted": ((p(run("a ") + ins(run("b "))),), ["a "], ["a b "], [(INS, "b ")]),
    "deleted": ((p(run("a ") + dele(gone("b "))),), ["a b "], ["a "], [(DEL, "b ")]),
    "replaced": (
        (p(dele(gone("old")) + ins(run("new")) + run(" x")),),
        ["old x"],
        ["new x"],
        [(DEL, "old"), (INS, "new")],
    ),
    NESTED: (
        (p(run("a ") + ins(run("b ") + dele(gone("c "), BEN) + run("d"))),),
        ["a "],
        ["a b d"],
        [(INS, "b c d"), (DEL, "c ")],
    ),
    "a new paragraph": (
        (p(run("a")), p(ins(run("b")), end("ins")), p(run("c"))),
        ["a", "c"],
        ["a", "b", "c"],
        [(INS, "b\n")],
    ),
    "a paragraph that goes": (
        (p(run("a")), p(dele(gone("b")), end("del")), p(run("c"))),
        ["a", "b", "c"],
        ["a", "c"],
        [(DEL, "b\n")],
    ),
    "a paragraph split": (
        (p(run("a "), end("ins")), p(run("b"))),
        ["a b"],
        ["a ", "b"],
        [(INS, "\n")],
    ),
    "two paragraphs joined": (
        (p(run("a "), end("del")), p(run("b"))),
        ["a ", "b"],
        ["a b"],
        [(DEL, "\n")],
    ),
    "a sentence that goes with the end of its paragraph": (
        (p(run("a ") + dele(gone("b ")), end("del")), p(dele(gone("c ")) + run("d"))),
        ["a b ", "c d"],
        ["a d"],
        [(DEL, "b \nc ")],
    ),
    "moved": (
        (
            p(
                f'<w:moveFromRangeStart {MOVE}/><w:moveFrom w:id="8" {WHO}>{gone("m ")}</w:moveFrom>'
                f'<w:moveFromRangeEnd w:id="7"/>{run("a ")}'
            ),
            p(
                f"{run('b ')}<w:moveToRangeStart {MOVE.replace('7', '9')}/>"
                f'<w:moveTo w:id="10" {WHO}>{run("m ")}</w:moveTo><w:moveToRangeEnd w:id="9"/>'
            ),
        ),
        ["m a ", "b "],
        ["a ", "b m "],
        [(FROM, "m "), (TO, "m ")],
    ),
    "only its look": (
        (
            p(
                f'<w:r><w:rPr><w:b/><w:rPrChange w:id="5" {WHO}><w:rPr/></w:rPrChange></w:rPr>'
                f"<w:t>a</w:t></w:r>"
            ),
        ),
        ["a"],
        ["a"],
        [],
    ),
    "words of a link": (
        (p(f'<w:hyperlink w:anchor="x">{run("a ")}{ins(run("b"))}</w:hyperlink>'),),
        ["a "],
        ["a b"],
        [(INS, "b")],
    ),
    "within a content control": (
        (
            f'<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>'
            f"{p(run('a ') + ins(run('b')))}</w:sdtContent></w:sdt>",
        ),
        ["a "],
        ["a b"],
        [(INS, "b")],
    ),
}


@pytest.mark.parametrize(("blocks", "before", "after", "changes"), ROWS.values(), ids=ROWS)
def test_changes_are_read_with_the_words_before_and_after(
    blocks: tuple[str, ...],
    before: list[str],
    after: list[str],
    changes: list[tuple[TrackedKind, str]],
) -> None:
    part = part_told_as(*blocks)
    assert texts(rejected(part.lines)) == before
    assert texts(accepted(part.lines)) == after
    assert [(one.change.kind, one.text) for one in part.changes] == changes
    for one in part.changes:
        assert one.change.author in ("Ann", "Ben")
        assert one.change.date.startswith(("2026-11-30T09", "2026-12-01T10"))


@pytest.mark.parametrize("blocks", [row[0] for row in ROWS.values()], ids=ROWS)
def test_an_independent_reader_has_the_same_words(blocks: tuple[str, ...]) -> None:
    """One that settles a file by the letter of the standard; of moves it knows nothing."""
    data = told_as(*blocks)
    if b"moveFrom" in b"".join(block.encode() for block in blocks):
        return
    part, other = clause(read(data, CASE), CLAUSE), ByTheStandard(data)
    for lines, found in (
        (accepted(part.lines), other.accepted()),
        (rejected(part.lines), other.rejected()),
    ):
        told = [line.text for line in found]
        ours = texts(lines)
        assert any(told[at : at + len(ours)] == ours for at in range(len(told)))


BY_PANDOC = list(ROWS) if EVERYTHING else list(ROWS)[::2]


@pytest.mark.parametrize("name", BY_PANDOC)
@pytest.mark.slow
def test_pandoc_has_the_same_words_and_authors(name: str) -> None:
    blocks = ROWS[name][0]
    data = told_as(*blocks)
    part = clause(read(data, CASE), CLAUSE)
    for what, lines in (("accept", accepted(part.lines)), ("reject", rejected(part.lines))):
        told = by_pandoc(data, f"--track-changes={what}", "--wrap=none", to="plain").decode()
        assert squeezed("".join(texts(lines))) in squeezed(told), what
    every = json.loads(by_pandoc(data, "--track-changes=all", to="json"))
    # Pandoc tells a move as a deletion and an insertion.
    kinds = {INS: "insertion", TO: "insertion", DEL: "deletion", FROM: "deletion"}
    ours = {(kinds[one.change.kind], one.change.author) for one in part.changes if one.text != "\n"}
    # Of a deletion within an insertion it tells neither.
    assert ours <= set(spans(every)) or name == NESTED


def spans(node: Any) -> list[tuple[str, str]]:
    """(class, author) of each change in pandoc's JSON."""
    if isinstance(node, list):
        return [found for one in node for found in spans(one)]
    if not isinstance(node, dict):
        return []
    found = spans(list(node.values()))
    if node.get("t") == "Span":
        _, classes, pairs = node["c"][0]
        found += [(kind, dict(pairs).get("author", "")) for kind in classes]
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_both_halves_of_a_move_bear_its_name() -> None:
    one, other = part_told_as(*ROWS["moved"][0]).changes
    assert one.change.move == other.change.move == "move1"


# --- Rows of tables ---------------------------------------------------------------------------------------


def row(text: str, mark: str = "") -> str:
    cell = f"<w:tc><w:tcPr/><w:p><w:pPr><w:pStyle w:val='TableText'/></w:pPr>{text}</w:p></w:tc>"
    return f"<w:tr><w:trPr>{mark}</w:trPr>{cell}{cell}</w:tr>"


def cells(block: doc.Block) -> list[list[str]]:
    """The words of each cell of a table, by row."""
    assert isinstance(block, doc.Table)
    return [[plain(cell) for cell in row.cells] for row in block.rows]


def test_rows_that_come_and_go() -> None:
    table = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="PolicyTable"/></w:tblPr>'
        f"{row(run('a'))}{row(ins(run('b')), end('ins'))}{row(dele(gone('c')), end('del'))}</w:tbl>"
    )
    part = part_told_as(p(run("x")), table)
    before, after = (cells(blocks[-1]) for blocks in (part.before, part.after))
    assert before == [["a", "a"], ["c", "c"]]
    assert after == [["a", "a"], ["b", "b"]]
    rows = [one for one in part.changes if one.part is TrackedPart.ROW]
    assert [(one.change.kind, one.text) for one in rows] == [(INS, "b\tb"), (DEL, "c\tc")]


# --- Whole clauses ----------------------------------------------------------------------------------------


def test_a_clause_that_somebody_moved_stands_twice() -> None:
    """Word takes the bookmark along; where the clause was, its heading says whose the words are."""

    def change(root: Any) -> None:
        heading, text, *_ = paragraphs_of(root, BOOKMARK)
        (target,) = root.xpath("//w:bookmarkStart[@w:name='law_records']/..", namespaces=SPACES)
        for old in (heading, text):
            new = element("<w:p/>")
            new.extend(deepcopy(child) for child in old)
            _wrap(new, "moveTo")
            target.addprevious(new)
        for old in (heading, text):
            for mark in old.xpath(".//w:bookmarkStart|.//w:bookmarkEnd", namespaces=SPACES):
                mark.getparent().remove(mark)
            _wrap(old, "moveFrom")

    copy = read(rewritten(printed(CASE), change), CASE)
    parts = copy.of_clause(CLAUSE)
    assert len(parts) == 2
    assert {one.change.kind for one in parts[0].changes} == {FROM}
    assert {one.change.kind for one in parts[1].changes} == {TO}
    assert words(parts[0].after[:2])[:10] != words(parts[1].after[:2])[:10]


def _wrap(paragraph: Any, kind: str) -> None:
    """Track all words of a paragraph, and its end, as moved."""
    for child in list(paragraph):
        if child.tag in (f"{W}r", f"{W}hyperlink"):
            holder = element(f'<w:{kind} w:id="9" {WHO}/>')
            child.addprevious(holder)
            holder.append(child)
    properties = paragraph.find(f"{W}pPr")
    properties.append(element(f"<w:rPr>{end(kind)}</w:rPr>"))


@pytest.mark.slow
@pytest.mark.parametrize("tier", ["overview", "snapshot", "full-story"])
def test_a_comparison_accepted_is_one_policy_and_rejected_the_other(tier: str) -> None:
    """Our own redline is a file with hundreds of changes of every kind."""
    first, second = (policies(name)[0] for name in ("fenwick", "rauporoa"))
    data = DocxWriter().write(redline(differences(first, second), tier))
    for case, view in ((("rauporoa", tier), "after"), (("fenwick", tier), "before")):
        told = words_by_clause(read(data, case), view)
        alike = [
            one.id for one in clauses(case) if comparable(words(one.blocks)) == told.get(one.id)
        ]
        # Numbers of sources and of references are those of one of the two, in either.
        assert len(alike) >= 0.9 * len(clauses(case)), (tier, view, len(alike))


def words_by_clause(copy: ReturnedCopy, view: str) -> dict[str, str]:
    told: dict[str, str] = {}
    for part in copy.parts:
        if part.kind is PartKind.CLAUSE:
            told[part.id] = told.get(part.id, "") + comparable(words(getattr(part, view)))
    return told


def comparable(text: str) -> str:
    return "".join(c for c in text if not c.isdigit())


# --- Any word, anywhere -----------------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=12)
@given(data=st.data(), kind=st.sampled_from(["ins", "del"]))
def test_a_word_is_found_under_its_clause(data: st.DataObject, kind: str) -> None:
    case = ("little-marden", data.draw(st.sampled_from(["policy", "snapshot"])))
    expected = word = ""

    def change(root: Any) -> None:
        nonlocal expected, word
        found = runs_by_clause(root, case)
        id, text = data.draw(st.sampled_from(found))
        at = data.draw(st.integers(0, len(text.text)))
        expected, word = id, split(text, at, kind)

    copy = read(rewritten(printed(case), change), case)
    (found,) = [(part.id, one) for part in copy.parts for one in part.changes]
    id, one = found
    assert id == expected
    assert (one.change.author, one.change.date) == ("Ann", "2026-11-30T09:00:00Z")
    assert one.change.kind is (INS if kind == "ins" else DEL)
    unchanged = read(printed(case), case)
    assert words_of(copy, id, "before") == words_of(unchanged, id, "after")
    assert one.text == word


def words_of(copy: ReturnedCopy, id: str, view: str) -> str:
    return words(getattr(clause(copy, id), view))


def runs_by_clause(root: Any, case: tuple[str, str]) -> list[tuple[str, Any]]:
    """(id of the clause, w:t) of every word in a paragraph of its own that opens a clause or stands in it."""
    names = {bookmark(one.id): one.id for one in clauses(case)}
    found = []
    for paragraph in root.iter(f"{W}p"):
        marks = [m.get(f"{W}name") for m in paragraph.iter(f"{W}bookmarkStart")]
        id = next((names[m] for m in marks if m in names), "")
        if id:
            direct = paragraph.findall(f"{W}r/{W}t")
            found += [(id, t) for t in direct if (t.text or "").strip() and not is_number(t)]
    return found


def is_number(text: Any) -> bool:
    style = text.getparent().find(f"{W}rPr/{W}rStyle")
    is_counted = (text.text or "").replace(".", "").isdigit()
    return is_counted or (style is not None and style.get(f"{W}val") in ("Number", "Quiet"))


def split(text: Any, at: int, kind: str) -> str:
    """Insert a word at a place in a run, or delete all that follows the place; returns what comes or goes."""
    before = text.getparent()
    after = deepcopy(before)
    characters = text.text or ""
    at = at if kind == "ins" else min(at, len(characters) - 1)
    (tail,) = after.findall(f"{W}t")
    text.text, tail.text = characters[:at], characters[at:]
    before.addnext(after)
    if kind == "ins":
        before.addnext(element(ins(run("quite "))))
        return "quite "
    tail.tag = f"{W}delText"
    holder = element(f'<w:del w:id="9" {WHO}/>')
    before.addnext(holder)
    holder.append(after)
    return characters[at:]
