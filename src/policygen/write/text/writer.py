"""The plain text writer: a document to be heard, felt in braille, or pasted into a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policygen.model.document import (
    Aside,
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
    Paragraph,
    Revision,
    ScanCode,
    Table,
    Text,
    Topic,
)
from policygen.model.document.walk import heading as topic_heading
from policygen.model.document.walk import headings, plain
from policygen.write.rows import is_list_of_pairs, named, row_facts
from policygen.write.text.words import InlineText, code_lines, one_line
from policygen.write.text.wrap import WIDTH, columns, wrapped

if TYPE_CHECKING:
    from policygen.model.document import Block, Blocks, Document, Inlines, Row

_UNDERLINES = {1: "=", 2: "-"}  # deeper headings have an empty line more above them
_INDENT = "  "


class TextWriter:
    """Writes a Document as one text file in UTF-8."""

    extension = "txt"

    def write(self, document: Document) -> bytes:
        """Return the file: its lines have at most 72 columns, and end with LF."""
        visitor = _TextVisitor(document)
        blocks = [*visitor.masthead(), *visitor.visit_all(document.body, "", None)]
        if document.running.control:
            blocks.append(wrapped(one_line(document.running.control)))
        return ("\n\n".join(filter(None, blocks)).strip("\n") + "\n").encode()

    def write_paste(self, document: Document, prefix: str) -> bytes:
        """Return what stands in its body alone; a text has no places to prefix."""
        blocks = _TextVisitor(document).visit_all(document.body, "", None)
        return ("\n\n".join(filter(None, blocks)).strip("\n") + "\n").encode()


class _TextVisitor:
    """Turns blocks into text, each a string without the empty line after it.

    `indent` stands before each line. `change` is that of the blocks around, and wins.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.inlines = InlineText(document.change_names)

    def masthead(self) -> Iterator[str]:
        """Yield what the document is, whose it is, and whether it is in force."""
        head, running = self.document.masthead, self.document.running
        yield _underlined(wrapped(one_line(head.title)), 1)
        if not self.document.in_force and running.organisation not in ("", head.organisation):
            yield wrapped(one_line(running.organisation))
        names = [name for _, name in head.local_names]
        yield "\n".join(wrapped(one_line(name)) for name in (*names, head.organisation))
        yield wrapped(self.inlines.line((head.status,)))
        yield wrapped(one_line(head.lead))
        yield "\n".join(
            wrapped(one_line(f"{tier}: {reader}" if reader else tier), "- ", _INDENT)
            for tier, reader, _ in head.depth
        )
        if head.control:
            yield from self._table(head.control, "", None)

    def visit_all(self, blocks: Blocks, indent: str, change: Revision | None) -> Iterator[str]:
        """Yield blocks one after another."""
        for block in blocks:
            yield from self._visit(block, indent, change or getattr(block, "change", None))

    def _visit(self, block: Block, indent: str, change: Revision | None) -> Iterator[str]:
        """Yield one block, as one or more strings."""
        match block:
            case Paragraph(inlines):
                yield self._paragraph(inlines, indent, change)
            case Heading():
                yield self._heading(block, indent, change)
            case List():
                yield self._list(block, indent, change)
            case Table():
                yield from self._table(block, indent, change)
            case Counts():
                yield from self._table(block.table, indent, change)
            case CodeBlock(text):
                yield "\n".join(f"{indent}    {line}".rstrip() for line in code_lines(text))
            case Contents():
                yield from self._contents(block)
            case ScanCode():
                pass  # the address stands in words
            case _:
                yield from self._visit_container(block, indent, change)

    def _visit_container(
        self,
        block: Aside | DoDont | Columns | Topic | ClauseBlock | Group,
        indent: str,
        change: Revision | None,
    ) -> Iterator[str]:
        """Yield a block of blocks."""
        match block:
            case Aside(label=label, blocks=inner):
                if label:
                    yield wrapped(f"{one_line(label)}:", indent, indent)
                yield from self.visit_all(inner, indent + _INDENT, change)
            case DoDont(do, dont):
                yield from self.visit_all((do, dont), indent, change)
            case Columns(parts):
                for part in parts:
                    yield from self.visit_all(part.blocks, indent, change)
            case Topic(blocks=inner, facts=facts):
                yield self._heading(topic_heading(block), indent, change)
                yield from self.visit_all(inner, indent, change)
                for label, fact in facts:
                    yield self._paragraph((Text(f"{label}: "), *fact), indent, change)
            case ClauseBlock(blocks=inner) | Group(blocks=inner):
                yield from self.visit_all(inner, indent, change)

    def _paragraph(self, inlines: Inlines, indent: str, change: Revision | None) -> str:
        return wrapped(self.inlines.line(inlines, change).strip("\n"), indent, indent)

    def _heading(self, heading: Heading, indent: str, change: Revision | None) -> str:
        """Return a heading after its number, and the number that it had, where it has another."""
        was = self.inlines.marked(heading.was, Revision.DELETED)
        number = self.inlines.marked(heading.number, Revision.INSERTED if heading.was else None)
        title = self.inlines.line(heading.inlines).replace("\n", " ")
        words = self.inlines.marked(" ".join(filter(None, (was, number, title))), change)
        return _underlined(wrapped(one_line(words), indent, indent), heading.level)

    # --- Lists ------------------------------------------------------------------------------------

    def _list(self, block: List, indent: str, change: Revision | None) -> str:
        items: list[str] = []
        number = block.start - 1
        for item in block.items:
            has_gone = item.change is Revision.DELETED  # and takes no number
            number += not has_gone
            sign = f"{item.number or number}. " if block.ordered and not has_gone else "- "
            items.append(self._item(item, indent, sign, change or item.change))
        is_loose = any("\n\n" in item for item in items)
        return ("\n\n" if is_loose else "\n").join(items)

    def _item(self, item: ListItem, indent: str, sign: str, change: Revision | None) -> str:
        """Return an item: its later lines stand under its first word."""
        deeper = indent + " " * len(sign)
        match item.blocks:
            case (Paragraph(opening), List() as inner):
                parts = [
                    self._paragraph(opening, deeper, change),
                    self._list(inner, deeper, change),
                ]
                words = "\n".join(parts)
            case blocks:
                words = "\n\n".join(self.visit_all(blocks, deeper, change))
        return f"{indent}{sign}{words[len(deeper) :]}" if words else ""

    # --- Tables -----------------------------------------------------------------------------------

    def _table(self, table: Table, indent: str, change: Revision | None) -> Iterator[str]:
        """Yield a table under its title: the rows one after another, each cell on its own line.

        Pairs are one line each, the head among them, and need no empty line between them.
        """
        if table.caption:
            yield self._paragraph((*table.caption, Text(":")), indent, change)
        in_pairs = is_list_of_pairs(table)
        shown = (table.head, *table.rows) if table.head and in_pairs else table.rows
        rows = [self._row(table, row, indent, change or row.change) for row in shown]
        yield ("\n" if in_pairs or not table.head else "\n\n").join(filter(None, rows))

    def _row(self, table: Table, row: Row, indent: str, change: Revision | None) -> str:
        lines = [self.inlines.line(named(fact), change) for fact in row_facts(table, row)]
        return "\n".join(wrapped(line, indent, indent + _INDENT) for line in lines)

    # --- Contents ---------------------------------------------------------------------------------

    def _contents(self, contents: Contents) -> Iterator[str]:
        """Yield the contents list; it has no page numbers, for a text has no pages."""
        yield _underlined(wrapped(one_line(contents.title)), 2)
        listed = [
            heading
            for heading in headings(self.document.body, deleted=False)
            if heading.listed and heading.level <= contents.depth
        ]
        top = min((heading.level for heading in listed), default=0)
        yield "\n".join(self._entry(heading, heading.level - top) for heading in listed)

    def _entry(self, heading: Heading, depth: int) -> str:
        title = one_line(plain(heading.short or heading.inlines))
        indent = _INDENT * depth
        return wrapped(f"{heading.number} {title}".strip(), indent, indent + _INDENT)


def _underlined(words: str, level: int) -> str:
    """Return a heading as one can hear and feel it: underlined, or with an empty line above."""
    sign = _UNDERLINES.get(level)
    if not sign:
        return f"\n{words}"
    longest = max(map(columns, words.split("\n")))
    return f"\n{words}\n{sign * min(longest, WIDTH)}"
