"""Blocks to paragraphs and tables: one visitor, with a method for each kind."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from policygen.model.document import (
    GAP_LIST,
    MATTER_INDEX,
    Aside,
    AsideKind,
    Block,
    ClauseBlock,
    CodeBlock,
    Columns,
    Contents,
    Counts,
    DoDont,
    Group,
    Heading,
    List,
    ListItem,
    Mark,
    Paragraph,
    Role,
    ScanCode,
    Strong,
    Table,
    Text,
    Topic,
)
from policygen.model.document.walk import heading, shared_change
from policygen.model.word.styles import ASIDE_STYLES, JUDGEMENT_STYLES
from policygen.write.docx import tables
from policygen.write.docx.asides import aside_space, labelled
from policygen.write.docx.chart_visitor import CHART_END, ChartVisitor
from policygen.write.docx.contents import contents_list
from policygen.write.docx.context import BlockContext
from policygen.write.docx.neighbours import hold_together
from policygen.write.docx.package.styles import brand_shades
from policygen.write.docx.paragraphs import ParagraphFormat
from policygen.write.docx.runs.content import Tab
from policygen.write.docx.topics import fact_line, split_number
from policygen.write.font import font_metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policygen.model.document import Blocks, Document, Inlines
    from policygen.write.docx.package.package import Package
    from policygen.write.docx.package.xml import Element
    from policygen.write.docx.paragraphs import ParagraphWriter

    CellWriter = Callable[[BlockContext], list[Element]]

_FEW_GAPS = 16  # of a draft, and of those who know: a list that is no longer stands whole
_DEEPEST_LIST = 3  # levels that the template has
_CHART = "chart"  # the role of the section that is one
_TOPIC_SHARES = (69, 31)  # of the width: essentials, and the facts beside them


class BlockVisitor(ChartVisitor):
    """Turns the blocks of one document into elements of Word.

    Each method takes a block and its context, and returns the elements to put one after another
    into what holds them: the body or a cell.
    """

    def __init__(self, document: Document, paragraphs: ParagraphWriter, package: Package) -> None:
        """`paragraphs` makes the paragraphs; `package` holds the pictures and numbered lists."""
        super().__init__(paragraphs, package, font_metrics(document.brand.theme))
        self.document = document
        self.shades = brand_shades(document.brand.colour)

    def page_context(self) -> BlockContext:
        """Return the context of a block that stands on the page."""
        return BlockContext(self.paragraphs.page.text)

    def body_context(self) -> BlockContext:
        """Return the context of the body, which opens a page after a cover."""
        return replace(self.page_context(), opens_page=self.document.masthead.cover)

    def visit_all(self, blocks: Blocks, context: BlockContext) -> list[Element]:
        """Make blocks one after another. A paragraph stays with what it announces."""
        elements: list[Element] = []
        before: Block | None = None
        for block, following in zip_longest(blocks, blocks[1:]):
            announces = _belongs_to_what_stands_above(following) or _is_remark_of(before, block)
            elements += self.visit(block, context.after(elements), announces=announces)
            before = block
        return elements

    def visit(
        self, block: Block, context: BlockContext, *, announces: bool = False
    ) -> list[Element]:
        """Make one block. `announces` holds a paragraph to what follows it."""
        is_chart = context.role == _CHART and self.document.layout == "poster"
        match block:
            case Paragraph(role=Role.LEAD) if is_chart:
                return [self.paragraph_in(CHART_END, block, context)]
            case Table() if is_chart:
                return self.chart(block, context, self.shades.field)
            case Paragraph():
                return [self.paragraph(block, context, keep_next=announces)]
            case Heading():
                return [self.heading(block, context.within(change=block.change))]
            case List():
                return self._list(block, context, announces=announces)
            case Table():
                return self.table(block, context)
            case Counts():
                return self.table(block.table, context)
            case Aside():
                return self._aside(block, context.within(change=block.change))
            case CodeBlock():
                return [self.code(block, context)]
            case ScanCode():
                return [self.scan_code(block, context)]
            case Contents():
                return [contents_list(self.paragraphs, block, self.document.body, context)]
            case _:
                return self._visit_container(block, context)

    def _visit_container(
        self,
        block: DoDont | Columns | Topic | ClauseBlock | Group,
        context: BlockContext,
    ) -> list[Element]:
        """Make a block of blocks."""
        match block:
            case DoDont(do, dont):
                return self._side_by_side([(do,), (dont,)], context)
            case Columns(columns):
                return self._side_by_side([column.blocks for column in columns], context)
            case Topic():
                return self._topic(block, context.within(change=block.change))
            case ClauseBlock():
                return self._clause(block, context.within(block.language, block.change))
            case Group(role=role) if role == GAP_LIST and _is_short(block):
                within = replace(context.within(block.language), role=role)
                elements = self.visit_all(block.blocks, within.bookmarked(block.anchor))
                hold_together(elements)
                return elements
            case Group():
                opens_page = context.opens_page or block.role == GAP_LIST
                within = replace(
                    context.within(block.language), role=block.role, opens_page=opens_page
                )
                return self.visit_all(block.blocks, within.bookmarked(block.anchor))

    # --- Sections and clauses ---------------------------------------------------------------------

    def _clause(self, clause: ClauseBlock, context: BlockContext) -> list[Element]:
        """Make a clause. A bookmark at its first paragraph says which it is."""
        context = replace(context.bookmarked(clause.id), opens_clause=True)
        blocks = self.visit_all(clause.blocks, context)
        return blocks or [self.paragraph(Paragraph(()), context)]

    def _topic(self, topic: Topic, context: BlockContext) -> list[Element]:
        """Make a section of the snapshot, its heading outside any table, where Word lists it."""
        elements = [self.heading(heading(topic), context)]
        context = context.after(elements)
        if self.document.fit == "dense":
            return [*elements, *self._close_topic(topic, context)]
        if not topic.facts:
            return [*elements, *self.visit_all(topic.blocks, context)]

        def essentials(inner: BlockContext) -> list[Element]:
            return self.visit_all(topic.blocks, inner)

        def facts(inner: BlockContext) -> list[Element]:
            return self._facts(topic, inner)

        return [*elements, *self.columns([essentials, facts], context, _TOPIC_SHARES)]

    def _facts(self, topic: Topic, context: BlockContext) -> list[Element]:
        """Make who decides, by when and so on, one under another."""
        elements = []
        for label, fact in topic.facts:
            within = context.within(change=shared_change(fact))
            for style, inlines in (("FactLabel", (Text(label),)), ("Fact", fact)):
                layout = ParagraphFormat(style)
                elements.append(self.paragraphs.paragraph(layout, inlines, within))
        return elements

    def _close_topic(self, topic: Topic, context: BlockContext) -> list[Element]:
        """Make essentials with their numbers in the margin, and the facts on one line.

        No page ends with the lead, nor begins with the facts.
        """
        elements: list[Element] = []
        for block, following in zip_longest(topic.blocks, topic.blocks[1:]):
            if isinstance(block, List):
                for item in block.items:
                    elements += self._essential(item, context.after(elements))
            else:
                announces = following is not None
                elements += self.visit(block, context.after(elements), announces=announces)
        line = fact_line(topic)
        if line:
            within = context.after(elements).within(change=shared_change(line))
            facts = self.paragraphs.paragraph(ParagraphFormat("Fact"), line, within)
            hold_together([*elements[-1:], facts])
            elements.append(facts)
        return elements

    def _essential(self, item: ListItem, context: BlockContext) -> list[Element]:
        context = context.within(change=item.change)
        if item.clause:
            context = context.bookmarked(item.anchor)
        first, rest = _opening_paragraph(item)
        number, words = split_number(first.inlines)
        if not number:
            return self.visit_all(item.blocks, context)
        layout = ParagraphFormat("BodyText", hanging=self.paragraphs.page.gutter)
        elements = [self.paragraphs.paragraph(layout, (*number, Tab(), *words), context)]
        return [*elements, *self.visit_all(rest, context.after(elements))]

    # --- Lists ------------------------------------------------------------------------------------

    def _list(
        self, block: List, context: BlockContext, *, announces: bool = False
    ) -> list[Element]:
        """Make a list; every numbered list counts by itself."""
        opening, following = self._list_formats(block, context)
        stands_alone = context.list_depth == 0 and not context.in_cell
        elements: list[Element] = []
        for item, next_item in zip_longest(block.items, block.items[1:]):
            if next_item is None and stands_alone:
                opening = replace(opening, after=self.paragraphs.page.below, keep_next=announces)
            elements += self._item(item, (opening, following), context.after(elements))
        return elements

    def _list_formats(
        self, block: List, context: BlockContext
    ) -> tuple[ParagraphFormat, ParagraphFormat]:
        """Return the formats of an item's first paragraph and of those that follow it."""
        level = min(context.list_depth, _DEEPEST_LIST - 1)
        suffix = str(level + 1) if level else ""
        following = ParagraphFormat(f"ListContinue{suffix}")
        if context.role == MATTER_INDEX and level == 0:
            return ParagraphFormat("Reference"), following  # its letters are its bullets
        if not block.ordered:
            return ParagraphFormat(f"ListBullet{suffix}"), following
        is_reference = level == 0 and context.role == "sources"
        style = "Reference" if is_reference else f"ListNumber{suffix}"
        if self._numbers_are_text(block):
            return ParagraphFormat(style), following
        numbering = (level, self._package.numbering.restart(level, block.start))
        return ParagraphFormat(style, numbering=numbering), following

    def _numbers_are_text(self, block: List) -> bool:
        """Tell whether Word would miscount: it counts deleted items, and citations have gaps."""
        return bool(self.document.meta.reviser) and any(item.number for item in block.items)

    def _item(
        self,
        item: ListItem,
        layouts: tuple[ParagraphFormat, ParagraphFormat],
        context: BlockContext,
    ) -> list[Element]:
        """Make one item: its first paragraph has the number or bullet, the rest goes on beneath."""
        context = context.within(change=item.change)
        context = context.bookmarked(item.anchor)
        opening, following = layouts
        first, rest = _opening_paragraph(item)
        if rest:
            opening = replace(opening, after=None)
        if item.number and not opening.numbering:
            opening = replace(opening, hanging=self.paragraphs.page.gutter)
            number = (Strong((Text(f"{item.number}."),)), Tab())
            within = context.within(change=first.change)
            elements = [self.paragraphs.paragraph(opening, (*number, *first.inlines), within)]
        else:
            elements = [self.paragraph_in(opening, first, context)]
        context = replace(context.after(elements), list_depth=context.list_depth + 1)
        for block in rest:
            if isinstance(block, Paragraph) and block.role is Role.BODY:
                elements.append(self.paragraph_in(following, block, context))
            else:
                elements += self.visit(block, context)
        return elements

    # --- Columns and passages set apart -----------------------------------------------------------

    def _side_by_side(self, columns: Sequence[Blocks], context: BlockContext) -> list[Element]:
        """Make blocks in columns, read one after another."""
        if not columns:
            return []

        def cell_writer(blocks: Blocks) -> CellWriter:
            return lambda cell_context: self.visit_all(blocks, cell_context)

        cells = [cell_writer(blocks) for blocks in columns]
        shares = tables.side_by_side(columns, context.width, self.font)
        return self.columns(cells, context, shares)

    def _aside(self, aside: Aside, context: BlockContext) -> list[Element]:
        """Make a passage set apart: paragraphs with an edge, or a cell with it for other blocks."""
        if aside.kind in JUDGEMENT_STYLES:
            return self._judgement(aside, context)
        label: Inlines = (Strong((Text(aside.label),)),) if aside.label else ()
        paragraphs = _body_paragraphs(aside.blocks)
        if len(paragraphs) < len(aside.blocks):
            return self._boxed_aside(aside, label, context)
        if label and paragraphs and aside.kind is AsideKind.NOTE:
            paragraphs = labelled(paragraphs, (*label, Text(" ")))
        elif label:
            paragraphs.insert(0, Paragraph(label))
        return self._passage(aside.kind, paragraphs, context)

    def _boxed_aside(self, aside: Aside, label: Inlines, context: BlockContext) -> list[Element]:
        """Make a cell with the edges of a passage, for what is more than paragraphs."""

        def write(inner: BlockContext) -> list[Element]:
            elements = [self.paragraph(Paragraph(label, Role.LABEL), inner)] if label else []
            return [*elements, *self.visit_all(aside.blocks, inner.after(elements))]

        return self.box(write, context, tables.aside_edges(aside.kind, self.shades.tint))

    def _passage(
        self, kind: AsideKind, paragraphs: Sequence[Paragraph], context: BlockContext
    ) -> list[Element]:
        """Make paragraphs that look like one: Word draws one edge around those of one style."""
        above, below = aside_space(kind)
        elements: list[Element] = []
        for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
            layout = ParagraphFormat(
                ASIDE_STYLES[kind],
                keep_next=following is not None,
                before=None if elements else above,
                after=0 if following else below,
            )
            elements.append(self.paragraph_in(layout, paragraph, context.after(elements)))
        return elements

    def _judgement(self, aside: Aside, context: BlockContext) -> list[Element]:
        """Make a do or a do not: a solid or a dashed edge, a tick or a cross, and the words."""
        mark = Mark.MAY if aside.kind is AsideKind.DO else Mark.NEVER
        inlines = self.mark(mark, aside.label)
        layout = ParagraphFormat(JUDGEMENT_STYLES[aside.kind])
        elements = [self.paragraphs.paragraph(layout, inlines, context)]
        return [*elements, *self.visit_all(aside.blocks, context.after(elements))]


def _belongs_to_what_stands_above(block: Block | None) -> bool:
    """Tell whether a block says nothing alone at the head of a page.

    Such are a list, a table, what is set apart, and the quiet line of a clause's sources.
    """
    return isinstance(block, (List, Table, Aside, DoDont)) or _has_role(block, Role.REMARK)


def _is_remark_of(before: Block | None, block: Block) -> bool:
    """Tell whether a block is the quiet line under a title, or under the lead of a section."""
    is_under_title = isinstance(before, Heading) or _has_role(before, Role.LEAD)
    return is_under_title and _has_role(block, Role.REMARK)


def _is_short(group: Group) -> bool:
    """Tell whether a list of gaps may stand below something else, whole."""
    lists = [block for block in group.blocks if isinstance(block, List)]
    return len(lists) + sum(len(block.items) for block in lists) <= _FEW_GAPS


def _has_role(block: Block | None, role: Role) -> bool:
    return isinstance(block, Paragraph) and block.role is role


def _body_paragraphs(blocks: Blocks) -> list[Paragraph]:
    """Return those of the blocks that are running text."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    return [paragraph for paragraph in paragraphs if paragraph.role is Role.BODY]


def _opening_paragraph(item: ListItem) -> tuple[Paragraph, Blocks]:
    """Split an item into the paragraph that it opens with, empty if none, and the rest."""
    match item.blocks:
        case (Paragraph() as first, *rest):
            return first, tuple(rest)
        case blocks:
            return Paragraph(()), blocks
