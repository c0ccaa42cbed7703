"""The contents list: a field that Word can update, with its entries already written."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from policygen.model.document import Text
from policygen.model.walk import headings, plain, spoken
from policygen.write.docx.inline import Ink
from policygen.write.docx.xml import val, w

if TYPE_CHECKING:
    from policygen.model.document import Contents, Heading
    from policygen.write.docx.body import Body, Setting
    from policygen.write.docx.xml import Element

_LINES = 22  # a longer list names sections only
_SECTION = 2  # the level of a section's heading


def contents(body: Body, into: Element, block: Contents, setting: Setting) -> None:
    """Append the contents list, every entry a link to its heading.

    Page numbers are known to no one before the pages are laid out: their fields are there and empty, and
    Word fills them when the list is updated, printed or exported. A wrong number would be worse, and asking
    Word to update on opening shows every reader an alarming question.
    """
    control = w("sdtContent")
    part = w("docPartObj", val("docPartGallery", "Table of Contents"), w("docPartUnique"))
    into.append(w("sdt", w("sdtPr", val("id", body.pen.number()), part), control))
    body.paragraph(control, "TOCHeading", (Text(block.title),), setting.ink)
    found = [
        heading
        for heading in headings(body.document.body, deleted=False)
        if heading.listed and heading.level <= block.depth
    ]
    whole = len(found) <= _LINES
    entries = found if whole else [heading for heading in found if heading.level <= _SECTION]
    deepest = max(block.depth - 1, 1) if whole else 1
    opening = [_mark("begin"), w("instrText"), _mark("separate")]
    opening[1].text = f' TOC \\o "1-{deepest}" \\h \\z '
    opening[1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph = None
    for heading, following in zip_longest(entries, entries[1:]):
        keep = following is not None and following.level > heading.level
        paragraph = body.paragraph(
            control, f"TOC{min(max(heading.level - 1, 1), 3)}", (), Ink(), keep=keep
        )
        paragraph.extend(w("r", element) for element in opening)
        opening = []
        paragraph.append(_entry(body, heading))
    if paragraph is None:
        paragraph = body.paragraph(control, "TOC1", (), Ink())
        paragraph.extend(w("r", element) for element in opening)
    paragraph.append(w("r", _mark("end")))


def _entry(body: Body, heading: Heading) -> Element:
    target = body.pen.names.of(heading.anchor or body.pen.names.unnamed(heading))
    link = w("hyperlink", anchor=target, history=1)
    if heading.number:
        body.pen.run(link, heading.number, Ink("Number"))
        body.pen.tab(link, Ink())
    elif body.page.gutter and heading.level > 1:
        body.pen.tab(link, Ink())
    body.pen.run(
        link, plain(heading.inlines).replace("\n", " "), Ink(language=spoken(heading.inlines))
    )
    body.pen.tab(link, Ink())
    code = w("instrText")
    code.text = f" PAGEREF {target} \\h "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    link.extend(
        w("r", element) for element in (_mark("begin"), code, _mark("separate"), _mark("end"))
    )
    return link


def _mark(kind: str) -> Element:
    return w("fldChar", fldCharType=kind)
