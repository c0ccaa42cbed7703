"""The DOCX writer: an ordinary Word document, with styles, fields, bookmarks, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import (
    CURRENT_LINE,
    ClauseBlock,
    Group,
    Heading,
    List,
    Revision,
    Topic,
)
from policygen.model.document.walk import walk
from policygen.write.docx.masthead import head_in_template, masthead_blocks
from policygen.write.docx.neighbours import close_body, hold_last_line
from policygen.write.docx.package.bookmarks import Bookmarks
from policygen.write.docx.package.numbering import counted_headings
from policygen.write.docx.package.package import Package
from policygen.write.docx.package.pictures import SVG, missing_libraries
from policygen.write.docx.package.template.package import open_template, word_template
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


class DocxWriter:
    """Writes a Document for Word and LibreOffice."""

    extension = "docx"

    def lacking(self, document: Document) -> tuple[Problem, ...]:
        """Return a warning where the logo cannot be drawn on this computer."""
        return missing_libraries() if document.brand.logo_type == SVG else ()

    def write(self, document: Document) -> bytes:
        """Return the file; the same document gives the same bytes."""
        template = word_template(document)
        package = open_template(document, template) if template else Package(document)
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
        paragraphs = ParagraphWriter(runs, package.page)
        visitor = BlockVisitor(document, paragraphs, package)
        if template:
            masthead, context = head_in_template(visitor), visitor.page_context()
        else:
            masthead = masthead_blocks(visitor, package.logo(runs.next_id()))
            context = visitor.body_context()
        body = visitor.visit_all(document.body, context)
        if ends_with_current_line(document.body):
            hold_last_line(body)
        holder = package.open_body(bookmarks)
        paragraphs.fill(holder, [*masthead, *body])
        close_body(holder, runs.revision)
        package.close_body(holder)
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


def ends_with_current_line(blocks: Blocks) -> bool:
    """Tell whether a document's last words say where its newest version stands."""
    return isinstance(blocks[-1], Group) and blocks[-1].role == CURRENT_LINE if blocks else False


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
