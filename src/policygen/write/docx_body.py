"""Blocks to paragraphs, tables and content controls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygen.model.document import (
    Aside,
    Break,
    Change,
    Clause,
    CodeBlock,
    Columns,
    Contents,
    Heading,
    Kind,
    List,
    Mark,
    Pair,
    Paragraph,
    Part,
    Role,
    Strong,
    Table,
    Text,
    Topic,
)
from policygen.write import docx_table
from policygen.write.docx_contents import contents
from policygen.write.docx_inline import Ink, Pen
from policygen.write.docx_styles import INK, PAGES, RULE, shades
from policygen.write.docx_xml import name, tag, val, w

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygen.model.document import Block, Blocks, Document, Inlines, ListItem
    from policygen.write.docx_xml import Element

_ROLES = {Role.LEAD: "Lead", Role.SLIP: "Slip", Role.HINT: "Hint", Role.LABEL: "Label"}
_ASIDES = {Kind.NOTE: "Note", Kind.EXAMPLE: "Example", Kind.WORDING: "Wording", Kind.QUOTE: "Quote"}
_DEEPEST = 3  # headings and lists have three levels in the template
_AFTER_TABLE = 200  # twips: a table has no space of its own


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks stand: the width there (twips), what they inherit, how deep in lists, in a cell or not."""

    width: int
    cell: bool = False
    level: int = 0
    ink: Ink = Ink()

    def within(self, language: str = "", change: Change | None = None) -> Setting:
        """Return the setting of blocks that add a language or a change; an outer change wins."""
        if not language and change is None:
            return self
        ink = replace(self.ink, language=language or self.ink.language, change=self.ink.change or change)
        return replace(self, ink=ink)


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
        self.page = PAGES.get(document.layout, PAGES["book"])
        self.restart = restart
        self.mark = mark
        self.break_page = False  # the next paragraph opens a page
        self._anchors: list[str] = []  # bookmarks that the next paragraph carries
        self._role = ""

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
    ) -> Element:
        """Append a paragraph. `write` puts something else into it than `inlines`.

        `numbering` is (level, list), `space` is (before, after) in twips, `indent` replaces that of the
        style. A change marks the paragraph's end too, for rejecting it would otherwise leave an empty one.
        """
        made = w("pPr", val("pStyle", style))
        if keep:
            made.append(w("keepNext"))
        if self.break_page:
            made.append(w("pageBreakBefore"))
            self.break_page = False
        if numbering:
            made.append(w("numPr", val("ilvl", numbering[0]), val("numId", numbering[1])))
        if space[0] is None and len(into) and into[-1].tag == name("tbl") and not style.startswith("Heading"):
            space = (_AFTER_TABLE, space[1])
        if space != (None, None):
            spacing = w("spacing")
            for key, twips in zip(("before", "after"), space, strict=True):
                if twips is not None:
                    spacing.set(name(key), str(twips))
            made.append(spacing)
        if indent is not None:
            made.append(w("ind", left=indent, firstLine=0))
        if ink.change is not None:
            made.append(w("rPr", self.pen.marked(ink.change)))
        paragraph = w("p", made)
        ends = self._open_bookmarks(paragraph, anchor)
        if write:
            write(paragraph)
        self.pen.write(paragraph, inlines, ink)
        paragraph.extend(ends)
        into.append(paragraph)
        return paragraph

    def _open_bookmarks(self, paragraph: Element, anchor: str) -> list[Element]:
        ends = []
        for pending in (*self._anchors, anchor):
            if placed := self.pen.names.place(pending):
                number = self.pen.number()
                paragraph.append(w("bookmarkStart", id=number, name=placed))
                ends.append(w("bookmarkEnd", id=number))
        self._anchors.clear()
        return ends

    def spacer(self, into: Element) -> None:
        """Append the thinnest of paragraphs, where the format needs one."""
        into.append(w("p", w("pPr", val("pStyle", "Spacer"))))

    # --- Blocks --------------------------------------------------------------------------------------

    def blocks(self, into: Element, blocks: Blocks, setting: Setting) -> None:
        """Append blocks one after another."""
        for block in blocks:
            self.block(into, block, setting)

    def block(self, into: Element, block: Block, setting: Setting) -> None:
        """Append one block."""
        match block:
            case Paragraph(inlines, role, change):
                style = _ROLES.get(role, "BodyText")
                self.paragraph(into, style, inlines, setting.within(change=change).ink)
            case Heading():
                self.heading(into, block, setting.within(change=block.change))
            case List():
                self.list(into, block, setting)
            case Table():
                docx_table.table(self, into, block, setting)
            case Aside():
                self.aside(into, block, setting.within(change=block.change))
            case Pair(do, dont):
                docx_table.grid(
                    self,
                    into,
                    [
                        (lambda cell, inner, aside=aside: self.aside(cell, aside, inner.within(change=aside.change)))
                        for aside in (do, dont)
                    ],
                    setting,
                )
            case CodeBlock(characters):
                self.code(into, characters, setting)
            case Columns(columns):
                docx_table.grid(
                    self,
                    into,
                    [(lambda cell, inner, column=c: self.blocks(cell, column.blocks, inner)) for c in columns],
                    setting,
                )
            case Topic():
                self.topic(into, block, setting)
            case Clause():
                self.clause(into, block, setting.within(block.language, block.change))
            case Part():
                self.part(into, block, setting.within(block.language))
            case Contents():
                contents(self, into, block, setting)

    def heading(self, into: Element, heading: Heading, setting: Setting) -> None:
        """Append a heading: Word's level 1 is the model's 2, the document's title being the Title.

        A number hangs in the margin column; without one, a clause's heading stands above its text.
        """
        level = min(max(heading.level - 1, 1), _DEEPEST)
        style = f"Heading{level}" if heading.listed else f"Heading{level}Unlisted"
        hangs = bool(heading.number) and self.page.gutter > 0 and not setting.cell and level < _DEEPEST
        flush = setting.cell or (level > 1 and not hangs)

        def write(paragraph: Element) -> None:
            if heading.mark:
                self.pen.place(paragraph, self.mark(heading.mark), setting.ink)
                self.pen.run(paragraph, "\u00a0", setting.ink)
            if heading.number:
                self.pen.run(paragraph, heading.number, replace(setting.ink, style="Number"))
                self.pen.tab(paragraph, setting.ink) if hangs else self.pen.run(paragraph, " ", setting.ink)

        self.paragraph(
            into,
            style,
            heading.inlines,
            setting.ink,
            anchor=heading.anchor or self.pen.names.unnamed(heading),
            write=write,
            indent=0 if flush else None,
            space=(0, None) if setting.cell and not len(into) else (None, None),
        )

    def list(self, into: Element, block: List, setting: Setting) -> None:
        """Append a list; every numbered list counts by itself."""
        level = min(setting.level, _DEEPEST - 1)
        suffix = str(level + 1) if level else ""
        kind = "Number" if block.ordered else "Bullet"
        style = f"List{kind}{suffix}"
        if block.ordered and self._role == "sources" and not level:
            style = "Reference"
        number = self.restart(level, block.start) if block.ordered else 0
        numbering = (level, number) if number else None
        for item in block.items:
            last = item is block.items[-1] and not level and not setting.cell
            self._item(into, item, (style, f"ListContinue{suffix}"), numbering, last, setting)

    def _item(
        self,
        into: Element,
        item: ListItem,
        styles: tuple[str, str],
        numbering: tuple[int, int] | None,
        last: bool,
        setting: Setting,
    ) -> None:
        """Append one item: its first paragraph bears the number or bullet, the rest goes on beneath it."""
        setting = setting.within(change=item.change)
        if item.anchor:
            self._anchors.append(item.anchor)
        first, *rest = item.blocks or (Paragraph(()),)
        if not isinstance(first, Paragraph):
            first, rest = Paragraph(()), list(item.blocks)
        space = (None, 180 if last and not rest else None)
        ink = setting.within(change=first.change).ink
        self.paragraph(into, styles[0], first.inlines, ink, numbering=numbering, space=space)
        inner = replace(setting, level=setting.level + 1)
        for block in rest:
            if isinstance(block, Paragraph) and block.role is Role.BODY:
                self.paragraph(into, styles[1], block.inlines, setting.within(change=block.change).ink)
            else:
                self.block(into, block, inner)

    def aside(self, into: Element, aside: Aside, setting: Setting) -> None:
        """Append a passage set apart. One that holds more than paragraphs is a cell with the same edges."""
        label = (Strong((Text(aside.label),)),) if aside.label else ()
        simple = all(isinstance(b, Paragraph) and b.role is Role.BODY for b in aside.blocks)
        match aside.kind:
            case Kind.DO | Kind.DONT:
                style, mark = ("Do", Mark.MAY) if aside.kind is Kind.DO else ("Dont", Mark.NEVER)
                write = lambda p: self.pen.place(p, self.mark(mark), setting.ink)  # noqa: E731
                self.paragraph(into, style, (Text(f"\u00a0{aside.label}"),), setting.ink, write=write)
                self.blocks(into, aside.blocks, setting)
            case Kind.NOTE if simple and label:
                first, *rest = (b for b in aside.blocks if isinstance(b, Paragraph))
                opened = replace(first, inlines=(*label, Text(" "), *first.inlines))
                self._apart(into, "Note", [opened, *rest], setting)
            case _ if simple:
                opening = [Paragraph(label)] if label else []
                rest = [b for b in aside.blocks if isinstance(b, Paragraph)]
                self._apart(into, _ASIDES[aside.kind], opening + rest, setting)
            case _:
                def inside(cell: Element, inner: Setting) -> None:
                    if label:
                        self.paragraph(cell, "Label", label, inner.ink)
                    self.blocks(cell, aside.blocks, inner)

                docx_table.grid(self, into, [inside], setting, edges=_edges(aside.kind, self.shades.tint))

    def _apart(self, into: Element, style: str, paragraphs: list[Paragraph], setting: Setting) -> None:
        boxed = style in ("Example", "Wording")
        last = len(paragraphs) - 1
        for at, paragraph in enumerate(paragraphs):
            above = (240 if boxed else 60) if at == 0 else None
            below = (360 if boxed else None) if at == last else (None if boxed else 0 if at == 0 else None)
            ink = setting.within(change=paragraph.change).ink
            self.paragraph(into, style, paragraph.inlines, ink, keep=at < last, space=(above, below))

    def code(self, into: Element, characters: str, setting: Setting) -> None:
        """Append lines to be typed as they stand."""
        lines = characters.rstrip("\n").split("\n")
        inlines = [part for line in lines for part in (Break(), Text(line))][1:]
        self.paragraph(into, "CodeBlock", tuple(inlines), setting.ink)

    # --- Blocks of blocks ----------------------------------------------------------------------------

    def topic(self, into: Element, topic: Topic, setting: Setting) -> None:
        """Append a section of the snapshot. Its heading stands outside the table, where Word lists it."""
        self.heading(into, Heading(2, topic.title, topic.anchor, topic.number), setting)
        if not topic.facts:
            self.blocks(into, topic.blocks, setting)
            return

        def facts(cell: Element, inner: Setting) -> None:
            for label, fact in topic.facts:
                self.paragraph(cell, "FactLabel", (Text(label),), inner.ink)
                self.paragraph(cell, "Fact", fact, inner.ink)

        essentials = lambda cell, inner: self.blocks(cell, topic.blocks, inner)  # noqa: E731
        docx_table.grid(self, into, [essentials, facts], setting, shares=(69, 31))

    def part(self, into: Element, part: Part, setting: Setting) -> None:
        """Append a section. In a book, the first one after the front opens a page."""
        if self._role == "front" != part.role and self.document.layout == "book":
            self.break_page = True
        self._role = part.role
        if part.anchor:
            self._anchors.append(part.anchor)
        self.blocks(into, part.blocks, setting)

    def clause(self, into: Element, clause: Clause, setting: Setting) -> None:
        """Append a clause as a content control, its id three times: tag, alias and bookmark.

        LibreOffice drops one or another of them, and no program drops all three.
        """
        self._anchors.append(clause.id)
        control = w("sdtContent")
        number = self.pen.number()
        identity = w(
            "sdtPr", val("alias", tag(clause.id)), val("tag", tag(clause.id)), val("id", number)
        )
        made = w("sdt", identity, control)
        self.blocks(control, clause.blocks, setting)
        change = setting.ink.change
        if change is None:
            into.append(made)
            return
        # The control comes and goes with its clause, or rejecting the clause would leave it empty.
        kind = "Ins" if change is Change.INSERTED else "Del"
        opening, closing = (self.pen.revision(f"customXml{kind}RangeStart") for _ in range(2))
        control.insert(0, _end(kind, opening))
        control.append(closing)
        into.extend([opening, made, _end(kind, closing)])


def _end(kind: str, start: Element) -> Element:
    return w(f"customXml{kind}RangeEnd", id=start.get(name("id")))


def _edges(kind: Kind, tint: str) -> docx_table.Edges:
    match kind:
        case Kind.NOTE:
            return docx_table.Edges({"left": ("single", 32, INK)})
        case Kind.EXAMPLE:
            return docx_table.Edges({}, tint)
        case Kind.QUOTE:
            return docx_table.Edges({"left": ("single", 8, RULE)})
        case _:
            return docx_table.Edges(dict.fromkeys(("top", "left", "bottom", "right"), ("single", 6, INK)))
