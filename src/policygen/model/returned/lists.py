"""Items of a list, as Word has them in a row, to a list that holds lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policygen.model.document.blocks import Blocks, List, ListItem, Paragraph
from policygen.model.returned.inlines import inlines_of
from policygen.model.returned.line import ListPlace, ReturnedLine

_PLAIN = ListPlace(0, ordered=False)


def list_of(lines: Sequence[ReturnedLine]) -> List:
    """Return one list of lines that all have a place in one; the first is of its outermost level.

    Items of another sort at one level stay in the list of the first.
    """
    first = _place(lines[0])
    level = min(_place(line).level for line in lines)
    items: list[ListItem] = []
    deeper: list[ReturnedLine] = []
    for line in lines:
        if _place(line).level > level:
            deeper.append(line)
            continue
        _close(items, deeper)
        paragraph = Paragraph(inlines_of(line.stretches))
        if _place(line).opening or not items:
            items.append(ListItem((paragraph,)))
        else:
            items[-1] = _with(items[-1], (paragraph,))
    _close(items, deeper)
    return List(tuple(items), first.ordered, first.start if first.ordered else 1)


def _close(items: list[ListItem], deeper: list[ReturnedLine]) -> None:
    """Put the items of a deeper level into the item that they stand under."""
    if deeper:
        inner = list_of(deeper)
        deeper.clear()
        if items:
            items[-1] = _with(items[-1], (inner,))
        else:
            items.append(ListItem((inner,)))


def _with(item: ListItem, blocks: Blocks) -> ListItem:
    return replace(item, blocks=(*item.blocks, *blocks))


def _place(line: ReturnedLine) -> ListPlace:
    return line.item or _PLAIN
