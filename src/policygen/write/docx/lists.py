"""Lists, with numbers and bullets that are Word's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.model.document import Paragraph, Role

if TYPE_CHECKING:
    from policygen.model.document import Inlines, List, ListItem
    from policygen.write.docx.body import Body, Setting
    from policygen.write.docx.inline import Ink
    from policygen.write.docx.xml import Element

_LEVELS = 3  # as many as the template has


def write_list(body: Body, into: Element, block: List, setting: Setting) -> None:
    """Append a list; every numbered list counts by itself."""
    level = min(setting.level, _LEVELS - 1)
    suffix = str(level + 1) if level else ""
    style = f"ListNumber{suffix}" if block.ordered else f"ListBullet{suffix}"
    if style == "ListNumber" and body.role == "sources":
        style = "Reference"
    numbering = (
        (level, body.restart(level, block.start))
        if block.ordered and not _fixed(body, block)
        else None
    )
    for at, item in enumerate(block.items, start=1):
        last = at == len(block.items) and not level and not setting.cell
        after = body.page.below if last else None
        _item(body, into, item, (style, f"ListContinue{suffix}"), numbering, after, setting)


def _fixed(body: Body, block: List) -> bool:
    """Whether its numbers are text: in a comparison Word would count what goes too, and cited numbers have gaps."""
    return bool(body.document.meta.reviser) and any(item.number for item in block.items)


def _numbered(
    body: Body,
    into: Element,
    number: str,
    told: tuple[str, Inlines],
    ink: Ink,
    space: tuple[int | None, int | None],
) -> None:
    """Append a paragraph whose number is text, in the margin column; `told` is its style and its words."""

    def write(paragraph: Element) -> None:
        body.pen.run(paragraph, f"{number}.", replace(ink, strong=True))
        body.pen.tab(paragraph, ink)

    style, words = told
    body.paragraph(into, style, words, ink, space=space, write=write, hanging=body.page.gutter)


def _item(
    body: Body,
    into: Element,
    item: ListItem,
    styles: tuple[str, str],
    numbering: tuple[int, int] | None,
    after: int | None,
    setting: Setting,
) -> None:
    """Append one item: its first paragraph bears the number or bullet, the rest goes on beneath it."""
    setting = setting.within(change=item.change)
    if item.clause:
        into = body.control(into, item.anchor, setting)
    elif item.anchor:
        body.pending.append(item.anchor)
    first, *rest = item.blocks or (Paragraph(()),)
    if not isinstance(first, Paragraph):
        first, rest = Paragraph(()), list(item.blocks)
    ink = setting.within(change=first.change).ink
    space = (None, None if rest else after)
    if item.number and not numbering:
        _numbered(body, into, item.number, (styles[0], first.inlines), ink, space)
    else:
        body.paragraph(into, styles[0], first.inlines, ink, numbering=numbering, space=space)
    for block in rest:
        if isinstance(block, Paragraph) and block.role is Role.BODY:
            body.paragraph(into, styles[1], block.inlines, setting.within(change=block.change).ink)
        else:
            body.block(into, block, replace(setting, level=setting.level + 1))
