"""A FactBook -> a workbook that a clerk fills in."""

from __future__ import annotations

import json
from collections.abc import Iterator

from policygen.model.office_file.spreadsheet import Grid
from policygen.model.year.fact_book import (
    ANSWER,
    BODY,
    HEAD_ROW,
    READ_ME,
    FactBook,
    FactRegister,
    FactSheet,
)
from policygen.write.sheet.xlsx import SheetLook, workbook_bytes

_LANGUAGE = "en-GB"
_QUESTION_WIDTHS = (5, 60, 44, 44, 8, 8)  # characters, column by column
_REGISTER_WIDTH = 22
_STEPS = (
    "Each sheet after this one is for one team or person; the list below says whose is whose.",
    "Fill in the yellow cells of your sheet. What we know already stands there: correct it.",
    "Leave a cell as it is if you do not know. Nobody needs to fill in all of it.",
    "Type plain text: no formulas, no merged cells, and leave the heads as they are.",
    "Save it as a workbook (XLSX), and send it back to whoever sent it to you.",
)


def facts_workbook(book: FactBook) -> bytes:
    """Return the workbook: a sheet that says what to do, one for each who will know."""
    title = f"Facts for the social media policy of {book.title or book.body}"
    first = (_read_me(book, title), SheetLook(READ_ME, _LANGUAGE, (30, 70), 0, fill=_NOWHERE))
    sheets = [_question_sheet(sheet) for sheet in book.sheets]
    registers = [_register_sheet(register) for register in book.registers]
    return workbook_bytes(title, [first, *sheets, *registers])


_NOWHERE = frozenset({99})  # a sheet to read


def _read_me(book: FactBook, title: str) -> Grid:
    steps = [(str(number), step) for number, step in enumerate(_STEPS, 1)]
    names = [(sheet.name, sheet.who) for sheet in book.sheets]
    names += [(register.name, register.who) for register in book.registers]
    whose = [(name, f"For {who}") for name, who in names]
    return (("", title), (BODY, book.body), *steps, ("Sheet", "Whose it is"), *whose)


def _question_sheet(sheet: FactSheet) -> tuple[Grid, SheetLook]:
    rows = [
        (str(number), one.text, one.answer, one.help, one.name, one.answer)
        for number, one in enumerate(sheet.questions, 1)
    ]
    grid = (
        (f"Questions for {sheet.who}",),
        ("Fill in the yellow cells. Leave one as it is if you do not know.",),
        sheet.heads,
        *rows,
    )
    choices = {
        (HEAD_ROW + 1 + number, ANSWER): one.choices
        for number, one in enumerate(sheet.questions)
        if one.choices
    }
    look = SheetLook(
        sheet.name,
        _LANGUAGE,
        _QUESTION_WIDTHS,
        HEAD_ROW,
        cell_choices=choices,
        fill=frozenset({ANSWER}),
        hidden=frozenset({4, 5}),
    )
    return grid, look


def _register_sheet(register: FactRegister) -> tuple[Grid, SheetLook]:
    count = len(register.columns)
    grid = (
        (f"{register.name}: for {register.who}",),
        (register.says,),
        register.heads,
        *_register_rows(register),
    )
    look = SheetLook(
        register.name,
        _LANGUAGE,
        (*(_REGISTER_WIDTH for _ in register.columns), 8, 8),
        HEAD_ROW,
        choices={at: one.choices for at, one in enumerate(register.columns) if one.choices},
        fill=frozenset(range(count)),
        hidden=frozenset({count, count + 1}),
        grows=True,
    )
    return grid, look


def _register_rows(register: FactRegister) -> Iterator[tuple[str, ...]]:
    names = [column.name for column in register.columns]
    for row in register.rows:
        sent = {name: cell for name, cell in zip(names, row, strict=True) if cell}
        yield (*row, register.key, json.dumps(sent, ensure_ascii=False))
