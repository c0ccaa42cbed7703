"""Reads a DOCX as Word does, without our writer: its clauses by their content controls, and its headings' numbers."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACES = {"w": W[1:-1]}


class Docx:
    """A DOCX: `body` is its text, `numbers` the number that Word writes before each paragraph that counts."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        self.body = etree.fromstring(parts["word/document.xml"])
        self._lists = etree.fromstring(parts["word/numbering.xml"])
        known = etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")
        self._styles = {style.get(f"{W}styleId"): style for style in known}
        self.numbers = self._count()

    def clauses(self) -> dict[str, str]:
        """The text of every clause by its id, the numbers of headings before them."""
        controls = self.body.xpath("//w:sdt[w:sdtPr/w:tag]", namespaces=SPACES)
        return {c.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): self.text(c) for c in controls}

    def headings(self) -> list[tuple[str, str]]:
        """(number that Word counts, text) of every heading."""
        found = [p for p in self.body.iter(f"{W}p") if self.style(p).startswith("Heading")]
        return [(self.numbers.get(p, ""), _words(p)) for p in found]

    def text(self, element: Any) -> str:
        return " ".join(
            f"{self.numbers[p]} {_words(p)}" if p in self.numbers else _words(p)
            for p in element.iter(f"{W}p")
        )

    def style(self, paragraph: Any) -> str:
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        return "" if found is None else found.get(f"{W}val")

    def _count(self) -> dict[Any, str]:
        """What Word counts for headings and sources: a level goes on, and those beneath it start again."""
        counts: dict[str, list[int]] = {}
        numbers: dict[Any, str] = {}
        for paragraph in self.body.iter(f"{W}p"):
            list_, level = self._numbering(paragraph)
            if not self.style(paragraph).startswith(("Heading", "Reference")) or list_ in ("", "0"):
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


def _words(paragraph: Any) -> str:
    return "".join(
        node.text or " "
        for node in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
        if node.tag != f"{W}tabs"
    )
