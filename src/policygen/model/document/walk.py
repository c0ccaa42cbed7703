"""What stands in a Document, in reading order: blocks, their lines, their characters."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model import document as doc
from policygen.model.document import Block, Blocks, Heading, Inline, Inlines


def walk(blocks: Blocks, *, deleted: bool = True) -> Iterator[Block]:
    """Every block, however deep; one that holds others comes before them.

    Without `deleted`, only what stays is yielded.
    """
    for block in blocks:
        if deleted or getattr(block, "change", None) is not doc.Revision.DELETED:
            yield block
            yield from walk(inner_blocks(block), deleted=deleted)


def inner_blocks(block: Block) -> Blocks:
    """The blocks that stand directly within one."""
    match block:
        case (
            doc.Group(blocks=inner)
            | doc.ClauseBlock(blocks=inner)
            | doc.Aside(blocks=inner)
            | doc.Topic(blocks=inner)
        ):
            return inner
        case doc.Columns(columns=parts) | doc.List(items=parts):
            return tuple(inner for part in parts for inner in part.blocks)
        case doc.DoDont(do, dont):
            return do, dont
        case _:
            return ()


def text_lines(block: Block) -> Iterator[Inlines]:
    """Yield the lines that a block itself holds; those of a table row by row."""
    match block:
        case doc.Paragraph(inlines) | Heading(_, inlines):
            yield inlines
        case doc.Topic(title=title, facts=facts):
            yield title
            yield from (text for _, text in facts)
        case doc.Table(head, rows):
            if head:
                yield from head.cells
            for row in rows:
                yield from row.cells


def headings(blocks: Blocks, *, deleted: bool = True) -> tuple[Heading, ...]:
    """Every heading; a topic's stands in its fields. Without `deleted`, only those that stay."""
    every = walk(blocks, deleted=deleted)
    found = (heading(block) if isinstance(block, doc.Topic) else block for block in every)
    return tuple(block for block in found if isinstance(block, Heading))


def heading(topic: doc.Topic) -> Heading:
    """What stands above a topic."""
    return Heading(2, topic.title, topic.anchor, topic.number, change=topic.change, was=topic.was)


def shared_change(inlines: Inlines) -> doc.Revision | None:
    """The change that all of a line shares, if there is one: the line comes or goes as a whole."""
    kinds = {type(inline) for inline in inlines}
    if kinds == {doc.Inserted}:
        return doc.Revision.INSERTED
    return doc.Revision.DELETED if kinds == {doc.Deleted} else None


def plain(inlines: Inlines) -> str:
    """The characters that a reader sees, without marks: for bookmarks, metadata and comparisons."""
    return "".join(_plain(inline) for inline in inlines)


def spoken(inlines: Inlines) -> str:
    """The language (BCP 47) of a line that is wholly in another than its document's, or nothing."""
    match inlines:
        case (doc.Foreign(language=language),):
            return language
    return ""


def _plain(inline: Inline) -> str:
    match inline:
        case doc.Text(text) | doc.Code(text) | doc.Value(text=text) | doc.Tag(text=text):
            return text
        case doc.Gap():
            return f"[{inline.shown}]"
        case doc.Break():
            return "\n"
        case doc.Deleted():
            return ""
        case _:
            return plain(inline.children)
