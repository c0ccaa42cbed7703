"""Paragraphs: their properties and bookmarks, and what holds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policygen.model.document import Revision
from policygen.write.docx.neighbours import separate
from policygen.write.docx.package.xml import clone, name, val, w
from policygen.write.docx.runs.run_writer import revision_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.write.docx.context import BlockContext
    from policygen.write.docx.package.styles import PageMetrics
    from policygen.write.docx.package.xml import Element
    from policygen.write.docx.runs.content import RunInlines
    from policygen.write.docx.runs.run_writer import RunWriter


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """The style of a paragraph, and what differs from it, in twips; None keeps the style's.

    `numbering` is (level, id of the list). `hanging` is how far the first line reaches into the
    margin column.
    """

    style: str
    keep_next: bool = False
    numbering: tuple[int, int] | None = None
    before: int | None = None
    after: int | None = None
    indent: int | None = None
    hanging: int = 0


class ParagraphWriter:
    """Makes paragraphs, and puts them into what holds them."""

    def __init__(self, runs: RunWriter, page: PageMetrics) -> None:
        self.runs = runs
        self.page = page

    def paragraph(
        self, layout: ParagraphFormat, inlines: RunInlines, context: BlockContext
    ) -> Element:
        """Make a paragraph with the bookmarks of its context.

        A change marks the end of the paragraph too: rejecting it would else leave an empty one.
        """
        paragraph = clone(_empty_paragraph(layout.style))
        (properties,) = paragraph
        _lay_out(properties, layout, opens_page=context.opens_page)
        change = context.ink.change
        if change is not None:
            properties.append(w("rPr", self.runs.revision(revision_kind(change))))
        deleted = change is Revision.DELETED
        ends = [self._open(paragraph, anchor, deleted) for anchor in context.bookmarks]
        self.runs.write(paragraph, inlines, context.ink)
        paragraph.extend(end for end in ends if end is not None)
        return paragraph

    def _open(self, paragraph: Element, anchor: str, deleted: bool) -> Element | None:
        """Open a bookmark and return its end, if it can stand here."""
        bookmark = self.runs.bookmarks.place(anchor, deleted=deleted)
        if not bookmark:
            return None
        number = self.runs.next_id()
        paragraph.append(w("bookmarkStart", id=number, name=bookmark))
        return w("bookmarkEnd", id=number)

    def fill(self, container: Element, blocks: Sequence[Element]) -> None:
        """Put blocks into the body or a cell, and between them what neighbours need."""
        container.extend(blocks)
        separate(container, self.page.below, self.runs.revision)


def _lay_out(properties: Element, layout: ParagraphFormat, *, opens_page: bool) -> None:
    """Add to `w:pPr` what differs from the style, in the order that the schema asks for."""
    if layout.keep_next:
        properties.append(w("keepNext"))
    if opens_page:
        properties.append(w("pageBreakBefore"))
    if layout.numbering:
        level, number = layout.numbering
        properties.append(w("numPr", val("ilvl", level), val("numId", number)))
    if layout.before is not None or layout.after is not None:
        properties.append(_spacing(layout.before, layout.after))
    if layout.hanging:
        properties.append(w("ind", left=0, hanging=layout.hanging))
    elif layout.indent is not None:
        properties.append(w("ind", left=layout.indent, firstLine=0))


@cache
def _empty_paragraph(style: str) -> Element:
    """Make a paragraph with a style. Copying it is far quicker than making it of its parts."""
    return w("p", w("pPr", val("pStyle", style)))


def _spacing(before: int | None, after: int | None) -> Element:
    """Make the space above and below, in twips."""
    spacing = w("spacing")
    if before is not None:
        spacing.set(name("before"), str(before))
    if after is not None:
        spacing.set(name("after"), str(after))
    return spacing
