"""The DOCX writer: an ordinary Word document, with styles, fields, bookmarks, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import ClauseBlock, Group, Heading, List, Revision, Topic
from policygen.model.document.walk import walk
from policygen.write.docx.masthead import masthead_blocks
from policygen.write.docx.neighbours import close_body
from policygen.write.docx.package.bookmarks import Bookmarks
from policygen.write.docx.package.numbering import counted_headings
from policygen.write.docx.package.package import Package
from policygen.write.docx.package.pictures import SVG, missing_libraries
from policygen.write.docx.package.styles import page_of
from policygen.write.docx.package.xml import name
from policygen.write.docx.paragraphs import ParagraphWriter
from policygen.write.docx.running import write_running_lines
from policygen.write.docx.runs.heading_count import HeadingCount
from policygen.write.docx.runs.run_writer import Reviser, RunWriter
from policygen.write.docx.visitor import BlockVisitor
from policygen.write.linear import linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.document import Blocks, Document
    from policygen.problems import Problem
    from policygen.write.docx.package.xml import Element


class DocxWriter:
    """Writes a Document for Word and LibreOffice."""

    extension = "docx"

    def lacking(self, document: Document) -> tuple[Problem, ...]:
        """Return a warning where the logo cannot be drawn on this computer."""
        return missing_libraries() if document.brand.logo_type == SVG else ()

    def write(self, document: Document) -> bytes:
        """Return the file; the same document gives the same bytes."""
        package = Package(document)
        bookmarks = Bookmarks()
        bookmarks.reserve(
            link_anchors(document.body), lambda: link_anchors(document.body, deleted=False)
        )
        reviser = Reviser(
            author=document.meta.reviser or document.meta.author,
            moment=f"{package.moment:%Y-%m-%dT%H:%M:%SZ}",
        )
        heading_count = HeadingCount(counted_headings(document), bookmarks)
        runs = RunWriter(bookmarks, heading_count, package.relate, reviser)
        paragraphs = ParagraphWriter(runs, page_of(document))
        visitor = BlockVisitor(document, paragraphs, package)
        masthead = masthead_blocks(visitor, package.logo(runs.next_id()))
        body = visitor.visit_all(document.body, visitor.body_context())
        _fill(package.body, [*masthead, *body], paragraphs)
        package.set_page()
        write_running_lines(document, package, runs)
        package.describe()
        return package.save()


class LargePrintDocxWriter:
    """A Word document in 18 points and one column, for people who see little."""

    extension = "large-print.docx"

    def lacking(self, document: Document) -> tuple[Problem, ...]:
        """Return a warning where the logo cannot be drawn on this computer."""
        return DocxWriter().lacking(document)

    def write(self, document: Document) -> bytes:
        """Return the file; the same document gives the same bytes."""
        return DocxWriter().write(linear(document, self.extension))


def _fill(body: Element, blocks: list[Element], paragraphs: ParagraphWriter) -> None:
    """Put the blocks before the properties of the section, which come last."""
    section = body.find(name("sectPr"))
    assert section is not None
    body.remove(section)
    paragraphs.fill(body, blocks)
    close_body(body, paragraphs.runs.revision)
    body.append(section)


def link_anchors(blocks: Blocks, *, deleted: bool = True) -> Iterator[str]:
    """Yield every place that a link can point to.

    Without `deleted`, only those are yielded that stay when changes are accepted.
    """
    for block in walk(blocks, deleted=deleted):
        match block:
            case ClauseBlock(id=anchor) | Heading(anchor=anchor) | Topic(anchor=anchor):
                yield anchor
            case Group(anchor=anchor) if block.blocks:
                yield anchor
            case List(items):
                for item in items:
                    if deleted or item.change is not Revision.DELETED:
                        yield item.anchor
