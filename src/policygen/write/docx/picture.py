"""Pictures: a drawing within a run, and the PNG that stands in for an SVG. The one door to resvg."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from lxml import etree

from policygen.problems import Level, PolicygenError, Problem
from policygen.write.docx.xml import R, W, clean
from policygen.write.writer import THEME

if TYPE_CHECKING:
    from policygen.write.docx.xml import Element

SVG = "image/svg+xml"
BROKEN = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)
_EMU = 12700  # to the point
_PIXELS = 4  # to the point: 288 to the inch
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_MICROSOFT = "http://schemas.microsoft.com/office/drawing"
_PICTURE = (
    f'<w:drawing xmlns:w="{W}" xmlns:r="{R}"><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0">'  # LibreOffice takes a gap for granted
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="Picture {number}" descr={words}>'
    "{decorative}</wp:docPr>"
    f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
    f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="0" name=""/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{picture}">{drawn}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing>"
)
_DECORATIVE = (
    f'<a:extLst xmlns:a="{_DRAWING}/main"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    f'<d:decorative xmlns:d="{_MICROSOFT}/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_DRAWN = (
    '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
    f'<s:svgBlip xmlns:s="{_MICROSOFT}/2016/SVG/main" r:embed="%s"/></a:ext></a:extLst>'
)
_MISSING = Problem(
    "The SVG logo is left out of DOCX: the library resvg_py, which draws it for older programs, cannot be loaded.",
    "Install it: `pip install resvg-py`. Or save the logo as PNG.",
    level=Level.WARNING,
)
_UNREADABLE = Problem(
    "The logo is not an SVG that can be read.",
    "Save it again, as plain SVG with a size, or as PNG.",
)


def drawing(
    picture: str, size: tuple[float, float], number: int, words: str, svg: str = ""
) -> Element:
    """Make what a run holds: a picture of `size` (width and height in points), known by its relationship.

    `svg` is the relationship of the same picture as drawing, which Word prefers. Without words it is decoration.
    """
    width, height = (round(side * _EMU) for side in size)
    return etree.fromstring(
        _PICTURE.format(
            picture=picture,
            width=width,
            height=height,
            number=number,
            words=quoteattr(clean(words)),
            decorative="" if words else _DECORATIVE,
            drawn=_DRAWN % svg if svg else "",
        )
    )


def lacking() -> tuple[Problem, ...]:
    """What keeps this computer from putting an SVG into a DOCX, if anything."""
    try:
        import resvg_py  # noqa: F401  (loads a library of its own)
    except (ImportError, OSError):
        return (_MISSING,)
    return ()


def closed(svg: bytes) -> bytes:
    """An SVG that draws only what it holds: a logo may be a stranger's, and must not show the builder's files.

    Raises PolicygenError for what is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(svg, parser)
    except etree.XMLSyntaxError as fault:
        raise PolicygenError([_UNREADABLE]) from fault
    for element in root.iter(etree.Element):
        for key in element.attrib:
            if etree.QName(key).localname == "href" and not element.get(key, "").strip().startswith(
                ("#", "data:")
            ):
                del element.attrib[key]
    return etree.tostring(root)


@lru_cache(maxsize=8)  # every edition of an organisation bears the same
def raster(svg: bytes, width: float, height: float) -> bytes:
    """The PNG of a closed SVG, `width` by `height` points. Raises PolicygenError where it cannot be drawn."""
    import resvg_py

    fonts = [str(path) for path in sorted((THEME / "fonts").glob("*.ttf"))]
    try:
        return resvg_py.svg_to_bytes(
            svg_string=svg.decode(),
            width=ceil(width * _PIXELS),
            height=ceil(height * _PIXELS),
            skip_system_fonts=True,
            font_files=fonts,
            font_family="Public Sans Regular",
        )
    except ValueError as fault:
        raise PolicygenError([_UNREADABLE]) from fault
