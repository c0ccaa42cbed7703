"""What Word does to a file by itself, reproduced from its documented output, changes no word of a clause."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from copies import (
    DOCUMENT,
    SPACES,
    TEXT,
    W,
    clause,
    clauses,
    differing,
    element,
    inlines,
    paragraphs_of,
    printed,
    read,
    repacked,
    rewritten,
    shape,
)
from test_tracked_changes import BOOKMARK, CLAUSE, DEL, dele, p, part_told_as, run
from test_untouched import without_bookmarks

from policygen.model import document as doc
from policygen.model.document.walk import plain
from policygen.model.returned.copy import FoundBy, ReturnedCopy

CASE = ("little-marden", "full-story")


def runs(root: Any) -> list[Any]:
    return [one for one in root.iter(f"{W}r") if one.find(f"{W}t") is not None]


def add_revision_ids(root: Any) -> None:
    for paragraph in root.iter(f"{W}p"):
        paragraph.set(f"{W}rsidR", "00A77B3E")
        paragraph.set(f"{W}rsidRDefault", "00A77B3E")
    for one in root.iter(f"{W}r"):
        one.set(f"{W}rsidRPr", "00B10A2C")


def split_runs(root: Any) -> None:
    """Word cuts words up where somebody typed, and where it checked their spelling."""
    for one in runs(root):
        text = one.find(f"{W}t")
        if len(text.text or "") < 4 or len(one.findall(f"{W}t")) > 1:
            continue
        half = len(text.text) // 2
        second = deepcopy(one)
        second.find(f"{W}t").text, text.text = text.text[half:], text.text[:half]
        for part in (one, second):
            part.find(f"{W}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        one.addnext(second)
        one.addnext(element('<w:proofErr w:type="spellEnd"/>'))
        one.addprevious(element('<w:proofErr w:type="spellStart"/>'))
        second.append(element("<w:lastRenderedPageBreak/>"))


def add_smart_tags(root: Any) -> None:
    for one in runs(root)[::3]:
        tag = element('<w:smartTag w:uri="urn:x" w:element="place"/>')
        one.addprevious(tag)
        tag.append(one)


def put_controls_around(root: Any) -> None:
    for paragraph in list(root.iter(f"{W}p"))[::2]:
        control = element('<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent/></w:sdt>')
        paragraph.addprevious(control)
        control[1].append(paragraph)


def note_earlier_looks(root: Any) -> None:
    for properties in root.iter(f"{W}pPr"):
        properties.append(
            element(
                '<w:pPrChange w:id="1" w:author="a" w:date="d"><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange>'
            )
        )
    for properties in root.iter(f"{W}rPr"):
        properties.append(
            element(
                '<w:rPrChange w:id="2" w:author="a" w:date="d"><w:rPr><w:b/></w:rPr></w:rPrChange>'
            )
        )


def add_bookmarks_of_its_own(root: Any) -> None:
    for paragraph in root.iter(f"{W}p"):
        paragraph.append(element('<w:bookmarkStart w:id="77" w:name="_GoBack"/>'))
        paragraph.append(element('<w:bookmarkEnd w:id="77"/>'))


def move_bookmarks_to_the_end(root: Any) -> None:
    """Word moves a bookmark whose first words somebody took away and typed again."""
    for paragraph in root.iter(f"{W}p"):
        for mark in paragraph.findall(f"{W}bookmarkStart"):
            if not mark.get(f"{W}name").startswith("number_"):
                paragraph.append(mark)


def make_fields_simple(root: Any) -> None:
    """As other programs write the same field."""
    for begin in root.xpath("//w:r[w:fldChar/@w:fldCharType='begin']", namespaces=SPACES):
        pieces = [begin]
        while (
            pieces[-1].find(f"{W}fldChar") is None
            or pieces[-1].find(f"{W}fldChar").get(f"{W}fldCharType") != "end"
        ):
            following = pieces[-1].getnext()
            if following is None or following.tag != f"{W}r":
                break
            pieces.append(following)
        code = "".join(one.text or "" for piece in pieces for one in piece.iter(f"{W}instrText"))
        if not code.strip().startswith(("REF", "SEQ")):
            continue
        field = element(f'<w:fldSimple w:instr="{code}"/>')
        begin.addprevious(field)
        for piece in pieces:
            if piece.find(f"{W}t") is not None:
                field.append(piece)
            else:
                piece.getparent().remove(piece)


HABITS: dict[str, Callable[[Any], None]] = {
    "revision ids": add_revision_ids,
    "runs cut up": split_runs,
    "smart tags": add_smart_tags,
    "content controls around paragraphs": put_controls_around,
    "earlier looks": note_earlier_looks,
    "bookmarks of its own": add_bookmarks_of_its_own,
    "bookmarks at the end": move_bookmarks_to_the_end,
    "simple fields": make_fields_simple,
}


@pytest.mark.parametrize(
    "case", [CASE, ("fenwick", "snapshot"), ("fenwick", "overview")], ids="-".join
)
@pytest.mark.parametrize("habit", HABITS.values(), ids=HABITS)
def test_a_habit_of_word_changes_no_clause(
    habit: Callable[[Any], None], case: tuple[str, str]
) -> None:
    unharmed(read(rewritten(printed(case), habit), case), case)


def unharmed(copy: ReturnedCopy, case: tuple[str, str]) -> None:
    assert differing(copy, case) == []
    assert [part.id for part in copy.parts if part.changes] == []
    assert copy.not_carried == ()


def test_all_habits_together() -> None:
    def change(root: Any) -> None:
        for habit in HABITS.values():
            habit(root)

    copy = read(rewritten(printed(CASE), change), CASE)
    unharmed(copy, CASE)
    assert [part.id for part in copy.parts if part.id in {one.id for one in clauses(CASE)}]


# --- Characters, fields and links -------------------------------------------------------------------------

PICKED = {
    "a hyphen that does not break": ("a<w:noBreakHyphen/>b", "a\u2011b"),
    "a hyphen that may": ("a<w:softHyphen/>b", "a\u00adb"),
    "a tab": ("a<w:tab/>b", "a\tb"),
    "a new line": ("a<w:br/>b", "a\nb"),
    "an old new line": ("a<w:cr/>b", "a\nb"),
    "a new page": ('a<w:br w:type="page"/>b', "ab"),
    "a symbol with a number": ('a<w:sym w:font="Arial" w:char="2013"/>b', "a–b"),
}


@pytest.mark.parametrize(("inner", "text"), PICKED.values(), ids=PICKED)
def test_what_stands_for_a_character_is_one(inner: str, text: str) -> None:
    xml = inner.replace("a<", "<w:t>a</w:t><", 1)[:-1] + "<w:t>b</w:t>"
    part = part_told_as(p(f"<w:r>{xml}</w:r>"))
    assert part.lines[1].text == text


def field(code: str, shown: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    text = f"<w:r><w:instrText {TEXT}> {code} </w:instrText></w:r>"
    return f"{mark('begin')}{text}{mark('separate')}{run(shown)}{mark('end')}"


def test_a_reference_is_what_it_leads_to_and_not_its_text() -> None:
    part = part_told_as(p(run("See ") + field("REF number__law_records \\h", "99.9") + run(".")))
    (paragraph,) = part.after[1:]
    assert isinstance(paragraph, doc.Paragraph)
    assert doc.Value("#law.records", "99.9") in paragraph.inlines


def test_a_reference_that_somebody_deleted() -> None:
    part = part_told_as(p(run("See ") + dele(field("REF number__law_records \\h", "9"))))
    assert doc.Value("#law.records", "9") in inlines(part.before[1])
    assert plain(inlines(part.after[1])) == "See "
    assert [(one.change.kind, one.text) for one in part.changes] == [(DEL, "9")]


def test_a_reference_that_word_made_to_one_of_our_headings() -> None:
    made = field("REF _Ref123 \\r \\h", "4.4")

    def change(root: Any) -> None:
        heading = paragraphs_of(root, "law_records")[0]
        heading.append(element('<w:bookmarkStart w:id="88" w:name="_Ref123"/>'))
        text = paragraphs_of(root, BOOKMARK)[1]
        text.extend(list(element(f"<w:p>{made}</w:p>")))

    part = clause(read(rewritten(printed(CASE), change), CASE), CLAUSE)
    assert doc.Value("#law.records", "4.4") in inlines(part.after[1])


SHOWN = {
    "the page": ("PAGE", "7", ""),
    "a count of its own": ("SEQ Table \\* ARABIC", "3", ""),
    "a date": ("DATE", "30 November", "30 November"),
    "a reference to somebody's words": ("REF _Ref9 \\h", "those words", "those words"),
}


@pytest.mark.parametrize(("code", "shown", "text"), SHOWN.values(), ids=SHOWN)
def test_what_a_field_shows_is_text_where_nobody_counts(code: str, shown: str, text: str) -> None:
    assert (
        part_told_as(p(run("a ") + field(code, shown) + run(" b"))).lines[1].text == f"a {text} b"
    )


def test_a_link_that_is_a_field() -> None:
    part = part_told_as(p(field('HYPERLINK "https://www.example.org/a"', "here")))
    (link,) = inlines(part.after[1])
    assert link == doc.Link("https://www.example.org/a", (doc.Text("here"),))


def test_a_field_whose_end_is_missing_takes_no_other_paragraph_along() -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    )
    part = part_told_as(p(run("a") + begin), p(run("b")))
    assert [line.text for line in part.lines[1:]] == ["a", "b"]


def test_marks_on_words() -> None:
    def marked(property: str, text: str) -> str:
        return f"<w:r><w:rPr><w:{property}/></w:rPr><w:t>{text}</w:t></w:r>"

    part = part_told_as(p(marked("b", "bold") + marked("i", "slanted") + run("plain")))
    strong, slanted, text = inlines(part.after[1])
    assert strong == doc.Strong((doc.Text("bold"),))
    assert slanted == doc.Emphasis((doc.Text("slanted"),))
    assert text == doc.Text("plain")


def test_a_list_that_somebody_made_in_word() -> None:
    def item(level: int, list: int, text: str) -> str:
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>'
        return f"<w:p><w:pPr>{numbering}</w:pPr>{run(text)}</w:p>"

    part = part_told_as(item(0, 1, "a"), item(1, 1, "b"), item(0, 1, "c"))
    (made,) = part.after[1:]
    assert isinstance(made, doc.List)
    assert not made.ordered
    first, second = made.items
    assert isinstance(first.blocks[1], doc.List)
    assert [plain(inlines(one.blocks[0])) for one in (first, second)] == ["a", "c"]
    (counted,) = part_told_as(item(0, 2, "x")).after[1:]
    assert isinstance(counted, doc.List)
    assert counted.ordered


# --- Whose a line is --------------------------------------------------------------------------------------


def steps(data: bytes, case: tuple[str, str] = CASE) -> dict[str, FoundBy]:
    return {part.id: part.found_by for part in read(data, case).parts if part.id}


@pytest.mark.parametrize(
    "case", [CASE, ("fenwick", "full-story"), ("rauporoa", "snapshot")], ids="-".join
)
def test_without_bookmarks_headings_tell(case: tuple[str, str]) -> None:
    copy = read(rewritten(printed(case), without_bookmarks), case)
    assert differing(copy, case) == []
    found = {part.found_by for part in copy.parts if part.id in {one.id for one in clauses(case)}}
    assert found == {FoundBy.HEADING}


def test_each_step_of_the_ladder() -> None:
    ids = [one for one in clauses(CASE) if one.label][:6]

    def change(root: Any) -> None:
        places = [paragraphs_of(root, one.id.replace(".", "_").replace("-", "_"))[0] for one in ids]
        without_bookmarks(root)
        retitled(places[1], f"{ids[1].label}: Something else altogether now")
        retitled(places[2], ids[2].heading.replace("a", "e", 1).replace("e", "ee", 1))
        number = f"{ids[3].number}\u2002" + ids[3].heading.partition(": ")[2]
        retitled(places[3], number)
        for place, control in ((places[4], "tag"), (places[5], "alias")):
            id = ids[4].id if control == "tag" else ids[5].id
            held = element(
                f'<w:sdt><w:sdtPr><w:{control} w:val="{id}"/></w:sdtPr><w:sdtContent/></w:sdt>'
            )
            place.addprevious(held)
            held[1].append(place)
            retitled(place, "Quite another title")

    found = steps(rewritten(printed(CASE), change))
    assert [found[one.id] for one in ids] == [
        FoundBy.HEADING,
        FoundBy.LABEL,
        FoundBy.LIKENESS,
        FoundBy.NUMBER,
        FoundBy.TAG,
        FoundBy.ALIAS,
    ]


def retitled(paragraph: Any, text: str) -> None:
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            paragraph.remove(child)
    paragraph.append(element(run(text)))


def test_a_clause_whose_heading_is_gone_is_known_by_its_words() -> None:
    def change(root: Any) -> None:
        heading = paragraphs_of(root, BOOKMARK)[0]
        without_bookmarks(root)
        retitled(heading, "Zzz")

    assert steps(rewritten(printed(CASE), change))[CLAUSE] is FoundBy.LIKENESS


@pytest.mark.parametrize("where", [-1, 1])
def test_a_bookmark_that_slipped_to_a_neighbour(where: int) -> None:
    def change(root: Any) -> None:
        heading = paragraphs_of(root, BOOKMARK)[0]
        (mark,) = heading.xpath("w:bookmarkStart[@w:name=$n]", namespaces=SPACES, n=BOOKMARK)
        neighbour = heading.getprevious() if where < 0 else heading.getnext()
        neighbour.append(mark)

    copy = read(rewritten(printed(CASE), change), CASE)
    assert clause(copy, CLAUSE).found_by is FoundBy.NEAR_BOOKMARK
    assert differing(copy, CASE) == []


def test_a_heading_of_somebody_else_is_a_part_of_its_own() -> None:
    new = '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>4.9 Our own rule</w:t></w:r></w:p>'
    copy = read(told_after(new, p(run("Be kind."))), CASE)
    (part,) = [one for one in copy.parts if one.kind.name == "UNKNOWN"]
    assert part.under == CLAUSE
    heading, paragraph = part.after
    assert isinstance(heading, doc.Heading)
    assert (heading.number, plain(heading.inlines)) == ("4.9", "Our own rule")
    assert plain(inlines(paragraph)) == "Be kind."
    assert [id for id, *_ in differing(copy, CASE)] == []


def test_a_heading_below_those_of_clauses_stays_in_its_clause() -> None:
    new = '<w:p><w:pPr><w:pStyle w:val="Heading3"/></w:pPr><w:r><w:t>Please note</w:t></w:r></w:p>'
    copy = read(told_after(new, p(run("Be kind."))), CASE)
    assert [one for one in copy.parts if one.kind.name == "UNKNOWN"] == []
    assert [line.text for line in clause(copy, CLAUSE).lines[-2:]] == ["Please note", "Be kind."]


def told_after(*blocks: str) -> bytes:
    """A copy with these blocks at the end of a clause."""

    def change(root: Any) -> None:
        heading = paragraphs_of(root, BOOKMARK)[0]
        last = heading
        for sibling in heading.itersiblings():
            if sibling.findall(f".//{W}bookmarkStart"):
                break
            last = sibling
        for block in reversed(blocks):
            last.addnext(element(block))

    return rewritten(printed(CASE), change)


def test_a_clause_that_was_deleted_outright_is_not_there() -> None:
    def change(root: Any) -> None:
        heading = paragraphs_of(root, BOOKMARK)[0]
        for sibling in list(heading.itersiblings()):
            if sibling.findall(f".//{W}bookmarkStart"):
                break
            sibling.getparent().remove(sibling)
        heading.getparent().remove(heading)

    copy = read(rewritten(printed(CASE), change), CASE)
    assert copy.of_clause(CLAUSE) == ()
    assert [id for id, *_ in differing(copy, CASE)] == [CLAUSE]


def test_styles_are_known_by_their_names() -> None:
    """LibreOffice gives Body Text the id TextBody, and a body's own template others."""
    changes = {
        part: lambda data: (
            data.replace(b'"Heading2"', b'"berschrift2"')
            .replace(b'Id="Wording"', b'Id="a1"')
            .replace(b'pStyle w:val="Wording"', b'pStyle w:val="a1"')
        )
        for part in (DOCUMENT, "word/styles.xml")
    }
    copy = read(repacked(printed(CASE), changes), CASE)
    unharmed(copy, CASE)
    for one in clauses(CASE):
        assert shape(clause(copy, one.id).after) == shape(one.blocks)
