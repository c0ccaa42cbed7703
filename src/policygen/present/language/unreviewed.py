"""A translation that nobody has reviewed: a mark at the end of each telling says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from policygen.model import document as doc
from policygen.model.document import Blocks, Inlines, Role, Text
from policygen.model.wording import Wording

STAR = "*"  # the mark where room is short; the head of the page says what it means


def marked_title(title: Inlines, wording: Wording) -> Inlines:
    """Return the heading of a telling that has no lines, with a star where it is unreviewed."""
    return _starred_line(title) if wording.unreviewed else title


def _starred_line(inlines: Inlines) -> Inlines:
    return (*inlines, Text(STAR))


def marked(
    blocks: Blocks, wording: Wording, labels: Mapping[str, str], *, is_short: bool
) -> Blocks:
    """Return an unreviewed telling with a word at its end; on a short page, with a star."""
    if not blocks or not wording.unreviewed:
        return blocks
    if is_short:
        return _starred(blocks)
    *before, last = blocks
    mark = doc.Quiet((Text(f"({labels['unreviewed_mark']})"),))
    return (*before, *_marked_block(last, mark))


def _starred(blocks: Blocks) -> Blocks:
    """Return blocks with a star at the end of the last line.

    A table has none: the heading above it bears it.
    """
    *before, last = blocks
    match last:
        case doc.Paragraph():
            last = replace(last, inlines=_starred_line(last.inlines))
        case doc.List(items=(*items, item)):
            item = replace(item, blocks=_starred(item.blocks))
            last = replace(last, items=(*items, item))
    return (*before, last)


def _marked_block(block: Any, mark: doc.Quiet) -> Blocks:
    match block:
        case doc.Paragraph():
            return (replace(block, inlines=(*block.inlines, Text(" "), mark)),)
        case doc.List(items=(*items, last)):
            ending = _marked_block(last.blocks[-1], mark)
            last = replace(last, blocks=(*last.blocks[:-1], *ending))
            return (replace(block, items=(*items, last)),)
    return (block, doc.Paragraph((mark,), Role.REMARK))
