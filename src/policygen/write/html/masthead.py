"""The head of the first page of a PDF: how names stand beside the logo and the status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.write.font import font_metrics
from policygen.write.logo import logo_ratio

if TYPE_CHECKING:
    from policygen.model.document import Document

# As the print sheet has them, in tenths of a point.
_EM = 105  # of the names and of the status
_LOGO_HEIGHT, _LOGO_GAP = 280, 80
_STATUS_PADDING = 330  # and the space before it
_STATUS_WIDEST = 2_268 + 120
_COVER_WIDTH = 4_250 - 140  # and a white plate around the logo


def name_hook(document: Document, line: int) -> str:
    """Return the class by which the print sheet knows how an organisation's names stand; or "".

    `wide-name`: a word is too wide to stand beside the status, and would slip below it, away from
    the logo. `one-line`: there is one name, on a line, which stands in the middle of the logo.
    `line` is how wide the page is set, in tenths of a point.
    """
    head = document.masthead
    font = font_metrics(document.brand.theme)
    room = _room(document, line)
    words = " ".join([head.organisation, *(name for _, name in head.local_names)]).split()
    if max((font.text_width(word, _EM, bold=True) for word in words), default=0) > room:
        return "" if head.cover else "wide-name"
    is_one_line = font.text_width(head.organisation, _EM) <= room and not head.local_names
    return "one-line" if is_one_line else ""


def _room(document: Document, line: int) -> float:
    """Return how wide the names may be: what the logo and the status beside them leave."""
    head, brand = document.masthead, document.brand
    logo = 0.0
    if brand.logo:
        logo = _LOGO_HEIGHT * logo_ratio(brand.logo, brand.logo_type) + _LOGO_GAP
    if head.cover:
        return _COVER_WIDTH - logo
    status = font_metrics(brand.theme).text_width(head.status.text, _EM, bold=True)
    return line - min(status + _STATUS_PADDING, _STATUS_WIDEST) - logo
