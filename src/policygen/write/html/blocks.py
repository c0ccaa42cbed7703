"""Blocks -> HTML: the same body for the screen and for WeasyPrint, which prints it.

The markup is chosen so that its tags in a PDF need no mending where that can be had: one `div`
within a list item of several blocks, numbers as inline blocks, no empty header cells, unique ids.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field, replace
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING

from policygen.model.document import (
    Aside,
    AsideKind,
    ClauseBlock,
    CodeBlock,
    Columns,
    Contents,
    Counts,
    DoDont,
    Group,
    Heading,
    Link,
    List,
    Mark,
    Paragraph,
    Quiet,
    Role,
    ScanCode,
    Table,
    Topic,
)
from policygen.model.document.walk import headings, inner_blocks, plain, walk
from policygen.model.theme import PLAIN, Theme
from policygen.write.font import font_metrics
from policygen.write.html.classes import class_attribute, leads_to
from policygen.write.html.counts import render_counts
from policygen.write.html.inlines import LinkTargets, render_inlines
from policygen.write.html.navigation import contents_line
from policygen.write.html.tables import (
    SCROLLS,
    column_group,
    padded,
    scrolling,
    scrolls,
    table_kind,
    table_width,
)
from policygen.write.scan_code import scan_svg
from policygen.write.widths import TypeSize, column_widths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.model.document import Block, Blocks, Inlines, ListItem, Revision, Row

_MARKED = {AsideKind.DO: Mark.MAY, AsideKind.DONT: Mark.NEVER}
# So many columns have no room for a word on a telephone, and too little to scroll for.
_UPRIGHT = 3
_CLAUSE_NUMBER = re.compile(r"\(?\d+(?:\.\d+)*\)?")

# Their type in tenths of a point: an em, with a little to spare, and the space between columns.
_TABLE, _STRIP = TypeSize(108, 100), TypeSize(103, 60)


@dataclass(slots=True)
class HtmlBody:
    """Renders the blocks of one document. `entries` are the headings for its contents list.

    With `contents_apart`, the contents list stands beside the text and not in it. With `link_here`,
    which says so, the number of each heading is a link to it.

    On paper, `width` tenths of a point wide with its `gutter`, columns are as wide as their words
    ask; a screen (0) finds out by itself.
    Made anew for every document: it remembers the ids in use and the level of the last heading.
    """

    targets: LinkTargets
    entries: tuple[Heading, ...] = ()
    width: int = 0
    gutter: int = 0
    theme: Theme = PLAIN
    contents_apart: bool = False
    link_here: str = ""
    has_codes: bool = True
    level: int = 1
    used: set[str] = field(default_factory=set)

    def render(self, blocks: Blocks, change: Revision | None = None) -> str:
        """The markup of `blocks`, which all carry `change` unless they have one of their own."""
        pairs = zip_longest(blocks, blocks[1:])
        return "\n".join(self._block(block, change, following) for block, following in pairs)

    def _render_front(self, blocks: Blocks, change: Revision | None) -> str:
        """Render what stands before the sections: over the whole page, without a margin column."""
        gutter = self.gutter
        self.gutter = 0
        rendered = self.render(blocks, change)
        self.gutter = gutter
        return rendered

    def _block(self, block: Block, change: Revision | None, following: Block | None = None) -> str:
        match block:
            case Paragraph(nodes, role):
                own = "" if role is Role.BODY else role.value
                kind = class_attribute(own, leads_to(following) if self.width else "")
                return f"<p{kind}>{self._inlines(nodes, block.change or change)}</p>"
            case Heading():
                return self._heading(block, change)
            case List():
                return self._list(block, change)
            case Table():
                return self._table(block, change)
            case Aside():
                return self._aside(block, change)
            case DoDont(do, dont):
                pair = f"{self._aside(do, change)}\n{self._aside(dont, change)}"
                return f'<div class="pair">\n{pair}\n</div>'
            case CodeBlock(text):
                return f"<pre><code>{escape(text.rstrip())}</code></pre>"
            case Columns(columns):
                cells = (
                    f"<div>\n{self.render(column.blocks, change)}\n</div>" for column in columns
                )
                has_code = any(isinstance(inner, ScanCode) for inner in inner_blocks(block))
                code = " with-code" if self.width and has_code else ""
                start = f'<div class="cols cols-{len(columns)}{code}">'
                return f"{start}\n" + "\n".join(cells) + "\n</div>"
            case Topic():
                return self._topic(block, change)
            case ClauseBlock(id, blocks, language):
                kinds = f' data-kinds="{escape(" ".join(block.kinds))}"' if block.kinds else ""
                id, blocks = self._give_to_heading(id, blocks)
                start = f"<article{self._id(id)}{_lang(language)}{kinds}"
                inner = self.render(blocks, block.change or change)
                return f'{start} class="clause">\n{inner}\n</article>'
            case Group(anchor, blocks, role, language, running):
                classes = _part_classes(role, blocks)
                head = self._running_head(running)
                start = f'<section{self._id(anchor)}{_lang(language)}{head} class="{classes}">'
                render = self._render_front if role == "front" else self.render
                return f"{start}\n{render(blocks, change)}\n</section>"
            case Contents():
                return "" if self.contents_apart else self._contents(block)
            case Counts():
                return render_counts(block)
            case ScanCode():
                return self._scan_code(block)

    def _scan_code(self, code: ScanCode) -> str:
        """Return the code as a picture, or nothing in what is to be pasted."""
        if not self.has_codes:
            return ""
        data = b64encode(scan_svg(code)).decode()
        picture = f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(code.words)}">'
        return f'<div class="scan">{picture}</div>'

    def _inlines(self, nodes: Inlines, change: Revision | None = None) -> str:
        return render_inlines(nodes, self.targets, change)

    def _running_head(self, text: str) -> str:
        """Return the attribute from which the print sheet takes the head of a section's pages."""
        return f' data-running="{escape(text)}"' if text and self.width else ""

    def _id(self, anchor: str) -> str:
        """Return an id attribute, once: of a part and its heading the outer one bears it."""
        if not anchor or anchor in self.used:
            return ""
        self.used.add(anchor)
        return f' id="{escape(anchor)}"'

    def _give_to_heading(self, anchor: str, blocks: Blocks) -> tuple[str, Blocks]:
        """Return the anchor of a clause and its blocks; on paper its heading bears it.

        WeasyPrint shares the styles of elements that are alike, but never those of one with an id,
        nor of anything within it.
        """
        match blocks:
            case (Heading(anchor=own) as first, *rest) if self.width and own in ("", anchor):
                return "", (replace(first, anchor=anchor), *rest)
        return anchor, blocks

    def _heading(self, heading: Heading, change: Revision | None) -> str:
        # The title of the document is its only h1, and no level is ever skipped.
        self.level = min(max(heading.level, 2), self.level + 1)
        text = self._inlines(heading.inlines, heading.change or change)
        number = self._number(heading)
        mark = heading.mark.value if heading.mark else ""
        kind = class_attribute(mark, "numbered" if number and self.width else "")
        return f"<h{self.level}{self._id(heading.anchor)}{kind}>{number}{text}</h{self.level}>"

    def _number(self, heading: Heading) -> str:
        """Return the number before a heading; on a screen, a link that a reader can copy."""
        if not (self.link_here and heading.anchor and heading.number) or heading.was:
            return _number(heading.number, heading.was)
        link = f'<a class="num" href="#{escape(heading.anchor)}" title="{escape(self.link_here)}">'
        return f"{link}{escape(heading.number)} </a>"

    def _list(self, block: List, change: Revision | None) -> str:
        tag = "ol" if block.ordered else "ul"
        # WeasyPrint counts by style only, and browsers take the two as one.
        start = f' start="{block.start}" style="counter-reset: list-item {block.start - 1}"'
        start = start if block.ordered and block.start != 1 else ""
        items = "\n".join(self._item(item, item.change or change) for item in block.items)
        return f"<{tag}{start}>\n{items}\n</{tag}>"

    def _item(self, item: ListItem, change: Revision | None) -> str:
        blocks = self._numbered(item)
        match blocks:
            case (Paragraph(nodes, Role.BODY) as only,):
                body = self._inlines(nodes, only.change or change)
            case _:
                body = f"<div>\n{self.render(blocks, change)}\n</div>"
        return f"<li{self._id(item.anchor)}>{body}</li>"

    def _numbered(self, item: ListItem) -> Blocks:
        """Return the blocks of an item; on a screen, the quiet number of its clause is a link."""
        if not (self.link_here and item.clause and item.blocks):
            return item.blocks
        blocks = list(item.blocks)
        for at in {0, len(blocks) - 1}:
            block = blocks[at]
            if isinstance(block, Paragraph):
                blocks[at] = replace(block, inlines=_linked_numbers(block.inlines, item.anchor))
        return tuple(blocks)

    def _table(self, table: Table, change: Revision | None) -> str:
        width = table_width(table)
        caption = f"<caption>{self._inlines(table.caption)}</caption>\n" if table.caption else ""
        head = ""
        if table.head:
            cells = "".join(
                f'<th scope="col">{self._inlines(cell, table.head.change or change)}</th>'
                if plain(cell).strip()
                else "<td></td>"
                for cell in padded(table.head, width)
            )
            head = f"<thead>\n<tr>{cells}</tr>\n</thead>\n"
        # One line of document control is read under its heads, and has no row heading of its own.
        rowhead = not (table.strip and table.head)
        heads = self._heads_of_facts(table, width)
        body = "\n".join(
            self._row(row, heads, rowhead=rowhead, change=row.change or change)
            for row in table.rows
        )
        kind = table_kind(table, on_screen=not self.width)
        shares = column_group(self._shares(table, width))
        markup = (
            f'<table class="{kind}">\n{caption}{shares}{head}<tbody>\n{body}\n</tbody>\n</table>'
        )
        return scrolling(markup, table) if scrolls(table) else markup

    def _shares(self, table: Table, count: int) -> Sequence[int]:
        """How the columns divide the width: as the table says, or on paper as its words ask."""
        if table.shares or not self.width:
            return table.shares
        rows = [row.cells for row in (table.head, *table.rows) if row]
        whole = self.width - (0 if table.wide or table.strip or count >= SCROLLS else self.gutter)
        size = _STRIP if table.strip else _TABLE
        return column_widths(rows, whole, count, size, font_metrics(self.theme))

    def _heads_of_facts(self, table: Table, count: int) -> Sequence[str]:
        """Return what stands before each fact of a row that a narrow screen sets upright.

        Nothing where the columns stay beside one another: on paper, where few or many, in a chart.
        """
        stays = self.width or table.strip or any(row.mark for row in table.rows)
        if stays or table.head is None or count != _UPRIGHT:
            return [""] * count
        return [plain(cell) for cell in padded(table.head, count)]

    def _row(
        self, row: Row, heads: Sequence[str], *, rowhead: bool, change: Revision | None
    ) -> str:
        """The markup of a row; `heads` are those of its columns, or empty."""
        cells: list[str] = []
        for at, (cell, head) in enumerate(zip(padded(row, len(heads)), heads, strict=True)):
            content = self._inlines(cell, change)
            named = f' data-head="{escape(head)}"' if head and content else ""
            if at == 0 and rowhead and content:
                cells.append(f'<th scope="row">{content}</th>')
            else:
                cells.append(f"<td{named}>{content}</td>")
        mark = f' class="ends-{row.mark.value}"' if row.mark else ""
        return f"<tr{self._id(row.clause)}{mark}>{''.join(cells)}</tr>"

    def _aside(self, aside: Aside, change: Revision | None) -> str:
        change = aside.change or change
        mark = _MARKED.get(aside.kind)
        label = f"<strong>{escape(aside.label)}</strong>"
        match aside.kind, aside.blocks:
            case AsideKind.NOTE, (Paragraph(nodes, Role.BODY) as first, *rest):
                # A note is short: its label runs in with its first words.
                body = f"<p>{label} {self._inlines(nodes, first.change or change)}</p>\n"
                body += self.render(tuple(rest), change)
            case _:
                body = (
                    f'<p class="{mark.value if mark else "label"}">{label}</p>\n'
                    if aside.label
                    else ""
                )
                body += self.render(aside.blocks, change)
        tag = "blockquote" if aside.kind is AsideKind.QUOTE else "div"
        only = f" {change.value}" if change else ""
        return f'<{tag} class="aside {aside.kind.value}{only}">\n{body}\n</{tag}>'

    def _topic(self, topic: Topic, change: Revision | None) -> str:
        start = f'<section{self._id(topic.anchor)} class="topic">'
        heading = self._heading(Heading(2, topic.title, topic.anchor, topic.number), change)
        essentials = (
            f'<div class="essentials">\n{heading}\n{self.render(topic.blocks, change)}\n</div>'
        )
        facts = "\n".join(self._fact(label, text, change) for label, text in topic.facts)
        aside = f'\n<div class="facts">\n{facts}\n</div>' if facts else ""
        return f"{start}\n{essentials}{aside}\n</section>"

    def _fact(self, label: str, text: Inlines, change: Revision | None) -> str:
        """Return who decides, or by when; on paper its words stand out whole where none does."""
        words = self._inlines(text, change)
        kind = class_attribute("plain" if self.width and "<strong>" not in words else "")
        return f'<p{kind}><span class="label">{escape(label)}</span><br>{words}</p>'

    def _contents(self, contents: Contents) -> str:
        self.level = 2
        lines = "\n".join(map(contents_line, self.entries))
        title = escape(contents.title)
        lists_clauses = any(entry.level > 2 for entry in self.entries)
        kind = "contents of-clauses" if lists_clauses else "contents"
        start = f'<nav class="{kind}" aria-label="{title}">\n<h2>{title}</h2>'
        return f'{start}\n<ol class="toc">\n{lines}\n</ol>\n</nav>'


def contents_entries(blocks: Blocks) -> tuple[Heading, ...]:
    """The headings for the contents list that stands among `blocks`."""
    depth = max((block.depth for block in walk(blocks) if isinstance(block, Contents)), default=0)
    found = [h for h in headings(blocks) if h.listed and h.anchor and h.level <= depth]
    return tuple(replace(h, level=max(h.level, 2), inlines=h.short or h.inlines) for h in found)


def collect_anchors(blocks: Blocks) -> frozenset[str]:
    """Every place in `blocks` that a link can go to."""
    found: set[str] = set()
    for block in walk(blocks):
        match block:
            case Heading(anchor=anchor) | Group(anchor) | Topic(anchor) | ClauseBlock(anchor):
                found.add(anchor)
            case List(items):
                found |= {item.anchor for item in items}
    return frozenset(found - {""})


def _linked_numbers(inlines: Inlines, anchor: str) -> Inlines:
    """Return a line whose quiet number, "(3.2)" or "3.2", leads to the place that bears it."""
    return tuple(
        Quiet((Link(f"#{anchor}", node.children),))
        if isinstance(node, Quiet) and _CLAUSE_NUMBER.fullmatch(plain(node.children))
        else node
        for node in inlines
    )


def _number(number: str, was: str = "") -> str:
    # The space is for those who hear or copy the heading; style sheets collapse it.
    printed = f"<del>[{escape(was)}]</del> <ins>‹{escape(number)}›</ins>" if was else escape(number)
    return f'<span class="num">{printed} </span>' if number else ""


def _lang(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _part_classes(role: str, blocks: Blocks) -> str:
    """Return the classes of a part.

    It has `beside` where its heading and the hint after it fit on one line of a poster.
    """
    match blocks:
        case (Heading(inlines=title), Paragraph(hint, Role.HINT), *_):
            # Widths in pt of an average character: 8.2 at the heading's size, 5.4 at the hint's.
            beside = 8.2 * len(plain(title)) + 5.4 * len(plain(hint)) < 490
        case _:
            beside = False
    return " ".join(filter(None, ("part", escape(role), "beside" if beside else "")))
