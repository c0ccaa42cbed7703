"""The head of the first page of a PDF: whether a name stands beside the status, or under it."""

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


def has_wide_name(document: Document, line: int) -> bool:
    """Tell whether a word of the organisation's names is too wide to stand beside the status.

    It would slip below the status, away from the logo. `line` is how wide the page is set, in
    tenths of a point.
    """
    head, brand = document.masthead, document.brand
    font = font_metrics(brand.theme)
    words = " ".join([head.organisation, *(name for _, name in head.local_names)]).split()
    widest = max((font.text_width(word, _EM, bold=True) for word in words), default=0)
    status = font.text_width(head.status.text, _EM, bold=True) + _STATUS_PADDING
    logo = 0.0
    if brand.logo:
        logo = _LOGO_HEIGHT * logo_ratio(brand.logo, brand.logo_type) + _LOGO_GAP
    return widest > line - min(status, _STATUS_WIDEST) - logo
