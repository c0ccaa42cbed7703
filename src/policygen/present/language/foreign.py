"""Words in another language than their document's, tagged for screen readers.

The labels and numbers around them are the document's own, and stay untagged.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from policygen.model import document as doc
from policygen.model.document import Inlines


def tag_line(inlines: Inlines, language: str) -> Inlines:
    """Tag one line; an empty one stays empty."""
    return (doc.Foreign(language, inlines),) if inlines else ()


def tag_blocks(node: Any, language: str) -> Any:
    """Tag every line of some blocks, as wording has them."""
    match node:
        case tuple():
            return tuple(tag_blocks(each, language) for each in node)
        case doc.Paragraph() | doc.Heading():
            return replace(node, inlines=tag_line(node.inlines, language))
        case doc.List():
            return replace(
                node,
                items=tuple(replace(i, blocks=tag_blocks(i.blocks, language)) for i in node.items),
            )
        case doc.Table():
            head = tag_blocks(node.head, language)
            return replace(
                node,
                head=head,
                rows=tag_blocks(node.rows, language),
                caption=tag_line(node.caption, language),
            )
        case doc.Row():
            return replace(node, cells=tuple(tag_line(cell, language) for cell in node.cells))
        case doc.Aside():
            return replace(node, blocks=tag_blocks(node.blocks, language))
        case doc.DoDont():
            return doc.DoDont(tag_blocks(node.do, language), tag_blocks(node.dont, language))
    return node
