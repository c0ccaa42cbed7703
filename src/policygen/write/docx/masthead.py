"""The head of a document: whose it is, what it is, whether it is in force; on a cover or at the top of page 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import Strong, Text
from policygen.write.docx import table as docx_table
from policygen.write.docx.body import Setting
from policygen.write.docx.inline import Ink
from policygen.write.docx.styles import INK
from policygen.write.docx.xml import name, val, w

if TYPE_CHECKING:
    from policygen.model.document import Inline, Masthead
    from policygen.write.docx.body import Body
    from policygen.write.docx.package import Package
    from policygen.write.docx.xml import Element

_PADDING = 600  # twips within the block of a cover
_PLATE = 100  # twips of white around a logo on a cover
_GAP, _GAP_WIDTH, _EMU = (
    "\u2002",
    105,
    635,
)  # between logo and name: an en space, its twips; a twip's length
_OWNER, _NAME = 2200, 5000  # the least heights of the block's two rows, in twips


def masthead(body: Body, into: Element, package: Package) -> None:
    """Append the masthead, as a cover or as a few lines."""
    head = body.document.masthead
    logo = package.logo(body.pen.number())
    if head.cover:
        _cover(body, into, head, logo)
        return
    _owner(body, into, head, logo, tagged=True)
    body.paragraph(into, "Title", (Text(head.title),), Ink())
    if head.lead:
        body.paragraph(into, "Subtitle", (Text(head.lead),), Ink())
    if head.control:
        docx_table.table(body, into, head.control, Setting(body.page.text), out=body.page.gutter)


def _owner(
    body: Body, into: Element, head: Masthead, logo: Element | None, *, tagged: bool
) -> None:
    """Append the names, the logo before the first of them and the status at the right edge of the last."""
    names = [
        *(
            (Text(local), Ink(language=language), "LocalName")
            for language, local in head.local_names
        ),
        (Text(head.organisation), Ink(strong=not head.local_names), "Organisation"),
    ]
    indent = 0 if head.cover else -body.page.gutter
    for at, (text, ink, style) in enumerate(names):

        def write(paragraph: Element, first: bool = at == 0) -> None:
            if first and logo is not None:
                body.pen.place(paragraph, logo, Ink())
                body.pen.run(paragraph, _GAP, Ink())

        paragraph = body.paragraph(into, style, (text,), ink, write=write, indent=indent)
        if at == 0 and logo is not None:
            indent += _width(logo) + _GAP_WIDTH
    if tagged:
        body.pen.tab(paragraph, Ink())
        body.pen.write(paragraph, (head.status,), Ink())


def _cover(body: Body, into: Element, head: Masthead, logo: Element | None) -> None:
    """Append a page of its own: one block, solid in the brand's colour or white with a dashed edge."""
    page, solid = body.page, body.document.in_force
    fill = body.shades.field if solid else ""
    made = _grid(_PADDING, page.full, indent=-page.gutter, borders=_borders(fill))
    into.append(made)
    (owner,) = _row(made, _OWNER, "top", fill)
    if solid and logo is not None:
        _plate(body, owner, head, logo)
    else:
        _owner(body, owner, head, logo, tagged=False)
    (title,) = _row(made, _NAME, "bottom", fill)
    body.paragraph(title, "Title", (Text(head.title),), Ink())
    if head.lead:
        body.paragraph(title, "Subtitle", (Text(head.lead),), Ink())
    if head.depth:
        body.paragraph(title, "Depth", _depth(head), Ink())
    if head.control:
        body.paragraph(into, "Spacer", (), Ink(), space=(360, 0))
        docx_table.table(body, into, head.control, Setting(page.text), out=page.gutter)
    else:
        body.paragraph(into, "BodyText", (head.status,), Ink(), indent=-page.gutter)
    body.break_page = True


def _plate(body: Body, into: Element, head: Masthead, logo: Element) -> None:
    """Append the logo on white, so that none drowns in the brand's colour, and the names beside it."""
    width = _width(logo) + 2 * _PLATE
    made = _grid(_PLATE, width, body.page.full - 2 * _PADDING - width)
    body.paragraph(
        into, "Spacer", (), Ink(), space=(0, 0)
    )  # LibreOffice finds no cover where a table begins one
    into.append(made)
    plate, names = _row(made, 0, "center", "FFFFFF", "")
    body.paragraph(
        plate, "Organisation", (), Ink(), write=lambda it: body.pen.place(it, logo, Ink()), indent=0
    )
    _owner(body, names, head, None, tagged=False)
    body.paragraph(into, "Spacer", (), Ink())  # a cell ends with a paragraph


def _width(logo: Element) -> int:
    """How wide a drawing is, in twips."""
    return round(next(int(size.get("cx", 0)) for size in logo.iter("{*}extent")) / _EMU)


def _depth(head: Masthead) -> tuple[Inline, ...]:
    """The tiers in words, this one bold: a line of dots would say nothing to a screen reader."""
    inlines: list[Inline] = []
    for at, (tier, _reader, here) in enumerate(head.depth):
        if at:
            inlines.append(Text(", "))
        inlines.append(Strong((Text(tier),)) if here else Text(tier))
    return tuple(inlines)


def _grid(padding: int, *columns: int, indent: int = 0, borders: Element | None = None) -> Element:
    """Make a table that only places what it holds: `columns` wide, `padding` around each cell's words, in twips."""
    return w(
        "tbl",
        w(
            "tblPr",
            val("tblStyle", "LayoutGrid"),
            w("tblW", w=sum(columns), type="dxa"),
            w("tblInd", w=indent, type="dxa"),
            borders,
            w("tblLayout", type="fixed"),
            w(
                "tblCellMar",
                *(w(side, w=padding, type="dxa") for side in ("top", "left", "bottom", "right")),
            ),
            w(
                "tblLook",
                val="0000",
                firstRow=0,
                lastRow=0,
                firstColumn=0,
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in columns)),
    )


def _row(made: Element, height: int, align: str, *fills: str) -> list[Element]:
    """Append a row at least `height` twips high, with a cell for each column on a ground of its own; the cells."""
    widths = [
        column.get(name("w")) for column in made.iterfind(f"{name('tblGrid')}/{name('gridCol')}")
    ]
    cells = [
        w("tc", w("tcPr", w("tcW", w=width, type="dxa"), _shade(fill), val("vAlign", align)))
        for width, fill in zip(widths, fills, strict=True)
    ]
    made.append(
        w("tr", w("trPr", w("cantSplit"), w("trHeight", val=height, hRule="atLeast")), *cells)
    )
    return cells


def _shade(fill: str) -> Element | None:
    return w("shd", val="clear", color="auto", fill=fill) if fill else None


def _borders(fill: str) -> Element:
    """A line of the block's own colour, for else its rows part by a hair; a dashed edge around a white one."""
    if fill:
        return w("tblBorders", w("insideH", val="single", sz=4, space=0, color=fill))
    sides = ("top", "left", "bottom", "right")
    return w("tblBorders", *(w(side, val="dashed", sz=18, space=0, color=INK) for side in sides))
