"""The head of the pages of a PDF, which stands on one line however long a name is."""

from __future__ import annotations

from string import ascii_letters, digits
from typing import TYPE_CHECKING

from policygen.model.bidi import has_right_to_left
from policygen.model.document import Group
from policygen.write.font import font_metrics

if TYPE_CHECKING:
    from policygen.model.document import Document

_EM = 100  # of a running line, in tenths of a point
_GAP = 120  # between its two halves
_MOST = 6  # tenths of the line that its right half may have
_SAFE = ascii_letters + digits + " .,:-"
_LEFT_TO_RIGHT = "\u200e"


def running_head(document: Document, line: int) -> dict[str, str]:
    """Return the custom properties of the head of every page; `line` is in tenths of a point.

    The right half is as wide as the widest that any page has. The organisation's name takes the
    rest, or its short name where the whole one is wider.
    """
    running = document.running
    font = font_metrics(document.brand.theme)
    sections = (block.running for block in document.body if isinstance(block, Group))
    widest = max(font.text_width(text, _EM) for text in (running.part, *sections))
    right = min(widest + _EM // 10, line * _MOST // 10)
    name_width = font.text_width(running.organisation, _EM, bold=not document.in_force)
    is_too_long = name_width > line - right - _GAP
    name = running.short if is_too_long and running.short else running.organisation
    return {
        "organisation": css_string(name),
        "part-width": f"{right / 10:.1f}pt",
    }


def css_string(text: str) -> str:
    """A CSS string that no character can break out of, nor out of the `style` element around it."""
    if has_right_to_left(text):
        text = _LEFT_TO_RIGHT + text  # else Pango turns round the whole line after its first letter
    return '"' + "".join(c if c in _SAFE else f"\\{ord(c):x} " for c in text) + '"'
