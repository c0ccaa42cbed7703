"""What no list that came back may hold: formulas, merged cells, macros."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model.office_file.spreadsheet import Workbook, WorkbookSheet
from policygen.problems import Location, Problem

_PLAIN = "Type the answer itself as plain text."
_UNMERGE = "Take the merging away (Merge cells, once more), so that each cell is its own."


def macro_fault(workbook: Workbook, shown: str) -> Iterator[Problem]:
    """Yield a Problem for a workbook with macros."""
    if workbook.has_macros:
        what = "This workbook holds macros, which none of ours has, so it is not read."
        mend = "If you know who sent it, save it as a workbook without macros (XLSX)."
        yield Problem(what, mend, Location(shown), code="PG583")


def cell_faults(sheet: WorkbookSheet, shown: str) -> Iterator[Problem]:
    """Yield a Problem for each formula and each merged cell of a sheet."""
    named = f"{shown}, sheet {sheet.name}" if sheet.name else shown
    for place in sheet.formulas:
        what = "This cell holds a formula."
        yield Problem(what, _PLAIN, Location(f"{named}, {place}"), code="PG582")
    for place in sheet.merged:
        what = "These cells are merged."
        yield Problem(what, _UNMERGE, Location(f"{named}, {place}"), code="PG582")
