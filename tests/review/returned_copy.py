"""A Word file as it comes back: what people do to it, done to its XML as Word does it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LAWYER, UNION = "A. Lawyer", "U. Nion"
DAY = "2026-12-03T10:00:00Z"
Element = etree._Element


class ReturnedWord:
    """The text of a Word file, to be edited and saved."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with ZipFile(path) as zip:
            self.parts = {name: zip.read(name) for name in zip.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])

    def save(self) -> Path:
        self.parts["word/document.xml"] = etree.tostring(self.root, xml_declaration=True)
        data = BytesIO()
        with ZipFile(data, "w", ZIP_DEFLATED) as zip:
            for name, part in self.parts.items():
                zip.writestr(name, part)
        self.path.write_bytes(data.getvalue())
        return self.path

    def clause(self, id: str) -> Iterator[Element]:
        """The paragraphs of a clause: from its bookmark to the next heading's."""
        name = re.sub("[^A-Za-z0-9]", "_", id)
        (start,) = self.root.iterfind(f".//{W}bookmarkStart[@{W}name='{name}']")
        paragraph = next(one for one in start.iterancestors() if one.tag == f"{W}p")
        yield paragraph
        for following in paragraph.itersiblings():
            marks = (mark.get(f"{W}name", "") for mark in following.iter(f"{W}bookmarkStart"))
            if any("_" in mark and not mark.startswith("_") for mark in marks):
                return
            yield from following.iter(f"{W}p")

    def text(self, id: str, words: str) -> Element:
        """The piece of text of a clause that holds these words."""
        for paragraph in self.clause(id):
            for text in paragraph.iter(f"{W}t"):
                if words in (text.text or ""):
                    return text
        raise AssertionError(f"{id} does not say {words!r}")

    def retype(self, id: str, old: str, new: str) -> None:
        """Change words without tracking."""
        text = self.text(id, old)
        text.text = (text.text or "").replace(old, new, 1)

    def track(self, id: str, old: str, new: str, author: str, date: str = DAY) -> None:
        """Change words with tracking on: the old are struck out, the new inserted."""
        text = self.text(id, old)
        run = text.getparent()
        assert run is not None
        before, _, after = (text.text or "").partition(old)
        look = run.find(f"{W}rPr")

        def piece(words: str, tag: str = "t") -> Element:
            new_run = etree.Element(f"{W}r")
            if look is not None:
                new_run.append(etree.fromstring(etree.tostring(look)))
            said = etree.SubElement(new_run, f"{W}{tag}")
            said.text = words
            said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            return new_run

        def change(tag: str, inner: Element) -> Element:
            mark = etree.Element(f"{W}{tag}")
            mark.set(f"{W}id", str(sum(1 for _ in self.root.iter(f"{W}ins", f"{W}del"))))
            mark.set(f"{W}author", author)
            mark.set(f"{W}date", date)
            mark.append(inner)
            return mark

        parts = [piece(before)] if before else []
        if old:
            parts.append(change("del", piece(old, "delText")))
        if new:
            parts.append(change("ins", piece(new)))
        if after:
            parts.append(piece(after))
        for part in parts:
            run.addprevious(part)
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)

    def take_out(self, id: str) -> None:
        """Delete a clause without tracking, heading, bookmark and all."""
        for paragraph in list(self.clause(id)):
            parent = paragraph.getparent()
            if parent is not None and parent.tag == f"{W}body":
                parent.remove(paragraph)


def edited(path: Path, *edits: Callable[[ReturnedWord], None]) -> Path:
    """Return a file after some edits."""
    word = ReturnedWord(path)
    for edit in edits:
        edit(word)
    return word.save()
