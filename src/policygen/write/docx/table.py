"""Tables of data, and the grids that place blocks side by side."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from policygen.model.document import Text
from policygen.model.walk import plain, shared_change, text_lines, walk
from policygen.write.docx.xml import name, val, w
from policygen.write.widths import Type, share, widths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policygen.model.document import Blocks, Mark, Row, Table
    from policygen.write.docx.body import Body, Setting
    from policygen.write.docx.xml import Element

    Cell = Callable[[Element, Setting], None]  # writes the blocks of a cell

# An em in twips, with some to spare for other fonts, and the space between columns, as in the styles.
_TABLE, _STRIP = Type(235, 200), Type(220, 100)
_RUN = f"{name('pPr')}/{name('rPr')}"
_FEW, _BETWEEN, _NARROW = 3, 340, 160  # columns of a grid; twips between so few, and between more


@dataclass(frozen=True, slots=True)
class Edges:
    """How the one cell of a passage set apart looks: side -> (kind, eighths of a point, colour)."""

    sides: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    fill: str = ""


def table(
    body: Body, into: Element, block: Table, setting: Setting, *, out: int | None = None
) -> None:
    """Append a table with its title, its head repeated on every page, and a heading to every row.

    `out` is how far it reaches into the margin column, in twips.
    """
    if out is None:
        out = body.page.gutter if (block.wide or block.strip) and not setting.cell else 0
    width = setting.width + out
    if block.caption:
        ink = setting.within(change=shared_change(block.caption)).ink
        body.paragraph(into, "Caption", block.caption, ink, indent=-out if out else None)
    rows = (block.head, *block.rows) if block.head else block.rows
    count = max(1, *(len(row.cells) for row in rows)) if rows else 1
    measured = widths([row.cells for row in rows], width, count, _STRIP if block.strip else _TABLE)
    columns = share(width, block.shares) if len(block.shares) == count else measured
    made = _open(body, into, "ControlStrip" if block.strip else "PolicyTable", columns, -out)
    titles = ", ".join(plain(cell) for cell in block.head.cells) if block.head else ""
    look = w(
        "tblLook",
        val="0000",
        firstRow=int(bool(block.head)),
        lastRow=0,
        firstColumn=int(not block.strip),
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
    made[0].append(look)
    caption = plain(block.caption) or titles
    if caption:
        made[0].append(val("tblCaption", caption))
    if titles and block.caption:
        made[0].append(val("tblDescription", titles))
    if block.head:
        _row(body, made, block.head, columns, setting, block, head=True)
    for row in block.rows:
        _row(body, made, row, columns, setting, block, head=False)


def _row(
    body: Body,
    made: Element,
    row: Row,
    columns: Sequence[int],
    setting: Setting,
    block: Table,
    *,
    head: bool,
) -> None:
    setting = setting.within(change=row.change)
    into = body.control(made, row.clause, setting) if row.clause else made
    line = copy(_line(head))
    if setting.ink.change:
        line[0].append(body.pen.marked(setting.ink.change))
    into.append(line)
    cells = (*row.cells, *(((),) * (len(columns) - len(row.cells))))
    kind = "Control" if block.strip else "Table"
    for at, (cell, width) in enumerate(zip(cells, columns, strict=True)):
        heads = head or (at == 0 and not block.strip)
        style = {
            "Control": "ControlHead" if heads else "Control",
            "Table": "TableHead" if heads else "TableText",
        }
        holder = copy(_cell(width))
        line.append(holder)
        judged = row.mark if at == len(columns) - 1 else None
        words = (Text("\u00a0"), *cell) if judged else cell
        body.paragraph(
            holder, style[kind], words, setting.ink, keep=head, write=_marked(body, judged, setting)
        )


@cache
def _line(head: bool) -> Element:
    """An empty row, to be copied."""
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if head else None))


@lru_cache(maxsize=256)
def _cell(width: int) -> Element:
    """An empty cell, to be copied."""
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")))


def _marked(body: Body, mark: Mark | None, setting: Setting) -> Callable[[Element], None] | None:
    """What puts a mark at the start of a paragraph."""
    return (
        (lambda paragraph: body.pen.place(paragraph, body.mark(mark), setting.ink))
        if mark
        else None
    )


def narrow(columns: Sequence[Blocks], width: int) -> Sequence[int]:
    """How to divide a width between many columns, which have no room to spare: by their words. Few share alike."""
    if len(columns) <= _FEW:
        return ()
    told = ([line for block in walk(blocks) for line in text_lines(block)] for blocks in columns)
    return widths(
        list(zip_longest(*told, fillvalue=())), width, len(columns), Type(_TABLE.em, _NARROW)
    )


def grid(
    body: Body,
    into: Element,
    cells: Sequence[Cell],
    setting: Setting,
    *,
    shares: Sequence[int] = (),
    edges: Edges | None = None,
) -> None:
    """Append one row of cells without lines, read one after another; `shares` divides the width."""
    shares = shares or (1,) * len(cells)
    gap = (_NARROW if len(cells) > _FEW else _BETWEEN) if len(cells) > 1 else 0
    inner = share(setting.width - gap * (len(cells) - 1), shares)
    columns = [*(width + gap for width in inner[:-1]), inner[-1]]
    made = _open(body, into, "LayoutGrid", columns, 0)
    made[0].append(
        w(
            "tblLook",
            val="0000",
            firstRow=0,
            lastRow=0,
            firstColumn=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        )
    )
    line = w("tr", w("trPr", w("cantSplit")))
    if setting.ink.change:
        line[0].append(body.pen.marked(setting.ink.change))
    made.append(line)
    for write, width, column in zip(cells, inner, columns, strict=True):
        properties = w("tcPr", w("tcW", w=column, type="dxa"))
        if edges:
            _edge(properties, edges)
        elif column > width:
            properties.append(w("tcMar", w("right", w=gap, type="dxa")))
        holder = w("tc", properties)
        line.append(holder)
        write(holder, replace(setting, cell=True, width=width - (480 if edges else 0)))
    _settle(body, line, setting)


def _settle(body: Body, line: Element, setting: Setting) -> None:
    """See to it that a row of which nothing stays goes too, and that else each cell ends with what stays."""
    cells = line.findall(name("tc"))
    sorts = {whole(block) for cell in cells for block in list(cell)[1:]} or {""}
    whole_row = setting.ink.change is not None
    if not whole_row and len(sorts) == 1 and (sort := sorts.pop()):
        line[0].append(body.pen.revision(sort))
        whole_row = True
    for cell in cells:
        if cell[-1].tag != name("p") or (not whole_row and whole(cell[-1])):
            body.spacer(cell)


def _open(body: Body, into: Element, style: str, columns: Sequence[int], indent: int) -> Element:
    if ends_with_table(into) or ends_with_change(into):
        _lead(body, into)
        body.spacer(
            into
        )  # tables that touch become one, and no paragraph before a table can be taken away
    properties = w(
        "tblPr",
        val("tblStyle", style),
        w("tblW", w=sum(columns), type="dxa"),
        w("tblInd", w=indent, type="dxa"),
        w("tblLayout", type="fixed"),
    )
    made = w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in columns)))
    into.append(made)
    return made


def _lead(body: Body, into: Element) -> None:
    """Put a thin line before the passages that come or go before a table.

    Where they go LibreOffice leaves an empty paragraph, in the style of the first: an empty heading otherwise.
    """
    first = next(reversed(into))
    sort = whole(first) if first.tag == name("p") else ""
    if sort:
        while (
            (before := first.getprevious()) is not None
            and before.tag == first.tag
            and whole(before) == sort
        ):
            first = before
        thin = w("p", w("pPr", val("pStyle", "Spacer"), w("rPr", body.pen.revision(sort))))
        first.addprevious(thin)


def ends_with_table(into: Element) -> bool:
    """Whether the last thing in `into` is a table, in a content control or not."""
    last = next(reversed(into), None)  # asking a long body for its length takes its time
    while last is not None and last.tag in (name("sdt"), name("sdtContent")):
        last = next(reversed(last), None)
    return last is not None and last.tag == name("tbl")


def ends_with_change(into: Element) -> bool:
    """Whether the last paragraph or table in `into` is inserted or deleted as a whole."""
    last = next(reversed(into), None)
    return last is not None and bool(whole(last))


def runs_into_change(into: Element, sort: str) -> bool:
    """Whether the last paragraph stays, and its last words come or go: LibreOffice joins such a change to the next."""
    last = next(reversed(into), None)
    if last is None or last.tag != name("p") or whole(last):
        return False
    ends = [child for child in last if child.tag not in (name("bookmarkEnd"), name("pPr"))]
    end = ends[-1] if ends else last
    inner = end[-1] if end.tag == name("hyperlink") and len(end) else end
    return bool(inner.tag == name(sort))


def whole(block: Element) -> str:
    """Return `ins` or `del` for a paragraph or a table that comes or goes as a whole, else nothing."""
    rows = block.findall(name("tr")) if block.tag == name("tbl") else ()
    sorts = (
        {_sort(row[0]) for row in rows}
        if rows
        else {_sort(block.find(_RUN)) if block.tag == name("p") else ""}
    )
    return sorts.pop() if len(sorts) == 1 else ""


def _sort(marks: Element | None) -> str:
    """The kind of change among the properties of a paragraph's end or of a row."""
    return next(
        (
            kind
            for kind in ("ins", "del")
            if marks is not None and marks.find(name(kind)) is not None
        ),
        "",
    )


def _edge(properties: Element, edges: Edges) -> None:
    order = ("top", "left", "bottom", "right")
    sides = [
        w(s, val=edges.sides[s][0], sz=edges.sides[s][1], space=0, color=edges.sides[s][2])
        for s in order
        if s in edges.sides
    ]
    if sides:
        properties.append(w("tcBorders", *sides))
    if edges.fill:
        properties.append(w("shd", val="clear", color="auto", fill=edges.fill))
    inner = zip(order, (140, 240, 60, 240), strict=True)
    properties.append(w("tcMar", *(w(side, w=twips, type="dxa") for side, twips in inner)))
