"""A workbook of facts that came back -> the answers in it, each with its sheet and cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from policygen.load.files import given_file
from policygen.load.spreadsheet.faults import cell_faults, macro_fault
from policygen.load.spreadsheet.read import read_spreadsheet
from policygen.load.spreadsheet.refusal import FILE_LIMIT
from policygen.model.given_file import GivenFile
from policygen.model.office_file.spreadsheet import Workbook, WorkbookSheet, cell_place
from policygen.model.year.fact_book import (
    ANSWER,
    BODY,
    FACT,
    HEAD_ROW,
    READ_ME,
    SENT,
    FactBook,
    FactRegister,
    FactSheet,
    GivenFact,
    GivenFacts,
    GivenRow,
)
from policygen.problems import Location, Message, PolicygenError, Problem

_AGAIN = Message(
    "`policygen facts PROFILE --out facts.xlsx` makes a new one.",
    on_page="Download a new one on the page Ask for facts, and fill that in.",
)
_BACK = Message(
    "Put it back as it was sent, or fill in a new one: policygen facts PROFILE --out facts.xlsx",
    on_page="Put it back as it was sent, or download a new one and fill that in.",
)


def read_given_facts(source: Path | GivenFile, book: FactBook) -> GivenFacts:
    """Read a workbook of facts of the body that `book` asks.

    Raises PolicygenError for a workbook that is none, and with every cell that cannot be read.
    """
    file = given_file(source, FILE_LIMIT)
    workbook = read_spreadsheet(file)
    _require_ours(workbook, book, file.shown)
    ours: dict[str, FactSheet | FactRegister] = {sheet.name: sheet for sheet in book.sheets}
    ours |= {register.name: register for register in book.registers}
    facts: list[GivenFact] = []
    rows: list[GivenRow] = []
    left_out: list[str] = []
    problems: list[Problem] = []
    for sheet in workbook.sheets:
        asked = ours.get(sheet.name)
        reader = _SheetReader(sheet, file.shown)
        if asked is None:
            if sheet.name != READ_ME:
                left_out.append(sheet.name)
            problems += reader.renamed()
            continue
        problems += reader.faults(asked.heads)
        if reader.is_sound(asked.heads):
            if isinstance(asked, FactSheet):
                facts += reader.facts(asked, problems)
            else:
                rows += reader.register_rows(asked, problems)
    if problems:
        raise PolicygenError(problems)
    return GivenFacts(tuple(facts), tuple(rows), tuple(left_out))


def _require_ours(workbook: Workbook, book: FactBook, shown: str) -> None:
    """Raise PolicygenError for a workbook with macros, of another body, or of something else."""
    if macros := [*macro_fault(workbook, shown)]:
        raise PolicygenError(macros)
    first = next((one for one in workbook.sheets if one.name == READ_ME), None)
    bodies = [row[1] for row in first.rows if len(row) > 1 and row[0] == BODY] if first else []
    if not bodies:
        what = f'This is no workbook of facts: it has no sheet "{READ_ME}" that names the body.'
        raise PolicygenError([Problem(what, _AGAIN, Location(shown), code="PG580")])
    if bodies[0] != book.body:
        what = f"This workbook asks for the facts of {bodies[0]}, not of {book.body}."
        mend = Message(
            f"Name the profile that it belongs to: policygen facts {bodies[0]} --in {shown}",
            on_page="Give it to the page of the body that it belongs to.",
        )
        raise PolicygenError([Problem(what, mend, Location(shown), code="PG580")])


class _SheetReader:
    """Reads one sheet, and knows what its cells are called."""

    def __init__(self, sheet: WorkbookSheet, shown: str) -> None:
        self._sheet, self._shown = sheet, shown

    def renamed(self) -> Iterator[Problem]:
        """Yield a Problem where a sheet is one of ours, under another name."""
        head = self._row(HEAD_ROW)
        if SENT in head:
            what = f'The sheet "{self._sheet.name}" was renamed, or is of an older workbook.'
            yield self._problem(what, _BACK, "PG581", "")

    def faults(self, heads: Sequence[str]) -> Iterator[Problem]:
        """Yield a Problem for each formula, each merged cell, and the first head that changed."""
        yield from cell_faults(self._sheet, self._shown)
        found = self._row(HEAD_ROW)
        for at, head in enumerate(heads):
            said = found[at] if at < len(found) else ""
            if said != head:
                what = f'The heads of this sheet have changed: "{head}" is now "{said}".'
                yield self._problem(what, _BACK, "PG581", cell_place(HEAD_ROW, at))
                return

    def is_sound(self, heads: Sequence[str]) -> bool:
        """Tell whether the columns are where they were."""
        return tuple(self._row(HEAD_ROW)[: len(heads)]) == tuple(heads)

    def facts(self, asked: FactSheet, problems: list[Problem]) -> Iterator[GivenFact]:
        """Yield each answer; a row that answers nobody knows what is a Problem."""
        known = {question.name for question in asked.questions}
        fact, sent = asked.heads.index(FACT), asked.heads.index(SENT)
        for number in range(HEAD_ROW + 1, len(self._sheet.rows)):
            row = self._row(number)
            name, answer = _cell(row, fact), _cell(row, ANSWER)
            if name in known:
                place = self._place(cell_place(number, ANSWER))
                yield GivenFact(name, answer, _cell(row, sent), place)
            elif any(row):
                what = "It cannot be seen which question this row answers."
                if name:
                    what = f'Your profile has no question "{name}" any more, which this answers.'
                place = cell_place(number, ANSWER)
                problems.append(self._problem(what, _BACK, "PG586", place))

    def register_rows(self, asked: FactRegister, problems: list[Problem]) -> Iterator[GivenRow]:
        """Yield each row in which something stands, or stood when it was sent."""
        names = [column.name for column in asked.columns]
        for number in range(HEAD_ROW + 1, len(self._sheet.rows)):
            row = self._row(number)
            cells = {name: _cell(row, at) for at, name in enumerate(names)}
            places = {name: self._place(cell_place(number, at)) for at, name in enumerate(names)}
            sent = _sent_row(_cell(row, len(names) + 1))
            if sent is None:
                what = "What policygen wrote into the hidden columns of this row has changed."
                problems.append(self._problem(what, _BACK, "PG586", cell_place(number, 0)))
            elif sent or any(cells.values()):
                yield GivenRow(asked.key, cells, sent, places)

    def _row(self, number: int) -> Sequence[str]:
        return self._sheet.rows[number] if number < len(self._sheet.rows) else ()

    def _place(self, cell: str) -> str:
        return ", ".join(filter(None, [self._shown, f"sheet {self._sheet.name}", cell]))

    def _problem(self, what: str, mend: str, code: str, cell: str) -> Problem:
        return Problem(what, mend, Location(self._place(cell)), code=code)


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _sent_row(text: str) -> dict[str, str] | None:
    """Return a row as it was sent, {} for one that somebody added; None for what is neither."""
    if not text:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return None
    is_row = isinstance(found, dict) and all(isinstance(one, str) for one in found.values())
    return dict(found) if is_row else None
