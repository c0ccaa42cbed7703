"""The Markdown writer: GitHub's flavour, pleasant to read as plain text too."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape as html_attribute
from itertools import zip_longest
from typing import TYPE_CHECKING

from policygen.model.document import (
    Aside,
    ClauseBlock,
    CodeBlock,
    Columns,
    Contents,
    Counts,
    Deleted,
    DoDont,
    Group,
    Heading,
    Inserted,
    List,
    ListItem,
    Paragraph,
    Revision,
    Role,
    ScanCode,
    Strong,
    Table,
    Text,
    Topic,
    Value,
)
from policygen.model.document.walk import headings, walk
from policygen.write.markdown.text import (
    InlineContext,
    code_block,
    heading_line,
    inline_markdown,
    paragraph,
    table_cell,
)

if TYPE_CHECKING:
    from policygen.model.document import Block, Blocks, Document, Inlines, Masthead, Row

_WIDEST = 110  # a table whose lines would be longer is not padded to columns
_DEEPEST_HEADING = 6


class MarkdownWriter:
    """Writes a Document as one Markdown file in UTF-8."""

    extension = "md"

    def write(self, document: Document) -> bytes:
        """Return the file: lines end with LF, the last of them too."""
        visitor = _MarkdownVisitor(document)
        blocks = [*visitor.masthead(), *visitor.visit_all(document.body, None)]
        control = document.running.control
        if control:
            blocks += ["---", paragraph((Text(control),), visitor.context)]
        return ("\n\n".join(blocks) + "\n").encode()

    def write_paste(self, document: Document, prefix: str) -> bytes:
        """Return what stands in its body alone, each place in it under a prefixed name."""
        visitor = _MarkdownVisitor(document)
        return ("\n\n".join(visitor.visit_all(document.body, None)) + "\n").encode()


class _MarkdownVisitor:
    """Turns blocks into Markdown, each a string without the blank lines around it.

    `change` is that of the blocks around a block, which wins over its own.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.context = InlineContext(frozenset(_anchors(document.body)))
        self._placed: set[str] = set()  # anchors; each stands once

    def masthead(self) -> Iterator[str]:
        """Yield whose the document is, what it is, and whether it is in force."""
        head = self.document.masthead
        running = self.document.running
        yield f"# {heading_line((Text(head.title),), self.context)}"
        if not self.document.in_force and running.organisation not in ("", head.organisation):
            yield f"> {self._bold(running.organisation)}"
        names = [name for _language, name in head.local_names]
        yield "\\\n".join(self._bold(name) for name in (*names, head.organisation))
        yield inline_markdown((head.status,), self.context)
        if head.lead:
            yield paragraph((Text(head.lead),), self.context)
        if head.depth:
            yield self._depth(head)
        if head.control:
            yield from self._table(head.control, None)

    def visit_all(self, blocks: Blocks, change: Revision | None) -> Iterator[str]:
        """Yield blocks one after another."""
        before: Block | None = None
        other_sign = False
        for block in blocks:
            if isinstance(block, List):
                # Two lists in a row would be one, unless their signs differ.
                follows_list = isinstance(before, List) and before.ordered == block.ordered
                other_sign = follows_list and not other_sign
                yield self._list(block, change, other_sign=other_sign)
            else:
                yield from self._visit(block, change)
            before = block

    def _visit(self, block: Block, change: Revision | None) -> Iterator[str]:
        """Yield one block, as one or more strings."""
        match block:
            case Paragraph():
                yield self._paragraph(block, change)
            case Heading():
                yield from self._heading(block, change or block.change)
            case List():
                yield self._list(block, change)
            case Table():
                yield from self._table(block, change)
            case Counts():
                yield from self._table(block.table, change)
            case CodeBlock(text):
                yield code_block(text)
            case Contents():
                yield from self._contents(block)
            case ScanCode():
                pass  # the address stands in words
            case _:
                yield from self._visit_container(block, change)

    def _visit_container(
        self,
        block: Aside | DoDont | Columns | Topic | ClauseBlock | Group,
        change: Revision | None,
    ) -> Iterator[str]:
        """Yield a block of blocks."""
        match block:
            case Aside():
                yield self._aside(block, change or block.change)
            case DoDont(do, dont):
                yield from self.visit_all((do, dont), change)
            case Columns(columns):
                for column in columns:
                    yield from self.visit_all(column.blocks, change)
            case Topic():
                yield from self._topic(block, change)
            case ClauseBlock(id=anchor, blocks=inner):
                yield from self._anchor(anchor)
                yield from self.visit_all(inner, change or block.change)
            case Group(anchor=anchor, blocks=inner):
                yield from self._anchor(anchor)
                yield from self.visit_all(inner, change)

    # --- Paragraphs and headings ------------------------------------------------------------------

    def _paragraph(self, block: Paragraph, change: Revision | None) -> str:
        is_label = block.role is Role.LABEL
        words: Inlines = (Strong(block.inlines),) if is_label else block.inlines
        return paragraph(words, self.context, change or block.change)

    def _anchor(self, anchor: str) -> Iterator[str]:
        """Yield a place to link to, where it first stands."""
        if anchor and anchor not in self._placed:
            self._placed.add(anchor)
            yield f'<a id="{html_attribute(anchor)}"></a>'

    def _heading(self, heading: Heading, change: Revision | None) -> Iterator[str]:
        """Yield a heading, with its anchor above it."""
        yield from self._anchor(heading.anchor)
        number = _number(heading)
        words = (*number, Text(" "), *heading.inlines) if number else heading.inlines
        signs = "#" * min(max(heading.level, 1), _DEEPEST_HEADING)
        yield f"{signs} {heading_line(words, self.context, change)}".rstrip()

    def _bold(self, words: str) -> str:
        return paragraph((Strong((Value("", words),)),), self.context)

    def _depth(self, head: Masthead) -> str:
        """Return the tiers in words, this one in bold."""
        tiers = []
        for tier, _reader, is_this in head.depth:
            plain = heading_line((Text(tier),), self.context)
            tiers.append(self._bold(tier) if is_this else plain)
        return ", ".join(tiers)

    # --- Passages and topics ----------------------------------------------------------------------

    def _aside(self, aside: Aside, change: Revision | None) -> str:
        label = [self._bold(aside.label)] if aside.label else []
        blocks = "\n\n".join([*label, *self.visit_all(aside.blocks, change)])
        return "\n".join(f"> {line}".rstrip() for line in blocks.split("\n"))

    def _topic(self, topic: Topic, change: Revision | None) -> Iterator[str]:
        heading = Heading(2, topic.title, topic.anchor, topic.number)
        yield from self._heading(heading, change)
        yield from self.visit_all(topic.blocks, change)
        if topic.facts:
            yield "\\\n".join(self._fact(label, fact) for label, fact in topic.facts)

    def _fact(self, label: str, fact: Inlines) -> str:
        """Return one line of a topic: who decides, or by when."""
        return heading_line((Text(f"{label}: "), *fact), self.context)

    # --- Lists ------------------------------------------------------------------------------------

    def _list(self, block: List, change: Revision | None, *, other_sign: bool = False) -> str:
        """Return a list; `other_sign` takes the second of the two signs that each kind has."""
        items = []
        for number, item in enumerate(block.items, start=block.start):
            sign = _sign(number if block.ordered else None, other=other_sign)
            items.append(_hanging(sign, self._item(item, change or item.change)))
        is_loose = any("\n\n" in item for item in items)
        return ("\n\n" if is_loose else "\n").join(items)

    def _item(self, item: ListItem, change: Revision | None) -> str:
        """Return what stands in an item: a list goes right beneath its opening paragraph."""
        anchor = "".join(self._anchor(item.anchor))
        match item.blocks:
            case (Paragraph() as opening, List() as inner):
                return f"{anchor}{self._paragraph(opening, change)}\n{self._list(inner, change)}"
            case blocks:
                return anchor + "\n\n".join(self.visit_all(blocks, change))

    # --- Tables -----------------------------------------------------------------------------------

    def _table(self, table: Table, change: Revision | None) -> Iterator[str]:
        """Yield a table under its title. Without a head of its own it has an empty one."""
        if table.caption:
            yield paragraph((Strong(table.caption),), self.context, change)
        rows = [self._row(row, change, strong=table.head is None) for row in table.rows]
        head = self._row(table.head, change) if table.head else []
        count = max((len(row) for row in (head, *rows)), default=0) or 1
        yield _grid([_filled(row, count) for row in (head, *rows)])

    def _row(self, row: Row, change: Revision | None, *, strong: bool = False) -> list[str]:
        """Return the cells of a row, the first in bold where no head says what it is."""
        anchor = "".join(self._anchor(row.clause))
        cells: list[str] = []
        for cell in row.cells:
            opens = not cells
            words: Inlines = (Strong(cell),) if strong and opens else cell
            text = table_cell(words, self.context, change or row.change)
            cells.append(anchor + text if opens else text)
        return cells

    # --- Contents ---------------------------------------------------------------------------------

    def _contents(self, contents: Contents) -> Iterator[str]:
        """Yield the contents list: links, one level of list for each level of heading."""
        yield f"## {heading_line((Text(contents.title),), self.context)}"
        listed = [
            heading
            for heading in headings(self.document.body)
            if heading.listed
            and heading.level <= contents.depth
            and heading.change is not Revision.DELETED
        ]
        lines = []
        open_levels = [0]
        for heading in listed:
            while open_levels[-1] >= heading.level:
                open_levels.pop()
            indent = "  " * (len(open_levels) - 1)
            open_levels.append(heading.level)
            lines.append(f"{indent}- {_contents_entry(heading)}")
        if lines:
            yield "\n".join(lines)


def _number(heading: Heading) -> Inlines:
    """Return the number of a heading, as a change where a policy compared with has another."""
    number = (Text(heading.number),) if heading.number else ()
    if heading.was:
        return (Deleted((Text(heading.was),)), Inserted(number))
    return number


def _contents_entry(heading: Heading) -> str:
    number = (Text(f"{heading.number} "),) if heading.number else ()
    title = heading_line((*number, *heading.inlines), InlineContext(linked=True))
    return f"[{title}](#{heading.anchor})" if heading.anchor else title


def _sign(number: int | None, *, other: bool) -> str:
    """Return what stands before an item: its number, or a bullet."""
    if number is None:
        return "*" if other else "-"
    return f"{number}{')' if other else '.'}"


def _hanging(sign: str, words: str) -> str:
    """Return an item: its later lines stand under its first word."""
    indent = " " * (len(sign) + 1)
    first, *rest = words.split("\n")
    lines = [f"{sign} {first}", *(f"{indent}{line}" for line in rest)]
    return "\n".join(line.rstrip() for line in lines)


def _filled(cells: list[str], count: int) -> list[str]:
    return cells + [""] * (count - len(cells))


def _grid(rows: list[list[str]]) -> str:
    """Return the lines of a table, the first row being its head, padded where lines stay short."""
    columns = list(zip_longest(*rows, fillvalue=""))
    widths = [max(3, *map(len, column)) for column in columns]
    if sum(widths) + 3 * len(widths) > _WIDEST:
        widths = [3] * len(widths)
    head, *others = rows
    rule = ["-" * width for width in widths]
    return "\n".join(_grid_line(row, widths) for row in (head, rule, *others))


def _grid_line(cells: list[str], widths: list[int]) -> str:
    padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
    return f"| {' | '.join(padded)} |"


def _anchors(blocks: Blocks) -> Iterator[str]:
    """Yield every place that a link can lead to."""
    for block in walk(blocks):
        match block:
            case Heading(anchor=anchor) | Group(anchor=anchor) | Topic(anchor=anchor):
                yield anchor
            case ClauseBlock(id=anchor):
                yield anchor
            case List(items):
                yield from (item.anchor for item in items)
