"""The tags of a PDF -> lines: what its maker says is a heading, a paragraph, an item or a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pypdf.generic import IndirectObject

from policygen.load.existing.lines import ExistingLine, LineKind, heading_level, text_line
from policygen.load.existing.pdf.pieces import OpenPdf, TextPiece
from policygen.load.existing.pdf.words import words_of_pieces

_HEADINGS = {"H": 1, "Title": 1, **{f"H{level}": level for level in range(1, 7)}}
_PARAGRAPHS = ("P", "Caption", "BlockQuote", "Note", "Aside", "FENote", "Quote")
_SKIPPED = ("TOC", "TOCI", "Artifact", "Figure", "Formula", "Index")
_CELLS = ("TD", "TH")
_DEEPEST = 60
_MANY = 200_000  # elements
_ENOUGH = 0.6  # of all characters stand in tags: then these are believed


def tagged_lines(pdf: OpenPdf) -> list[ExistingLine] | None:
    """Return the lines of a PDF by its tags; None where it has none, or where they lack much."""
    root = _get(pdf.catalogue, "/StructTreeRoot")
    if root is None:
        return None
    tags = _Tags(pdf, _get(root, "/RoleMap") or {})
    lines = list(tags.lines(root, 0))
    every = sum(len(one.text) for page in pdf.pages for one in page.pieces)
    if tags.characters < _ENOUGH * every:
        return None
    return lines


class _Tags:
    """Walks the structure tree of one PDF, whose elements lead to marked contents."""

    def __init__(self, pdf: OpenPdf, roles: Any) -> None:
        self._roles = roles
        self._marked: dict[tuple[int, int], list[TextPiece]] = defaultdict(list)
        for page in pdf.pages:
            for piece in page.pieces:
                if piece.mark is not None:
                    self._marked[page.object, piece.mark].append(piece)
        self._left = _MANY
        self.characters = 0  # in the tags that were walked

    def lines(self, element: Any, depth: int, page: int = 0) -> Iterator[ExistingLine]:
        """Yield the lines within an element that holds others."""
        loose: list[TextPiece] = []  # text that stands in no element of its own
        for kid, of_page in self._kids(element, page):
            if isinstance(kid, int):
                loose += self._pieces(of_page, kid)
                continue
            if loose:
                yield from _paragraph(loose)
                loose = []
            yield from self._element(kid, depth + 1, of_page)
        if loose:
            yield from _paragraph(loose)

    def _element(self, element: Any, depth: int, page: int) -> Iterator[ExistingLine]:
        if depth > _DEEPEST:
            return
        page = _page_of(element, page)
        role = self._role(element)
        if role in _SKIPPED:
            self.characters += sum(len(one.text) for one in self._all(element, depth, page))
        elif role in _HEADINGS:
            if text := words_of_pieces(self._all(element, depth, page)):
                yield ExistingLine(text, _HEADINGS[role])
        elif role == "TR":
            yield ExistingLine("\t".join(self._cells(element, depth, page)), kind=LineKind.ROW)
        elif role in ("LI", "LBody"):
            yield from self._item(element, depth, page)
        elif role in _PARAGRAPHS and not self._holds_list(element, page):
            yield from _paragraph(self._all(element, depth, page))
        else:
            yield from self.lines(element, depth, page)

    def _item(self, element: Any, depth: int, page: int) -> Iterator[ExistingLine]:
        """Yield an item, and then the items of a list within it."""
        own: list[TextPiece] = []
        inner: list[tuple[Any, int]] = []
        for kid, of_page in self._kids(element, page):
            role = "" if isinstance(kid, int) else self._role(kid)
            if isinstance(kid, int):
                own += self._pieces(of_page, kid)
            elif role == "LBody" or role in ("L", "Table"):
                inner.append((kid, of_page))
            elif role != "Lbl":
                own += self._all(kid, depth + 1, of_page)
            else:
                self.characters += sum(len(p.text) for p in self._all(kid, depth + 1, of_page))
        if text := words_of_pieces(own):
            yield ExistingLine(text_line(text).text, kind=LineKind.ITEM)
        for kid, of_page in inner:
            yield from self._element(kid, depth + 1, of_page)

    def _cells(self, row: Any, depth: int, page: int) -> Iterator[str]:
        for kid, of_page in self._kids(row, page):
            if not isinstance(kid, int) and self._role(kid) in _CELLS:
                yield words_of_pieces(self._all(kid, depth + 1, of_page))

    def _holds_list(self, element: Any, page: int) -> bool:
        kids = (kid for kid, _ in self._kids(element, page) if not isinstance(kid, int))
        return any(self._role(kid) in ("L", "Table") for kid in kids)

    def _all(self, element: Any, depth: int, page: int) -> list[TextPiece]:
        """Return all pieces within an element."""
        if depth > _DEEPEST:
            return []
        page = _page_of(element, page)
        found: list[TextPiece] = []
        for kid, of_page in self._kids(element, page):
            found += (
                self._pieces(of_page, kid)
                if isinstance(kid, int)
                else self._all(kid, depth + 1, of_page)
            )
        return found

    def _pieces(self, page: int, mark: int) -> list[TextPiece]:
        pieces = self._marked.pop((page, mark), [])  # each once, whatever a broken tree says
        self.characters += sum(len(one.text) for one in pieces)
        return pieces

    def _kids(self, element: Any, page: int) -> Iterator[tuple[Any, int]]:
        """Yield the elements and the numbers of marked contents in an element, with their page."""
        kids = _get(element, "/K")
        for each in kids if isinstance(kids, list) else [kids]:
            self._left -= 1
            if self._left < 0:
                return
            kid = each.get_object() if isinstance(each, IndirectObject) else each
            if isinstance(kid, int):
                yield int(kid), page
            elif isinstance(kid, Mapping):
                mark = _get(kid, "/MCID")
                if isinstance(mark, int):
                    yield int(mark), _page_of(kid, page)
                elif "/S" in kid:
                    yield kid, page

    def _role(self, element: Any) -> str:
        role = _get(element, "/S")
        for _ in range(4):  # a role may stand for another
            mapped = _get(self._roles, str(role)) if isinstance(self._roles, Mapping) else None
            if mapped is None or mapped == role:
                break
            role = mapped
        return str(role).removeprefix("/")


def _paragraph(pieces: list[TextPiece]) -> Iterator[ExistingLine]:
    """Yield a paragraph; one wholly in bold that looks like a heading is one, whatever its tag."""
    text = words_of_pieces(pieces)
    if text:
        is_bold = all(one.is_bold for one in pieces if one.text.strip())
        level = heading_level(text, is_marked=True) if is_bold else 0
        line = text_line(text, level)
        yield replace(line, size=round(max(one.size for one in pieces), 1)) if level else line


def _page_of(element: Any, page: int) -> int:
    """Return the number of the page object that an element names, or that of what holds it."""
    named = element.raw_get("/Pg") if "/Pg" in element else None
    return named.idnum if isinstance(named, IndirectObject) else page


def _get(holder: Any, key: str) -> Any:
    """Return what stands under a key of a dictionary, followed to its object; or None."""
    if not isinstance(holder, Mapping) or key not in holder:
        return None
    found = holder[key]
    return found.get_object() if isinstance(found, IndirectObject) else found
