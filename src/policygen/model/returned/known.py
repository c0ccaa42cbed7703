"""What a returned copy may hold: the parts of the Document that was sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policygen.model.document import (
    Block,
    Blocks,
    ClauseBlock,
    Contents,
    Document,
    Group,
    Heading,
    Inline,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Row,
    Table,
    Text,
    Topic,
)
from policygen.model.document.walk import heading, headings, inner_blocks, plain, text_lines, walk
from policygen.model.returned.copy import PartKind

_BETWEEN = "\u2003"  # what parts two facts that stand in one line


@dataclass(frozen=True, slots=True)
class KnownPart:
    """A clause, a section or the contents list as it was sent.

    `heading` is what stands over it, without its `number`, at a `level` from 1; `blocks` are all of
    it. `beside` are the labels of what a section tells beside its clauses, such as who decides.
    """

    id: str
    kind: PartKind
    section: str
    heading: str = ""
    number: str = ""
    level: int = 0
    blocks: Blocks = ()
    beside: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What stands before the colon of its heading, or ""."""
        label, colon, _ = self.heading.partition(": ")
        return label if colon else ""

    @property
    def lines(self) -> Iterator[str]:
        """Its lines, in order."""
        for block in walk(self.blocks):
            for line in text_lines(block):
                yield single_spaced(plain(line))

    @property
    def words(self) -> str:
        """All its words, for a comparison by likeness."""
        return " ".join(self.lines)


def known_parts(document: Document) -> tuple[KnownPart, ...]:
    """Return the parts of a document in order, each id once."""
    found: dict[tuple[PartKind, str], KnownPart] = {}
    for part in _parts(document.body, ""):
        found.setdefault((part.kind, part.id), part)
    return tuple(found.values())


def inner_headings(document: Document, parts: tuple[KnownPart, ...]) -> frozenset[str]:
    """Return the headings of a document that open none of its parts, in small letters."""
    opening = {part.heading.casefold() for part in parts}
    every = {single_spaced(plain(one.inlines)).casefold() for one in headings(document.body)}
    return frozenset(every - opening)


def places_of(document: Document, parts: tuple[KnownPart, ...]) -> tuple[str, ...]:
    """Return every anchor of a document that a link may lead to: its parts, and items of lists."""
    lists = (block for block in walk(document.body) if isinstance(block, List))
    items = (item.anchor for block in lists for item in block.items)
    return tuple(filter(None, (*(part.id for part in parts), *items)))


def single_spaced(text: str) -> str:
    """Return a text with one space wherever it has any white space."""
    return " ".join(text.split())


def _parts(blocks: Blocks, section: str) -> Iterator[KnownPart]:
    for block in blocks:
        inner = section
        for part in _part(block, section):
            yield part
            if part.kind is PartKind.SECTION:
                inner = part.id
                if isinstance(block, Heading):
                    section = part.id
        yield from _parts(inner_blocks(block), inner)


def _part(block: Block, section: str) -> Iterator[KnownPart]:
    match block:
        case Contents(title=title):
            yield KnownPart("", PartKind.CONTENTS, section, title)
        case ClauseBlock(id=id, blocks=blocks):
            head = next((one for one in blocks if isinstance(one, Heading)), None)
            yield _headed(id, PartKind.CLAUSE, section, head, blocks)
        case Topic(anchor=anchor, blocks=blocks, facts=facts):
            told = (*blocks, *_fact_line(facts))
            part = _headed(anchor, PartKind.SECTION, anchor, heading(block), told)
            yield replace(part, beside=tuple(label for label, _ in facts))
        case Group(anchor=anchor, blocks=blocks):
            head = next((one for one in blocks if isinstance(one, Heading)), None)
            yield _headed(anchor, PartKind.SECTION, anchor, head, blocks)
        case Heading(anchor=anchor) if anchor and "." not in anchor:
            yield _headed(anchor, PartKind.SECTION, anchor, block, ())
        case List(items=items):
            yield from _told_in_items(items, section)
        case Table(rows=rows):
            yield from (_row(row, section) for row in rows if row.clause)


def _fact_line(facts: Sequence[tuple[str, Inlines]]) -> Iterator[Paragraph]:
    """Yield what a topic tells beside its clauses, as the one line that it is printed as."""
    line: list[Inline] = []
    for label, fact in facts:
        line += [Text(f"{_BETWEEN if line else ''}{label}: "), *fact]
    if line:
        yield Paragraph(tuple(line))


def _headed(
    id: str, kind: PartKind, section: str, head: Heading | None, blocks: Blocks
) -> KnownPart:
    words = single_spaced(plain(head.inlines)) if head else ""
    number, level = (head.number, head.level) if head else ("", 0)
    return KnownPart(id, kind, section, words, number, level, blocks)


def _told_in_items(items: tuple[ListItem, ...], section: str) -> Iterator[KnownPart]:
    """Yield the clauses of a list; an item that opens none goes on the one before it."""
    part: KnownPart | None = None
    for item in items:
        if item.clause:
            if part:
                yield part
            part = KnownPart(item.anchor, PartKind.CLAUSE, section, blocks=item.blocks)
        elif part:
            part = replace(part, blocks=(*part.blocks, *item.blocks))
    if part:
        yield part


def _row(row: Row, section: str) -> KnownPart:
    return KnownPart(row.clause, PartKind.CLAUSE, section, blocks=(Table(None, (row,)),))
