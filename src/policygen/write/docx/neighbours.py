"""What neighbouring paragraphs and tables need between them, once all of one container are made.

Word joins tables that touch, and the edges of headings that do. LibreOffice joins a changed
paragraph to one that ends with a change, and leaves an empty paragraph where passages go before a
table, or at the end of a cell or of all. A thin paragraph keeps them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.write.docx.package.xml import last_child, name, val, w

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policygen.write.docx.package.xml import Element

    Revise = Callable[[str], Element]  # makes a tracked change, `ins` or `del`

_PARAGRAPH, _TABLE = name("p"), name("tbl")
_STYLE, _KEEP_NEXT = name("pStyle"), name("keepNext")
_HELD = 4  # paragraphs that go along with a last line
_END_OF_PARAGRAPH = f"{name('pPr')}/{name('rPr')}"
_ROW_PROPERTIES = f"{name('tr')}/{name('trPr')}"
_AROUND_RUNS = (name("bookmarkEnd"), name("pPr"))
_AFTER_SPACING = (name("ind"), name("rPr"))


def spacer(*properties: Element) -> Element:
    """Make the thinnest of paragraphs."""
    return w("p", w("pPr", val("pStyle", "Spacer"), *properties))


def separate(container: Element, space_below: int, revise: Revise) -> None:
    """Put between neighbours what they need; `space_below` a table is in twips."""
    for block in list(container):
        before = block.getprevious()
        if before is None:
            continue
        if block.tag == _TABLE:
            _separate_table(before, block, revise)
        elif block.tag == _PARAGRAPH:
            _separate_paragraph(before, block, space_below)


def _separate_table(before: Element, table: Element, revise: Revise) -> None:
    """Keep a table apart from another, and from a passage that can be taken away."""
    change = changed_whole(before)
    if not change and not is_table_element(before):
        return
    if change and before.tag == _PARAGRAPH:
        _put_spacer_before_change(before, change, revise)
    table.addprevious(spacer())


def _put_spacer_before_change(last: Element, change: str, revise: Revise) -> None:
    """Put a thin paragraph of the same change before the changed passages that end with `last`.

    When somebody takes them out, LibreOffice leaves an empty paragraph in the style of the first:
    now a thin one, where it would be a heading.
    """
    _first_of_change(last, change).addprevious(spacer(w("rPr", revise(change))))


def _first_of_change(last: Element, change: str) -> Element:
    """Return the first of the changed passages that end with `last`."""
    first = last
    before = first.getprevious()
    while before is not None and before.tag == _PARAGRAPH and changed_whole(before) == change:
        first = before
        before = first.getprevious()
    return first


def _separate_paragraph(before: Element, paragraph: Element, space_below: int) -> None:
    """Keep a changed paragraph apart from words that change, and leave room below a table."""
    change = changed_whole(paragraph)
    if change and _ends_with_change(before, change):
        paragraph.addprevious(spacer())
    elif is_table_element(before) and not _style(paragraph).startswith("Heading"):
        _set_space_before(paragraph, space_below)
    elif _are_two_sections(before, paragraph):
        paragraph.addprevious(spacer())


def _are_two_sections(before: Element, paragraph: Element) -> bool:
    """Tell whether two headings of sections touch, of which neither comes or goes.

    Their edges are alike, and Word would draw one around both.
    """
    touch = _style(paragraph) == _style(before) == "Heading1" and before.tag == _PARAGRAPH
    return touch and not (changed_whole(before) or changed_whole(paragraph))


def _set_space_before(paragraph: Element, twips: int) -> None:
    """Set the space above a paragraph that has none of its own."""
    properties = paragraph.find(name("pPr"))
    assert properties is not None
    spacing = properties.find(name("spacing"))
    if spacing is None:
        spacing = w("spacing")
        following = next(properties.iterchildren(*_AFTER_SPACING), None)
        if following is None:
            properties.append(spacing)
        else:
            following.addprevious(spacing)
    if spacing.get(name("before")) is None:
        spacing.set(name("before"), str(twips))


def _style(paragraph: Element) -> str:
    """Return the style of a paragraph of ours, which stands first of its properties."""
    properties = next(iter(paragraph), None)
    style = None if properties is None else next(iter(properties), None)
    return "" if style is None or style.tag != _STYLE else style.get(name("val"), "")


def is_table_element(block: Element) -> bool:
    """Tell whether a block is a table."""
    return bool(block.tag == _TABLE)


def _ends_with_change(block: Element, change: str) -> bool:
    """Tell whether a paragraph stays, and its last words come or go."""
    if block.tag != _PARAGRAPH or changed_whole(block):
        return False
    words = [child for child in block if child.tag not in _AROUND_RUNS]
    last = words[-1] if words else block
    if last.tag == name("hyperlink"):
        inner = last_child(last)
        last = last if inner is None else inner
    return bool(last.tag == name(change))


def changed_whole(block: Element) -> str:
    """Return `ins` or `del` for a paragraph or a table that comes or goes as a whole, else ""."""
    if block.tag == _PARAGRAPH:
        return _change(block.find(_END_OF_PARAGRAPH))
    if block.tag == _TABLE:
        changes = {_change(row) for row in block.findall(_ROW_PROPERTIES)}
        return changes.pop() if len(changes) == 1 else ""
    return ""


def _change(properties: Element | None) -> str:
    """Return the change among the properties of a paragraph's end or of a row."""
    if properties is None:
        return ""
    return next((kind for kind in ("ins", "del") if properties.find(name(kind)) is not None), "")


def close_cell(cell: Element, revise: Revise, *, row_is_changed: bool) -> None:
    """End a cell with a paragraph that stays, unless its row comes or goes."""
    last = last_child(cell)
    if last is None or last.tag != _PARAGRAPH:
        cell.append(spacer())
    elif not row_is_changed and (change := changed_whole(last)):
        _put_spacer_before_change(last, change, revise)
        cell.append(spacer())


def close_body(body: Element, revise: Revise) -> None:
    """End a document with a paragraph that stays.

    What comes or goes at the end opens with a thin one where no words that stay are before it.
    """
    last = last_child(body)
    if last is None:
        return
    change = changed_whole(last)
    if change and last.tag == _PARAGRAPH:
        before = _first_of_change(last, change).getprevious()
        if before is not None and (is_table_element(before) or changed_whole(before)):
            _put_spacer_before_change(last, change, revise)
    if change or is_table_element(last):
        body.append(spacer())


def hold_last_line(blocks: Sequence[Element]) -> None:
    """Hold the last of some paragraphs to those before it: alone on a last page it would seem lost.

    A table before them is left where it is.
    """
    held = blocks[-1 - _HELD :]
    while held and any(block.tag != _PARAGRAPH for block in held):
        held = held[1:]
    hold_together(held)


def hold_together(blocks: Sequence[Element]) -> None:
    """Let no page end within these paragraphs."""
    for block in blocks[:-1]:
        properties = block.find(name("pPr"))
        if properties is not None and properties.find(_KEEP_NEXT) is None:
            properties.insert(1 if _style(block) else 0, w("keepNext"))


def change_of_row(row: Element) -> str:
    """Return `ins` or `del` where all that stands in the cells of a row comes or goes, else ""."""
    changes = {
        changed_whole(block)
        for cell in row.iterchildren(name("tc"))
        for block in cell.iterchildren(_PARAGRAPH, _TABLE)
    }
    return changes.pop() if len(changes) == 1 else ""
