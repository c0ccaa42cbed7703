"""How a document looks in Word: the template's styles, adapted to the layout and to the brand.

The styles themselves are in `theme/base.docx`, for the layout `book`; here is what differs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from policygen.model.colour import palette
from policygen.model.word.styles import QUIET_COLOUR
from policygen.write.cover import has_longest_control
from policygen.write.docx.package.layouts import (
    COVER,
    COVER_BESIDE_LONGEST,
    LARGE_LAYOUT,
    LARGE_PRINT,
    LARGE_TEXT,
    LAYOUTS,
    SPACER,
    StyleMetrics,
)
from policygen.write.docx.package.xml import name
from policygen.write.font import font_metrics
from policygen.write.linear import LARGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.model.document import Document
    from policygen.write.docx.package.xml import Element

_TWIPS = 20  # to the point
INK, QUIET, RULE, BRAND, TINT = "16201C", QUIET_COLOUR, "B4BEB8", "0F5743", "E9F1ED"


# Word knows these languages by their country only.
_COUNTRIES = {
    "cy": "cy-GB",
    "en": "en-GB",
    "ga": "ga-IE",
    "gd": "gd-GB",
    "gv": "gv-IM",
    "kw": "kw-GB",
    "mi": "mi-NZ",
}


def word_language(code: str) -> str:
    """Return a language as Word names it: `cy` is `cy-GB`."""
    return _COUNTRIES.get(code.lower(), code)


class PageMetrics(NamedTuple):
    """Margins in twips. `gutter` is the column of numbers, left of the text.

    `below` is the space under a table, `paper` the width of the page, `height` its height if not
    that of A4; `running_em` and `name_em` are the sizes of the running lines and of the names of
    the organisation. Where the styles of a body's own template stand, `keeps_indents` leaves those
    of its headings.
    """

    top: int
    side: int
    bottom: int
    gutter: int
    header: int
    footer: int
    below: int = 180
    running_em: int = 200
    name_em: int = 210
    paper: int = 11906
    height: int = 0
    keeps_indents: bool = False

    @property
    def full(self) -> int:
        """The width of the text and of the margin column."""
        return self.paper - 2 * self.side

    @property
    def text(self) -> int:
        """The width of the text."""
        return self.full - self.gutter


class Shades(NamedTuple):
    """Colours, `RRGGBB`: one under white, its pale ground, the ground and words of a cover."""

    brand: str
    tint: str
    field: str
    words: str


@lru_cache(maxsize=64)
def brand_shades(colour: str) -> Shades:
    """Return the colours of a brand (`#rrggbb`, or nothing), readable whatever it is."""
    colours = palette(colour)
    shades = (colours.text, colours.tint, colours.field, colours.words)
    return Shades(*(shade.removeprefix("#").upper() for shade in shades))


PAGES = {
    # In whole half points from the top: elsewhere LibreOffice prints a hair of paper between the
    # rows of a cover.
    "book": PageMetrics(1590, 1134, 1417, 1417, 850, 737),
    "close": PageMetrics(1090, 1020, 900, 907, 567, 482, 90),
    "brief": PageMetrics(1247, 1134, 1134, 794, 624, 624),
    "dense": PageMetrics(850, 850, 737, 680, 397, 397, 60),
    "compact": PageMetrics(820, 850, 640, 680, 397, 397, 80),
    "sheet": PageMetrics(760, 850, 737, 794, 397, 397, 100),
    "checklist": PageMetrics(680, 794, 680, 0, 340, 340, 60),
    "close-checklist": PageMetrics(640, 794, 600, 0, 340, 300, 30),
    "paper": PageMetrics(820, 964, 737, 0, 397, 397, 60),
    LARGE: PageMetrics(1480, 1020, 1700, 0, 567, 567, 240, 360, 360),
    "card": PageMetrics(283, 567, 227, 0, 170, 170, 40, height=8391),  # half a sheet of A4
    "poster": PageMetrics(510, 794, 454, 0, 284, 227, 80),
}


def page_of(document: Document) -> PageMetrics:
    """The page of a document's layout, or of the closer one that it needs."""
    return PAGES.get(_layout(document), PAGES["book"])


def _layout(document: Document) -> str:
    """Return the name of a document's layout, or of the closer one that it needs."""
    if document.close and document.fit == "checklist":
        return "close-checklist"
    is_close_book = document.close and document.layout == "book"
    return document.fit or ("close" if is_close_book else document.layout)


_RULED = {
    "compact": "TOC1",
    "sheet": "Heading1",
    "checklist": "Heading1",
    "close-checklist": "Heading1",
}  # a style with rules, for which there is no room
# Twips above and below the words of a table's cell.
_CELLS = {
    "close": 40,
    "compact": 24,
    "sheet": 30,
    "paper": 20,
    "poster": 36,
    "checklist": 26,
    "close-checklist": 12,
}
COVER_PADDING = 600  # twips within the block of a cover
_TITLE_SIZES = (54, 50, 46, 42, 40)  # of a title on a cover: the first that leaves it one line
_ON_COVER = ("Title", "Subtitle", "LocalName", "Organisation", "Depth")


def adapt_styles(styles: Element, document: Document, page: PageMetrics) -> None:
    """Adapt the template's styles to a document and its page, in place."""
    known = {style.get(name("styleId"), ""): style for style in styles.iter(name("style"))}
    layout = _layout(document)
    for identity, metrics in LAYOUTS.get(layout, {}).items():
        _set_metrics(known[identity], metrics)
    for style in known.values():
        _move(style, page)
    if layout in _CELLS:
        _pad_cells(known["PolicyTable"], _CELLS[layout])
    if layout in _RULED:
        _remove_rule(known[_RULED[layout]])
    if document.masthead.cover:
        _adapt_cover(known, document)
    if layout == "poster":
        _adapt_chart(known, document)
    if layout == LARGE:
        _enlarge(known)
    for language in styles.iter(name("lang")):
        for key in ("val", "eastAsia"):
            language.set(name(key), document.meta.language)


def _adapt_cover(known: Mapping[str, Element], document: Document) -> None:
    """Give a cover its sizes of type, and a colour of text that can be read on its ground.

    `known` are the template's styles by their identity.
    """
    size = _title_size(document)
    _set_metrics(known["Title"], StyleMetrics(size, size, 0, 9))
    longest = has_longest_control(document.masthead)
    for identity, metrics in (COVER_BESIDE_LONGEST if longest else COVER).items():
        _set_metrics(known[identity], metrics)
    shades = brand_shades(document.brand.colour)
    text_colour = shades.words if document.in_force else INK  # a draft has a white cover
    for identity in _ON_COVER:
        _property(known[identity], "rPr", "color").set(name("val"), text_colour)
        _property(known[identity], "pPr", "ind").set(name("left"), "0")


def _enlarge(known: Mapping[str, Element]) -> None:
    """Give every style of the template, `known` by identity, the type of large print, in ink.

    What has a colour of its own there, such as a quiet line, would be read with more pains.
    """
    for style in known.values():
        for colour in style.iter(name("color")):
            if colour.get(name("val")) in (QUIET, BRAND):
                colour.set(name("val"), INK)
        size = next(style.iter(name("sz")), None)
        if size is not None and SPACER < int(size.get(name("val"), "")) < 2 * LARGE_PRINT:
            _set_metrics(style, LARGE_TEXT)
    for identity, metrics in LARGE_LAYOUT.items():
        _set_metrics(known[identity], metrics)


def _adapt_chart(known: Mapping[str, Element], document: Document) -> None:
    """Give the line of a chart a colour that its numbers can be read on, and its end the same.

    In a draft the end is a white block with a dashed edge. `known` are the styles by identity.
    """
    shades = brand_shades(document.brand.colour)
    ground = _property(known["ChartEnd"], "pPr", "shd")
    ground.set(name("fill"), shades.field if document.in_force else "FFFFFF")
    for edge in _property(known["ChartEnd"], "pPr", "pBdr"):
        edge.set(name("color"), shades.field if document.in_force else INK)
        edge.set(name("val"), "single" if document.in_force else "dashed")
    colours = {"ChartStep": shades.words, "ChartEnd": shades.words if document.in_force else INK}
    for identity, colour in colours.items():
        _property(known[identity], "rPr", "color").set(name("val"), colour)


def _title_size(document: Document) -> int:
    """Return the size of a cover's title, in points: the last where it has more than one line."""
    font = font_metrics(document.brand.theme)
    room = (page_of(document).full - 2 * COVER_PADDING) / _TWIPS
    title = document.masthead.title
    fitting = (size for size in _TITLE_SIZES if font.text_width(title, size, bold=True) <= room)
    return next(fitting, _TITLE_SIZES[-1])


def _pad_cells(table_style: Element, twips: int) -> None:
    """Set the space above and below the words of each cell."""
    for margins in table_style.iter(name("tblCellMar")):
        for side in margins.iterchildren(name("top"), name("bottom")):
            side.set(name("w"), str(twips))


def _remove_rule(style: Element) -> None:
    rule = _property(style, "pPr", "pBdr")
    properties = rule.getparent()
    assert properties is not None
    properties.remove(rule)


def _set_metrics(style: Element, metrics: StyleMetrics) -> None:
    spacing = _property(style, "pPr", "spacing")
    _set_points(spacing, "before", metrics.before)
    _set_points(spacing, "after", metrics.after)
    _set_points(spacing, "line", metrics.line)
    if metrics.line is not None:
        spacing.set(name("lineRule"), "atLeast")
    if metrics.left is not None:
        indent = _property(style, "pPr", "ind")
        _set_points(indent, "left", metrics.left)
        _set_points(indent, "hanging", metrics.left)
    if metrics.size is not None:
        for key in ("sz", "szCs"):
            _property(style, "rPr", key).set(name("val"), str(round(metrics.size * 2)))


def _set_points(element: Element, key: str, points: float | None) -> None:
    """Set an attribute in twips; None leaves it as it is."""
    if points is not None:
        element.set(name(key), str(round(points * _TWIPS)))


def _move(style: Element, page: PageMetrics) -> None:
    """Move what stands in the margin column, and tabs at the right edge, to this page's."""
    book = PAGES["book"]
    for indent in style.iter(name("ind")):
        if indent.get(name("left")) == str(-book.gutter):
            indent.set(name("left"), str(-page.gutter))
        if indent.get(name("hanging")) == str(book.gutter):
            indent.set(name("hanging"), str(page.gutter))
    for stop in style.iter(name("tab")):
        if stop.get(name("pos")) == str(book.text):
            stop.set(name("pos"), str(page.text))


# The schema's order of the properties set here; others never stand among them in these styles.
_ORDER = {
    "pPr": (
        "keepNext",
        "keepLines",
        "numPr",
        "pBdr",
        "shd",
        "tabs",
        "spacing",
        "ind",
        "outlineLvl",
    ),
    "rPr": ("rFonts", "b", "bCs", "color", "spacing", "sz", "szCs", "u", "bdr", "shd"),
}


def _property(style: Element, holder: str, key: str) -> Element:
    """Return the property of a style, made in its place where the style has none yet."""
    properties = _holder(style, holder)
    known = properties.find(name(key))
    if known is not None:
        return known
    made = properties.makeelement(name(key))
    order = _ORDER[holder]
    earlier = {name(one) for one in order[: order.index(key)]}
    following = next((child for child in properties if child.tag not in earlier), None)
    if following is None:
        properties.append(made)
    else:
        following.addprevious(made)
    return made


def _holder(style: Element, holder: str) -> Element:
    """Return the paragraph or run properties of a style; those of a paragraph come first."""
    known = style.find(name(holder))
    if known is not None:
        return known
    made = style.makeelement(name(holder))
    run_properties = style.find(name("rPr"))
    if holder == "pPr" and run_properties is not None:
        run_properties.addprevious(made)
    else:
        style.append(made)
    return made
