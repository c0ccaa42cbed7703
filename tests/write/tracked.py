"""Accepts or rejects every change of a DOCX as Word does, and reads what is left. Knows nothing of our writer.

By ECMA-376, part 1, 17.13.5: runs within `w:ins` and `w:del`, paragraphs whose mark holds one, rows whose properties
hold one. A paragraph whose mark goes is joined to the next, which keeps its look. The last mark of a cell, a content
control or the document cannot go: Word leaves an empty paragraph there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZipFile

from docx_reader import Docx
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACES = {"w": W[1:-1]}
INS, DEL, P, TABLE, ROW, CELL = (f"{W}{local}" for local in ("ins", "del", "p", "tbl", "tr", "tc"))
STRANGE = (
    "moveFrom",
    "moveTo",
    "rPrChange",
    "pPrChange",
    "tcPrChange",
    "cellIns",
    "cellDel",
    "numberingChange",
    "customXmlInsRangeStart",
    "customXmlDelRangeStart",
)
# The head of a document is the second policy's, whatever becomes of the changes.
HEAD = frozenset({"LocalName", "Organisation", "Title", "Subtitle", "Depth"})
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}drawing": "▣"}


class Line(NamedTuple):
    """A paragraph as its style and its words; a row of a table, before its cells, as `row` and their number."""

    style: str
    text: str


class Tracked:
    """A DOCX that may hold changes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        with ZipFile(BytesIO(data)) as package:
            self._xml = package.read("word/document.xml")

    def body(self) -> Any:
        """The body as it stands in the file, parsed anew."""
        return etree.fromstring(self._xml)[-1]

    def accepted(self) -> list[Line]:
        return list(_lines(self._without(DEL), {}))

    def rejected(self) -> list[Line]:
        return list(_lines(self._without(INS), {}))

    def lines(self) -> list[Line]:
        """Every line of a file that holds no changes, with the numbers that Word counts."""
        assert not self.changes()
        docx = Docx(self._data)
        return list(_lines(docx.body[-1], docx.numbers))

    def changes(self) -> list[Any]:
        return list(self.body().iter(INS, DEL))

    def contents(self) -> list[str]:
        """The entries of the contents list."""
        return [_words(p) for p in self.body().iter(P) if _style(p).startswith("TOC")]

    def faults(self) -> list[str]:
        """What Word would stumble over, or a reviewer."""
        body, changes = self.body(), self.changes()
        strange = (one for one in STRANGE if body.find(f".//{W}{one}") is not None)
        found = [f"{one}, which this reader does not know" for one in strange]
        ids = Counter(one.get(f"{W}id") for one in (*changes, *body.iter(f"{W}bookmarkStart")))
        found += [
            f"{times} things are number {id}" for id, times in ids.items() if times > 1 or not id
        ]
        found += ["no author" for one in changes if not one.get(f"{W}author")]
        found += ["no date" for one in changes if not one.get(f"{W}date")]
        names = Counter(one.get(f"{W}name").lower() for one in body.iter(f"{W}bookmarkStart"))
        found += [
            f"bookmark {name} stands {times} times" for name, times in names.items() if times > 1
        ]
        found += ["text in a deletion" for one in body.iter(f"{W}t") if _within(one, DEL)]
        found += [
            "deleted text outside a deletion"
            for one in body.iter(f"{W}delText")
            if not _within(one, DEL)
        ]
        found += [
            "a change in a change" for one in changes if _within(one, DEL) or _within(one, INS)
        ]
        moved = {
            one.get(f"{W}name")
            for p in body.iter(P)
            if _goes(p, DEL)
            for one in p.iter(f"{W}bookmarkStart")
        }
        found += [
            f"accepted, a link leads to {name}, which is gone"
            for name in moved & _targets(self._without(DEL))
        ]
        for drop, what in ((DEL, "accepted"), (INS, "rejected")):
            found += [f"{what}, {fault}" for fault in _broken(self._without(drop))]
        return found

    def _without(self, drop: str) -> Any:
        """The body without what is inserted or deleted, the other changes settled."""
        body = self.body()
        for row in body.xpath(f".//w:tr[w:trPr/w:{_local(drop)}]", namespaces=SPACES):
            row.getparent().remove(row)
        for table in [one for one in body.iter(TABLE) if one.find(ROW) is None]:
            table.getparent().remove(table)
        for change in [
            one for one in body.iter(INS, DEL) if _local(one.getparent().tag) not in ("rPr", "trPr")
        ]:
            holder = change.getparent()
            at = holder.index(change)
            holder[at : at + 1] = [] if change.tag == drop else list(change)
        for paragraph in [one for one in body.iter(P) if _goes(one, drop)]:
            _join(paragraph, paragraph.getnext())
        return body


def _is_code(cell: Any) -> bool:
    """Whether a cell holds a code to scan: a comparison has the second policy's, and tracks none."""
    return [(_style(p), _words(p)) for p in cell.iter(P)] == [("BodyText", "▣")]


def _goes(paragraph: Any, drop: str) -> bool:
    return paragraph.find(f"{W}pPr/{W}rPr/{drop}") is not None


def _join(paragraph: Any, following: Any) -> None:
    if following is None or following.tag == f"{W}sectPr":
        return
    if following.tag == P:
        start = 0 if following.find(f"{W}pPr") is None else 1
        following[start:start] = [one for one in paragraph if one.tag != f"{W}pPr"]
    elif _words(paragraph):
        return  # words cannot join a table
    paragraph.getparent().remove(paragraph)


def _targets(body: Any) -> set[str]:
    """The bookmarks that links lead to."""
    return {one.get(f"{W}anchor") for one in body.iter(f"{W}hyperlink") if _words(one)} - {None}


def _broken(body: Any) -> Iterator[str]:
    here = {one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")}
    yield from (f"a link leads to {name}, which is nowhere" for name in _targets(body) - here)
    yield from ("a content control is empty" for one in body.iter(f"{W}sdtContent") if not len(one))
    yield from (
        "a cell does not end with a paragraph" for cell in body.iter(CELL) if cell[-1].tag != P
    )
    for table in body.iter(TABLE):
        if (following := table.getnext()) is not None and following.tag == TABLE:
            yield "two tables touch"


# --- Reading what is left -----------------------------------------------------------------------------


def _lines(holder: Any, numbers: Mapping[Any, str]) -> Iterator[Line]:
    for element in holder:
        if element.tag == P:
            style, words = _style(element), _words(element)
            if style not in HEAD and (words or style != "Spacer"):
                number = numbers.get(element)
                yield Line(style, f"{number}\t{words}" if number else words)
        elif element.tag == TABLE:
            for row in element.iter(ROW):
                cells = [cell for cell in row.findall(CELL) if not _is_code(cell)]
                if next(row.iterancestors(TABLE)) is not element:
                    continue  # a table in a cell is read there
                if not all(_style(p) in (*HEAD, "Spacer") for p in row.iter(P)):
                    yield Line("row", str(len(cells)))
                for cell in cells:
                    yield from _lines(cell, numbers)
        elif (
            element.tag == f"{W}sdt" and element.find(f"{W}sdtPr/{W}docPartObj") is None
        ):  # the contents list
            yield from _lines(element.find(f"{W}sdtContent"), numbers)


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val")


def _words(element: Any) -> str:
    found = element.iter(f"{W}t", f"{W}delText", *SIGNS)
    return "".join(
        SIGNS.get(one.tag, one.text or "") for one in found if one.getparent().tag == f"{W}r"
    )


def _within(element: Any, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _local(tag: str) -> str:
    return tag.removeprefix(W)
