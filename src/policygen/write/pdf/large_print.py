"""Large print as PDF: for people who see little, on A4 paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from policygen.write.linear import linear
from policygen.write.pdf.writer import PdfWriter
from policygen.write.writer import Printout

if TYPE_CHECKING:
    from policygen.model.document import Document


class LargePrintPdfWriter:
    """A PDF in 18 points and one column."""

    extension = "large-print.pdf"

    def write(self, document: Document) -> bytes:
        """Return the file; raises as `PdfWriter.write` does."""
        return self.print_pages(document).data

    def print_pages(
        self, document: Document, on_page: Callable[[int], None] | None = None
    ) -> Printout:
        """Return the file and its warnings. Its pages are not counted: no budget is for them."""
        printed = PdfWriter().print_pages(linear(document, self.extension), on_page)
        return printed._replace(pages=0)
