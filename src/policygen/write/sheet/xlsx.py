"""Rows of cells -> a workbook of one sheet: texts only, no formula, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from policygen.model.consultation.form import Grid

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLAIN, _HEAD, _WRAPPED, _FILL = 0, 1, 2, 3  # the looks of a cell, by their place in styles.xml
_DAWN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST = 32_000  # characters of a cell; a workbook holds 32,767

_TYPES = f"""{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>"""
_ROOT = f"""{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" \
Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
_PARTS = f"""{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" \
Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" \
Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>"""
_STYLES = f"""{_DECLARED}<styleSheet xmlns="{_MAIN}"><fonts count="2">\
<font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/>\
</font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">\
<fgColor rgb="FFFFF8DC"/></patternFill></fill></fills><borders count="2"><border/><border>\
<left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border>\
</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>\
<xf fontId="1" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf>\
<xf borderId="1" numFmtId="49" applyNumberFormat="1" applyBorder="1" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf>\
<xf fillId="2" borderId="1" numFmtId="49" applyNumberFormat="1" applyFill="1" applyBorder="1" \
applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


@dataclass(frozen=True, slots=True)
class SheetLook:
    """How a sheet looks: its name and language, the widths of its columns in characters.

    `head` is the place of the row that heads the table (from 0): it stays in sight; in the rows
    after it, an empty cell is one to fill in. `choices` are what some columns may hold, by place.
    """

    name: str
    language: str
    widths: Sequence[int]
    head: int
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


def xlsx_bytes(grid: Grid, look: SheetLook) -> bytes:
    """Return rows as a workbook of one sheet."""
    name, language = look.name, look.language
    sheet = _sheet(grid, look)
    book = (
        f'{_DECLARED}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(name[:31])} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    core = (
        f'{_DECLARED}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(name)}</dc:title>'
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    )
    types = _TYPES.replace(
        "</Types>",
        '<Override PartName="/docProps/core.xml" ContentType='
        '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    )
    root = _ROOT.replace(
        "</Relationships>",
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
    )
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": root,
        "docProps/core.xml": core,
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _PARTS,
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": sheet,
    }
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(ZipInfo(path, _DAWN), text, ZIP_DEFLATED)
    return data.getvalue()


def _sheet(grid: Grid, look: SheetLook) -> str:
    head = look.head
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(look.widths, 1)
    )
    pane = (
        f'<pane ySplit="{head + 1}" topLeftCell="A{head + 2}" activePane="bottomLeft" '
        'state="frozen"/>'
    )
    rows = "".join(_row(number, row, head) for number, row in enumerate(grid))
    return (
        f'{_DECLARED}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>{rows}</sheetData>"
        f"{_choices(look, len(grid))}</worksheet>"
    )


def _choices(look: SheetLook, rows: int) -> str:
    """Return the lists from which the cells of some columns are chosen."""
    if not look.choices:
        return ""
    last = max(rows, look.head + 2)
    lists = "".join(
        f'<dataValidation type="list" allowBlank="1" '
        f'sqref="{_letter(at)}{look.head + 2}:{_letter(at)}{last}">'
        f'<formula1>"{escape(",".join(words))}"</formula1></dataValidation>'
        for at, words in look.choices.items()
    )
    return f'<dataValidations count="{len(look.choices)}">{lists}</dataValidations>'


def _row(number: int, row: Sequence[str], head: int) -> str:
    look = _HEAD if number == head else _WRAPPED if number > head else _PLAIN
    cells = "".join(_cell(f"{_letter(at)}{number + 1}", text, look) for at, text in enumerate(row))
    return f'<row r="{number + 1}">{cells}</row>'


def _cell(place: str, text: str, look: int) -> str:
    """Return one cell; a text is never taken for a formula, since its type says what it is."""
    if not text:
        return f'<c r="{place}" s="{_FILL if look == _WRAPPED else look}"/>'
    said = escape(_printable(text)[:_MOST])
    return (
        f'<c r="{place}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
    )


def _printable(text: str) -> str:
    """Return a text with a mark for each character that no XML may hold."""
    return _NOT_XML.sub("\ufffd", text)


def _letter(at: int) -> str:
    return chr(ord("A") + at)
