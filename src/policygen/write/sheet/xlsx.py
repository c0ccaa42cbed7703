"""Rows of cells -> a workbook: texts only, no formula, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from policygen.model.office_file.spreadsheet import Grid, cell_place

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from policygen.write.sheet.package import Looks

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST = 32_000  # characters of a cell; a workbook holds 32,767
_LONGEST_LIST = 255  # characters of all that a list offers, the commas with them
_LINE = 15  # points, of one line
_TALLEST = 409  # points: no row of Excel is taller
_FULL = 1.05  # of its width in digits, a column holds so many letters
_PRINTED_ROWS = 25
_MORE_ROWS = 100  # empty rows to fill in, beneath those of a sheet to which people add


@dataclass(frozen=True, slots=True)
class SheetLook:
    """How a sheet looks: its name and language, the widths of its columns in characters.

    `head` is the place of the row that heads the table (from 0): it stays in sight; in the rows
    after it, an empty cell is one to fill in. `choices` are what some columns may hold, by place;
    `cell_choices` what single cells may, by row and column. Where `fill` names columns, nothing
    else can be typed over, and `grows` leaves empty rows beneath to fill in. Columns that are
    `hidden` hold what policygen itself reads again. What `is_form` not, nobody fills in.
    """

    name: str
    language: str
    widths: Sequence[int]
    head: int
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    cell_choices: Mapping[tuple[int, int], Sequence[str]] = field(default_factory=dict)
    fill: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    grows: bool = False
    is_form: bool = True


def xlsx_bytes(grid: Grid, look: SheetLook) -> bytes:
    """Return rows as a workbook of one sheet."""
    return workbook_bytes(look.name, [(grid, look)])


def workbook_bytes(title: str, sheets: Sequence[tuple[Grid, SheetLook]]) -> bytes:
    """Return a workbook of several sheets, in the language of the first."""
    # openpyxl takes 0.15 s to import, which no command pays that writes no workbook.
    from openpyxl import Workbook

    from policygen.write.sheet.package import DAWN, Looks, write_package

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = None
    book.properties.title = title
    book.properties.language = sheets[0][1].language
    book.properties.created = book.properties.modified = DAWN
    looks = Looks(book)
    for grid, look in sheets:
        sheet = book.create_sheet(_name(look.name))
        _fill(sheet, grid, look, looks)
        _set_choices(sheet, len(grid), look)
    into = BytesIO()
    write_package(book, into)
    return into.getvalue()


def _name(name: str) -> str:
    """Return a name that a sheet may have: 31 characters, without those that it may not hold."""
    return re.sub(r"[\\*?:/\[\]]", " ", name)[:31]


def _fill(sheet: Worksheet, grid: Grid, look: SheetLook, looks: Looks) -> None:
    """Write the cells of a sheet, and how they look."""
    from openpyxl.worksheet.properties import PageSetupProperties

    for at, width in enumerate(look.widths):
        sheet.column_dimensions[_letter(at)].width = width
        sheet.column_dimensions[_letter(at)].hidden = at in look.hidden
    for number, row in enumerate(_rows(grid, look)):
        for at, text in enumerate(row):
            cell = sheet.cell(number + 1, at + 1)
            is_to_fill = look.is_form and (at in look.fill if look.fill else not text)
            if number > look.head:
                cell.style = looks.to_fill if is_to_fill else looks.row
            elif number == look.head:
                cell.style = looks.head
            elif number == 0:
                cell.style = looks.title
            _say(cell, text)
        lines = _lines(row, look) if number >= look.head else 1
        if lines > 1:  # LibreOffice makes no row taller by itself as it opens a file
            sheet.row_dimensions[number + 1].height = min(lines * _LINE, _TALLEST)
    sheet.freeze_panes = f"A{look.head + 2}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the table
    if look.grows:  # some empty rows are printed too, for whoever fills them in by hand
        last = _letter(max(look.fill, default=len(look.widths) - 1))
        sheet.print_area = f"A1:{last}{len(grid) + _PRINTED_ROWS}"
    if look.fill:
        sheet.protection.enable()  # without a password: against slips, not against anybody
        sheet.protection.formatColumns = sheet.protection.formatRows = False


def _lines(row: Sequence[str], look: SheetLook) -> int:
    """Return on how many lines the longest cell of a row stands."""
    seen = (
        sum(max(1, -(-len(line) // round(width * _FULL))) for line in text.split("\n"))
        for at, (text, width) in enumerate(zip(row, look.widths, strict=False))
        if at not in look.hidden
    )
    return max(seen, default=1)


def _rows(grid: Grid, look: SheetLook) -> Grid:
    return (*grid, *[("",) * len(look.widths)] * _MORE_ROWS) if look.grows else grid


def _say(cell: Cell | MergedCell, text: str) -> None:
    """Write a text into a cell; it is never taken for a formula, since its type says what it is."""
    if text:
        cell.value = _NOT_XML.sub("\ufffd", text)[:_MOST]
        cell.data_type = "s"


def _set_choices(sheet: Worksheet, rows: int, look: SheetLook) -> None:
    """Give cells the lists from which they are chosen."""
    from openpyxl.worksheet.datavalidation import DataValidation

    last = max(rows, look.head + 2) + _MORE_ROWS * look.grows
    by_column = {
        f"{_letter(at)}{look.head + 2}:{_letter(at)}{last}": words
        for at, words in look.choices.items()
    }
    by_cell = {f"{_letter(at)}{row + 1}": words for (row, at), words in look.cell_choices.items()}
    for place, words in {**by_column, **by_cell}.items():
        offered = ",".join(words)
        if len(offered) <= _LONGEST_LIST and not any("," in word for word in words):
            quoted = offered.replace('"', '""')
            sheet.add_data_validation(DataValidation("list", f'"{quoted}"', sqref=place))


def _letter(at: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0: A, and after Z it is AA."""
    return cell_place(0, at).removesuffix("1")
