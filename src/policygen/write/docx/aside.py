"""Passages set apart: do and do not, notes, examples, wording to copy, quotations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.model.document import (
    AsideKind,
    Deleted,
    Inserted,
    Mark,
    Paragraph,
    Revision,
    Role,
    Strong,
    Text,
)
from policygen.write.docx.styles import INK, RULE
from policygen.write.docx.table import Edges, grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.model.document import Aside, Inlines
    from policygen.write.docx.body import Body, Setting
    from policygen.write.docx.xml import Element

_STYLES = {
    AsideKind.NOTE: "Note",
    AsideKind.EXAMPLE: "Example",
    AsideKind.WORDING: "Wording",
    AsideKind.QUOTE: "Quote",
}
_BOXED = ("Example", "Wording")
_ABOVE, _BELOW = (
    (60, None),
    (240, 360),
)  # twips around a passage: with a line at its left, and in a box


def aside(body: Body, into: Element, block: Aside, setting: Setting) -> None:
    """Append a passage: paragraphs with an edge, or a cell with the same edges for what else it holds."""
    if block.kind in (AsideKind.DO, AsideKind.DONT):
        _judged(body, into, block, setting)
        return
    label = (Strong((Text(block.label),)),) if block.label else ()
    paragraphs = [b for b in block.blocks if isinstance(b, Paragraph) and b.role is Role.BODY]
    if len(paragraphs) < len(block.blocks):

        def write(cell: Element, inner: Setting) -> None:
            if label:
                body.paragraph(cell, "Label", label, inner.ink)
            body.blocks(cell, block.blocks, inner)

        grid(body, into, [write], setting, edges=_edges(block.kind, body.shades.tint))
        return
    if block.kind is AsideKind.NOTE and label and paragraphs:
        paragraphs = _labelled(paragraphs, (*label, Text(" ")))
    elif label:
        paragraphs.insert(0, Paragraph(label))
    _apart(body, into, _STYLES[block.kind], paragraphs, setting)


def _labelled(paragraphs: Sequence[Paragraph], label: Inlines) -> list[Paragraph]:
    """Paragraphs with the label before the first; before that of either policy, where the first comes or goes."""
    now, was = (
        next((at for at, one in enumerate(paragraphs) if one.change is not gone), 0)
        for gone in (Revision.DELETED, Revision.INSERTED)
    )
    led = {now: label, was: label}
    if now != was:
        led = {now: (Inserted(label),), was: (Deleted(label),)}
    return [
        replace(one, inlines=(*(label if one.change else led[at]), *one.inlines))
        if at in led
        else one
        for at, one in enumerate(paragraphs)
    ]


def _judged(body: Body, into: Element, block: Aside, setting: Setting) -> None:
    """Append a do or a do not: a solid or a dashed edge, a tick or a cross, and the words."""
    style, mark = ("Do", Mark.MAY) if block.kind is AsideKind.DO else ("Dont", Mark.NEVER)

    def write(paragraph: Element) -> None:
        body.pen.place(paragraph, body.mark(mark), setting.ink)

    body.paragraph(into, style, (Text(f"\u00a0{block.label}"),), setting.ink, write=write)
    body.blocks(into, block.blocks, setting)


def _apart(
    body: Body, into: Element, style: str, paragraphs: Sequence[Paragraph], setting: Setting
) -> None:
    """Append paragraphs that look like one: Word draws one edge around neighbours of the same style."""
    above, below = _BELOW if style in _BOXED else _ABOVE
    last = len(paragraphs) - 1
    for at, paragraph in enumerate(paragraphs):
        space = (above if at == 0 else None, below if at == last else 0)
        ink = setting.within(change=paragraph.change).ink
        body.paragraph(into, style, paragraph.inlines, ink, keep=at < last, space=space)


def _edges(kind: AsideKind, tint: str) -> Edges:
    match kind:
        case AsideKind.NOTE:
            return Edges({"left": ("single", 32, INK)})
        case AsideKind.EXAMPLE:
            return Edges({}, tint)
        case AsideKind.QUOTE:
            return Edges({"left": ("single", 8, RULE)})
        case _:
            return Edges(dict.fromkeys(("top", "left", "bottom", "right"), ("single", 6, INK)))
