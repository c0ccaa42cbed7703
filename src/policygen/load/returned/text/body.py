"""The text of a returned file as lines in reading order, each with what says whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygen.load.returned.package.xml import MC, WML, WordNode, is_on, number, value
from policygen.load.returned.text.runs import CHANGES, TRANSPARENT, RunReader, control_names
from policygen.load.returned.text.tables import TableShape, boxed_aside, table_shape
from policygen.model.returned.copy import NotCarriedKind
from policygen.model.returned.line import CellPlace, Changes, LayoutCell, ReturnedLine

if TYPE_CHECKING:
    from policygen.load.returned.text.findings import TextFindings
    from policygen.load.returned.text.styles import Styles

_CONTENTS = "Table of Contents"


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line, and what stands at it: bookmarks, and the (tag, title) of content controls.

    `holders` are what it stands in, from the outermost: rows of tables of data, and cells of those
    that only place what they hold. One of the contents list `is_contents`.
    """

    line: ReturnedLine
    bookmarks: tuple[str, ...]
    controls: tuple[tuple[str, str], ...]
    holders: tuple[tuple[int, int, int], ...]
    is_contents: bool = False
    is_control: bool = False  # of a strip of document control


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands."""

    holders: tuple[tuple[int, int, int], ...] = ()
    cell: CellPlace | None = None
    box: LayoutCell | None = None
    changes: Changes = ()
    is_contents: bool = False
    is_control: bool = False


class BodyReader:
    """Reads the blocks of one text."""

    def __init__(self, styles: Styles, runs: RunReader, findings: TextFindings) -> None:
        self.lines: list[PlacedLine] = []
        self._styles, self._runs, self._findings = styles, runs, findings
        self._tables = 0

    def read(self, holder: WordNode) -> list[PlacedLine]:
        """Return the lines of a body."""
        self._blocks(holder, _Place())
        return self.lines

    def _blocks(self, blocks: Iterable[WordNode], place: _Place) -> None:
        for block in blocks:
            match block.tag.rpartition("}")[2]:
                case "p":
                    self._paragraph(block, place)
                case "tbl":
                    self._table(block, place)
                case "sdt":
                    self._control(block, place)
                case "AlternateContent":
                    first = next(block.iterchildren(f"{MC}Choice", f"{MC}Fallback"), None)
                    self._blocks(() if first is None else first, place)
                case _:
                    self._other(block, place)

    def _other(self, block: WordNode, place: _Place) -> None:
        if block.tag in CHANGES:
            changes = (*place.changes, self._runs.change(block))
            self._blocks(block, replace(place, changes=changes))
        elif block.tag in TRANSPARENT:
            self._blocks(block, place)
        else:
            self._runs.mark(block)  # its bookmark is the next paragraph's

    def _control(self, block: WordNode, place: _Place) -> None:
        self._runs.controls.append(control_names(block))
        gallery = value(block.find(f"{WML}sdtPr/{WML}docPartObj/{WML}docPartGallery"))
        content = block.find(f"{WML}sdtContent")
        if content is not None:
            is_contents = place.is_contents or gallery == _CONTENTS
            self._blocks(content, replace(place, is_contents=is_contents))

    # --- Paragraphs -------------------------------------------------------------------------------

    def _paragraph(self, block: WordNode, place: _Place) -> None:
        self._findings.line = len(self.lines)
        properties = block.find(f"{WML}pPr")
        named = value(None if properties is None else properties.find(f"{WML}pStyle"))
        style = self._styles.style(named)
        in_list = style.ours.startswith("TOC")
        level = 0 if in_list or place.cell else style.heading
        if level and self._runs.fields.is_in_list:
            self._runs.fields.forget()
        is_contents = in_list or place.is_contents or self._runs.fields.is_in_list
        stretches = self._runs.read(block, style.look, place.changes)
        line = ReturnedLine(
            stretches,
            style.ours,
            level,
            item=None if level or in_list else self._styles.item(properties, style),
            cell=place.cell,
            box=place.box,
            changes=(*place.changes, *self._end_changes(properties)),
        )
        self._append(line, place, is_contents=is_contents)

    def _end_changes(self, properties: WordNode | None) -> Changes:
        """Return the changes of the end of a paragraph."""
        marks = None if properties is None else properties.find(f"{WML}rPr")
        if marks is None:
            return ()
        return tuple(self._runs.change(one) for one in marks if one.tag in CHANGES)

    def _append(self, line: ReturnedLine, place: _Place, *, is_contents: bool) -> None:
        runs = self._runs
        marks = (tuple(runs.bookmarks), tuple(runs.controls))
        runs.bookmarks, runs.controls = [], []
        read = PlacedLine(line, *marks, place.holders, is_contents, place.is_control)
        self.lines.append(read)

    # --- Tables -----------------------------------------------------------------------------------

    def _table(self, block: WordNode, place: _Place) -> None:
        self._tables += 1
        table = self._tables
        shape = table_shape(block, self._styles)
        if place.cell:
            self._findings.line = len(self.lines)
            self._findings.note(NotCarriedKind.NESTED)
        if shape is TableShape.CONTROL:
            place = replace(place, is_control=True)
        for row, element in enumerate(_held(block, "tr")):
            self._row(element, shape, (table, row), place)

    def _row(
        self, element: WordNode, shape: TableShape, at: tuple[int, int], place: _Place
    ) -> None:
        table, row = at
        properties = element.find(f"{WML}trPr")
        marks = () if properties is None else properties
        changes = tuple(self._runs.change(one) for one in marks if one.tag in CHANGES)
        has_head = properties is not None and is_on(properties.find(f"{WML}tblHeader"))
        column = 0
        for cell in _held(element, "tc"):
            self._note_cell(cell)
            if place.cell:  # a table within a cell of data: its words are that cell's
                inner = place
            elif shape is TableShape.LAYOUT:
                box = LayoutCell(table, row, column, boxed_aside(cell), changes)
                inner = replace(place, holders=(*place.holders, (*at, column)), box=box)
            else:
                data = CellPlace(table, row, column, has_head, changes)
                inner = replace(place, holders=(*place.holders, (*at, -1)), cell=data)
            self._blocks(cell, inner)
            span = number(value(cell.find(f"{WML}tcPr/{WML}gridSpan")), 1)
            column += max(1, min(span, 63))

    def _note_cell(self, cell: WordNode) -> None:
        """Note what is odd about a cell."""
        properties = cell.find(f"{WML}tcPr")
        if properties is None:
            return
        self._findings.line = len(self.lines)
        locals_ = {child.tag.rpartition("}")[2] for child in properties}
        if not locals_.isdisjoint({"cellIns", "cellDel", "cellMerge"}):
            self._findings.note(NotCarriedKind.CELL_CHANGE)
        span = number(value(properties.find(f"{WML}gridSpan")), 1)
        if "vMerge" in locals_ or "hMerge" in locals_ or span > 1:
            self._findings.note(NotCarriedKind.MERGED)


def _held(element: WordNode, local: str) -> Iterable[WordNode]:
    """Yield rows or cells, those too that stand in a content control or an old custom tag."""
    for child in element:
        if child.tag == f"{WML}{local}":
            yield child
        elif child.tag == f"{WML}sdt" or child.tag in TRANSPARENT:
            yield from _held(child, local)
