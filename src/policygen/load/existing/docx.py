"""A Word file of anybody's -> lines, with every tracked change accepted.

Its styles are a stranger's: a heading is one by its place in the outline, or by how it looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygen.load.existing.lines import ExistingLine, LineKind, heading_level, text_line
from policygen.load.existing.numbers import NumberCounter
from policygen.load.returned.package.open import ReturnedFile
from policygen.load.returned.package.refusal import Refusal
from policygen.load.returned.package.xml import (
    MC,
    WML,
    WordNode,
    is_on,
    number,
    parse,
    value,
)
from policygen.load.returned.text.styles import Look, Styles

_GONE = frozenset(f"{WML}{local}" for local in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tcPr"))
_SIGNS = {f"{WML}tab": "\t", f"{WML}br": " ", f"{WML}cr": " ", f"{WML}noBreakHyphen": "\u2011"}
_DRAWINGS = frozenset(f"{WML}{local}" for local in ("drawing", "pict", "object"))
_BODY_TEXT = 9  # the level of the outline that is none
_LARGER = 1.15  # times the size of the text: a heading


@dataclass(frozen=True, slots=True)
class _Words:
    """The characters of one run, and how they look."""

    text: str
    is_bold: bool
    size: int  # half points


def docx_lines(file: ReturnedFile) -> Iterator[ExistingLine]:
    """Yield the lines of an opened file. Raises Refusal for one that is broken."""
    body = parse(file.files[file.main], file.main).find(f"{WML}body")
    if body is None:
        raise Refusal("This file is broken: it has no text.")
    numbering = file.part("numbering")
    styles = Styles(file.part("styles"), numbering)
    yield from _BodyLines(styles, NumberCounter(numbering)).read(body)


class _BodyLines:
    """Reads one body."""

    def __init__(self, styles: Styles, numbers: NumberCounter) -> None:
        self._styles, self._numbers = styles, numbers
        self._fields: list[bool] = []  # those that are open: whether their code is at hand
        self._base = number(styles.style("").look.size, 22) or 22

    def read(self, holder: WordNode) -> Iterator[ExistingLine]:
        """Yield the lines of the blocks in an element."""
        for block in holder:
            match block.tag.rpartition("}")[2]:
                case "p":
                    yield from self._paragraph(block)
                case "tbl":
                    yield from self._table(block)
                case "AlternateContent":
                    for choice in block.iterchildren(f"{MC}Choice"):
                        yield from self.read(choice)
                case "del" | "moveFrom":
                    continue
                case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo":
                    yield from self.read(block)

    def _paragraph(self, block: WordNode) -> Iterator[ExistingLine]:
        properties = block.find(f"{WML}pPr")
        style = self._styles.style(_property(properties, "pStyle"))
        item = self._styles.item(properties, style)
        mark = self._numbers.count(item.number, item.level) if item else ""
        words = list(self._words(block, style.look))
        text = "".join(one.text for one in words).strip()
        if not text or style.ours.startswith("TOC"):
            return
        line = text.replace("\t", " ")
        outline = _property(properties, "outlineLvl")
        level = style.heading
        if outline:
            level = number(outline) + 1 if number(outline) < _BODY_TEXT else 0
        if style.ours == "Title":
            level = 1
        if level:
            yield ExistingLine(line, level)
            return
        marked = self._is_marked(words)
        if level := heading_level(line, is_marked=marked) if marked else 0:
            yield ExistingLine(line, level, size=max(one.size for one in words))
        elif mark:  # a paragraph that people name by it, and no item of a list
            yield ExistingLine(f"{mark} {line}")
        elif item is not None:
            yield ExistingLine(line, kind=LineKind.ITEM)
        else:
            yield text_line(text)

    def _is_marked(self, words: list[_Words]) -> bool:
        """Tell whether a whole paragraph stands in bold or in larger letters."""
        said = [one for one in words if one.text.strip()]
        return all(one.is_bold or one.size >= self._base * _LARGER for one in said)

    def _table(self, block: WordNode) -> Iterator[ExistingLine]:
        """Yield the rows; what a table of one cell holds is read as if it stood in no table."""
        rows = [list(_held(row, "tc")) for row in _held(block, "tr")]
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    yield from self.read(cell)
            return
        for row in rows:
            cells = (" ".join(line.text for line in self.read(cell)) for cell in row)
            yield ExistingLine(
                "\t".join(cell.replace("\t", " ") for cell in cells), kind=LineKind.ROW
            )

    def _words(self, holder: WordNode, around: Look) -> Iterator[_Words]:
        for child in holder:
            if child.tag in _GONE or child.tag in _DRAWINGS:
                continue
            if child.tag == f"{WML}r":
                yield self._run(child, around)
            elif child.tag == f"{MC}AlternateContent":
                for choice in child.iterchildren(f"{MC}Choice"):
                    yield from self._words(choice, around)
            else:
                yield from self._words(child, around)

    def _run(self, run: WordNode, around: Look) -> _Words:
        properties = run.find(f"{WML}rPr")
        is_bold, size = around.bold, around.size
        if properties is not None:
            own = self._styles.style(_property(run.find(f"{WML}rPr"), "rStyle"))
            bold = properties.find(f"{WML}b")
            named = _property(properties, "rStyle")
            is_bold = is_on(bold) if bold is not None else is_bold or bool(named and own.look.bold)
            size = _property(properties, "sz") or size
        return _Words("".join(self._characters(run)), is_bold, number(size, self._base))

    def _characters(self, run: WordNode) -> Iterator[str]:
        for child in run:
            if child.tag == f"{WML}fldChar":
                self._turn_field(child.get(f"{WML}fldCharType", ""))
            elif any(self._fields):
                continue  # the code of a field is nobody's words
            elif child.tag == f"{WML}t":
                yield child.text or ""
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag]

    def _turn_field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()


def _held(element: WordNode, local: str) -> Iterator[WordNode]:
    """Yield the rows of a table or the cells of a row, those in a content control too."""
    for child in element:
        if child.tag == f"{WML}{local}":
            yield child
        elif child.tag in (f"{WML}sdt", f"{WML}sdtContent", f"{WML}customXml"):
            yield from _held(child, local)


def _property(properties: WordNode | None, local: str) -> str:
    return value(None if properties is None else properties.find(f"{WML}{local}"))
