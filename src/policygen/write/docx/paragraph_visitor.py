"""Paragraphs, headings and code: the blocks that become one paragraph of Word each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import (
    CURRENT_LINE,
    MATTER_INDEX,
    Break,
    CodeBlock,
    Deleted,
    Heading,
    Inline,
    Inserted,
    Mark,
    Paragraph,
    ScanCode,
    Text,
)
from policygen.model.word.styles import ROLE_STYLES
from policygen.write.docx.paragraphs import ParagraphFormat
from policygen.write.docx.runs.content import RunContent, Styled, Tab

if TYPE_CHECKING:
    from policygen.write.docx.context import BlockContext
    from policygen.write.docx.package.package import Package
    from policygen.write.docx.package.xml import Element
    from policygen.write.docx.paragraphs import ParagraphWriter
    from policygen.write.docx.runs.content import RunInlines

_DEEPEST_HEADING = 4  # levels that the template has
_HANGING = 2  # levels whose numbers stand in the margin column
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
        body = "Reference" if context.role == MATTER_INDEX else "BodyText"
        layout = ParagraphFormat(ROLE_STYLES.get(block.role, body), keep_next=keep_next)
        if context.role == CURRENT_LINE:  # a fact of the whole document, and of no clause above
            layout = ParagraphFormat("Fact", indent=-self.paragraphs.page.gutter)
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

    def scan_code(self, block: ScanCode, context: BlockContext) -> Element:
        """Make a paragraph of a code to scan."""
        picture = self._package.scan_code(block, self.paragraphs.runs.next_id())
        return self.paragraphs.paragraph(
            ParagraphFormat("BodyText"),
            (RunContent(picture),),
            context.within(change=block.change),
        )

    def heading(self, block: Heading, context: BlockContext) -> Element:
        """Make a heading with its number."""
        anchor = block.anchor or self.paragraphs.runs.bookmarks.unnamed(block)
        inlines = (*self.mark(block.mark), *self._number(block, context), *block.inlines)
        layout = self._heading_format(block, context)
        return self.paragraphs.paragraph(layout, inlines, context.bookmarked(anchor))

    def _heading_format(self, block: Heading, context: BlockContext) -> ParagraphFormat:
        """Return the format of a heading.

        A number hangs in the margin column; without one, a clause's heading stands above its text.
        """
        level = _word_level(block)
        keeps_indent = self.paragraphs.page.keeps_indents and not context.in_cell
        is_flush = context.in_cell or (level > 1 and not self._hangs(block, context))
        opens_cell = context.in_cell and context.opens_clause
        indent = 0 if is_flush and not keeps_indent else None
        if level == 1 and not block.number and not is_flush and not keeps_indent:
            indent = -self.paragraphs.page.gutter  # or its second line would stand in the text
        return ParagraphFormat(
            f"Heading{level}" if block.listed else f"Heading{level}Unlisted",
            before=0 if opens_cell else None,
            indent=indent,
        )

    def _hangs(self, block: Heading, context: BlockContext) -> bool:
        """Tell whether the number of a heading stands in the margin column."""
        has_column = self.paragraphs.page.gutter > 0 and not context.in_cell
        return bool(block.number) and has_column and _word_level(block) <= _HANGING

    def _number(self, block: Heading, context: BlockContext) -> RunInlines:
        """Return a number and the space after it, as a change where the other policy has another.

        Where Word counts, the number is a field.
        """
        if not block.number:
            return ()
        end = Tab() if self._hangs(block, context) else Text(" ")
        heading_count = self.paragraphs.runs.heading_count
        if heading_count.covers(block.anchor):
            return (Styled("Number", heading_count.number(block.anchor, block.number)), end)
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


def _word_level(block: Heading) -> int:
    """Return Word's level of a heading: 1 is the model's 2, for the document's title has none."""
    return min(max(block.level - 1, 1), _DEEPEST_HEADING)
