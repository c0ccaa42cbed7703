"""The tables of a Word file that came back -> rows of texts."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.load.returned.package.open import ReturnedFile
from policygen.load.returned.package.refusal import Refusal
from policygen.load.returned.package.xml import WML, WordNode, parse
from policygen.load.spreadsheet.bounds import bounded
from policygen.load.spreadsheet.refusal import unsound
from policygen.model.office_file.spreadsheet import Grid


def docx_grid(file: ReturnedFile) -> Grid:
    """Read the rows of all tables of a Word file, deleted words left out. Raises PolicygenError."""
    try:
        root = parse(file.files[file.main], file.main)
    except Refusal as refusal:
        raise unsound(refusal.what, file.path) from None
    rows = [[_word_text(cell) for cell in row.iter(f"{WML}tc")] for row in root.iter(f"{WML}tr")]
    return bounded(rows, file.path)


def _word_text(cell: WordNode) -> str:
    return "\n".join("".join(_pieces(paragraph)) for paragraph in cell.iter(f"{WML}p")).strip()


def _pieces(paragraph: WordNode) -> Iterator[str]:
    for one in paragraph.iter(f"{WML}t", f"{WML}br", f"{WML}tab"):
        yield one.text or "" if one.tag == f"{WML}t" else "\n" if one.tag == f"{WML}br" else " "
