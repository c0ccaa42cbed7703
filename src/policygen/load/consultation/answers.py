"""A sheet of answers that somebody filled in -> the answers in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from policygen.load.consultation.form import form_number
from policygen.load.files import given_file
from policygen.load.spreadsheet.faults import cell_faults, macro_fault
from policygen.load.spreadsheet.read import read_spreadsheet
from policygen.load.spreadsheet.refusal import FILE_LIMIT
from policygen.model.consultation.answer_sheet import (
    CLEARED,
    DECISION,
    NUMBER,
    REASON,
    GivenAnswer,
)
from policygen.model.consultation.record import Verdict
from policygen.model.given_file import GivenFile
from policygen.model.office_file.spreadsheet import Grid
from policygen.problems import Location, Message, PolicygenError, Problem, nearest

_BY_WORDS = {
    **{one.value: one for one in Verdict},
    **{one.name.lower(): one for one in Verdict},
}


def verdict_of(words: str) -> Verdict | None:
    """Return the verdict that somebody typed, or None for none that is known."""
    return _BY_WORDS.get(" ".join(words.split()).casefold())


def read_answers(source: Path | GivenFile, number: str) -> tuple[GivenAnswer, ...]:
    """Read a sheet of answers, XLSX or CSV, of the consultation with a number: fenwick@0.9.

    Raises PolicygenError with every row that cannot be understood, and for formulas, merged cells
    and macros.
    """
    file = given_file(source, FILE_LIMIT)
    shown, workbook = file.shown, read_spreadsheet(file)
    grid = workbook.sheets[0].rows
    if form_number(grid) != number:
        what = f"This is no sheet of answers of {number}."
        mend: str = Message(
            "`policygen consult print sheet PROFILE --out answers.xlsx` makes one.",
            on_page="Download one on the page Consultation.",
        )
        raise PolicygenError([Problem(what, mend, Location(shown), code="PG688")])
    head = next((at for at, row in enumerate(grid) if {NUMBER, DECISION, REASON} <= set(row)), None)
    if head is None:
        what = "The row that heads the sheet is missing."
        mend = f'Put it back: it holds "{NUMBER}", "{DECISION}" and "{REASON}".'
        raise PolicygenError([Problem(what, mend, Location(shown), code="PG687")])
    # A reason is printed for everybody, and stays in the log.
    problems = [*macro_fault(workbook, shown), *cell_faults(workbook.sheets[0], shown)]
    answers = tuple(_answers(grid, head, shown, problems))
    if problems:
        raise PolicygenError(problems)
    return answers


def _answers(grid: Grid, head: int, path: str, problems: list[Problem]) -> Iterator[GivenAnswer]:
    places = [grid[head].index(name) for name in (NUMBER, DECISION, REASON)]
    places.append(grid[head].index(CLEARED) if CLEARED in grid[head] else len(grid[head]))
    for line, row in enumerate(grid[head + 1 :], head + 2):
        cells = (row[at].strip() if at < len(row) else "" for at in places)
        number, decision, reason, cleared_by = cells
        if not decision and not reason:
            continue
        verdict = verdict_of(decision)
        if verdict is None:
            problems.append(_unknown(decision, Location(path, line)))
        else:
            # A spreadsheet may take a number for a fraction: 3.0.
            where = Location(path, line)
            yield GivenAnswer(number.removesuffix(".0"), verdict, reason, where, cleared_by)


def _unknown(decision: str, location: Location) -> Problem:
    known: Sequence[str] = [one.value for one in Verdict]
    what = f'"{decision[:40]}" is no decision.' if decision else "A reason without a decision."
    mend = f"Write one of: {', '.join(known)}."
    if decision:
        mend = f"{nearest(decision, known)} {mend}"
    return Problem(what, mend, location, code="PG689")
