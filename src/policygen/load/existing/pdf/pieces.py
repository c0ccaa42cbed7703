"""A PDF's bytes -> pieces of text with their places, page by page, within bounds.

The bounds are counts, never a clock, so that a file is read as far on a slow computer as on a fast
one. What the library logs about a broken file is nobody's to read.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration

PAGE_LIMIT = 300
_MOST_OPERATIONS = 2_000_000  # of all pages together; a page of text has some hundreds
# Counts, never a clock: what a file may unpack to and how much of it is read.
_bounded = partial(
    apply_configuration,
    zlib_maximum_output_length=20_000_000,
    lzw_maximum_output_length=20_000_000,
    run_length_maximum_output_length=20_000_000,
    array_based_stream_maximum_output_length=20_000_000,
    zlib_maximum_recovery_input_length=500_000,
    stream_decoding_work_maximum_length=40_000_000,
    stream_parsing_work_maximum_count=500_000,
    xform_maximum_invocations_per_extraction=200,
    page_tree_maximum_entries=5_000,
    page_tree_maximum_page_entries=100_000,
)
_BOLD = ("bold", "black", "heavy", "semibold", "demi")


class LockedPdfError(Exception):
    """A password, or an encryption that cannot be read here, locks the file."""


class LargePdfError(Exception):
    """The file has more pages, or draws more, than any policy does."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Some characters that were drawn together, at a place of a page in points from below.

    `mark` is the number of the marked content in which they stand (MCID), or None.
    """

    text: str
    x: float
    y: float
    size: float
    is_bold: bool
    mark: int | None


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its number in the object tree, its height in points, and its pieces as drawn."""

    object: int
    height: float
    pieces: tuple[TextPiece, ...]


@dataclass(slots=True)
class OpenPdf:
    """A PDF whose pages have been read, and its catalogue, where the tags stand."""

    catalogue: Any
    title: str
    pages: list[PdfPage] = field(default_factory=list)


@contextmanager
def pdf_bounds() -> Iterator[None]:
    """Within the block, pypdf keeps our bounds and says nothing."""
    log = logging.getLogger("pypdf")
    before = log.disabled, log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with _bounded():
            yield
    finally:
        log.disabled, level = before
        log.setLevel(level)


def open_pdf(data: bytes) -> OpenPdf:
    """Read the text of every page. Raises LockedPdfError, LargePdfError, or what pypdf raises."""
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise LockedPdfError
    if len(reader.pages) > PAGE_LIMIT:
        raise LargePdfError
    information = reader.metadata
    title = str(information.title or "") if information else ""
    found = OpenPdf(reader.trailer["/Root"].get_object(), " ".join(title.split()))
    budget = _Budget()
    for page in reader.pages:
        found.pages.append(_read_page(page, budget))
        if budget.is_spent:
            raise LargePdfError
    return found


@dataclass(slots=True)
class _Budget:
    """How many operations have been seen."""

    operations: int = 0

    @property
    def is_spent(self) -> bool:
        return self.operations > _MOST_OPERATIONS


def _read_page(page: PageObject, budget: _Budget) -> PdfPage:
    hand = _PageHand(budget)
    page.extract_text(visitor_operand_before=hand.operation, visitor_text=hand.text)
    reference = page.indirect_reference
    number = reference.idnum if reference else 0
    return PdfPage(number, float(page.mediabox.top), tuple(hand.pieces))


class _PageHand:
    """Takes down what pypdf says of one page as it reads it."""

    def __init__(self, budget: _Budget) -> None:
        self.pieces: list[TextPiece] = []
        self._marks: list[int | None] = []
        self._budget = budget

    def operation(self, operator: bytes, operands: Any, *_: Any) -> None:
        """Follow the marked content; text that is not flushed yet belongs to what ends."""
        self._budget.operations += 1
        if self._budget.is_spent:
            raise LargePdfError
        if operator in (b"BDC", b"BMC"):
            self._marks.append(_mark_of(operands))
        elif operator == b"EMC" and self._marks:
            self._marks.pop()

    def text(self, text: str, matrix: Any, text_matrix: Any, font: Any, size: Any) -> None:
        """Take a piece down with its place."""
        if not text.strip():
            if self.pieces and text:
                last = self.pieces[-1]
                gap = "\n" if "\n" in text else " "
                self.pieces.append(TextPiece(gap, last.x, last.y, last.size, False, last.mark))
            return
        a, b, c, d, e, f = (float(one) for one in matrix)
        x, y = float(text_matrix[4]), float(text_matrix[5])
        scale = abs(float(text_matrix[3])) or abs(float(text_matrix[1])) or 1.0
        self.pieces.append(
            TextPiece(
                text,
                a * x + c * y + e,
                b * x + d * y + f,
                float(size or 0) * scale * (abs(d) or abs(b) or 1.0),
                _is_bold(font),
                next((one for one in reversed(self._marks) if one is not None), None),
            )
        )


def _mark_of(operands: Any) -> int | None:
    """Return the number of a marked content, where it names one itself."""
    try:
        return int(operands[1]["/MCID"])
    except (IndexError, KeyError, TypeError, ValueError):
        return None


def _is_bold(font: Any) -> bool:
    try:
        name = str(font["/BaseFont"]).lower()
    except (KeyError, TypeError):
        return False
    return any(word in name for word in _BOLD)
