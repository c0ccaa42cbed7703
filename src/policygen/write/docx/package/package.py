"""The package around the body: the template, relationships, pictures, properties, bytes."""

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

from policygen.model.document import ONE_SIDE
from policygen.model.word.properties import imprint_properties
from policygen.write.docx.package.archive import pack, unpack
from policygen.write.docx.package.numbering import ListNumbering
from policygen.write.docx.package.pictures import (
    PNG,
    SVG,
    drawing,
    missing_libraries,
    rasterised,
    self_contained,
    whole_png,
)
from policygen.write.docx.package.properties import CUSTOM_PROPERTIES, custom_properties
from policygen.write.docx.package.styles import (
    BRAND,
    TINT,
    adapt_styles,
    brand_shades,
    page_of,
    word_language,
)
from policygen.write.docx.package.xml import name, xml_characters
from policygen.write.linear import LARGE
from policygen.write.logo import logo_size
from policygen.write.scan_code import scan_png
from policygen.write.writer import THEME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.model.document import Document, Mark, ScanCode
    from policygen.write.docx.package.bookmarks import Bookmarks
    from policygen.write.docx.package.xml import Element

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_LONGEST_PROPERTY = 255
_MARK, _LARGE_MARK, _LOGO, _WIDEST_LOGO = 14, 24, 30, 200  # points
_CODE, _LARGE_CODE = 68, 128  # points: 24 mm, and 45
_ARROW = (21, 14)  # points, wide and high
_TEMPLATE_FONT = "Public Sans"
_FONTS = "word/fontTable.xml"
_COLOURED = ("word/styles.xml", "word/numbering.xml", "word/theme/theme1.xml")
# What documents share: it is taken from the template as it stands, and compressed once.
_SHARED = re.compile(r"\[Content_Types\].xml|_rels/.rels")
_EMBEDDED = re.compile(r"word/fontTable.xml|word/_rels/fontTable.xml.rels|word/fonts/.*")
_EMBED = re.compile(rb"<w:embed[^>]*/>")


class Package:
    """One document in the making, opened from our own template."""

    _media = ""  # what the names of our pictures begin with, so that they are no others'

    def __init__(self, document: Document) -> None:
        self.document = document
        self.page = page_of(document)
        self._relationships: dict[str, str] = {}  # python-docx looks through all of them each time
        self._pictures: dict[bytes, str] = {}
        self._docx: Any = docx.Document(BytesIO(base_file()))  # python-docx is untyped
        self._section: Element | None = None
        adapt_styles(self._docx.styles.element, document, self.page)
        self.numbering = ListNumbering(self._lists, "1")

    @property
    def _body(self) -> Element:
        return self._docx.element.body  # type: ignore[no-any-return]  # untyped

    @property
    def _lists(self) -> Element:
        return self._docx.part.numbering_part.element  # type: ignore[no-any-return]  # untyped

    def open_body(self, bookmarks: Bookmarks) -> Element:
        """Return what holds the blocks of the document, until `close_body`.

        `bookmarks` are those of the document.
        """
        self._section = self._body.find(name("sectPr"))
        assert self._section is not None
        self._body.remove(self._section)
        return self._body

    def close_body(self, holder: Element) -> None:
        """Put the properties of the section behind the blocks: they come last."""
        assert self._section is not None
        holder.append(self._section)

    @property
    def moment(self) -> datetime:
        """When the document was made: its own date, never the clock's."""
        dated = self.document.meta.dated
        return datetime.combine(dated, time(), UTC) if dated else _NO_DATE

    def relate(self, url: str) -> str:
        """Return the id of the relationship that leads to an address."""
        if url not in self._relationships:
            self._relationships[url] = self._docx.part.relate_to(
                url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self._relationships[url]

    # --- Pictures ---------------------------------------------------------------------------------

    def mark(self, mark: Mark, number: int) -> Element:
        """Make the picture of a judgement. The words beside it say the same, so it has none."""
        picture = self._png(_theme_file(f"mark-{mark.value}.png"))
        size = _LARGE_MARK if self.document.layout == LARGE else _MARK
        return drawing(picture, (size, size), number, "")

    def arrow(self, number: int) -> Element:
        """Make the picture of an arrow that leads to a judgement."""
        return drawing(self._png(_theme_file("mark-arrow.png")), _ARROW, number, "")

    def scan_code(self, code: ScanCode, number: int) -> Element:
        """Make the picture of a code to scan, with its words."""
        side = _LARGE_CODE if self.document.layout == LARGE else _CODE
        return drawing(self._png(scan_png(code)), (side, side), number, code.words)

    def logo(self, number: int) -> Element | None:
        """Make the picture of the logo, named after its owner; None where it cannot be drawn here.

        Raises PolicygenError for bytes that are no picture.
        """
        brand = self.document.brand
        if not brand.logo or (brand.logo_type == SVG and missing_libraries()):
            return None
        size = logo_size(brand.logo, brand.logo_type, _LOGO, _WIDEST_LOGO)
        svg = ""
        if brand.logo_type == SVG:
            closed = self_contained(brand.logo)
            png = rasterised(closed, *size)
            svg = self._picture(f"/word/media/{self._media}logo.svg", SVG, closed)
        else:
            png = whole_png(brand.logo)
        return drawing(self._png(png), size, number, self.document.masthead.organisation, svg)

    def _png(self, data: bytes) -> str:
        """Return the relationship of a PNG, which stands in the package once.

        python-docx could add it, but reads every chunk for a size that we know, and fails on some.
        """
        if data not in self._pictures:
            path = f"/word/media/{self._media}image{len(self._pictures) + 1}.png"
            self._pictures[data] = self._picture(path, PNG, data)
        return self._pictures[data]

    def _picture(self, path: str, media_type: str, data: bytes) -> str:
        part = Part(PackURI(path), media_type, data, self._docx.part.package)
        relationship: str = self._docx.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return relationship

    # --- Running lines and properties -------------------------------------------------------------

    def set_page(self) -> None:
        """Set the height and the margins of the pages, in twips."""
        page = self.page
        if page.height:
            size = next(self._body.iter(name("pgSz")))
            size.set(name("h"), str(page.height))
            size.set(name("orient"), "landscape")
        margins = next(self._body.iter(name("pgMar")))
        for key, twips in (
            ("top", page.top),
            ("right", page.side),
            ("bottom", page.bottom),
            ("left", page.side + page.gutter),
            ("header", page.header),
            ("footer", page.footer),
        ):
            margins.set(name(key), str(twips))

    def heads(self) -> list[Element]:
        """Return the paragraphs at the head of the pages that have one."""
        document, section = self.document, self._docx.sections[0]
        heads = [section.header]
        if not document.in_force and not document.masthead.cover:
            heads.append(section.first_page_header)
        return [_only_paragraph(head) for head in heads]

    def feet(self) -> list[Element]:
        """Return the paragraphs at the foot of the pages that have one."""
        document, section = self.document, self._docx.sections[0]
        feet = [section.footer]
        if not document.masthead.cover and document.layout not in ONE_SIDE:
            feet.append(section.first_page_footer)
        return [_only_paragraph(foot) for foot in feet]

    def describe(self) -> None:
        """Fill the document's properties, none of them from the clock or the machine."""
        meta, properties = self.document.meta, self._docx.core_properties
        texts = {
            "title": meta.title,
            "author": meta.author,
            "last_modified_by": meta.author,
            "subject": meta.subject,
            "comments": meta.description,
            "keywords": ", ".join(meta.keywords),
            "language": meta.language,
        }
        for key, text in texts.items():
            setattr(properties, key, xml_characters(text)[:_LONGEST_PROPERTY])
        properties.created = properties.modified = self.moment.replace(tzinfo=None)
        properties.revision = 1
        for language in self._docx.settings.element.iter(name("themeFontLang")):
            language.set(name("val"), word_language(meta.language))

    def save(self) -> bytes:
        """Return the whole file, in the organisation's colours and font.

        python-docx gives the parts, and they are zipped here: its own zip bears the date of today.
        """
        family = self.document.brand.theme.family  # named, and not embedded
        values = {**brand_values(self.document), _TEMPLATE_FONT: family or _TEMPLATE_FONT}
        files = self._parts()
        for path in (*_COLOURED, _FONTS):
            files[path] = with_values(files[path], values)
        imprint = self.document.imprint
        if imprint:
            files[CUSTOM_PROPERTIES] = custom_properties(imprint_properties(imprint))
        own = {
            path: data
            for path, data in files.items()
            if not (_SHARED.match(path) or _EMBEDDED.match(path))
        }
        if family:
            own[_FONTS] = _EMBED.sub(b"", files[_FONTS])
        return pack(own, onto=_shared_files(embedded=not family))

    def _parts(self) -> dict[str, bytes]:
        """Return every file of the package by its path."""
        files = {}
        for part in self._docx.part.package.parts:
            files[part.partname.membername] = part.blob
            if len(part.rels):
                files[part.partname.rels_uri.membername] = part.rels.xml
        return files


def _only_paragraph(header: Any) -> Element:
    """Return the paragraph that the template has in a head or a foot."""
    return next(header.part.element.iter(name("p")))  # type: ignore[no-any-return]  # untyped


def brand_values(document: Document) -> dict[str, str]:
    """Return the colours of our template, and those that an organisation has for them."""
    shades = brand_shades(document.brand.colour)
    return {BRAND: shades.brand, TINT: shades.tint}


def base_file() -> bytes:
    """Return the document that ours are opened from."""
    return _theme_file("base.docx")


@cache
def _theme_file(file: str) -> bytes:
    return (THEME / file).read_bytes()


def with_values(part: bytes, values: Mapping[str, str]) -> bytes:
    """Replace values of attributes in a part's XML: the template's colour, say, by the brand's."""
    for old, new in values.items():
        part = part.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    return part


@cache
def _shared_files(embedded: bool) -> bytes:
    """Return a zip of the files that every document holds, with the font `embedded` or without.

    Its list of content types names every type that a document may hold.
    """
    files = unpack(_theme_file("base.docx"))
    shared = {
        path: data
        for path, data in files.items()
        if _SHARED.match(path) or (embedded and _EMBEDDED.match(path))
    }
    return pack(shared)
