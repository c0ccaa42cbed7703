"""Words in another language than their document's, tagged line by line, so that a screen reader says them right.

The labels and numbers around them are the document's own, and stay untagged.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from policygen.model import document as doc
from policygen.model.document import Inlines


def line(inlines: Inlines, language: str) -> Inlines:
    """Tag one line; an empty one stays empty."""
    return (doc.Foreign(language, inlines),) if inlines else ()


def blocks(node: Any, language: str) -> Any:
    """Tag every line of some blocks, as wording has them."""
    match node:
        case tuple():
            return tuple(blocks(each, language) for each in node)
        case doc.Paragraph() | doc.Heading():
            return replace(node, inlines=line(node.inlines, language))
        case doc.List():
            return replace(
                node, items=tuple(replace(i, blocks=blocks(i.blocks, language)) for i in node.items)
            )
        case doc.Table():
            head = blocks(node.head, language)
            return replace(
                node,
                head=head,
                rows=blocks(node.rows, language),
                caption=line(node.caption, language),
            )
        case doc.Row():
            return replace(node, cells=tuple(line(cell, language) for cell in node.cells))
        case doc.Aside():
            return replace(node, blocks=blocks(node.blocks, language))
        case doc.DoDont():
            return doc.DoDont(blocks(node.do, language), blocks(node.dont, language))
    return node
