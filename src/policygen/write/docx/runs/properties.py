"""How characters look: the properties of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.word.names import FACT_STYLE
from policygen.write.docx.package.styles import QUIET, word_language
from policygen.write.docx.package.xml import Element, val, w

if TYPE_CHECKING:
    from policygen.write.docx.context import Ink


def run_properties(ink: Ink) -> Element | None:
    """Make `w:rPr`, in the order that the schema asks for; None where there are none."""
    style = _style_of(ink)
    is_bold = ink.strong or ink.style == "Emphasis"  # the look has no italics
    properties = w("rPr")
    if style:
        properties.append(val("rStyle", style))
    if is_bold and style not in ("Strong", "Emphasis"):
        properties.extend((w("b"), w("bCs")))
    if ink.quiet and style != "Quiet":
        properties.append(val("color", QUIET))
    if ink.linked and style != "Hyperlink":
        properties.append(val("u", "single"))
    if ink.right_to_left:
        properties.append(w("rtl"))
    if ink.language:
        properties.append(val("lang", word_language(ink.language)))
    return properties if len(properties) else None


def _style_of(ink: Ink) -> str:
    """Return the one character style: a fact's, else that of the strongest mark."""
    if ink.fact and ink.style in ("", "Emphasis"):
        return FACT_STYLE
    if ink.style:
        return ink.style
    if ink.linked:
        return "Hyperlink"
    if ink.strong:
        return "Strong"
    return "Quiet" if ink.quiet else ""
