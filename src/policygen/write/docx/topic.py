"""A section of the snapshot: essentials beside who decides and by when, or above them where sections are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import (
    Deleted,
    Inserted,
    List,
    Paragraph,
    Quiet,
    Revision,
    Strong,
    Text,
)
from policygen.model.walk import heading, shared_change
from policygen.write.docx.table import grid

if TYPE_CHECKING:
    from policygen.model.document import Inline, Inlines, ListItem, Topic
    from policygen.write.docx.body import Body, Setting
    from policygen.write.docx.xml import Element


def topic(body: Body, into: Element, block: Topic, setting: Setting) -> None:
    """Append a section of the snapshot. Its heading stands outside any table, where Word lists it."""
    setting = setting.within(change=block.change)
    body.heading(into, heading(block), setting)
    if body.document.fit == "dense":
        _close(body, into, block, setting)
    elif block.facts:
        _beside(body, into, block, setting)
    else:
        body.blocks(into, block.blocks, setting)


def _beside(body: Body, into: Element, block: Topic, setting: Setting) -> None:
    def facts(cell: Element, inner: Setting) -> None:
        for label, fact in block.facts:
            ink = inner.within(change=shared_change(fact)).ink
            body.paragraph(cell, "FactLabel", (Text(label),), ink)
            body.paragraph(cell, "Fact", fact, ink)

    def essentials(cell: Element, inner: Setting) -> None:
        body.blocks(cell, block.blocks, inner)

    grid(body, into, [essentials, facts], setting, shares=(69, 31))


def _close(body: Body, into: Element, block: Topic, setting: Setting) -> None:
    """Essentials one under another with their numbers in the margin, and the facts on one line."""
    for inner in block.blocks:
        if isinstance(inner, List):
            for item in inner.items:
                _essential(body, into, item, setting)
        else:
            body.block(into, inner, setting)
    line: Inlines = ()
    for label, fact in block.facts:
        gap = _as((Text("\u2003"),), shared_change(line) or shared_change(fact)) if line else ()
        line += (*gap, *_as((Quiet((Text(f"{label}: "),)), Strong(fact)), shared_change(fact)))
    if line:
        body.paragraph(into, "Fact", line, setting.within(change=shared_change(line)).ink)


def _as(inlines: Inlines, change: Revision | None) -> Inlines:
    match change:
        case Revision.INSERTED:
            return (Inserted(inlines),)
        case Revision.DELETED:
            return (Deleted(inlines),)
    return inlines


def _essential(body: Body, into: Element, item: ListItem, setting: Setting) -> None:
    setting = setting.within(change=item.change)
    into = body.control(into, item.anchor, setting) if item.clause else into
    number, words = _parted(item.blocks[0].inlines if isinstance(item.blocks[0], Paragraph) else ())
    if number:

        def write(paragraph: Element) -> None:
            body.pen.write(paragraph, number, setting.ink)
            body.pen.tab(paragraph, setting.ink)

        body.paragraph(into, "BodyText", words, setting.ink, write=write, hanging=body.page.gutter)
    body.blocks(into, item.blocks[1:] if number else item.blocks, setting)


def _parted(inlines: Inlines) -> tuple[Inlines, Inlines]:
    """The number that an essential opens with, and its words; of a change, what was stands before what is."""
    number: list[Inline] = []
    words: list[Inline] = []
    for inline in inlines:
        match inline:
            case Quiet() if not words:
                number.append(inline)
            case Deleted((Quiet() as first, *rest)) | Inserted((Quiet() as first, *rest)):
                number.append(type(inline)((first,)))
                words += [type(inline)(_trimmed(tuple(rest)))] if rest else []
            case _:
                words.append(inline)
    return tuple(number), _trimmed(tuple(words)) if number else inlines


def _trimmed(inlines: Inlines) -> Inlines:
    match inlines:
        case (Text(characters), *rest):
            return (Text(characters.removeprefix(" ")), *rest)
    return inlines
