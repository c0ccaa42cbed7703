"""One document in the making, opened from the body's own Word template."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from lxml import etree

from policygen.model.document import Gap, Value
from policygen.model.document.walk import plain
from policygen.model.word.properties import imprint_properties
from policygen.model.word_template import WordTemplate, read_template
from policygen.problems import Location, PolicygenError, Problem
from policygen.write.docx.package.archive import pack, unpack
from policygen.write.docx.package.numbering import ListNumbering
from policygen.write.docx.package.package import Package, base_file, brand_values, with_values
from policygen.write.docx.package.properties import CUSTOM_PROPERTIES, custom_properties
from policygen.write.docx.package.styles import adapt_styles
from policygen.write.docx.package.template.fields import FieldText, fill_fields
from policygen.write.docx.package.template.numbering import (
    add_uncounted,
    list_ids,
    merge_lists,
)
from policygen.write.docx.package.template.parts import (
    TemplateParts,
    content_types,
    root_relations,
)
from policygen.write.docx.package.template.place import (
    BodyPlace,
    body_of,
    drop_bookmarks,
    move_contents,
    set_marks_apart,
)
from policygen.write.docx.package.template.styles import MergedStyles, merge_styles
from policygen.write.docx.package.xml import name, val, w

if TYPE_CHECKING:
    from policygen.model.document import Document, Inlines
    from policygen.write.docx.package.bookmarks import Bookmarks
    from policygen.write.docx.package.xml import Element

_NUMBERED = "1"  # our definition of a numbered list
_STYLES = ("pStyle", "rStyle", "tblStyle")
_BEFORE_COUNT = ("pStyle", "keepNext", "keepLines", "pageBreakBefore")
_LISTS = ("ListBullet", "ListNumber")
_GAP, _FACT = "Gap", "PrintedFact"


def open_template(document: Document, template: WordTemplate) -> TemplatePackage:
    """Open a template. Raises PolicygenError for one that no document can be made of."""
    try:
        return TemplatePackage(document, template)
    except Exception as fault:  # lxml and python-docx raise what a file leads them to
        what = "The Word template holds what no Word file holds, and cannot be opened."
        mend = "Open it in Word, and save it again as Word Template (.dotx)."
        location = Location("theme/policy.dotx")
        raise PolicygenError([Problem(what, mend, location, code="PG431")]) from fault


def word_template(document: Document) -> WordTemplate | None:
    """Return the template that a document is made with: a book's, where its body has one."""
    file = document.brand.theme.word_template
    return read_template(base64.b64decode(file)) if file and document.layout == "book" else None


class TemplatePackage(Package):
    """One document in the making. Its head, its foot and its styles are the template's own."""

    def __init__(self, document: Document, template: WordTemplate) -> None:
        self.document = document
        self._relationships = {}
        self._pictures = {}
        base = unpack(base_file())
        parts = TemplateParts(template, base)
        parts.clean()
        texts = parts.texts()
        set_marks_apart(texts)
        self.page = BodyPlace(body_of(texts[0])).page
        self._styles, definition = self._merge(parts, base)
        self._fill(texts)
        self._main = parts.main
        self._media = "policygen_"
        while any(self._media in path for path in template.files):
            self._media += "_"
        self._docx = docx.Document(BytesIO(parts.packed()))
        self._uncounted = add_uncounted(self._lists) if self._styles.counted else ""
        self.numbering = ListNumbering(self._lists, definition)

    def _merge(self, parts: TemplateParts, base: dict[str, bytes]) -> tuple[MergedStyles, str]:
        """Add our styles and lists to the template's; return them, and our numbered list's id."""
        values = brand_values(self.document)
        ours, our_lists = (
            etree.fromstring(with_values(base[f"word/{kind}.xml"], values))
            for kind in ("styles", "numbering")
        )
        adapt_styles(ours, self.document, self.page)
        theirs, their_lists = parts.tree("styles"), parts.tree("numbering")
        lists, definitions = list_ids(their_lists, our_lists)
        merged = merge_styles(theirs, ours, lists)
        merge_lists(their_lists, our_lists, (lists, definitions), merged.ids, merged.own)
        for language in theirs.iter(name("lang")):
            language.set(name("val"), self.document.meta.language)
        return merged, definitions[_NUMBERED]

    def _fill(self, texts: list[Element]) -> None:
        """Fill the fields of the template, and those that print what the file is called."""
        meta = self.document.meta
        values = {
            "title": FieldText(meta.title),
            "subject": FieldText(meta.subject),
            "author": FieldText(meta.author),
            "keywords": FieldText(", ".join(meta.keywords)),
        }
        for field, inlines in self.document.template_fields:
            values[field.lower()] = FieldText(plain(inlines), self._mark(inlines))
        for root in texts:
            fill_fields(root, values)

    def _mark(self, inlines: Inlines) -> str:
        """Return the style of what a field prints: of a gap, or of a fact."""
        match inlines:
            case (Gap(),):
                return self._id(_GAP)
            case (Value(),):
                return self._id(_FACT)
        return ""

    def _id(self, style: str) -> str:
        return self._styles.ids.get(style, style)

    # --- The words --------------------------------------------------------------------------------

    def open_body(self, bookmarks: Bookmarks) -> Element:
        """Return an element that holds the blocks until their place is known."""
        drop_bookmarks([self._body], bookmarks.taken)
        return w("body")

    def close_body(self, holder: Element) -> None:
        """Put the blocks into their place, in the styles that the document has."""
        for reference in holder.iter(*map(name, _STYLES)):
            style = reference.get(name("val"), "")
            if style in self._styles.ids:
                reference.set(name("val"), self._styles.ids[style])
            if reference.get(name("val")) in self._styles.counted and not style.startswith(_LISTS):
                _count_by(reference, self._uncounted)
        contents = _contents(holder)
        if contents is not None:
            self._hide_leaders(contents)
            move_contents(self._body, contents)
        BodyPlace(self._body).put(list(holder))

    def _hide_leaders(self, contents: Element) -> None:
        """Lead no dots to a page number that Word has still to put there, as it brings both."""
        for reference in contents.iter(name("pStyle")):
            stops = self._styles.led.get(reference.get(name("val"), ""), ())
            if stops:
                tabs = [w("tab", val="right", leader="none", pos=stop) for stop in stops]
                _put_tabs(reference, w("tabs", *tabs))

    def set_page(self) -> None:
        """Leave the page as the template has it."""

    def heads(self) -> list[Element]:
        """Return none: the template has its own."""
        return []

    def feet(self) -> list[Element]:
        """Return none: the template has its own."""
        return []

    def save(self) -> bytes:
        """Return the whole file. Its custom properties have what DOCPROPERTY fields print, too."""
        files = self._parts()
        types = {
            part.partname.membername: part.content_type for part in self._docx.part.package.parts
        }
        imprint = self.document.imprint
        fields = {key: plain(inlines) for key, inlines in self.document.template_fields}
        properties = {**(imprint_properties(imprint) if imprint else {}), **fields}
        files[CUSTOM_PROPERTIES] = custom_properties(properties)
        files["[Content_Types].xml"] = content_types(types)
        files["_rels/.rels"] = root_relations(self._main)
        return pack(files)


def _contents(holder: Element) -> Element | None:
    """Return the contents list among the blocks of a document."""
    for block in holder.iterchildren(name("sdt")):
        if next(block.iter(name("docPartGallery")), None) is not None:
            return block
    return None


def _put_tabs(reference: Element, tabs: Element) -> None:
    properties = reference.getparent()
    if properties is not None:
        earlier = [one for one in properties if one.tag in map(name, (*_BEFORE_COUNT, "numPr"))]
        earlier[-1].addnext(tabs)


def _count_by(reference: Element, number: str) -> None:
    """Let a list count a paragraph, and not that of its style."""
    properties = reference.getparent()
    if properties is None or properties.find(name("numPr")) is not None:
        return
    earlier = [one for one in properties if one.tag in map(name, _BEFORE_COUNT)]
    earlier[-1].addnext(w("numPr", val("ilvl", 0), val("numId", number)))
