"""Workbooks as people send them back: filled in, or taken apart."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import openpyxl

OWNER = "Policy's owner"
HEADS = 3  # the row of heads, as a spreadsheet counts


def saved(name: str, change: Callable[[openpyxl.Workbook], None], to: str = "") -> Path:
    """Open a workbook, change it, and save it there or under another name."""
    book = openpyxl.load_workbook(name)
    change(book)
    book.save(to or name)
    return Path(to or name)


def answer(book: openpyxl.Workbook, fact: str, said: str) -> None:
    """Write an answer beside the question about a fact."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=HEADS + 1):
            if len(row) > 4 and row[4].value == fact:
                row[2].value = said
                return
    raise LookupError(fact)


def with_macros(name: str) -> None:
    """Put a program into a workbook."""
    with warnings.catch_warnings(), ZipFile(name, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xcc\x61")
