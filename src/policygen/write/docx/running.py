"""The running lines: what stands at the head and the foot of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import Text, Value
from policygen.model.outline.label import split_label
from policygen.write.docx.context import PLAIN_INK
from policygen.write.docx.package.styles import page_of
from policygen.write.docx.package.xml import name, w
from policygen.write.docx.runs.content import Tab
from policygen.write.docx.runs.fields import field
from policygen.write.font import font_metrics
from policygen.write.linear import LARGE

if TYPE_CHECKING:
    from policygen.model.document import Document
    from policygen.write.docx.package.package import Package
    from policygen.write.docx.package.xml import Element
    from policygen.write.docx.runs.content import RunInlines
    from policygen.write.docx.runs.run_writer import RunWriter

_CARD = "card"
_FLAT = 40  # twips
_APART = "\u2003\u2003"  # the least between the two halves of a head
_INSTRUCTIONS = {"page": "PAGE", "pages": "NUMPAGES"}


def write_running_lines(document: Document, package: Package, runs: RunWriter) -> None:
    """Fill the head and the foot of the pages."""
    running = document.running
    for number, head in enumerate(package.heads()):
        if not document.in_force:
            _set_style(head, "DraftHeader")
        if number and document.layout == _CARD:  # which has no room to say it twice
            _flatten(head)
        else:
            runs.write(head, _head(document), PLAIN_INK)
    for foot in package.feet():
        runs.write(foot, (Text(running.control), Tab()), PLAIN_INK)
        _write_page_numbers(foot, running.page, runs)


def _head(document: Document) -> RunInlines:
    """Return whose document it is, and what; large print has room for the first alone."""
    name = Value("", _name(document))
    return (name,) if document.layout == LARGE else (name, Tab(), Text(document.running.part))


def _name(document: Document) -> str:
    """Return whose document it is; its short name where the whole one would take two lines."""
    running, font, page = document.running, font_metrics(document.brand.theme), page_of(document)
    part = "" if document.layout == LARGE else f"{_APART}{running.part}"
    width = font.text_width(
        running.organisation + part, page.running_em, bold=not document.in_force
    )
    return running.short if width > page.full and running.short else running.organisation


def _set_style(paragraph: Element, style: str) -> None:
    next(paragraph.iter(name("pStyle"))).set(name("val"), style)


def _flatten(paragraph: Element) -> None:
    """Make a paragraph without words no higher than the line above it."""
    properties = next(paragraph.iter(name("pPr")))
    properties.append(w("spacing", after=_FLAT, line=_FLAT, lineRule="exact"))


def _write_page_numbers(paragraph: Element, label: str, runs: RunWriter) -> None:
    """Append "Page {page} of {pages}", its slots as fields."""
    for words, slot in split_label(label):
        runs.write(paragraph, (Text(words),), PLAIN_INK)
        if slot:
            runs.write(paragraph, field(_INSTRUCTIONS[slot], (Text("1"),)), PLAIN_INK)
