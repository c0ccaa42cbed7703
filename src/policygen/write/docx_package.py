"""The package around the body: the template, relationships, pictures, running lines, properties, bytes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt

from policygen.problems import PolicygenError, Problem
from policygen.write.docx_contents import simple
from policygen.write.docx_inline import Ink, language
from policygen.write.docx_styles import BRAND, TINT, dress, page_of, shades
from policygen.write.docx_xml import clean, name, val, w
from policygen.write.docx_zip import pack, unpack
from policygen.write.logo import ratio
from policygen.write.writer import THEME

if TYPE_CHECKING:
    from policygen.model.document import Document, Mark
    from policygen.write.docx_inline import Pen
    from policygen.write.docx_xml import Element

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_LONGEST_PROPERTY = 255
_MARK, _LOGO, _WIDEST_LOGO = 14, 30, 200  # points
FONT = "Public Sans"  # as the template has it
_FIELD = re.compile(r"(\{pages?\})")
_BROKEN = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)
_COLOURED = ("word/styles.xml", "word/numbering.xml", "word/theme/theme1.xml", "word/fontTable.xml")


class Package:
    """One document in the making, opened from the template."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._docx: Any = docx.Document(BytesIO(_themed("base.docx")))  # python-docx is untyped
        self._numbering: Element = self._docx.part.numbering_part.element
        self.body: Element = self._docx.element.body
        self.shades = shades(document.brand.colour)
        dress(self._docx.styles.element, document)

    @property
    def moment(self) -> datetime:
        """When the document was made: its own date, never the clock's."""
        dated = self.document.meta.dated
        return datetime.combine(dated, time(), UTC) if dated else _NO_DATE

    def relate(self, url: str) -> str:
        """Return the id of the relationship that leads to an address."""
        made: str = self._docx.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return made

    def restart(self, level: int, start: int) -> int:
        """Return the id of a new numbered list, whose items at `level` count from `start`."""
        number = len(self._numbering.findall(name("num"))) + 1
        override = w("lvlOverride", val("startOverride", start), ilvl=level)
        self._numbering.append(w("num", val("abstractNumId", 1), override, numId=number))
        return number

    # --- Pictures ------------------------------------------------------------------------------------

    def mark(self, mark: Mark, number: int) -> Element:
        """Make the picture of a judgement. The words beside it say the same, so it has no text of its own."""
        return self._picture(_themed(f"mark-{mark.value}.png"), _MARK, number, "")

    def logo(self, number: int) -> Element | None:
        """Make the picture of the logo, named after its owner; SVG cannot stand in a DOCX by itself.

        Raises `PolicygenError` for bytes that are not a PNG.
        """
        brand = self.document.brand
        if not brand.logo or brand.logo_type != "image/png":
            return None
        height = min(_LOGO, _WIDEST_LOGO / ratio(brand.logo, brand.logo_type))
        try:
            return self._picture(brand.logo, height, number, self.document.masthead.organisation)
        except _BROKEN as fault:
            problem = Problem("The logo is not a PNG that can be read.", "Save it again, as PNG or as SVG.")
            raise PolicygenError([problem]) from fault

    def _picture(self, data: bytes, height: float, number: int, words: str) -> Element:
        """Make a run's picture, `height` points high; without words it is decoration."""
        inline: Element = self._docx.part.new_pic_inline(BytesIO(data), None, Pt(height))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # LibreOffice takes a gap for granted
        properties = next(inline.iter("{*}docPr"))
        properties.set("id", str(number))
        properties.set("name", f"Picture {number}")
        properties.set("descr", clean(words))
        if not words:
            extension = f'<a:extLst xmlns:a="{_DRAWING}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            extension += f'<d:decorative xmlns:d="{_DECORATIVE}" val="1"/></a:ext></a:extLst>'
            properties.append(parse_xml(extension))
        return w("drawing", inline)

    # --- Running lines and properties ----------------------------------------------------------------

    def running(self, pen: Pen) -> None:
        """Fill the head and the foot of the pages, and set their margins."""
        document, section = self.document, self._docx.sections[0]
        page = page_of(document)
        margins = next(self.body.iter(name("pgMar")))
        for key, twips in (("top", page.top), ("right", page.side), ("bottom", page.bottom),
                           ("left", page.side + page.gutter), ("header", page.header),
                           ("footer", page.footer)):  # fmt: skip
            margins.set(name(key), str(twips))
        heads = [section.header] if document.in_force or document.masthead.cover else [
            section.header, section.first_page_header]  # fmt: skip
        for head in heads:
            self._head(pen, head.part.element[0])
        feet = [section.footer] if document.masthead.cover or document.layout == "poster" else [
            section.footer, section.first_page_footer]  # fmt: skip
        for foot in feet:
            self._foot(pen, foot.part.element[0])

    def _head(self, pen: Pen, paragraph: Element) -> None:
        running, draft = self.document.running, not self.document.in_force
        if draft:
            paragraph[0][0].set(name("val"), "DraftHeader")
        pen.run(paragraph, running.organisation, Ink())
        pen.tab(paragraph, Ink())
        pen.run(paragraph, running.part, Ink())

    def _foot(self, pen: Pen, paragraph: Element) -> None:
        running = self.document.running
        pen.run(paragraph, running.control, Ink())
        pen.tab(paragraph, Ink())
        for piece in _FIELD.split(running.page):
            match piece:
                case "{page}":
                    paragraph.append(simple("PAGE", "1"))
                case "{pages}":
                    paragraph.append(simple("NUMPAGES", "1"))
                case _:
                    pen.run(paragraph, piece, Ink())

    def describe(self) -> None:
        """Fill the document's properties, none of them from the clock or the machine."""
        meta, properties = self.document.meta, self._docx.core_properties
        for key, words in {
            "title": meta.title,
            "author": meta.author,
            "last_modified_by": meta.author,
            "subject": meta.subject,
            "comments": meta.description,
            "keywords": ", ".join(meta.keywords),
            "language": meta.language,
        }.items():
            setattr(properties, key, clean(words)[:_LONGEST_PROPERTY])
        properties.created = properties.modified = self.moment.replace(tzinfo=None)
        properties.revision = 1
        self._docx.settings.element.find(name("themeFontLang")).set(name("val"), language(meta.language))

    def save(self) -> bytes:
        """Return the whole file, in the organisation's colours and font."""
        colours = {BRAND: self.shades.brand, TINT: self.shades.tint}
        colours |= {FONT: self.document.brand.theme.family or FONT}
        target = BytesIO()
        self._docx.save(target)
        files = unpack(target.getvalue())
        for path in _COLOURED:
            files[path] = _recoloured(files[path], colours)
        return pack(files)


@cache
def _themed(file: str) -> bytes:
    return (THEME / file).read_bytes()


def _recoloured(part: bytes, colours: dict[str, str]) -> bytes:
    for old, new in colours.items():
        part = part.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    return part
