"""A PDF -> its form, its title and its lines, or a Problem."""

from __future__ import annotations

from policygen.load.existing.lines import ExistingLine
from policygen.load.existing.pdf.layout import laid_out_lines
from policygen.load.existing.pdf.pieces import (
    PAGE_LIMIT,
    LargePdfError,
    LockedPdfError,
    OpenPdf,
    open_pdf,
    pdf_bounds,
)
from policygen.load.existing.pdf.tags import tagged_lines
from policygen.problems import Location, PolicygenError, Problem

_FEW = 200  # characters a page; fewer on most pages: they are pictures
_OTHER = "Ask for the Word file, or print it to a new PDF without protection."
_SCANNED = "Ask for the file that was printed, or run text recognition (OCR) over it first."


def pdf_lines(data: bytes, shown: str) -> tuple[str, str, list[ExistingLine]]:
    """Read a PDF by its tags or its layout. Raises PolicygenError.

    pypdf raises errors of any kind over a broken file, so whatever it raises is the file's fault.
    """
    with pdf_bounds():
        try:
            pdf = open_pdf(data)
            _require_words(pdf, shown)
            lines = tagged_lines(pdf)
            if lines is not None:
                return "a PDF, by its tags", pdf.title, lines
            return "a PDF, by its layout", pdf.title, list(laid_out_lines(pdf.pages))
        except PolicygenError:
            raise
        except LockedPdfError:
            raise _refused("A password locks this PDF.", _OTHER, shown) from None
        except LargePdfError:
            what = f"This PDF has more than {PAGE_LIMIT} pages, or draws more than any policy does."
            mend = "Give the policy alone, without what is bound with it."
            raise _refused(what, mend, shown) from None
        except Exception as error:
            if type(error).__name__ == "DependencyError":  # it is encrypted with AES
                what = "This PDF is locked against copying."
                raise _refused(what, _OTHER, shown) from None
            what = "This PDF is broken: its text cannot be read."
            raise _refused(what, _OTHER, shown) from None


def _require_words(pdf: OpenPdf, shown: str) -> None:
    """Refuse a PDF whose pages are pictures of paper."""
    counts = [sum(len(piece.text.strip()) for piece in page.pieces) for page in pdf.pages]
    if sum(counts) < min(_FEW * len(counts) // 4, _FEW * 4):
        pages = "its only page" if len(counts) == 1 else f"its {len(counts)} pages"
        what = f"This PDF has hardly any text on {pages}: it seems to be scanned."
        raise _refused(what, _SCANNED, shown, "PG681")


def _refused(what: str, mend: str, shown: str, code: str = "PG682") -> PolicygenError:
    return PolicygenError([Problem(what, mend, Location(shown), code=code)])
