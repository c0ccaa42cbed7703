"""Where the words of a policy stand in a template, and how wide its page is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.word_template import BODY_BOOKMARK
from policygen.write.docx.package.styles import PageMetrics
from policygen.write.docx.package.template.fields import name_of_control, words_of
from policygen.write.docx.package.xml import name, w

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from policygen.write.docx.package.xml import Element

_A4 = 11906  # twips
_MARGIN = 1440
_WORDS = ("t", "drawing", "pict", "object", "fldSimple", "sdt")
_NAMED = ("bookmarkStart", "bookmarkEnd")
_HIGH = 1_000_000  # ids of a template's marks, above all of ours
_CONTENTS = "Table of Contents"


class BodyPlace:
    """The place in a template's text that a bookmark or a control names, or else its end."""

    def __init__(self, body: Element) -> None:
        self._body = body
        self._blocks = _control_blocks(body) or _bookmark_blocks(body)
        self.page = _page(body, self._blocks[0] if self._blocks else None)

    def put(self, blocks: Sequence[Element]) -> None:
        """Put blocks in place of the sample that stands there, or at the end of the text.

        What cannot go, such as a table around the bookmark, stays before them.
        """
        section = self._body.find(name("sectPr"))
        marker = self._body.makeelement(name("p"))
        if self._blocks:
            self._blocks[-1].addnext(marker)
        elif section is None:
            self._body.append(marker)
        else:
            section.addprevious(marker)
        sample = [block for block in self._blocks if _is_sample(block)]
        for block in sample:
            self._body.remove(block)
        for made in blocks:
            marker.addprevious(made)
        if blocks and sample and _opens_page(sample[0]):
            _open_page(blocks[0])
        self._body.remove(marker)


def body_of(document: Element) -> Element:
    """Return the body of a document's text. Raises ValueError for one without."""
    body = document.find(name("body"))
    if body is None:
        raise ValueError("a text without a body")
    return body


def _control_blocks(body: Element) -> list[Element]:
    """Return the content control that says where the words go, if it is a block of the text."""
    for control in body.iterchildren(name("sdt")):
        if name_of_control(control).lower() == BODY_BOOKMARK:
            return [control]
    return []


def _bookmark_blocks(body: Element) -> list[Element]:
    """Return the blocks that the bookmark encloses."""
    starts = (one for one in body.iter(name("bookmarkStart")) if _is_place(one))
    start = next(starts, None)
    if start is None:
        return []
    first = last = _block_of(start, body)
    for end in body.iter(name("bookmarkEnd")):
        if end.get(name("id")) == start.get(name("id")):
            last = _block_of(end, body)
    blocks = [first]
    while blocks[-1] is not last and (following := blocks[-1].getnext()) is not None:
        blocks.append(following)
    return blocks


def _is_sample(block: Element) -> bool:
    """Tell whether a block is a sample: it ends no section, and has no words before the mark."""
    if next(block.iter(name("sectPr")), None) is not None:
        return False
    starts = [one for one in block.iter(name("bookmarkStart")) if _is_place(one)]
    if not starts:
        return True
    if block.tag == name("tbl"):
        return False
    before = [one for one in starts[0].itersiblings(preceding=True) if one.tag != name("pPr")]
    return not any(next(one.iter(*map(name, _WORDS)), None) is not None for one in before)


def _opens_page(block: Element) -> bool:
    """Tell whether a sample begins a page: by a property, or by a break before its words."""
    if next(block.iter(name("pageBreakBefore")), None) is not None:
        return True
    return any(one.get(name("type")) == "page" for one in block.iter(name("br")))


def _open_page(block: Element) -> None:
    """Let the first paragraph of a block begin a page."""
    for properties in block.iter(name("pPr")):
        earlier = [one for one in properties if one.tag in map(name, ("pStyle", "keepNext"))]
        if properties.find(name("pageBreakBefore")) is None and earlier:
            earlier[-1].addnext(w("pageBreakBefore"))
        return


def _is_place(mark: Element) -> bool:
    return mark.get(name("name"), "").lower() == BODY_BOOKMARK


def _block_of(mark: Element, body: Element) -> Element:
    """Return the block of the text in which a mark stands."""
    block = mark
    for ancestor in mark.iterancestors():
        if ancestor is body:
            return block
        block = ancestor
    return block


def _page(body: Element, block: Element | None) -> PageMetrics:
    """Return the page of the section in which the words stand: the first that ends after them."""
    following = (
        [body.find(name("sectPr"))]
        if block is None
        else [
            found
            for one in (block, *block.itersiblings())
            if (found := next(one.iter(name("sectPr")), None)) is not None
        ]
    )
    section = next((one for one in following if one is not None), None)
    if section is None:
        return PageMetrics(_MARGIN, _MARGIN, _MARGIN, 0, 708, 708)
    size, margins = section.find(name("pgSz")), section.find(name("pgMar"))
    left, right = _twips(margins, "left", _MARGIN), _twips(margins, "right", _MARGIN)
    paper = _twips(size, "w", _A4) - _twips(margins, "gutter", 0)
    return PageMetrics(
        top=_twips(margins, "top", _MARGIN),
        side=(left + right) // 2,
        bottom=_twips(margins, "bottom", _MARGIN),
        gutter=0,
        header=_twips(margins, "header", 708),
        footer=_twips(margins, "footer", 708),
        paper=paper,
        keeps_indents=True,
    )


def _twips(element: Element | None, key: str, default: int) -> int:
    value = "" if element is None else element.get(name(key), "")
    return abs(int(value)) if value.lstrip("-").isdecimal() else default


# --- What is ours and what is the template's ------------------------------------------------------


def set_marks_apart(roots: Sequence[Element]) -> None:
    """Give the bookmarks and the drawings of a template ids that no mark of ours has."""
    ids: dict[str, str] = {}
    for root in roots:
        for mark in root.iter(*map(name, _NAMED)):
            known = mark.get(name("id"), "")
            ids.setdefault(known, str(_HIGH + len(ids)))
            mark.set(name("id"), ids[known])
    drawings = (one for root in roots for one in root.iter("{*}docPr"))
    for number, drawing in enumerate(drawings, start=_HIGH):
        drawing.set("id", str(number))


def drop_bookmarks(roots: Sequence[Element], ours: Set[str]) -> None:
    """Take away a template's bookmarks that have the name of one of ours, in small letters."""
    for root in roots:
        doomed = [
            mark.get(name("id"))
            for mark in root.iter(name("bookmarkStart"))
            if mark.get(name("name"), "").lower() in ours
        ]
        for mark in list(root.iter(*map(name, _NAMED))):
            if mark.get(name("id")) in doomed and (parent := mark.getparent()) is not None:
                parent.remove(mark)


def move_contents(body: Element, ours: Element) -> bool:
    """Put our contents list where the template has its own, and tell whether it has one."""
    theirs = next((one for one in body.iter(name("sdt")) if _is_contents(one)), None)
    if theirs is not None and theirs.getparent() is not None:
        if not _has_title(theirs):
            _drop_title(ours)
        theirs.addprevious(ours)
        _remove(theirs)
        return True
    blocks = _field_blocks(body)
    if not blocks:
        return False
    _drop_title(ours)
    blocks[0].addprevious(ours)
    for block in blocks:
        _remove(block)
    return True


def _has_title(contents: Element) -> bool:
    """Tell whether words stand before the field of a contents list, or else above it."""
    first = next(contents.iter(name("p")), None)
    return first is not None and next(first.iter(name("fldChar")), None) is None


def _drop_title(contents: Element) -> None:
    """Take the title off our contents list: the template's stands above."""
    content = contents.find(name("sdtContent"))
    if content is not None and len(content) > 1:
        content.remove(content[0])


def _is_contents(control: Element) -> bool:
    gallery = control.find(f"{name('sdtPr')}/{name('docPartObj')}/{name('docPartGallery')}")
    return gallery is not None and gallery.get(name("val")) == _CONTENTS


def _field_blocks(body: Element) -> list[Element]:
    """Return the paragraphs from the beginning of a contents field to its end."""
    blocks: list[Element] = []
    depth = 0
    for paragraph in body.iterchildren(name("p")):
        instructions = words_of(paragraph, "instrText").strip().upper()
        if not blocks and not instructions.startswith("TOC"):
            continue
        for mark in paragraph.iter(name("fldChar")):
            depth += {"begin": 1, "end": -1}.get(mark.get(name("fldCharType"), ""), 0)
        blocks.append(paragraph)
        if depth <= 0:
            break
    return blocks if depth <= 0 else []


def _remove(element: Element) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)
