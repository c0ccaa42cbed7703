"""The file of a workbook, by openpyxl: how its cells look, and a zip without today's date."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS

DAWN = datetime(1980, 1, 1)  # the first day that a zip knows
_TEXT = "@"  # the number format that leaves 01632 960 100 as it was typed
_SHEET = f"{{{SHEET_MAIN_NS}}}"
_FONT = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz"),
    *("color", "name", "family", "charset", "scheme"),
)
_TO_FILL = "FFFFF8DC"


class Looks:
    """The names of the styles that a book's cells have."""

    title, head = "policygen title", "policygen head"
    row, to_fill = "policygen row", "policygen to fill in"

    def __init__(self, book: Workbook) -> None:
        edge = Side("thin")
        border = Border(edge, edge, edge, edge)
        wrapped = Alignment(vertical="top", wrap_text=True)
        plain = Font("Calibri", sz=11)
        for style in (
            NamedStyle(self.head, Font("Calibri", sz=11, b=True), border=border),
            NamedStyle(self.row, plain, border=border),
            NamedStyle(self.to_fill, plain, PatternFill("solid", _TO_FILL), border),
        ):
            style.alignment = wrapped
            style.number_format = _TEXT
            style.protection = Protection(locked=style.name != self.to_fill)
            book.add_named_style(style)
        book.add_named_style(NamedStyle(self.title, Font("Calibri", sz=14, b=True)))


class _Archive(ZipFile):
    """A zip whose parts all bear the same date, and whose fonts are told in the schema's order."""

    def writestr(self, name: Any, data: Any, *_: Any) -> None:
        if name == ARC_STYLE:
            data = _in_order(data)
        super().writestr(ZipInfo(str(name), DAWN.timetuple()[:6]), data, ZIP_DEFLATED)


def _in_order(styles: bytes) -> bytes:
    """Return styles in which each font is told in the order of the schema; openpyxl has its own."""
    root = etree.fromstring(styles)
    for font in root.iterfind(f"{_SHEET}fonts/{_SHEET}font"):
        font[:] = sorted(font, key=lambda one: _FONT.index(etree.QName(one).localname))
    return etree.tostring(root)


class _Writer(ExcelWriter):
    """Writes each sheet in memory; openpyxl's own goes by a temporary file."""

    def __init__(self, book: Workbook, archive: ZipFile) -> None:
        super().__init__(book, archive)
        self._parts = archive

    def write_worksheet(self, ws: Any) -> None:
        into = BytesIO()
        writer: Any = WorksheetWriter(ws, into)
        writer.write()
        ws._rels = writer._rels
        self._parts.writestr(ws.path[1:], into.getvalue())
        self.manifest.append(ws)


def write_package(book: Workbook, into: BytesIO) -> None:
    """Write a book as it is; openpyxl's own `save` would date it."""
    with _Archive(into, "w", ZIP_DEFLATED) as archive:
        _Writer(book, archive).write_data()
