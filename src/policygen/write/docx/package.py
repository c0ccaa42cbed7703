"""The package around the body: the template, relationships, pictures, running lines, properties, bytes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from policygen.problems import PolicygenError, Problem
from policygen.write.docx.inline import Ink, field, language
from policygen.write.docx.numbers import uncount
from policygen.write.docx.picture import BROKEN, SVG, closed, drawing, lacking, raster
from policygen.write.docx.styles import BRAND, TINT, dress, page_of, shades
from policygen.write.docx.xml import clean, name, val, w
from policygen.write.docx.zip import pack, unpack
from policygen.write.logo import logo_size
from policygen.write.writer import THEME

if TYPE_CHECKING:
    from policygen.model.document import Document, Mark
    from policygen.write.docx.inline import Pen
    from policygen.write.docx.xml import Element

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_LONGEST_PROPERTY = 255
_MARK, _LOGO, _WIDEST_LOGO = 14, 30, 200  # points
FONT = "Public Sans"  # as the template has it
_FIELD = re.compile(r"(\{pages?\})")
_NUMBERS = 1  # the template's list of numbers, which every numbered list restarts
_FONTS = "word/fontTable.xml"
_COLOURED = ("word/styles.xml", "word/numbering.xml", "word/theme/theme1.xml")
# What documents share: it is taken from the template as it stands, and compressed once.
_SHARED = re.compile(r"\[Content_Types\].xml|_rels/.rels")
_EMBEDDED = re.compile(r"word/fontTable.xml|word/_rels/fontTable.xml.rels|word/fonts/.*")
_EMBED = re.compile(rb"<w:embed[^>]*/>")


class Package:
    """One document in the making, opened from the template."""

    def __init__(self, document: Document, *, counted: bool) -> None:
        """`counted` says that Word numbers the headings."""
        self.document = document
        self.shades = shades(document.brand.colour)
        self._docx: Any = docx.Document(BytesIO(_themed("base.docx")))  # python-docx is untyped
        self._numbering: Element = self._docx.part.numbering_part.element
        self._related: dict[str, str] = {}  # python-docx looks through all of them each time
        self.body: Element = self._docx.element.body
        dress(self._docx.styles.element, document)
        if not counted:
            uncount(self._docx.styles.element, self._numbering)

    @property
    def moment(self) -> datetime:
        """When the document was made: its own date, never the clock's."""
        dated = self.document.meta.dated
        return datetime.combine(dated, time(), UTC) if dated else _NO_DATE

    def relate(self, url: str) -> str:
        """Return the id of the relationship that leads to an address."""
        if url not in self._related:
            self._related[url] = self._docx.part.relate_to(
                url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self._related[url]

    def restart(self, level: int, start: int) -> int:
        """Return the id of a new numbered list, whose items at `level` count from `start`."""
        number = int(self._numbering[-1].get(name("numId"), "0")) + 1
        override = w("lvlOverride", val("startOverride", start), ilvl=level)
        self._numbering.append(w("num", val("abstractNumId", _NUMBERS), override, numId=number))
        return number

    # --- Pictures ------------------------------------------------------------------------------------

    def mark(self, mark: Mark, number: int) -> Element:
        """Make the picture of a judgement. The words beside it say the same, so it has no text of its own."""
        file = f"mark-{mark.value}.png"
        if file not in self._related:
            self._related[file] = self._picture(_themed(file))
        return drawing(self._related[file], (_MARK, _MARK), number, "")

    def logo(self, number: int) -> Element | None:
        """Make the picture of the logo, named after its owner; nothing where an SVG cannot be drawn here.

        Raises `PolicygenError` for bytes that are no picture.
        """
        brand, svg = self.document.brand, ""
        if not brand.logo or (brand.logo_type == SVG and lacking()):
            return None
        picture, (width, height) = (
            brand.logo,
            logo_size(brand.logo, brand.logo_type, _LOGO, _WIDEST_LOGO),
        )
        if brand.logo_type == SVG:
            drawn = closed(brand.logo)
            picture = raster(drawn, width, height)
            part = Part(PackURI("/word/media/logo.svg"), SVG, drawn, self._docx.part.package)
            svg = self._docx.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        try:
            related = self._picture(picture)
        except BROKEN as fault:
            problem = Problem(
                "The logo is not a PNG that can be read.", "Save it again, as PNG or as SVG."
            )
            raise PolicygenError([problem]) from fault
        return drawing(related, (width, height), number, self.document.masthead.organisation, svg)

    def _picture(self, data: bytes) -> str:
        related: str = self._docx.part.get_or_add_image(BytesIO(data))[0]
        return related

    # --- Running lines and properties ----------------------------------------------------------------

    def running(self, pen: Pen) -> None:
        """Fill the head and the foot of the pages, and set their margins."""
        document, page = self.document, page_of(self.document)
        margins = next(self.body[-1].iter(name("pgMar")))
        for key, twips in (
            ("top", page.top),
            ("right", page.side),
            ("bottom", page.bottom),
            ("left", page.side + page.gutter),
            ("header", page.header),
            ("footer", page.footer),
        ):
            margins.set(name(key), str(twips))
        section, cover = self._docx.sections[0], document.masthead.cover
        heads = (
            [section.header]
            if document.in_force or cover
            else [section.header, section.first_page_header]
        )
        for head in heads:
            self._head(pen, head.part.element[0])
        feet = [section.footer]
        if not cover and document.layout != "poster":
            feet.append(section.first_page_footer)
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
                    paragraph.append(field("PAGE", "1"))
                case "{pages}":
                    paragraph.append(field("NUMPAGES", "1"))
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
        self._docx.settings.element.find(name("themeFontLang")).set(
            name("val"), language(meta.language)
        )

    def save(self) -> bytes:
        """Return the whole file, in the organisation's colours and font.

        python-docx gives the parts, and they are zipped here: its own zip bears the date of today.
        """
        own = self.document.brand.theme.family  # an organisation's font is named, and not embedded
        files = {}
        for part in self._docx.part.package.parts:
            files[part.partname.membername] = part.blob
            if len(part.rels):
                files[part.partname.rels_uri.membername] = part.rels.xml
        looks = {BRAND: self.shades.brand, TINT: self.shades.tint, FONT: own or FONT}
        for path in (*_COLOURED, _FONTS):
            files[path] = _dressed(files[path], looks)
        fonts = {_FONTS: _EMBED.sub(b"", files[_FONTS])} if own else {}
        rest = {
            path: data
            for path, data in files.items()
            if not (_SHARED.match(path) or _EMBEDDED.match(path))
        }
        return pack({**rest, **fonts}, onto=_shared(embedded=not own))


@cache
def _themed(file: str) -> bytes:
    return (THEME / file).read_bytes()


def _dressed(part: bytes, looks: dict[str, str]) -> bytes:
    for old, new in looks.items():
        part = part.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    return part


@cache
def _shared(embedded: bool) -> bytes:
    """The zip of what documents share, with our font or without. The types are those of all that one may hold."""
    files = unpack(_themed("base.docx"))
    shared = {path for path in files if _SHARED.match(path) or (embedded and _EMBEDDED.match(path))}
    return pack({path: data for path, data in files.items() if path in shared})
