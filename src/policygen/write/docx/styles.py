"""How a document looks in Word: the template's styles, adapted to the layout and to the brand.

The styles themselves are in `theme/base.docx`. They are the ones of `book`; here is only what differs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from policygen.model.colour import palette
from policygen.write.docx.xml import name

if TYPE_CHECKING:
    from policygen.model.document import Document
    from policygen.write.docx.xml import Element

INK, QUIET, RULE, BRAND, TINT = "16201C", "4A5650", "B4BEB8", "0F5743", "E9F1ED"


class Page(NamedTuple):
    """Margins in twips. `gutter` is the column of numbers, left of the text; `below` is the space under a table."""

    top: int
    side: int
    bottom: int
    gutter: int
    header: int
    footer: int
    below: int = 180

    @property
    def full(self) -> int:
        """The width of the text and of the margin column."""
        return 11906 - 2 * self.side

    @property
    def text(self) -> int:
        """The width of the text."""
        return self.full - self.gutter


class Shades(NamedTuple):
    """The colours, `RRGGBB`: one that white can stand on, its pale ground, a cover's ground and words."""

    brand: str
    tint: str
    field: str
    words: str


@cache
def shades(colour: str) -> Shades:
    """Return the colours of a brand (`#rrggbb`, or nothing), readable whatever it is."""
    made = palette(colour)
    return Shades(*(shade[1:].upper() for shade in (made.text, made.tint, made.field, made.words)))


PAGES = {
    # In whole half points from the top: elsewhere LibreOffice prints a hair of paper between the rows of a cover.
    "book": Page(1590, 1134, 1417, 1417, 850, 737),
    "brief": Page(1247, 1134, 1134, 794, 624, 624),
    "dense": Page(1077, 907, 907, 794, 510, 510),
    "sheet": Page(907, 850, 794, 794, 397, 397, 100),
    "poster": Page(624, 794, 567, 0, 340, 284, 80),
}
GUTTER = {layout: page.gutter for layout, page in PAGES.items()}
TEXT = {layout: page.text for layout, page in PAGES.items()}


def page_of(document: Document) -> Page:
    """The page of a document's layout, or of the closer one that it needs."""
    return PAGES.get(document.fit or document.layout, PAGES["book"])


class Type(NamedTuple):
    """Points: size, line, space before and after, how far text stands in; None leaves what the template says."""

    size: float | None = None
    line: float | None = None
    before: float | None = None
    after: float | None = None
    left: float | None = None


_COVER = {
    "Title": Type(54, 54, 0, 9),
    "Subtitle": Type(20, 27, 0, 0),
    "Depth": Type(before=24),
}
_LAYOUTS: dict[str, dict[str, Type]] = {
    "book": {},
    "brief": {
        "Heading1": Type(15, 18, 9, 3),
        "Title": Type(before=18, after=3),
        "Subtitle": Type(after=6),
        "ListBullet": Type(line=17, after=2),
        "Fact": Type(line=14, after=4),
        "Label": Type(before=0),
    },
    "dense": {
        "Heading1": Type(15, 17, 5, 0),
        "Title": Type(before=12, after=2),
        "Subtitle": Type(after=3),
        "Lead": Type(12, 15, 0, 1),
        "BodyText": Type(12, 15, 0, 1),
        "Fact": Type(10, 13, 0, 2),
        "Label": Type(before=0),
    },
    "sheet": {
        "Normal": Type(11, 13),
        "Heading1": Type(12, 14, 5, 0),
        "Title": Type(28, 31, 6, 0),
        "Subtitle": Type(13, 17, 0, 3),
        "BodyText": Type(11, 13, 0, 2),
        "ListBullet": Type(11, 13, after=0),
        "ListNumber": Type(11, 13, after=0),
        "Label": Type(before=0),
        "TableText": Type(10, 12.5),
    },
    "poster": {
        "Normal": Type(10.5, 13.5),
        "BodyText": Type(after=2),
        "Heading1": Type(15, 18, 5, 2),
        "Heading2": Type(12, 16, 0, 0),
        "Heading3": Type(10.5, 14, 0, 0),
        "Title": Type(34, 36, 4, 0),
        "Subtitle": Type(13, 18, 0, 3),
        "Lead": Type(13, 18, 4, 3),
        "Hint": Type(10.5, 13.5, 0, 2),
        "Label": Type(10.5, 14, 0, 0),
        "TableText": Type(10.5, 13),
        "ListBullet": Type(10, 13, after=1, left=9),
        "ListNumber": Type(10.5, 13.5, after=1),
    },
}
_RULED = "Heading1"  # the style with a rule above it, which a sheet has no room for
_CELLS = {"sheet": 30, "poster": 36}  # twips above and below the words of a table's cell
_ON_COVER = ("Title", "Subtitle", "LocalName", "Organisation", "Depth")


def dress(styles: Element, document: Document) -> None:
    """Adapt the template's styles to a document, in place."""
    known = {style.get(name("styleId"), ""): style for style in styles.iter(name("style"))}
    page = page_of(document)
    cover = document.masthead.cover
    for identity, kind in (
        _LAYOUTS.get(document.fit or document.layout, {}) | (_COVER if cover else {})
    ).items():
        _set_type(known[identity], kind)
    for style in known.values():
        _move(style, page)
    if padding := _CELLS.get(document.fit or document.layout):
        for side in next(known["PolicyTable"].iter(name("tblCellMar"))):
            if side.tag in (name("top"), name("bottom")):
                side.set(name("w"), str(padding))
    if document.fit == "sheet":
        rule = _find(known[_RULED], "pPr", "pBdr")
        known[_RULED][-2].remove(rule)
    if cover:
        words = shades(document.brand.colour).words if document.in_force else INK
        for identity in _ON_COVER:
            _recolour(known[identity], words)
            _find(known[identity], "pPr", "ind").set(name("left"), "0")
    for language in styles.iter(name("lang")):
        for key in ("val", "eastAsia"):
            language.set(name(key), document.meta.language)


def _set_type(style: Element, kind: Type) -> None:
    spacing = _find(style, "pPr", "spacing")
    for key, points in (("before", kind.before), ("after", kind.after), ("line", kind.line)):
        if points is not None:
            spacing.set(name(key), str(round(points * 20)))
    if kind.line is not None:
        spacing.set(name("lineRule"), "atLeast")
    if kind.left is not None:
        indent = _find(style, "pPr", "ind")
        for key in ("left", "hanging"):
            indent.set(name(key), str(round(kind.left * 20)))
    if kind.size is not None:
        for key in ("sz", "szCs"):
            _find(style, "rPr", key).set(name("val"), str(round(kind.size * 2)))


def _move(style: Element, page: Page) -> None:
    """Give what stands in the margin column, and the tabs at the right edge, the places of this page."""
    book = PAGES["book"]
    for indent in style.iter(name("ind")):
        for key, old in (("left", -book.gutter), ("hanging", book.gutter)):
            if indent.get(name(key)) == str(old):
                indent.set(name(key), str(page.gutter if old > 0 else -page.gutter))
    for stop in style.iter(name("tab")):
        if stop.get(name("pos")) == str(book.text):
            stop.set(name("pos"), str(page.text))


def _recolour(style: Element, colour: str) -> None:
    _find(style, "rPr", "color").set(name("val"), colour)


# The schema's order of the properties that are set here; others never stand among them in these styles.
_ORDER = ("keepNext", "keepLines", "numPr", "pBdr", "shd", "tabs", "spacing", "ind", "outlineLvl")
_RUN_ORDER = ("rFonts", "b", "bCs", "color", "spacing", "sz", "szCs", "u", "bdr", "shd")


def _find(style: Element, holder: str, key: str) -> Element:
    """Return the property of a style, made in its place where the style has none yet."""
    properties = style.find(name(holder))
    if properties is None:
        properties = style.makeelement(name(holder))
        run = style.find(name("rPr"))
        if holder == "pPr" and run is not None:
            run.addprevious(properties)
        else:
            style.append(properties)
    found = properties.find(name(key))
    if found is None:
        found = properties.makeelement(name(key))
        order = _RUN_ORDER if holder == "rPr" else _ORDER
        earlier = {name(k) for k in order[: order.index(key)]}
        at = next(
            (i for i, child in enumerate(properties) if child.tag not in earlier), len(properties)
        )
        properties.insert(at, found)
    return found
