"""Rows of a comment form -> what somebody wrote beside which clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from policygen.model.consultation.form import FilledForm, FormRow
from policygen.model.consultation.record import WHOLE_POLICY
from policygen.model.consultation.words import FormWords
from policygen.model.office_file.spreadsheet import Grid
from policygen.problems import Location, PolicygenError, Problem

_REFERENCE = re.compile(r"[\w.-]+@[0-9.]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def form_number(grid: Grid) -> str:
    """Return the number of a form, fenwick@0.9, or "" for a table that is no form."""
    cells = (cell.strip() for row in grid[:40] for cell in row)
    return next((cell for cell in cells if _REFERENCE.fullmatch(cell)), "")


def read_form(
    grid: Grid, words: Sequence[FormWords], clauses: Mapping[str, str], path: str
) -> FilledForm:
    """Read a form by its heads, in any of the languages that it was sent in.

    `clauses` gives the id of each clause by its id and by its number. Raises PolicygenError for a
    form without its heads, and for each row that says something of nobody knows which clause.
    """
    form = next((one for one in words if _head_row(grid, one) is not None), None)
    if form is None:
        what = "The row that heads the form is missing, so nobody knows which column is which."
        raise PolicygenError([_faulty(what, path)])
    head = _head_row(grid, form) or 0
    columns = {_folded(cell): at for at, cell in enumerate(grid[head])}
    reader = _RowReader(form, columns, clauses, path)
    rows = list(reader.rows(grid, head))
    if reader.problems:
        raise PolicygenError(reader.problems)
    return FilledForm(
        form_number(grid), _beside(grid, form.name), _beside(grid, form.speaks_for), tuple(rows)
    )


def _head_row(grid: Grid, form: FormWords) -> int | None:
    wanted = {_folded(form.comment), _folded(form.wording)}
    heads = (at for at, row in enumerate(grid) if wanted <= set(map(_folded, row)))
    return next(heads, None)


def _beside(grid: Grid, label: str) -> str:
    """Return what stands beside a label, on one line."""
    for row in grid:
        if row and _folded(row[0]) == _folded(label):
            return " ".join(" ".join(row[1:]).split())
    return ""


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


class _RowReader:
    """Reads the rows of one form, and gathers what it cannot place."""

    def __init__(
        self, form: FormWords, columns: Mapping[str, int], clauses: Mapping[str, str], path: str
    ) -> None:
        self._form, self._columns = form, columns
        self._clauses, self._path = clauses, path
        self.problems: list[Problem] = []

    def rows(self, grid: Grid, head: int) -> Iterator[FormRow]:
        """Yield each row in which somebody wrote."""
        ours = [self._columns.get(_folded(one)) for one in self._heads()]
        for number, row in enumerate(grid[head + 1 :], head + 2):
            extra = [cell for at, cell in enumerate(row) if cell.strip() and at not in ours]
            comment = "\n".join(filter(None, [self._cell(row, self._form.comment), *extra]))
            wording = self._cell(row, self._form.wording)
            if not comment and not wording:
                continue
            clause = self._clause(row)
            if clause:
                yield FormRow(clause, comment, wording)
            else:
                what = "Somebody wrote in this row, and it does not say of which clause."
                self.problems.append(_faulty(what, self._path, number))

    def _heads(self) -> tuple[str, ...]:
        form = self._form
        return (form.clause, form.says, form.comment, form.wording, form.id)

    def _cell(self, row: Sequence[str], head: str) -> str:
        at = self._columns.get(_folded(head))
        return row[at].strip() if at is not None and at < len(row) else ""

    def _clause(self, row: Sequence[str]) -> str:
        """Return the id of a row's clause: by the id, by the number before its name, or ""."""
        id = self._cell(row, self._form.id)
        if id in self._clauses or id == WHOLE_POLICY:
            return self._clauses.get(id, id)
        name = self._cell(row, self._form.clause)
        if _folded(name) == _folded(self._form.whole):
            return WHOLE_POLICY
        number = _NUMBER.match(name)
        return self._clauses.get(number[0], "") if number else ""


def _faulty(what: str, path: str, line: int = 0) -> Problem:
    mend = "Put the form's own rows and columns back as they were sent, and collate it again."
    return Problem(what, mend, Location(path, line), code="PG687")
