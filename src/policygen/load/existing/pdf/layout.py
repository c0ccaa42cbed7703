"""A PDF without tags -> lines: paragraphs and headings by where and how large their words stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from policygen.load.existing.lines import ExistingLine, heading_level, is_bullet, text_line
from policygen.load.existing.pdf.pieces import PdfPage, TextPiece
from policygen.load.existing.pdf.words import words_of_pieces

_EDGE = 0.1  # of the page's height at its head and foot: where running lines stand
_LARGER = 1.12  # times the size of the text: a heading
_GAP = 1.45  # times the usual step from line to line: a new paragraph
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line as it stands on a page."""

    pieces: tuple[TextPiece, ...]
    page: int
    height: float  # of the page

    @property
    def text(self) -> str:
        return words_of_pieces(self.pieces)

    @property
    def y(self) -> float:
        return self.pieces[0].y

    @property
    def size(self) -> float:
        sizes: Counter[float] = Counter()
        for piece in self.pieces:
            sizes[round(piece.size, 1)] += len(piece.text.strip())
        return sizes.most_common(1)[0][0]

    @property
    def is_bold(self) -> bool:
        return all(piece.is_bold for piece in self.pieces if piece.text.strip())

    @property
    def look(self) -> tuple[float, bool]:
        return self.size, self.is_bold


def laid_out_lines(pages: Sequence[PdfPage]) -> Iterator[ExistingLine]:
    """Yield the lines of a PDF by its layout, without what repeats at the edges of its pages."""
    rows = _without_running([row for n, page in enumerate(pages) for row in _rows(page, n)], pages)
    if not rows:
        return
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.text)
    base = sizes.most_common(1)[0][0]
    ranks = sorted((size for size in sizes if size >= base * _LARGER), reverse=True)
    for paragraph in _paragraphs(rows):
        text = words_of_pieces(piece for row in paragraph for piece in row.pieces)
        size, is_bold = paragraph[0].look
        level = heading_level(text, is_marked=True) if size in ranks or is_bold else 0
        if level and size in ranks and not _DIGITS.match(text):
            level = min(ranks.index(size) + 1, 6)
        line = text_line(text, level)
        yield replace(line, size=size) if level else line


def _rows(page: PdfPage, number: int) -> Iterator[_Row]:
    """Yield the lines of a page: pieces at one height, in the order in which they are drawn."""
    gathered: list[TextPiece] = []
    for piece in page.pieces:
        same = gathered and abs(gathered[-1].y - piece.y) <= 0.5 * max(piece.size, 1.0)
        if gathered and not same:
            yield from _row(gathered, number, page.height)
            gathered = []
        gathered.append(piece)
        if piece.text.endswith("\n"):
            yield from _row(gathered, number, page.height)
            gathered = []
    yield from _row(gathered, number, page.height)


def _row(pieces: Sequence[TextPiece], number: int, height: float) -> Iterator[_Row]:
    if any(piece.text.strip() for piece in pieces):
        said = [p for p in pieces if p.text.strip() or p is not pieces[0]]
        yield _Row(tuple(said), number, height)


def _without_running(rows: Sequence[_Row], pages: Sequence[PdfPage]) -> list[_Row]:
    """Return the lines that do not stand at the edge of several pages alike, but for numbers."""
    found: dict[str, set[int]] = {}
    for row in rows:
        if _is_at_edge(row):
            found.setdefault(_DIGITS.sub("", row.text), set()).add(row.page)
    often = max(2, len(pages) // 3)
    running = {text for text, places in found.items() if len(places) >= often}
    return [r for r in rows if not (_is_at_edge(r) and _DIGITS.sub("", r.text) in running)]


def _is_at_edge(row: _Row) -> bool:
    return row.y < row.height * _EDGE or row.y > row.height * (1 - _EDGE)


def _paragraphs(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield the lines of each paragraph."""
    step = _usual_step(rows)
    paragraph: list[_Row] = []
    for row in rows:
        if paragraph and _begins(paragraph[-1], row, step):
            yield paragraph
            paragraph = []
        paragraph.append(row)
    if paragraph:
        yield paragraph


def _usual_step(rows: Sequence[_Row]) -> float:
    steps: Counter[float] = Counter()
    for above, below in pairwise(rows):
        if above.page == below.page and above.y > below.y:
            steps[round(above.y - below.y)] += 1
    return steps.most_common(1)[0][0] if steps else 14.0


def _begins(above: _Row, row: _Row, step: float) -> bool:
    """Tell whether a line begins a paragraph beneath another line."""
    if row.look != above.look and (row.size != above.size or row.is_bold or above.is_bold):
        return True
    text = row.text
    if is_bullet(text) or re.match(r"\d{1,2}\.\d{1,2}(\.\d{1,2})?\.?\s", text):
        return True
    if row.page != above.page or row.y > above.y:  # a new page or column
        return above.text.endswith((".", ":", "?", "!")) and text[:1].isupper()
    return above.y - row.y > step * _GAP
