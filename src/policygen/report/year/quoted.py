"""A document within another: its headings stand lower, and its places have names of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from policygen.model import document as doc
from policygen.model.document import Block, Blocks, Text

_DEEPEST = 5  # level of a heading
_MOST_COLUMNS = 3  # that have room beside the margin of a paper: a fourth breaks a telephone number


def quoted_part(anchor: str, title: str, blocks: Blocks) -> Blocks:
    """Return the body of a document as a part of another, under a heading of level 3."""
    return (doc.Heading(3, (Text(title),), anchor), *quoted(blocks, anchor, 2))


def quoted(blocks: Blocks, anchor: str, deeper: int = 1) -> Blocks:
    """Return blocks with headings `deeper` by so many levels, and `anchor` before each place.

    So its own links still lead there. A contents list is left out, since the document that quotes
    has one, and so is what is drawn around a section: its headings say where it begins.
    """
    return tuple(one for block in blocks for one in _unfolded(block, anchor, deeper))


def _unfolded(block: Block, anchor: str, deeper: int) -> Iterator[Block]:
    if isinstance(block, doc.Contents):
        return
    if isinstance(block, doc.Topic):
        block = _topic_group(block)
    if isinstance(block, doc.Group) and not block.language:
        yield from quoted(block.blocks, anchor, deeper)
        return
    yield _quoted(block, anchor, deeper)


def _quoted(node: Any, anchor: str, deeper: int) -> Any:
    """Return a block, an inline or what they hold, as another document has it."""
    if isinstance(node, tuple):
        return tuple(_quoted(one, anchor, deeper) for one in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    inner = {one.name: _quoted(getattr(node, one.name), anchor, deeper) for one in fields(node)}
    found = replace(node, **inner)
    match found:
        case doc.Heading(level=level):
            lower = min(level + deeper, _DEEPEST)
            return replace(found, level=lower, anchor=_place(found.anchor, anchor), listed=False)
        case doc.Group() | doc.ListItem():
            return replace(found, anchor=_place(found.anchor, anchor))
        case doc.Table(rows=(row, *_)) if len(row.cells) > _MOST_COLUMNS:
            return replace(found, wide=True)
        case doc.ClauseBlock():
            return replace(found, id=_place(found.id, anchor))
        case doc.Row():
            return replace(found, clause=_place(found.clause, anchor))
        case doc.Link(file=file) if file:
            return replace(found, href="", file="")  # that file does not stand beside this one
        case doc.Link(href=href) if href.startswith("#"):
            return replace(found, href=f"#{_place(href[1:], anchor)}")
        case doc.Value(path) if path.startswith("#"):
            return replace(found, path=f"#{_place(path[1:], anchor)}")
        case _:
            return found


def _topic_group(topic: doc.Topic) -> doc.Group:
    """Return a topic as a group: it has a heading of level 2, and cannot have another."""
    heading = doc.Heading(2, topic.title, topic.anchor, topic.number)
    facts = tuple(
        doc.Paragraph((doc.Strong((Text(f"{label}: "),)), *text)) for label, text in topic.facts
    )
    return doc.Group(topic.anchor, (heading, *topic.blocks, *facts))


def _place(name: str, anchor: str) -> str:
    return f"{anchor}-{name}" if name else ""
