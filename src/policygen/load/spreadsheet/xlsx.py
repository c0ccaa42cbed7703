"""A workbook that came back -> its sheets. No formula is ever worked out."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.load.returned.package.refusal import Refusal
from policygen.load.returned.package.xml import WordNode, parse
from policygen.load.spreadsheet.bounds import bounded
from policygen.load.spreadsheet.cells import BookCells
from policygen.load.spreadsheet.refusal import MOST_SHEETS, ZIP_BOUNDS, unsound, unsound_zip
from policygen.model.office_file.spreadsheet import Grid, Workbook, WorkbookSheet
from policygen.model.office_file.unpack import UnsoundZip, unpack_zip

_BOOK, _STRINGS, _STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_PLACES = 20  # formulas and merged cells that are told of one sheet


def is_workbook(data: bytes) -> bool:
    """Tell whether a zip is a workbook, by the parts that it names."""
    return data.startswith(b"PK") and b"xl/workbook" in data


def xlsx_grid(data: bytes, path: str) -> Grid:
    """Read the first sheet of a workbook; a formula is its text. Raises PolicygenError."""
    return read_workbook(data, path, most=1).sheets[0].rows


def read_workbook(data: bytes, path: str, most: int = MOST_SHEETS) -> Workbook:
    """Read the sheets of a workbook, `most` of them. Raises PolicygenError."""
    names: list[str] = []
    try:
        files = unpack_zip(data, ZIP_BOUNDS, lambda name: _is_wanted(name, names))
        book = parse(files[_BOOK], _BOOK)
        cells = BookCells(
            *(parse(files[name], name) if name in files else None for name in (_STRINGS, _STYLES)),
            since_1904=_counts_from_1904(book),
        )
        sheets = tuple(
            _sheet(name, parse(files[part], f"the sheet {name}"), cells, path)
            for name, part in list(_parts(book, files))[:most]
        )
    except UnsoundZip as fault:
        raise unsound_zip(fault.fault, path) from None
    except Refusal as refusal:
        raise unsound(refusal.what, path) from None
    except (KeyError, IndexError, ValueError):
        raise unsound("This workbook is broken: a sheet cannot be read.", path) from None
    if not sheets:
        raise unsound("This workbook is broken: it has no sheet.", path)
    has_macros = any("vba" in name.lower() or "macrosheet" in name.lower() for name in names)
    return Workbook(sheets, has_macros)


def _is_wanted(name: str, names: list[str]) -> bool:
    """Tell whether a part is unpacked, and note its name."""
    names.append(name)
    return name.endswith((".xml", ".rels"))


def _counts_from_1904(book: WordNode) -> bool:
    """Tell whether the first day of a workbook is that of old Macs."""
    return any(one.get("date1904") in ("1", "true") for one in book.iter("{*}workbookPr"))


def _parts(book: WordNode, files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet, and the part that holds it."""
    targets = {
        one.get("Id", ""): one.get("Target", "")
        for one in parse(files[_RELATIONS], _RELATIONS).iter("{*}Relationship")
    }
    for sheet in book.iter("{*}sheet"):
        target = targets[sheet.get(_ID, "")]
        yield (
            sheet.get("name", ""),
            target.lstrip("/") if target.startswith("/") else f"xl/{target}",
        )


def _sheet(name: str, root: WordNode, cells: BookCells, path: str) -> WorkbookSheet:
    rows, formulas = cells.rows(root)
    merged = [one.get("ref", "") for one in root.iter("{*}mergeCell")]
    return WorkbookSheet(
        name,
        bounded(rows, path),
        tuple(formulas[:_MOST_PLACES]),
        tuple(merged[:_MOST_PLACES]),
    )
