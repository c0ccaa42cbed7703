"""Pictures: a drawing in a run, and the PNG that stands in for an SVG. The one door to resvg."""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from lxml import etree

from policygen.model.picture import plain_png
from policygen.problems import Level, PolicygenError, Problem
from policygen.write.docx.package.xml import R, W, xml_characters
from policygen.write.writer import THEME

if TYPE_CHECKING:
    from policygen.write.docx.package.xml import Element

PNG, SVG = "image/png", "image/svg+xml"
_EMU = 12700  # to the point
_PIXELS = 4  # to the point: 288 to the inch
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_MICROSOFT = "http://schemas.microsoft.com/office/drawing"
_DECORATIVE = (
    f'<a:extLst xmlns:a="{_DRAWING}/main"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    f'<d:decorative xmlns:d="{_MICROSOFT}/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_USUAL_LENGTH = re.compile(r"\d{1,6}(\.\d{1,9})?(px|%)?")
_LENGTH = re.compile(
    r"(?P<number>[-+]?(\d{1,6}(\.\d{0,9})?|\.\d{1,9})([eE][-+]?\d{1,2})?)"
    r"\s*(?P<unit>px|pt|pc|mm|cm|in|em|ex)?"
)
_PIXELS_OF_UNIT = {
    "px": 1,
    "pt": 4 / 3,
    "pc": 16,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96,
    "em": 16,
    "ex": 8,
}


def drawing(
    picture_id: str, size: tuple[float, float], number: int, alt_text: str, svg_id: str = ""
) -> Element:
    """Make the drawing that a run holds; `size` is its width and height in points.

    `picture_id` is the relationship of a PNG in the package, `svg_id` that of the same picture as
    SVG, which Word prefers. A picture without `alt_text` is decoration.
    """
    width, height = (max(1, round(side * _EMU)) for side in size)
    decorative = "" if alt_text else _DECORATIVE
    # LibreOffice takes a gap around it for granted, so it says that there is none.
    drawn = etree.fromstring(
        f'<w:drawing xmlns:w="{W}" xmlns:r="{R}">'
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing"'
        ' distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Picture {number}">{decorative}'
        "</wp:docPr>"
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture">'
        '<pic:nvPicPr><pic:cNvPr id="0" name=""/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{picture_id}">{_svg_blip(svg_id)}</a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    drawn[0][1].set("descr", xml_characters(alt_text))
    return drawn


def _svg_blip(relationship: str) -> str:
    if not relationship:
        return ""
    return (
        '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
        f'<s:svgBlip xmlns:s="{_MICROSOFT}/2016/SVG/main" r:embed="{relationship}"/>'
        "</a:ext></a:extLst>"
    )


def missing_libraries() -> tuple[Problem, ...]:
    """Return a warning where this computer cannot put an SVG into a DOCX."""
    try:
        import resvg_py  # noqa: F401  (loads a library of its own)
    except (ImportError, OSError):
        what = (
            "The SVG logo is left out of DOCX: the library resvg_py, which draws it for older "
            "programs, cannot be loaded."
        )
        mend = "Install it: `pip install resvg-py`. Or save the logo as PNG."
        return (Problem(what, mend, level=Level.WARNING, code="PG450"),)
    return ()


# --- SVG ------------------------------------------------------------------------------------------


def self_contained(svg: bytes) -> bytes:
    """Return an SVG that draws only what it holds.

    A logo may be a stranger's, and must not show the builder's files. Raises PolicygenError for
    what is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(svg, parser)
    except etree.XMLSyntaxError as fault:
        raise PolicygenError([_unreadable_svg()]) from fault
    for side in ("width", "height"):
        _simplify_length(root, side)
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            is_address = etree.QName(key).localname == "href"
            if is_address and not str(value).strip().startswith(("#", "data:")):
                del element.attrib[key]
    return etree.tostring(root)


def _simplify_length(root: Element, side: str) -> None:
    """Write a length such as `5mm` or `1e2` as pixels, the only unit that resvg knows."""
    text = root.get(side, "").strip()
    if not text or _USUAL_LENGTH.fullmatch(text):
        return
    length = _LENGTH.fullmatch(text)
    if length:
        pixels = float(length["number"]) * _PIXELS_OF_UNIT[length["unit"] or "px"]
        root.set(side, f"{pixels:.4f}")
    else:
        del root.attrib[side]


@lru_cache(maxsize=8)  # every edition of an organisation bears the same
def rasterised(svg: bytes, width: float, height: float) -> bytes:
    """Return the PNG of a self-contained SVG, `width` by `height` points.

    Raises PolicygenError where it cannot be drawn.
    """
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
        raise PolicygenError([_unreadable_svg()]) from fault


def _unreadable_svg() -> Problem:
    return Problem(
        "The logo is not an SVG that can be read.",
        "Save it again, as plain SVG with a size, or as PNG.",
        code="PG411",
        field=("brand", "logo"),
    )


# --- PNG ------------------------------------------------------------------------------------------


def whole_png(data: bytes) -> bytes:
    """Return a PNG with only the chunks that decide how it looks.

    Raises PolicygenError for what is no PNG, or one that is cut off.
    """
    if found := plain_png(data):
        return found
    raise PolicygenError(
        [
            Problem(
                "The logo is not a PNG that can be read.",
                "Save it again, as PNG or as SVG.",
                code="PG411",
                field=("brand", "logo"),
            )
        ]
    )
