"""The DOCX writer: an ordinary Word document, with real styles, fields, content controls and changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import ClauseBlock, Group, Heading, List, Revision, Topic
from policygen.model.walk import walk
from policygen.write.docx.body import Body, Setting
from policygen.write.docx.inline import Pen
from policygen.write.docx.masthead import masthead
from policygen.write.docx.numbers import counted
from policygen.write.docx.package import Package
from policygen.write.docx.picture import SVG, lacking
from policygen.write.docx.table import ends_with_change, ends_with_table
from policygen.write.docx.xml import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.document import Blocks, Document
    from policygen.problems import Problem


class DocxWriter:
    """Writes a Document for Word and LibreOffice."""

    extension = "docx"

    def lacking(self, document: Document) -> tuple[Problem, ...]:
        """Return a warning where the logo cannot be drawn on this computer."""
        return lacking() if document.brand.logo_type == SVG else ()

    def write(self, document: Document) -> bytes:
        """Return the file; the same document gives the same bytes."""
        numbers = counted(document)
        package = Package(document, counted=bool(numbers))
        names = Names()
        names.reserve(anchors(document.body), anchors(document.body, deleted=False))
        reviser = document.meta.reviser or document.meta.author
        pen = Pen(names, numbers, package.relate, reviser, f"{package.moment:%Y-%m-%dT%H:%M:%SZ}")
        body = Body(document, pen, package.restart, lambda mark: package.mark(mark, pen.number()))
        into = package.body
        end = into[-1]  # the section's properties come last
        masthead(body, into, package)
        body.blocks(into, document.body, Setting(body.page.text))
        if ends_with_table(into) or ends_with_change(into):
            body.spacer(into)  # a document has to end with a paragraph that stays
        into.append(end)
        package.running(pen)
        package.describe()
        return package.save()


def anchors(blocks: Blocks, *, deleted: bool = True) -> Iterator[str]:
    """Every place that a link can point to. Without `deleted`, only those that stay when changes are accepted."""
    for block in walk(blocks, deleted=deleted):
        match block:
            case (
                ClauseBlock(id=anchor)
                | Heading(anchor=anchor)
                | Group(anchor=anchor)
                | Topic(anchor=anchor)
            ):
                yield anchor
            case List(items):
                yield from (
                    item.anchor for item in items if deleted or item.change is not Revision.DELETED
                )
