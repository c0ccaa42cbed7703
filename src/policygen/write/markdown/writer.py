"""The Markdown writer: GitHub's flavour, pleasant to read as plain text too."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape as attribute
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
    Strong,
    Table,
    Text,
    Topic,
)
from policygen.model.walk import headings
from policygen.write.markdown.text import Place, cell, code_block, inline, line, paragraph

if TYPE_CHECKING:
    from policygen.model.document import Block, Blocks, Document, Inlines, Masthead, Row

_WIDEST = 110  # a table whose lines would be longer is not padded to columns


class MarkdownWriter:
    """Writes a Document as one Markdown file in UTF-8."""

    extension = "md"

    def write(self, document: Document) -> bytes:
        """Return the file: lines end with LF, the last of them too."""
        body = _Body(document)
        blocks = [*body.masthead(), *body.blocks(document.body, None)]
        if document.running.control:
            blocks += ["---", paragraph((Text(document.running.control),), body.place)]
        return ("\n\n".join(blocks) + "\n").encode()


class _Body:
    """Turns blocks into Markdown, each a string without the blank lines around it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.place = Place(frozenset(_anchors(document.body)))
        self._placed: set[str] = set()

    def masthead(self) -> Iterator[str]:
        """Whose it is, what it is, whether it is in force."""
        head, running = self.document.masthead, self.document.running
        yield f"# {line((Text(head.title),), self.place)}"
        if not self.document.in_force and running.organisation not in ("", head.organisation):
            yield f"> {_bold(running.organisation, self.place)}"
        names = (*(name for _language, name in head.local_names), head.organisation)
        yield "\\\n".join(_bold(name, self.place) for name in names)
        yield inline((head.status,), self.place)
        for words in (head.lead, _depth(head, self.place)):
            if words:
                yield words if words != head.lead else paragraph((Text(words),), self.place)
        if head.control:
            yield from self.table(head.control, None)

    def blocks(self, blocks: Blocks, change: Revision | None) -> Iterator[str]:
        """Blocks one after another."""
        before: Block | None = None
        other = False
        for block in blocks:
            if isinstance(block, List):
                # Two lists in a row would be one, unless their signs differ.
                other = isinstance(before, List) and before.ordered == block.ordered and not other
                yield self.write_list(block, change, other=other)
            else:
                yield from self.block(block, change)
            before = block

    def block(self, block: Block, change: Revision | None) -> Iterator[str]:
        """One block, as one or more strings."""
        match block:
            case Paragraph(inlines, role):
                words = (Strong(inlines),) if role is Role.LABEL else inlines
                yield paragraph(words, self.place, change or block.change)
            case Heading():
                yield from self.heading(block, change or block.change)
            case List():
                yield self.write_list(block, change)
            case Table():
                yield from self.table(block, change)
            case Aside(label=label, blocks=inner):
                opening = (_bold(label, self.place),) if label else ()
                yield _quoted("\n\n".join((*opening, *self.blocks(inner, change or block.change))))
            case DoDont(do, dont):
                yield from self.blocks((do, dont), change)
            case CodeBlock(text):
                yield code_block(text)
            case Columns(columns):
                for column in columns:
                    yield from self.blocks(column.blocks, change)
            case Topic():
                yield from self.heading(Heading(2, block.title, block.anchor, block.number), change)
                yield from self.blocks(block.blocks, change)
                if block.facts:
                    yield "\\\n".join(self.fact(label, fact) for label, fact in block.facts)
            case ClauseBlock(id=anchor, blocks=inner):
                yield from self.section(anchor, inner, change or block.change)
            case Group(anchor=anchor, blocks=inner):
                yield from self.section(anchor, inner, change)
            case Contents():
                yield from self.contents(block)
            case Counts():
                yield from self.table(block.table, change)

    def section(self, anchor: str, blocks: Blocks, change: Revision | None) -> Iterator[str]:
        """Blocks that a link can lead to."""
        yield from self.anchor(anchor)
        yield from self.blocks(blocks, change)

    def anchor(self, anchor: str) -> Iterator[str]:
        """A place to link to, where it first stands."""
        if anchor and anchor not in self._placed:
            self._placed.add(anchor)
            yield f'<a id="{attribute(anchor)}"></a>'

    def heading(self, heading: Heading, change: Revision | None) -> Iterator[str]:
        """A heading, with its anchor above it."""
        yield from self.anchor(heading.anchor)
        was: Inlines = (
            (Deleted((Text(heading.was),)), Inserted((Text(heading.number),)))
            if heading.was
            else ()
        )
        number = was or ((Text(heading.number),) if heading.number else ())
        words = (*number, Text(" "), *heading.inlines) if number else heading.inlines
        yield f"{'#' * min(max(heading.level, 1), 6)} {line(words, self.place, change)}".rstrip()

    def write_list(self, block: List, change: Revision | None, *, other: bool = False) -> str:
        """A list; `other` takes the second of the two signs that each kind has."""
        items = []
        for number, item in enumerate(block.items, start=block.start):
            sign = f"{number}{')' if other else '.'}" if block.ordered else "*" if other else "-"
            items.append(_hung(sign, self.item(item, change or item.change)))
        loose = any("\n\n" in item for item in items)
        return ("\n\n" if loose else "\n").join(items)

    def item(self, item: ListItem, change: Revision | None) -> str:
        """What stands in one item: a list goes right beneath its opening paragraph."""
        anchor = "".join(self.anchor(item.anchor))
        match item.blocks:
            case (Paragraph() as opening, List() as inner):
                return f"{anchor}{''.join(self.block(opening, change))}\n{self.write_list(inner, change)}"
            case blocks:
                return anchor + "\n\n".join(self.blocks(blocks, change))

    def fact(self, label: str, fact: Inlines) -> str:
        """One line of a topic: who decides, or by when."""
        return line((Text(f"{label}: "), *fact), self.place)

    def table(self, block: Table, change: Revision | None) -> Iterator[str]:
        """A table under its title. Without a head of its own, it has an empty one, as the format asks."""
        if block.caption:
            yield paragraph((Strong(block.caption),), self.place, change)
        rows = [self.row(row, change, strong=not block.head) for row in block.rows]
        head = self.row(block.head, change) if block.head else [""] * max(map(len, rows), default=1)
        count = max(map(len, [head, *rows]))
        whole = [row + [""] * (count - len(row)) for row in (head, *rows)]
        widths = [max(3, *(len(row[at]) for row in whole)) for at in range(count)]
        if sum(widths) + 3 * count > _WIDEST:
            widths = [3] * count
        whole.insert(1, ["-" * width for width in widths])
        yield "\n".join(_row(row, widths) for row in whole)

    def row(self, row: Row, change: Revision | None, *, strong: bool = False) -> list[str]:
        """The cells of one row, the first of them in bold where no head says what it is."""
        cells = ((Strong(row.cells[0]),), *row.cells[1:]) if strong and row.cells else row.cells
        made = [cell(inlines, self.place, change or row.change) for inlines in cells]
        return ["".join(self.anchor(row.clause)) + made[0], *made[1:]] if made else made

    def contents(self, contents: Contents) -> Iterator[str]:
        """The contents list: links, one level of list for each level of heading."""
        listed = [h for h in headings(self.document.body) if h.listed and h.level <= contents.depth]
        yield f"## {line((Text(contents.title),), self.place)}"
        lines, open_levels = [], [0]
        for heading in listed:
            if heading.change is Revision.DELETED:
                continue
            while open_levels[-1] >= heading.level:
                open_levels.pop()
            open_levels.append(heading.level)
            words = (
                (Text(f"{heading.number} "), *heading.inlines)
                if heading.number
                else heading.inlines
            )
            title = line(words, Place(linked=True))
            target = f"[{title}](#{heading.anchor})" if heading.anchor else title
            lines.append(f"{'  ' * (len(open_levels) - 2)}- {target}")
        if lines:
            yield "\n".join(lines)


def _bold(words: str, place: Place) -> str:
    return inline((Strong((Text(words),)),), place)


def _depth(head: Masthead, place: Place) -> str:
    words = (
        _bold(tier, place) if here else line((Text(tier),), place)
        for tier, _reader, here in head.depth
    )
    return ", ".join(words)


def _quoted(words: str) -> str:
    return "\n".join(f"> {one}".rstrip() for one in words.split("\n"))


def _hung(sign: str, words: str) -> str:
    """An item: its later lines stand under its first word."""
    first, *rest = words.split("\n")
    indent = " " * (len(sign) + 1)
    return "\n".join((f"{sign} {first}".rstrip(), *(f"{indent}{one}".rstrip() for one in rest)))


def _row(cells: list[str], widths: list[int]) -> str:
    padded = (words.ljust(width) for words, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"


def _anchors(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(anchor=anchor):
                yield anchor
            case ClauseBlock(id=anchor) | Group(anchor=anchor) | Topic(anchor=anchor):
                yield anchor
                yield from _anchors(block.blocks)
            case List(items):
                for item in items:
                    yield item.anchor
                    yield from _anchors(item.blocks)
            case Aside(blocks=inner):
                yield from _anchors(inner)
            case DoDont(do, dont):
                yield from _anchors((do, dont))
            case Columns(columns):
                for column in columns:
                    yield from _anchors(column.blocks)
            case _:
                pass
