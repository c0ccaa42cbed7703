"""The head of a document: whose it is, what it is, whether it is in force; on a cover or page 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policygen.model.document import Foreign, Strong, Text, Value
from policygen.write.cover import has_long_control, has_longest_control
from policygen.write.docx.context import BlockContext
from policygen.write.docx.package.styles import COVER_PADDING, INK
from policygen.write.docx.package.xml import val, w
from policygen.write.docx.paragraphs import ParagraphFormat
from policygen.write.docx.runs.content import RunContent, Tab
from policygen.write.docx.tables import padded_table, shading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.model.document import Inline, Inlines, Masthead
    from policygen.write.docx.package.xml import Element
    from policygen.write.docx.paragraphs import ParagraphWriter
    from policygen.write.docx.runs.content import RunInlines
    from policygen.write.docx.visitor import BlockVisitor

_PLATE_PADDING = dict.fromkeys(("top", "left", "bottom", "right"), 100)  # of white around a logo
_WHITE = "FFFFFF"
_EN_SPACE, _EN_SPACE_WIDTH = "\u2002", 105  # between logo and name, and its twips
_EMU = 635  # a twip's length
_SIDES = ("top", "left", "bottom", "right")
_PAGE = BlockContext(0)  # nothing in a masthead asks how wide it is


class _BlockShape(NamedTuple):
    """A cover's block: the least heights of its two rows, and the room above and below their words.

    In twips.
    """

    owner: int
    title: int
    room: int


_BLOCK = _BlockShape(2200, 5000, 600)
_BLOCK_BESIDE_LONG_CONTROL = _BlockShape(1500, 4600, 300)
_BLOCK_BESIDE_LONGEST_CONTROL = _BlockShape(1000, 3200, 240)


def masthead_blocks(visitor: BlockVisitor, logo: Element | None) -> list[Element]:
    """Make the masthead, as a cover or as a few lines. `logo` is its drawing."""
    head = visitor.document.masthead
    if head.cover:
        return _cover(visitor, head, logo)
    writer = visitor.paragraphs
    blocks = [*_owner(visitor, head, logo, tagged=True), *_titles(writer, head)]
    if head.control:
        blocks += visitor.table(head.control, visitor.page_context(), out=writer.page.gutter)
    return blocks


def head_in_template(visitor: BlockVisitor) -> list[Element]:
    """Make of the masthead what a body's own template has no field for.

    A comparison has all of it, for what has changed stands there too.
    """
    document, writer = visitor.document, visitor.paragraphs
    head, every = document.masthead, bool(document.meta.reviser)
    blocks: list[Element] = []
    if every or not document.asks_for("document.title", "edition.title"):
        blocks += _titles(writer, head)
    if every or not document.asks_for("policy.status"):
        blocks.append(writer.paragraph(ParagraphFormat("BodyText"), (head.status,), _PAGE))
    if head.control and (every or not document.asks_for("policy.")):
        blocks += visitor.table(head.control, visitor.page_context())
    return blocks


def _titles(writer: ParagraphWriter, head: Masthead) -> list[Element]:
    blocks = [writer.paragraph(ParagraphFormat("Title"), (Text(head.title),), _PAGE)]
    if head.lead:
        blocks.append(writer.paragraph(ParagraphFormat("Subtitle"), (Text(head.lead),), _PAGE))
    return blocks


def _owner(
    visitor: BlockVisitor, head: Masthead, logo: Element | None, *, tagged: bool
) -> list[Element]:
    """Make the names of the organisation, one under another.

    The logo stands before the first and, when `tagged`, the status at the right edge of the last;
    beside a long name it has a line of its own.
    """
    writer = visitor.paragraphs
    names: list[tuple[str, Inlines]] = [
        ("LocalName", (Foreign(language, (_name(local),)),)) for language, local in head.local_names
    ]
    own = _name(head.organisation)
    names.append(("Organisation", (own,) if head.local_names else (Strong((own,)),)))
    if tagged and not _has_room_for_status(visitor, head, logo):
        names.append(("Organisation", ()))
    status: RunInlines = (Tab(), head.status) if tagged else ()
    picture: RunInlines = (RunContent(logo), Text(_EN_SPACE)) if logo is not None else ()
    indent = 0 if head.cover else -writer.page.gutter
    paragraphs = []
    for at, (style, words) in enumerate(names, start=1):
        ending = status if at == len(names) else ()
        inlines = (*picture, *words, *ending)
        layout = ParagraphFormat(style, indent=indent)
        paragraphs.append(writer.paragraph(layout, inlines, _PAGE))
        if picture and logo is not None:
            indent += _width(logo) + _EN_SPACE_WIDTH
            picture = ()
    return paragraphs


def _has_room_for_status(visitor: BlockVisitor, head: Masthead, logo: Element | None) -> bool:
    """Tell whether the status fits on the line of the organisation's name."""
    beside = 0 if logo is None else _width(logo) + _EN_SPACE_WIDTH
    words = f"{head.organisation}    {head.status.text}"
    page = visitor.paragraphs.page
    width = beside + visitor.font.text_width(words, page.name_em, bold=True)
    return width <= page.full


def _name(name: str) -> Value:
    """Return a name as a value, so that it is isolated where it runs from right to left."""
    return Value("", name)


def _cover(visitor: BlockVisitor, head: Masthead, logo: Element | None) -> list[Element]:
    """Make a page of its own with one block.

    The block is solid in the brand's colour, or white with a dashed edge for a draft.
    """
    writer, solid = visitor.paragraphs, visitor.document.in_force
    fill = visitor.shades.field if solid else ""
    page = writer.page
    shape = _shape(head)
    sides = {"left": COVER_PADDING, "right": COVER_PADDING}
    padding = {"top": shape.room, "bottom": shape.room, **sides}
    block = padded_table(padding, [page.full], -page.gutter, _block_borders(fill))
    if solid and logo is not None:
        owner = _plate(visitor, head, logo)
    else:
        owner = _owner(visitor, head, logo, tagged=False)
    title = _titles(writer, head)
    if head.depth:
        title.append(writer.paragraph(ParagraphFormat("Depth"), _depth(head), _PAGE))
    block.append(_row(shape.owner, _cell(page.full, fill, "top", owner)))
    block.append(_row(shape.title, _cell(page.full, fill, "bottom", title)))
    return [block, *_below_cover(visitor, head)]


def _shape(head: Masthead) -> _BlockShape:
    """Return the shape of a cover's block that leaves room for the table below it."""
    if has_longest_control(head):
        return _BLOCK_BESIDE_LONGEST_CONTROL
    return _BLOCK_BESIDE_LONG_CONTROL if has_long_control(head) else _BLOCK


def _below_cover(visitor: BlockVisitor, head: Masthead) -> list[Element]:
    """Make what stands under the block: the document control, or else its status."""
    writer = visitor.paragraphs
    gutter = writer.page.gutter
    if head.control is None:
        layout = ParagraphFormat("BodyText", indent=-gutter)
        return [writer.paragraph(layout, (head.status,), _PAGE)]
    gap = writer.paragraph(ParagraphFormat("Spacer", before=360, after=0), (), _PAGE)
    return [gap, *visitor.table(head.control, visitor.page_context(), out=gutter)]


def _plate(visitor: BlockVisitor, head: Masthead, logo: Element) -> list[Element]:
    """Make a table of one row: the logo on a white plate, and the organisation's names beside it.

    On the cover's own colour a logo of that colour would drown.
    """
    writer = visitor.paragraphs
    page = writer.page
    logo_width = _width(logo) + _PLATE_PADDING["left"] + _PLATE_PADDING["right"]
    names_width = page.full - 2 * COVER_PADDING - logo_width
    picture_format = ParagraphFormat("Organisation", indent=0)
    picture = writer.paragraph(picture_format, (RunContent(logo),), _PAGE)
    logo_cell = _cell(logo_width, _WHITE, "center", [picture])
    names = _owner(visitor, head, logo=None, tagged=False)
    names_cell = _cell(names_width, "", "center", names)
    table = padded_table(_PLATE_PADDING, [logo_width, names_width])
    table.append(_row(0, logo_cell, names_cell))
    # LibreOffice shows no cover that begins with a table, and a cell must end with a paragraph.
    above = writer.paragraph(ParagraphFormat("Spacer", before=0, after=0), (), _PAGE)
    below = writer.paragraph(ParagraphFormat("Spacer", before=page.below), (), _PAGE)
    return [above, table, below]


def _width(logo: Element) -> int:
    """Return the width of a drawing in twips."""
    extent = next(logo.iter("{*}extent"))
    return round(int(extent.get("cx", "0")) / _EMU)


def _depth(head: Masthead) -> tuple[Inline, ...]:
    """Return the tiers in words, this one bold: dots would say nothing to a screen reader."""
    inlines: list[Inline] = []
    for tier, _reader, is_this in head.depth:
        if inlines:
            inlines.append(Text(", "))
        inlines.append(Strong((Text(tier),)) if is_this else Text(tier))
    return tuple(inlines)


def _row(height: int, *cells: Element) -> Element:
    """Make a row at least `height` twips high."""
    return w("tr", w("trPr", w("cantSplit"), w("trHeight", val=height, hRule="atLeast")), *cells)


def _cell(width: int, fill: str, align: str, blocks: Sequence[Element]) -> Element:
    properties = w("tcPr", w("tcW", w=width, type="dxa"), shading(fill), val("vAlign", align))
    return w("tc", properties, *blocks)


def _block_borders(fill: str) -> Element:
    """Make lines of the block's own colour, for else its rows part by a hair.

    A white block has a dashed edge.
    """
    if fill:
        return w("tblBorders", w("insideH", val="single", sz=4, space=0, color=fill))
    edges = [w(side, val="dashed", sz=18, space=0, color=INK) for side in _SIDES]
    return w("tblBorders", *edges)
