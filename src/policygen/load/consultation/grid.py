"""A table that came back, in any of three forms -> rows of texts. No formula is ever worked out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from policygen.characters import bad_characters
from policygen.load.consultation.refusal import (
    FORM_BOUNDS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    unsound,
    unsound_zip,
)
from policygen.load.returned.package.open import ReturnedFile
from policygen.load.returned.package.refusal import Refusal
from policygen.load.returned.package.xml import WML, WordNode, parse
from policygen.model.consultation.form import Grid
from policygen.model.office_file.unpack import UnsoundZip, unpack_zip

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBERED = re.compile(r"""([,;\t])"?[\w.-]+@[0-9.]+"?(?:[,;\t\r\n]|$)""")
_BOOK, _STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def csv_grid(data: bytes, path: str) -> Grid:
    """Read CSV as spreadsheets save it, with commas, semicolons or tabs. Raises PolicygenError."""
    if b"\0" in data:
        raise unsound("This is no CSV: it holds a NULL byte.", path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # as Excel saves it on Windows
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Sequence[str]] = []
    try:
        for row in reader:
            rows.append([_without_guard(cell) for cell in row])
            if len(rows) > MOST_ROWS:
                break
    except csv.Error:
        what = "This CSV is broken: it ends within a quotation mark, or a cell is far too long."
        raise unsound(what, path, reader.line_num) from None
    return _checked(rows, path)


def _delimiter(text: str) -> str:
    """Return what parts the cells: the sign before the form's number."""
    found = _NUMBERED.search(text)
    return found[1] if found else ","


def _without_guard(cell: str) -> str:
    """Return a cell without the apostrophe by which no spreadsheet runs it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_STARTS) else cell


def xlsx_grid(data: bytes, path: str) -> Grid:
    """Read the first sheet of a workbook; a formula is its text. Raises PolicygenError."""
    try:
        files = unpack_zip(data, FORM_BOUNDS, lambda name: name.endswith((".xml", ".rels")))
        sheet = files[_first_sheet(files)]
        strings = _shared_strings(files)
        rows = _sheet_rows(parse(sheet, "the sheet"), strings)
    except UnsoundZip as fault:
        raise unsound_zip(fault.fault, path) from None
    except Refusal as refusal:
        raise unsound(refusal.what, path) from None
    except (KeyError, IndexError, ValueError):
        raise unsound("This workbook is broken: its first sheet cannot be read.", path) from None
    return _checked(rows, path)


def is_workbook(data: bytes) -> bool:
    """Tell whether a zip is a workbook, by the parts that it names."""
    return data.startswith(b"PK") and b"xl/workbook" in data


def _first_sheet(files: dict[str, bytes]) -> str:
    book = parse(files[_BOOK], _BOOK)
    first = next(iter(book.iter("{*}sheet")))
    targets = {
        one.get("Id", ""): one.get("Target", "")
        for one in parse(files[_RELATIONS], _RELATIONS).iter("{*}Relationship")
    }
    target = targets[first.get(_ID, "")]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _shared_strings(files: dict[str, bytes]) -> list[str]:
    if _STRINGS not in files:
        return []
    root = parse(files[_STRINGS], _STRINGS)
    return [_text(one) for one in root.iter("{*}si")]


def _text(element: WordNode) -> str:
    """Return the text of a cell or a shared string, without how it is pronounced."""
    pieces = (
        one.text or ""
        for one in element.iter("{*}t")
        if not any(str(up.tag).endswith("}rPh") for up in one.iterancestors())
    )
    return "".join(pieces)


def _sheet_rows(root: WordNode, strings: Sequence[str]) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for number, row in enumerate(root.iter("{*}row"), 1):
        at = int(row.get("r", number))
        if at > MOST_ROWS * 10 or len(rows) > MOST_ROWS:
            break
        rows[at] = _cells(row, strings)
    last = max((at for at, cells in rows.items() if any(cells)), default=0)
    return [rows.get(at, []) for at in range(1, min(last, MOST_ROWS + 1) + 1)]


def _cells(row: WordNode, strings: Sequence[str]) -> list[str]:
    cells: dict[int, str] = {}
    for number, cell in enumerate(row.iter("{*}c")):
        found = _PLACE.fullmatch(cell.get("r", ""))
        at = _column(found[1]) if found else number
        if said := _cell(cell, strings):
            cells[at] = said
    width = min(max(cells, default=-1) + 1, MOST_COLUMNS + 1)
    return [cells.get(at, "") for at in range(width)]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _cell(cell: WordNode, strings: Sequence[str]) -> str:
    """Return what a cell says: of a formula itself, never what it comes to."""
    formula = next(cell.iter("{*}f"), None)
    if formula is not None:
        return f"={formula.text or ''}"
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = next(cell.iter("{*}v"), None)
    said = value.text or "" if value is not None else ""
    return strings[int(said)] if kind == "s" and said else said


def docx_grid(file: ReturnedFile) -> Grid:
    """Read the rows of all tables of a Word file, deleted words left out. Raises PolicygenError."""
    try:
        root = parse(file.files[file.main], file.main)
    except Refusal as refusal:
        raise unsound(refusal.what, file.path) from None
    rows = [[_word_text(cell) for cell in row.iter(f"{WML}tc")] for row in root.iter(f"{WML}tr")]
    return _checked(rows, file.path)


def _word_text(cell: WordNode) -> str:
    return "\n".join("".join(_pieces(paragraph)) for paragraph in cell.iter(f"{WML}p")).strip()


def _pieces(paragraph: WordNode) -> Iterator[str]:
    for one in paragraph.iter(f"{WML}t", f"{WML}br", f"{WML}tab"):
        yield one.text or "" if one.tag == f"{WML}t" else "\n" if one.tag == f"{WML}br" else " "


def _checked(rows: Iterable[Sequence[str]], path: str) -> Grid:
    """Return rows of printable cells. Raises PolicygenError for more than a form can hold."""
    found: list[tuple[str, ...]] = []
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise unsound(f"This form has more than {MOST_ROWS:,} rows.", path)
        if len(row) > MOST_COLUMNS:
            raise unsound(f"This form has more than {MOST_COLUMNS} columns.", path, number)
        if any(len(cell) > MOST_CHARACTERS for cell in row):
            what = f"A cell of this form has more than {MOST_CHARACTERS:,} characters."
            raise unsound(what, path, number)
        found.append(tuple(map(printable_text, row)))
    return tuple(found)


def printable_text(text: str) -> str:
    """Return a text with a mark for each character that no document can print, line by line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(_marked(line).split()) for line in lines).strip()


def _marked(line: str) -> str:
    line = line.replace("\t", " ")
    bad = {one.offset for one in bad_characters(line)}
    return "".join("\ufffd" if at in bad else sign for at, sign in enumerate(line)) if bad else line
