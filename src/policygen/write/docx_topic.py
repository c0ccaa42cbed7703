"""A section of the snapshot: essentials beside who decides and by when, or above them where sections are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import Heading, List, Paragraph, Quiet, Strong, Text
from policygen.write.docx_table import grid

if TYPE_CHECKING:
    from policygen.model.document import Inline, ListItem, Topic
    from policygen.write.docx_body import Body, Setting
    from policygen.write.docx_xml import Element


def topic(body: Body, into: Element, block: Topic, setting: Setting) -> None:
    """Append a section of the snapshot. Its heading stands outside any table, where Word lists it."""
    body.heading(into, Heading(2, block.title, block.anchor, block.number), setting)
    if body.document.fit == "dense":
        _close(body, into, block, setting)
    elif block.facts:
        _beside(body, into, block, setting)
    else:
        body.blocks(into, block.blocks, setting)


def _beside(body: Body, into: Element, block: Topic, setting: Setting) -> None:
    def facts(cell: Element, inner: Setting) -> None:
        for label, fact in block.facts:
            body.paragraph(cell, "FactLabel", (Text(label),), inner.ink)
            body.paragraph(cell, "Fact", fact, inner.ink)

    def essentials(cell: Element, inner: Setting) -> None:
        body.blocks(cell, block.blocks, inner)

    grid(body, into, [essentials, facts], setting, shares=(69, 31))


def _close(body: Body, into: Element, block: Topic, setting: Setting) -> None:
    """Essentials one under another with their numbers in the margin, and the facts on one line."""
    for inner in block.blocks:
        if isinstance(inner, List):
            for item in inner.items:
                _essential(body, body.control(into, item.anchor, setting) if item.clause else into, item, setting)
        else:
            body.block(into, inner, setting)
    line: list[Inline] = []
    for label, fact in block.facts:
        line += [*([Text("\u2003")] if line else []), Quiet((Text(f"{label}: "),)), Strong(fact)]
    if line:
        body.paragraph(into, "Fact", tuple(line), setting.ink)


def _essential(body: Body, into: Element, item: ListItem, setting: Setting) -> None:
    setting = setting.within(change=item.change)
    match item.blocks:
        case (Paragraph(inlines=(Quiet(number), Text(" "), *words)), *rest):

            def write(paragraph: Element) -> None:
                body.pen.write(paragraph, (Quiet(number),), setting.ink)
                body.pen.tab(paragraph, setting.ink)

            body.paragraph(into, "BodyText", tuple(words), setting.ink, write=write, hanging=body.page.gutter)
            body.blocks(into, tuple(rest), setting)
        case blocks:
            body.blocks(into, blocks, setting)
