"""A comment form or a sheet of answers as somebody fills it in: as CSV, in a workbook, in Word."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from returned_copy import W

from policygen.load.spreadsheet.csv_file import csv_grid
from policygen.load.spreadsheet.xlsx import xlsx_grid

# What somebody writes: by the first cell of a row (its label, or the clause's number), the cells after it.
Filling = Mapping[str, tuple[str, ...]]
COMMENT, WORDING = 0, 1
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def filled(grid: tuple[tuple[str, ...], ...], filling: Filling) -> list[list[str]]:
    rows = [list(row) for row in grid]
    for row in rows:
        for start, cells in filling.items():
            if row and row[0].startswith(start):
                at = 1 if len(row) == 2 else 2  # a label has its answer beside it
                row[at : at + len(cells)] = cells
    return rows


def filled_csv(form: Path, to: Path, filling: Filling, delimiter: str = ",") -> Path:
    """Fill a form in and save it as a spreadsheet does."""
    into = StringIO()
    rows = filled(csv_grid(form.read_bytes(), "form"), filling)
    csv.writer(into, delimiter=delimiter).writerows(rows)
    to.write_bytes(into.getvalue().encode("utf-8-sig"))
    return to


def filled_xlsx(
    form: Path, to: Path, filling: Filling, change: Callable[[etree._Element], None] | None = None
) -> Path:
    """Fill a workbook in and save it as Excel does, with the texts in a part of their own."""
    with ZipFile(form) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rows = filled(xlsx_grid(form.read_bytes(), "form"), filling)
    texts: list[str] = []
    root = etree.Element(f"{S}worksheet")
    data = etree.SubElement(root, f"{S}sheetData")
    for number, cells in enumerate(rows, 1):
        if not any(cells):
            continue  # Excel leaves empty rows out
        row = etree.SubElement(data, f"{S}row", r=str(number))
        for at, text in enumerate(cells):
            if text:
                cell = etree.SubElement(row, f"{S}c", r=f"{chr(65 + at)}{number}", t="s")
                etree.SubElement(cell, f"{S}v").text = str(len(texts))
                texts.append(text)
    if change:
        change(root)
    strings = etree.Element(f"{S}sst")
    for text in texts:
        etree.SubElement(etree.SubElement(strings, f"{S}si"), f"{S}t").text = text
    parts["xl/worksheets/sheet1.xml"] = etree.tostring(root)
    parts["xl/sharedStrings.xml"] = etree.tostring(strings)
    return zipped(parts, to)


def zipped(parts: Mapping[str, bytes], to: Path) -> Path:
    into = BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    to.write_bytes(into.getvalue())
    return to


def filled_docx(form: Path, to: Path, filling: Filling) -> Path:
    """Fill a form in in Word: the cells after the one with a label or a clause."""
    with ZipFile(form) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    for row in root.iter(f"{W}tr"):
        cells = row.findall(f"{W}tc")
        said = "".join(text.text or "" for text in cells[0].iter(f"{W}t"))
        for start, texts in filling.items():
            if said.startswith(start):
                for cell, text in zip(cells[1:], texts, strict=False):
                    paragraph = next(cell.iter(f"{W}p"))
                    for run in paragraph.findall(f"{W}r"):
                        paragraph.remove(run)
                    run = etree.SubElement(paragraph, f"{W}r")
                    etree.SubElement(run, f"{W}t").text = text
    parts["word/document.xml"] = etree.tostring(root)
    return zipped(parts, to)


def replaced(path: Path, pattern: str, new: str) -> Path:
    """Change the text of a CSV."""
    path.write_text(re.sub(pattern, new, path.read_text("utf-8-sig")), "utf-8")
    return path
