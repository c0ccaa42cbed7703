"""Blocks to paragraphs, tables and content controls."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from policygen.model.document import (
    Aside,
    Break,
    ClauseBlock,
    CodeBlock,
    Columns,
    Contents,
    Counts,
    DoDont,
    Group,
    Heading,
    List,
    Paragraph,
    Revision,
    Role,
    Table,
    Text,
    Topic,
)
from policygen.write.docx.aside import aside
from policygen.write.docx.contents import contents
from policygen.write.docx.inline import Ink, Pen, sort
from policygen.write.docx.lists import write_list
from policygen.write.docx.numbers import UNCOUNTED
from policygen.write.docx.styles import page_of, shades
from policygen.write.docx.table import ends_with_table, grid, narrow, runs_into_change, table
from policygen.write.docx.topic import topic
from policygen.write.docx.xml import name, tag, val, w

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policygen.model.document import Block, Blocks, Document, Inlines, Mark
    from policygen.write.docx.table import Cell
    from policygen.write.docx.xml import Element

_ROLES = {Role.LEAD: "Lead", Role.SLIP: "Slip", Role.HINT: "Hint", Role.LABEL: "Label"}
_DEEPEST = 3  # headings have three levels in the template


_PLAIN = Ink()


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks stand: the width there (twips), what they inherit, how deep in lists, in a cell or not."""

    width: int
    cell: bool = False
    level: int = 0
    ink: Ink = _PLAIN

    def within(self, language: str = "", change: Revision | None = None) -> Setting:
        """Return the setting of blocks that add a language or a change; an outer change wins."""
        if not language and change is None:
            return self
        ink = replace(
            self.ink, language=language or self.ink.language, change=self.ink.change or change
        )
        return replace(self, ink=ink)


@cache
def _styled(style: str) -> Element:
    """An empty paragraph, to be copied: that is far quicker than making it of its parts."""
    return w("p", w("pPr", val("pStyle", style)))


class Body:
    """Writes the blocks of one document, in reading order."""

    def __init__(
        self,
        document: Document,
        pen: Pen,
        restart: Callable[[int, int], int],
        mark: Callable[[Mark], Element],
    ) -> None:
        """`restart(level, start)` makes a numbered list and returns its id; `mark` makes a picture."""
        self.document = document
        self.pen = pen
        self.shades = shades(document.brand.colour)
        self.page = page_of(document)
        self.restart = restart
        self.mark = mark
        self.break_page = False  # the next paragraph opens a page
        self.pending: list[str] = []  # bookmarks that the next paragraph carries
        self.role = ""

    # --- Paragraphs ----------------------------------------------------------------------------------

    def paragraph(
        self,
        into: Element,
        style: str,
        inlines: Inlines,
        ink: Ink,
        *,
        anchor: str = "",
        write: Callable[[Element], None] | None = None,
        numbering: tuple[int, int] | None = None,
        keep: bool = False,
        space: tuple[int | None, int | None] = (None, None),
        indent: int | None = None,
        hanging: int = 0,
    ) -> Element:
        """Append a paragraph. `write` puts something else into it than `inlines`.

        `numbering` is (level, list), `space` is (before, after) in twips, `indent` replaces that of the
        style, and `hanging` is how far the first line reaches into the margin. A change marks the paragraph's
        end too, for rejecting it would otherwise leave an empty one.
        """
        if ink.change is not None and runs_into_change(into, sort(ink.change)):
            self.spacer(into)
        paragraph = copy(_styled(style))
        made = paragraph[0]
        if keep:
            made.append(w("keepNext"))
        if self.break_page:
            made.append(w("pageBreakBefore"))
            self.break_page = False
        if numbering:
            made.append(w("numPr", val("ilvl", numbering[0]), val("numId", numbering[1])))
        if space[0] is None and ends_with_table(into) and not style.startswith("Heading"):
            space = (self.page.below, space[1])
        if space != (None, None):
            spacing = w("spacing")
            for key, twips in zip(("before", "after"), space, strict=True):
                if twips is not None:
                    spacing.set(name(key), str(twips))
            made.append(spacing)
        if hanging:
            made.append(w("ind", left=0, hanging=hanging))
        elif indent is not None:
            made.append(w("ind", left=indent, firstLine=0))
        if ink.change is not None:
            made.append(w("rPr", self.pen.marked(ink.change)))
        ends = self._open_bookmarks(paragraph, anchor, deleted=ink.change is Revision.DELETED)
        if write:
            write(paragraph)
        self.pen.write(paragraph, inlines, ink)
        paragraph.extend(ends)
        into.append(paragraph)
        return paragraph

    def _open_bookmarks(self, paragraph: Element, anchor: str, *, deleted: bool) -> list[Element]:
        ends = []
        for pending in (*self.pending, anchor):
            if placed := self.pen.names.place(pending, deleted=deleted):
                number = self.pen.number()
                paragraph.append(w("bookmarkStart", id=number, name=placed))
                ends.append(w("bookmarkEnd", id=number))
        self.pending.clear()
        return ends

    def spacer(self, into: Element) -> None:
        """Append the thinnest of paragraphs, where the format needs one."""
        into.append(w("p", w("pPr", val("pStyle", "Spacer"))))

    # --- Blocks --------------------------------------------------------------------------------------

    def blocks(self, into: Element, blocks: Blocks, setting: Setting) -> None:
        """Append blocks one after another."""
        for block, following in zip_longest(blocks, blocks[1:]):
            self.block(into, block, setting, keep=isinstance(following, List | Table))

    def block(self, into: Element, block: Block, setting: Setting, *, keep: bool = False) -> None:
        """Append one block. `keep` holds a paragraph to what it announces."""
        match block:
            case Paragraph(inlines, role, change):
                style = _ROLES.get(role, "BodyText")
                self.paragraph(into, style, inlines, setting.within(change=change).ink, keep=keep)
            case Heading():
                self.heading(into, block, setting.within(change=block.change))
            case List():
                write_list(self, into, block, setting)
            case Table():
                table(self, into, block, setting)
            case Aside():
                aside(self, into, block, setting.within(change=block.change))
            case DoDont(do, dont):
                self.beside(into, [(do,), (dont,)], setting)
            case CodeBlock(characters):
                self.code(into, characters, setting)
            case Columns(columns):
                self.beside(into, [column.blocks for column in columns], setting)
            case Topic():
                topic(self, into, block, setting)
            case ClauseBlock():
                self.clause(into, block, setting.within(block.language, block.change))
            case Group():
                self.part(into, block, setting.within(block.language))
            case Contents():
                contents(self, into, block, setting)
            case Counts():
                table(self, into, block.table, setting)

    def heading(self, into: Element, heading: Heading, setting: Setting) -> None:
        """Append a heading: Word's level 1 is the model's 2, the document's title being the Title.

        A number hangs in the margin column; without one, a clause's heading stands above its text. Where Word
        counts, the number is the style's, and a heading without one says so.
        """
        level = min(max(heading.level - 1, 1), _DEEPEST)
        style = f"Heading{level}" if heading.listed else f"Heading{level}Unlisted"
        counts = heading.number and heading.anchor in self.pen.counted
        hangs = (
            bool(heading.number) and self.page.gutter > 0 and not setting.cell and level < _DEEPEST
        )
        flush = setting.cell or (level > 1 and not hangs)
        apart = bool(self.pen.counted) and heading.listed and not counts

        def write(paragraph: Element) -> None:
            if heading.mark:
                self.pen.place(paragraph, self.mark(heading.mark), setting.ink)
                self.pen.run(paragraph, "\u00a0", setting.ink)
            if heading.number and not counts:
                self.number(paragraph, heading, setting.ink)
                self.pen.tab(paragraph, setting.ink) if hangs else self.pen.run(
                    paragraph, " ", setting.ink
                )

        self.paragraph(
            into,
            style,
            heading.inlines,
            setting.ink,
            anchor=heading.anchor or self.pen.names.unnamed(heading),
            write=write,
            numbering=(0, UNCOUNTED) if apart else None,
            indent=0 if flush else None,
            space=(0, None) if setting.cell and not len(into) else (None, None),
        )

    def number(self, paragraph: Element, heading: Heading, ink: Ink) -> None:
        """Append a heading's number, as a change where a policy compared with has another."""
        ink = replace(ink, style="Number")
        if heading.was and ink.change is None:
            self.pen.run(paragraph, heading.was, replace(ink, change=Revision.DELETED))
            ink = replace(ink, change=Revision.INSERTED)
        self.pen.run(paragraph, heading.number, ink)

    def code(self, into: Element, characters: str, setting: Setting) -> None:
        """Append lines to be typed as they stand."""
        lines = characters.rstrip("\n").split("\n")
        inlines = [part for line in lines for part in (Break(), Text(line))][1:]
        self.paragraph(into, "CodeBlock", tuple(inlines), setting.ink)

    def beside(self, into: Element, columns: Sequence[Blocks], setting: Setting) -> None:
        """Append blocks in columns, read one after another."""

        def writer(blocks: Blocks) -> Cell:
            return lambda cell, inner: self.blocks(cell, blocks, inner)

        if columns:
            grid(
                self,
                into,
                [writer(blocks) for blocks in columns],
                setting,
                shares=narrow(columns, setting.width),
            )

    # --- Blocks of blocks ----------------------------------------------------------------------------

    def part(self, into: Element, part: Group, setting: Setting) -> None:
        """Append a section."""
        self.role = part.role
        if part.anchor:
            self.pending.append(part.anchor)
        self.blocks(into, part.blocks, setting)

    def clause(self, into: Element, clause: ClauseBlock, setting: Setting) -> None:
        """Append a clause as a content control."""
        control = self.control(into, clause.id, setting)
        self.blocks(control, clause.blocks, setting)
        if not len(control):
            self.paragraph(control, "BodyText", (), setting.ink)

    def control(self, into: Element, id: str, setting: Setting) -> Element:
        """Open the content control of a clause, and return where its blocks go.

        Its id stands there three times: as tag, as alias and, on the next paragraph, as bookmark.
        LibreOffice drops one or another of them, and no program drops all three. Where changes are tracked, only
        the bookmark stands: rejecting a clause would leave its control empty, Word keeps the last paragraph of
        any, and LibreOffice forgets changes that stand in one within a table.
        """
        self.pending.append(id)
        if self.document.meta.reviser or setting.ink.change is not None:
            return into
        content = w("sdtContent")
        identity = tag(id)
        into.append(
            w(
                "sdt",
                w(
                    "sdtPr",
                    val("alias", identity),
                    val("tag", identity),
                    val("id", self.pen.number()),
                ),
                content,
            )
        )
        return content
