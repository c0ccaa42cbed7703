"""Paragraphs, headings and code: the blocks that become one paragraph of Word each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import (
    Break,
    CodeBlock,
    Deleted,
    Heading,
    Inline,
    Inserted,
    Mark,
    Paragraph,
    Role,
    Text,
)
from policygen.write.docx.package.numbering import UNCOUNTED
from policygen.write.docx.paragraphs import ParagraphFormat
from policygen.write.docx.runs import RunContent, Styled, Tab

if TYPE_CHECKING:
    from policygen.write.docx.context import BlockContext
    from policygen.write.docx.package.package import Package
    from policygen.write.docx.package.xml import Element
    from policygen.write.docx.paragraphs import ParagraphWriter
    from policygen.write.docx.runs import RunInlines

_ROLES = {Role.LEAD: "Lead", Role.SLIP: "Slip", Role.HINT: "Hint", Role.LABEL: "Label"}
_DEEPEST_HEADING = 3  # levels that the template has
_NO_BREAK_SPACE = "\u00a0"


class ParagraphVisitor:
    """Turns a block into one paragraph."""

    def __init__(self, paragraphs: ParagraphWriter, package: Package) -> None:
        """`paragraphs` makes the paragraphs; `package` holds the pictures and numbered lists."""
        self.paragraphs = paragraphs
        self._package = package

    def paragraph(
        self, block: Paragraph, context: BlockContext, *, keep_next: bool = False
    ) -> Element:
        """Make a paragraph in the style of its role."""
        layout = ParagraphFormat(_ROLES.get(block.role, "BodyText"), keep_next=keep_next)
        return self.paragraph_in(layout, block, context)

    def paragraph_in(
        self, layout: ParagraphFormat, block: Paragraph, context: BlockContext
    ) -> Element:
        """Make a paragraph in another format than its role's."""
        within = context.within(change=block.change)
        return self.paragraphs.paragraph(layout, block.inlines, within)

    def code(self, block: CodeBlock, context: BlockContext) -> Element:
        """Make lines to be typed as they stand, in one paragraph."""
        inlines: list[Inline] = []
        for line in block.text.rstrip("\n").split("\n"):
            if inlines:
                inlines.append(Break())
            inlines.append(Text(line))
        return self.paragraphs.paragraph(ParagraphFormat("CodeBlock"), inlines, context)

    def heading(self, block: Heading, context: BlockContext) -> Element:
        """Make a heading: Word's level 1 is the model's 2, the document's title being the Title.

        A number hangs in the margin column; without one, a clause's heading stands above its text.
        Where Word counts, the number is the style's, and a heading without one says so.
        """
        level = min(max(block.level - 1, 1), _DEEPEST_HEADING)
        style = f"Heading{level}" if block.listed else f"Heading{level}Unlisted"
        word_numbers = self.paragraphs.runs.word_numbers
        counts = bool(block.number) and block.anchor in word_numbers
        may_hang = self.paragraphs.page.gutter > 0 and level < _DEEPEST_HEADING
        hangs = bool(block.number) and may_hang and not context.in_cell
        flush = context.in_cell or (level > 1 and not hangs)
        uncounted = bool(word_numbers) and block.listed and not counts
        number = () if counts else self._heading_number(block, context, hangs=hangs)
        layout = ParagraphFormat(
            style,
            numbering=(0, UNCOUNTED) if uncounted else None,
            before=0 if context.in_cell and context.opens_control else None,
            indent=0 if flush else None,
        )
        anchor = block.anchor or self.paragraphs.runs.bookmarks.unnamed(block)
        inlines = (*self.mark(block.mark), *number, *block.inlines)
        return self.paragraphs.paragraph(layout, inlines, context.bookmarked(anchor))

    def _heading_number(self, block: Heading, context: BlockContext, *, hangs: bool) -> RunInlines:
        """Return a number as text, as a change where the policy compared with has another."""
        if not block.number:
            return ()
        end = Tab() if hangs else Text(" ")
        number = (Text(block.number),)
        if block.was and context.ink.change is None:
            before = Styled("Number", (Deleted((Text(block.was),)),))
            return (before, Styled("Number", (Inserted(number),)), end)
        return (Styled("Number", number), end)

    def mark(self, mark: Mark | None, label: str = "") -> RunInlines:
        """Return the picture of a judgement, a space and a label; nothing without a judgement."""
        if mark is None:
            return ()
        picture = self._package.mark(mark, self.paragraphs.runs.next_id())
        return (RunContent(picture), Text(f"{_NO_BREAK_SPACE}{label}"))
