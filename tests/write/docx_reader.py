"""Reads a DOCX as Word does, without our writer: its clauses by their bookmarks, and its headings' numbers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from policygen.model.word.names import FACT_STYLE, bookmark

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What opens a section, or stands in one beside its clauses.
SECTION_STYLES = frozenset({"Heading1", "Heading1Unlisted", "Fact", "FactLabel"})
SPACES = {"w": W[1:-1]}


class Docx:
    """A DOCX: `body` is its text. Word writes `numbers` before the items of a list; `counted` are those of headings. `properties` are
    the custom ones.

    A heading's number is a field, and `counted` is what Word makes of it, whatever the file says.
    """

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        self.body = etree.fromstring(parts["word/document.xml"])
        custom = etree.fromstring(parts["docProps/custom.xml"])
        self.properties = {one.get("name"): one[0].text for one in custom}
        self._lists = etree.fromstring(parts["word/numbering.xml"])
        known = etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")
        self._styles = {style.get(f"{W}styleId"): style for style in known}
        self.numbers = self._count()
        self.counted = _computed(self.body)

    def clauses(self, ids: Iterable[str], heads_within: Container[str] = ()) -> dict[str, str]:
        """The text of each of these clauses by its id, from its bookmark to the next clause or the end of its place.

        Its place is the row of a table of data, else the cell or the body, as far as the next section, or the
        facts of this one. `heads_within` are the heads that stand within a clause, as in a checklist.
        """
        names = {bookmark(id): id for id in ids}
        found: dict[str, list[str]] = {}
        id, place = "", None
        for paragraph in self.body.iter(f"{W}p"):
            marks = (one.get(f"{W}name") for one in paragraph.iter(f"{W}bookmarkStart"))
            mark = next((one for one in marks if one in names), "")
            if mark:
                id, place = names[mark], _place(paragraph)
            elif place not in paragraph.iterancestors() or (
                self.style(paragraph) in SECTION_STYLES
                and self.text_of(paragraph) not in heads_within
            ):
                id = ""
            if id:
                found.setdefault(id, []).append(self.text_of(paragraph))
        return {id: " ".join(told) for id, told in found.items()}

    def facts(self, place: str = "*") -> list[str]:
        """Every printed fact within a place: a paragraph (`w:p`) or a link (`w:hyperlink`)."""
        path = f"//{place}/w:r[w:rPr/w:rStyle/@w:val=$style]"
        return [_words(run) for run in self.body.xpath(path, namespaces=SPACES, style=FACT_STYLE)]

    def headings(self) -> list[tuple[str, str]]:
        """(number that Word counts, text) of every heading."""
        found = [p for p in self.body.iter(f"{W}p") if self.style(p).startswith("Heading")]
        numbers = [self.counted.get(p, "") for p in found]
        return [(n, _words(p).removeprefix(f"{n} ")) for n, p in zip(numbers, found, strict=True)]

    def text(self, element: Any) -> str:
        return " ".join(map(self.text_of, element.iter(f"{W}p")))

    def text_of(self, paragraph: Any) -> str:
        words = _words(paragraph)
        return f"{self.numbers[paragraph]} {words}" if paragraph in self.numbers else words

    def style(self, paragraph: Any) -> str:
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        return "" if found is None else found.get(f"{W}val")

    def _count(self) -> dict[Any, str]:
        """What Word counts for sources: a level goes on, and those beneath it start again."""
        counts: dict[str, list[int]] = {}
        numbers: dict[Any, str] = {}
        for paragraph in self.body.iter(f"{W}p"):
            list_, level = self._numbering(paragraph)
            if not self.style(paragraph).startswith("Reference") or list_ in ("", "0"):
                continue
            count = counts.setdefault(list_, [0] * 9)
            count[level] += 1
            count[level + 1 :] = [0] * (8 - level)
            pattern = self._lists.xpath(
                "/w:numbering/w:abstractNum[@w:abstractNumId=/w:numbering/w:num[@w:numId=$list]/w:abstractNumId/@w:val]"
                "/w:lvl[@w:ilvl=$level]/w:lvlText/@w:val",
                namespaces=SPACES,
                list=list_,
                level=str(level),
            )[0]
            numbers[paragraph] = re.sub(
                "%([1-9])", lambda at, count=count: str(count[int(at[1]) - 1]), pattern
            )
        return numbers

    def _numbering(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, else its style's, else that of the style beneath."""
        holder = paragraph
        while holder is not None:
            list_ = holder.find(f"{W}pPr/{W}numPr/{W}numId")
            if list_ is not None:
                level = holder.find(f"{W}pPr/{W}numPr/{W}ilvl")
                return list_.get(f"{W}val"), 0 if level is None else int(level.get(f"{W}val"))
            beneath = holder.find(f"{W}pPr/{W}pStyle" if holder is paragraph else f"{W}basedOn")
            holder = None if beneath is None else self._styles.get(beneath.get(f"{W}val"))
        return "", 0


def _place(paragraph: Any) -> Any:
    """What a clause that begins with a paragraph cannot go beyond."""
    cell = paragraph.getparent()
    if cell.tag != f"{W}tc":
        return cell
    table = cell.getparent().getparent()
    is_data = table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "PolicyTable"
    return cell.getparent() if is_data else cell


def _computed(body: Any) -> dict[Any, str]:
    """The number of every heading that has one in fields, computed anew: SEQ counts on, REF repeats a bookmark."""
    counts: Counter[str] = Counter()
    marked: dict[str, str] = {}
    numbers = {}
    for start in body.iter(f"{W}bookmarkStart"):
        name = start.get(f"{W}name")
        if name.startswith("number__"):
            spanned = itertools.takewhile(
                lambda one: one.tag != f"{W}bookmarkEnd", start.itersiblings()
            )
            marked[name] = "".join(_shown(spanned, counts, marked))
            numbers[start.getparent()] = marked[name]
    return numbers


def _shown(runs: Iterable[Any], counts: Counter[str], marked: Mapping[str, str]) -> Iterator[str]:
    """What runs show once every field among them is computed."""
    code, in_field = "", False
    for run in runs:
        code += "".join(one.text for one in run.iter(f"{W}instrText"))
        kind = next((one.get(f"{W}fldCharType") for one in run.iter(f"{W}fldChar")), "")
        if kind == "begin":
            code, in_field = "", True
        elif kind == "end":
            instruction, name, *_ = code.replace('"', "").split()
            counts[name] += instruction == "SEQ"
            yield str(counts[name]) if instruction == "SEQ" else marked[name]
            in_field = False
        elif not in_field:
            yield _words(run)


def _words(paragraph: Any) -> str:
    return "".join(
        node.text or " "
        for node in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
        if node.tag != f"{W}tabs"
    )
