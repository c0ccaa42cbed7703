"""Comments, and what a policy cannot carry: both listed with their place, neither lost in silence."""

from __future__ import annotations

from typing import Any

import pytest
from copies import (
    TEXT,
    W,
    clause,
    element,
    printed,
    read,
    repacked,
    rewritten,
)
from organisations import ROOT
from test_tracked_changes import CASE, CLAUSE, dele, gone, ins, p, run, told_as

from policygen.model.returned.copy import NotCarriedKind, ReturnedComment, ReturnedCopy

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
SPACE = f'xmlns:w="{W[1:-1]}"'
RELATIONS = "word/_rels/document.xml.rels"


def related(data: bytes, *parts: tuple[str, str, str]) -> bytes:
    """A copy with more parts, each (kind, path, XML), that the text leads to."""
    links = "".join(
        f'<Relationship Id="rIdX{n}" Type="{OFFICE}/{kind}" Target="{path}"/>'
        for n, (kind, path, _) in enumerate(parts)
    )
    more = [(f"word/{path}", xml.encode()) for _, path, xml in parts]
    end = b"</Relationships>"
    return repacked(data, {RELATIONS: lambda old: old.replace(end, links.encode() + end)}, more)


# --- Comments ---------------------------------------------------------------------------------------------


def comment(id: int, author: str, text: str) -> str:
    return (
        f'<w:comment w:id="{id}" w:author="{author}" w:date="2026-11-30T09:0{id}:00Z" w:initials="A">'
        f'<w:p w14:paraId="0000000{id}"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
    )


def range_of(id: int, inner: str) -> str:
    return (
        f'<w:commentRangeStart w:id="{id}"/>{inner}<w:commentRangeEnd w:id="{id}"/>'
        f'<w:r><w:commentReference w:id="{id}"/></w:r>'
    )


COMMENTS = (
    f"<w:comments {SPACE} {W14}>{comment(1, 'Ann', 'Why?')}{comment(2, 'Ben', 'Law.')}"
    f"{comment(3, 'Cem', 'Here.')}</w:comments>"
)
DATES = [f"2026-11-30T09:0{id}:00Z" for id in (1, 2, 3)]
EXTENDED = (
    f'<w15:commentsEx {W15}><w15:commentEx w15:paraId="00000001" w15:done="1"/>'
    '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/></w15:commentsEx>'
)


def test_a_comment_has_its_words_its_place_and_its_replies() -> None:
    marked = range_of(1, range_of(2, run("you ") + dele(gone("may ")) + ins(run("must "))))
    text = p(run("So ") + marked + run("post") + '<w:r><w:commentReference w:id="3"/></w:r>')
    data = related(
        told_as(text),
        ("comments", "comments.xml", COMMENTS),
        ("commentsExtended", "ex.xml", EXTENDED),
    )
    copy = read(data, CASE)
    first, second = copy.comments
    place = copy.parts.index(clause(copy, CLAUSE))
    reply = ReturnedComment("2", "Ben", "2026-11-30T09:02:00Z", "Law.", place, "you may must")
    assert first == ReturnedComment(
        "1", "Ann", "2026-11-30T09:01:00Z", "Why?", place, "you may must", True, (reply,)
    )
    assert (second.text, second.words, second.part) == ("Here.", "", place)
    assert copy.not_carried == ()


def test_a_comment_and_its_author_turn_no_words_round() -> None:
    said = comment(1, "Ann\u202e ", "Why\u202b?\x9b")
    xml = f"<w:comments {SPACE} {W14}>{said}</w:comments>"
    data = related(told_as(p(range_of(1, run("a")))), ("comments", "comments.xml", xml))
    (found,) = read(data, CASE).comments
    assert (found.author, found.text) == ("Ann\ufffd", "Why\ufffd?\ufffd")


def test_a_comment_may_span_paragraphs() -> None:
    opening = p(f'<w:commentRangeStart w:id="1"/>{run("a")}')
    data = related(
        told_as(opening, p(run(" b") + '<w:commentRangeEnd w:id="1"/>' + run("c"))),
        ("comments", "comments.xml", COMMENTS),
    )
    first, *others = read(data, CASE).comments
    assert first.words == "a b"
    assert [(one.text, one.part, one.words) for one in others] == [
        ("Law.", -1, ""),
        ("Here.", -1, ""),
    ]


def test_replies_in_a_circle_are_all_there() -> None:
    end = "</w15:commentsEx>"
    again = '<w15:commentEx w15:paraId="00000001" w15:paraIdParent="00000002"/>'
    circle = EXTENDED.replace(end, again + end)
    data = related(
        told_as(p(range_of(1, run("a")))),
        ("comments", "comments.xml", COMMENTS),
        ("commentsExtended", "ex.xml", circle),
    )
    assert sorted(one.text for one in read(data, CASE).comments) == ["Here.", "Law.", "Why?"]


def test_what_is_no_date_is_none() -> None:
    """LibreOffice writes zeros for a comment that a program made."""
    zeros = COMMENTS.replace("2026-11-30T09:01:00Z", "0-00-00T00:00:00Z")
    data = related(told_as(p(range_of(1, run("a")))), ("comments", "comments.xml", zeros))
    assert [one.date for one in read(data, CASE).comments] == ["", *DATES[1:]]


# --- What is not carried ----------------------------------------------------------------------------------


def looking(property: str) -> str:
    return p(run("a ") + f"<w:r><w:rPr>{property}</w:rPr><w:t {TEXT}>odd words</w:t></w:r>")


def drawn(inner: str, size: int = 3_000_000) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{size}" cy="{size}"/>'
        f'<wp:docPr id="1" name="x" descr="A map"/>{inner}</wp:inline></w:drawing></w:r>'
    )


PIC = '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/>'
BOX = f"<w:txbxContent><w:p>{run('Words in a box')}</w:p></w:txbxContent>"
NEW_BOX = f"<mc:Choice Requires='wps'>{drawn(f'<wps:txbx>{BOX}</wps:txbx>')[len('<w:r>') : -len('</w:r>')]}</mc:Choice>"
OLD_BOX = f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
K = NotCarriedKind
LOST: dict[str, tuple[str, NotCarriedKind, str]] = {
    "colour": (looking('<w:color w:val="FF0000"/>'), K.COLOUR, "odd words"),
    "size": (looking('<w:sz w:val="40"/>'), K.SIZE, "odd words"),
    "font": (looking('<w:rFonts w:ascii="Comic Sans MS"/>'), K.FONT, "odd words"),
    "highlight": (looking('<w:highlight w:val="yellow"/>'), K.HIGHLIGHT, "odd words"),
    "ground": (looking('<w:shd w:val="clear" w:fill="FFFF00"/>'), K.HIGHLIGHT, "odd words"),
    "underlined": (looking('<w:u w:val="single"/>'), K.UNDERLINE, "odd words"),
    "struck through": (looking("<w:strike/>"), K.STRUCK, "odd words"),
    "raised": (looking('<w:vertAlign w:val="superscript"/>'), K.RAISED, "odd words"),
    "hidden": (looking("<w:vanish/>"), K.HIDDEN, "odd words"),
    "picture": (p(drawn(PIC)), K.PICTURE, "A map"),
    "shape": (p(drawn("")), K.SHAPE, "A map"),
    "text box": (
        p(f"<w:r><mc:AlternateContent>{NEW_BOX}{OLD_BOX}</mc:AlternateContent></w:r>"),
        K.TEXT_BOX,
        "Words in a box",
    ),
    "old text box": (
        p(f"<w:r><mc:AlternateContent>{OLD_BOX}</mc:AlternateContent></w:r>"),
        K.TEXT_BOX,
        "Words in a box",
    ),
    "equation": (p("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"), K.EQUATION, "a+b"),
    "symbol": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), K.SYMBOL, "Wingdings"),
    "embedded object": (p("<w:r><w:object/></w:r>"), K.OBJECT, ""),
    "another file": ('<w:altChunk r:id="rId99"/>', K.OBJECT, ""),
}


@pytest.mark.parametrize(("block", "kind", "words"), LOST.values(), ids=LOST)
def test_what_is_not_carried_is_listed_with_its_place(
    block: str, kind: NotCarriedKind, words: str
) -> None:
    copy = read(told_as(p(run("x")), block, p(run("y"))), CASE)
    (found,) = copy.not_carried
    assert (found.kind, found.words) == (kind, words)
    assert copy.parts[found.part].id == CLAUSE
    if kind is not K.HIDDEN and "odd words" in words:
        assert "a odd words" in [line.text for line in clause(copy, CLAUSE).lines]


def test_the_words_of_a_footnote_are_listed() -> None:
    notes = (
        f'<w:footnotes {SPACE}><w:footnote w:type="separator" w:id="0"/>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run("See the Act.")}</w:p></w:footnote></w:footnotes>'
    )
    text = p(run("a") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    copy = read(related(told_as(text), ("footnotes", "footnotes.xml", notes)), CASE)
    (found,) = copy.not_carried
    assert (found.kind, found.words) == (K.NOTE, "See the Act.")


@pytest.mark.parametrize(("part", "kind"), [("header1", K.HEAD), ("footer1", K.FOOT)])
def test_what_somebody_wrote_into_the_margins_is_listed(part: str, kind: NotCarriedKind) -> None:
    def write(old: bytes) -> bytes:
        return old.replace(b"</w:p>", f"{run(' CONFIDENTIAL')}</w:p>".encode(), 1)

    copy = read(repacked(printed(CASE), {f"word/{part}.xml": write}), CASE)
    (found,) = copy.not_carried
    assert found.kind is kind
    assert found.words.endswith("CONFIDENTIAL")


def test_merged_cells_and_tables_in_tables_are_listed() -> None:
    cell = f"<w:tc><w:tcPr/>{p(run('a'))}</w:tc>"
    inner = f"<w:tbl><w:tblPr/><w:tr>{cell}{cell}</w:tr><w:tr>{cell}{cell}</w:tr></w:tbl>"
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p(run("wide"))}{inner}{p("")}</w:tc>'
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="PolicyTable"/></w:tblPr><w:tr>{cell}{cell}</w:tr><w:tr>{wide}</w:tr></w:tbl>'
    copy = read(told_as(p(run("x")), table), CASE)
    assert {one.kind for one in copy.not_carried} == {K.MERGED, K.NESTED}
    assert "wide" in "".join(line.text for line in clause(copy, CLAUSE).lines)


def test_macros_are_never_read_and_said() -> None:
    def as_macro(old: bytes) -> bytes:
        plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        return old.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")

    data = repacked(
        printed(CASE), {"[Content_Types].xml": as_macro}, [("word/vbaProject.bin", b"x")]
    )
    copy = read(data, CASE)
    assert [one.kind for one in copy.not_carried] == [K.MACRO]
    assert len(copy.parts) == len(read(printed(CASE), CASE).parts)


def test_nothing_is_followed_outside(tmp_path: Any) -> None:
    """A linked picture and another file at an address stay where they are."""
    secret = tmp_path / "secret.txt"
    secret.write_text("do not read me")
    links = (
        f'<Relationship Id="rIdA" Type="{OFFICE}/aFChunk" Target="file://{secret}" TargetMode="External"/>'
        f'<Relationship Id="rIdB" Type="{OFFICE}/comments" Target="file://{secret}" TargetMode="External"/>'
        f'<Relationship Id="rIdC" Type="{OFFICE}/comments" Target="../../../..{secret}"/></Relationships>'
    )
    end = b"</Relationships>"
    data = repacked(
        told_as(p(run("x")), '<w:altChunk r:id="rIdA"/>'),
        {RELATIONS: lambda old: old.replace(end, links.encode())},
    )
    copy = read(data, CASE)
    assert "do not read me" not in repr(copy)
    assert copy.comments == ()


def found_kinds(copy: ReturnedCopy) -> set[NotCarriedKind]:
    return {one.kind for one in copy.not_carried}


def test_a_picture_in_the_masthead_that_is_not_the_logo_is_listed() -> None:
    def change(root: Any) -> None:
        first = next(root.iter(f"{W}p"))
        first.append(element(drawn(PIC)))

    assert found_kinds(read(rewritten(printed(CASE), change), CASE)) == {K.PICTURE}


def test_the_docs_say_of_each_kind_that_it_is_not_carried() -> None:
    page = (ROOT / "docs/back-from-word.md").read_text("utf-8").casefold()
    table = page.partition("## what is carried of word")[2].partition("\n## ")[0]
    assert [kind.value for kind in NotCarriedKind if kind.value not in table] == []
