"""Accept or reject every change in a Document, and read what is left, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policygen.model import document as doc
from policygen.model.document import Revision
from policygen.model.document.walk import plain


def settled(node: Any, keep: Revision) -> list[str]:
    """The paragraphs, headings, items and cells, with the words that are kept: INSERTED accepts, DELETED rejects."""
    return [line for line in _lines(node, keep) if line]


def _lines(node: Any, keep: Revision) -> Iterator[str]:
    if getattr(node, "change", None) not in (None, keep):
        return
    match node:
        case tuple():
            for one in node:
                yield from _lines(one, keep)
        case doc.Paragraph(inlines):
            yield _words(inlines, keep)
        case doc.Heading():
            number = node.was if node.was and keep is Revision.DELETED else node.number
            yield f"{number} {_words(node.inlines, keep)}".strip()
        case doc.List(items=items):
            yield from _lines(items, keep)
        case doc.Table():
            yield _words(node.caption, keep)
            yield from _lines(((node.head,) if node.head else (), node.rows), keep)
        case doc.Row(cells=cells):
            yield from (_words(cell, keep) for cell in cells)
        case doc.DoDont(do, dont):
            yield from (*_lines(do, keep), *_lines(dont, keep))
        case doc.Columns(columns):
            yield from _lines(columns, keep)
        case doc.Topic():
            yield _words(node.title, keep)
            yield from _lines(node.blocks, keep)
            for label, text in node.facts:
                if words := _words(text, keep):
                    yield f"{label}: {words}"
        case doc.CodeBlock(text):
            yield text
        case doc.Contents() | doc.ScanCode():
            pass
        case _:
            yield from _lines(node.blocks, keep)


def _words(inlines: Any, keep: Revision) -> str:
    found = []
    for inline in inlines:
        match inline:
            case doc.Inserted(children):
                found.append(_words(children, keep) if keep is Revision.INSERTED else "")
            case doc.Deleted(children):
                found.append(_words(children, keep) if keep is Revision.DELETED else "")
            case _ if hasattr(inline, "children"):
                found.append(_words(inline.children, keep))
            case _:
                found.append(plain((inline,)))
    return "".join(found)
