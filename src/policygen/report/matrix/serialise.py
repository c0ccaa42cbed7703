"""Matrix -> JSON for other programs, with a schema of its own, and CSV for spreadsheets."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from typing import Literal

from pydantic import TypeAdapter

from policygen.model.comparison.matrix import (
    CellEdit,
    Matrix,
    MatrixBody,
    MatrixCell,
    MatrixRow,
    Neighbour,
    UncommonValue,
)
from policygen.report.matrix.document import matrix_finding

_SCHEMA: Literal["policygen/matrix/1"] = "policygen/matrix/1"


@dataclass(frozen=True, slots=True)
class NeighbourJson:
    """Another body by its place from 0, and the share (0 to 1) of clauses that differ."""

    body: int
    share: float


@dataclass(frozen=True, slots=True)
class BodyJson:
    """One body.

    `own` of its `clauses` are edited by its own layer; `from_model` is that share (0 to 1).
    """

    name: str
    label: str
    organisation: str
    language: str
    layers: tuple[str, ...]
    library_digest: str
    profile_digest: str
    clauses: int
    own: int
    from_model: float
    average: float
    nearest: NeighbourJson | None = None
    farthest: NeighbourJson | None = None


@dataclass(frozen=True, slots=True)
class VariantJson:
    """One wording.

    `tellings` by tier, in Markdown, where each fact is its path, as in ⟦policy.number⟧.
    """

    letter: str
    bodies: int
    language: str
    title: str
    tellings: dict[str, str]


@dataclass(frozen=True, slots=True)
class CellJson:
    """One cell, in the order of `bodies`.

    `by` is the edit of the body's own layer, or what took the clause out.
    """

    kind: str
    letter: str | None = None
    by: CellEdit | None = None
    settings: tuple[UncommonValue, ...] | None = None


@dataclass(frozen=True, slots=True)
class ClauseJson:
    """One clause.

    `number` and `title` are those of the first body that has it; `spread` is in bits.
    """

    clause: str
    number: str
    section: str
    title: str
    spread: float
    wordings: tuple[VariantJson, ...]
    cells: tuple[CellJson, ...]


@dataclass(frozen=True, slots=True)
class MatrixJson:
    """The whole comparison.

    `disagreed` has the ids of the clauses with several wordings, those with most first.
    """

    finding: str
    counts: dict[str, int]
    sections: tuple[tuple[str, str], ...]
    bodies: tuple[BodyJson, ...]
    disagreed: tuple[str, ...]
    clauses: tuple[ClauseJson, ...]
    schema: Literal["policygen/matrix/1"] = field(default=_SCHEMA)


def matrix_to_json(found: Matrix) -> bytes:
    """The matrix as JSON: UTF-8, indented, without keys that hold nothing, one trailing newline."""
    record = MatrixJson(
        matrix_finding(found),
        found.counts,
        found.sections,
        tuple(_party(body) for body in found.bodies),
        tuple(row.clause for row in found.disagreed()),
        tuple(_line(row) for row in found.rows),
    )
    return _adapter().dump_json(record, indent=1, exclude_none=True) + b"\n"


def matrix_to_csv(found: Matrix) -> bytes:
    """The matrix for a spreadsheet: a line for each clause, a column for each body.

    It is UTF-8 with a byte order mark, by which spreadsheets know it. A cell that a spreadsheet
    would take for a formula has an apostrophe before it.
    """
    into = StringIO()
    write = csv.writer(into)
    titles = dict(found.sections)
    head = (
        "clause",
        "number",
        "section",
        "title",
        "wordings",
        *(body.name for body in found.bodies),
    )
    write.writerow([_safe(text) for text in head])
    for row in found.rows:
        first = (row.clause, row.number, titles[row.section], row.title, str(len(row.words)))
        write.writerow([_safe(text) for text in (*first, *(cell.words for cell in row.cells))])
    return into.getvalue().encode("utf-8-sig")


def matrix_schema() -> dict[str, object]:
    """The JSON Schema of what `compare --format json` writes."""
    return _adapter().json_schema()


@cache
def _adapter() -> TypeAdapter[MatrixJson]:
    return TypeAdapter(MatrixJson)


def _party(body: MatrixBody) -> BodyJson:
    return BodyJson(
        body.name,
        body.label,
        body.organisation,
        body.language,
        body.layers,
        body.library_digest,
        body.profile_digest,
        body.clauses,
        body.own,
        _rounded(body.from_model),
        _rounded(body.average),
        _other(body.nearest),
        _other(body.farthest),
    )


def _other(far: Neighbour | None) -> NeighbourJson | None:
    return NeighbourJson(far.body, _rounded(far.share)) if far else None


def _rounded(share: float) -> float:
    return round(share, 4)


def _line(row: MatrixRow) -> ClauseJson:
    wordings = tuple(
        VariantJson(
            w.letter,
            w.bodies,
            w.title.language,
            w.title.skeleton,
            {t.tier: t.wording.skeleton for t in w.tellings},
        )
        for w in row.words
    )
    cells = {cell: _entry(cell) for cell in dict.fromkeys(row.cells)}
    return ClauseJson(
        row.clause,
        row.number,
        row.section,
        row.title,
        _rounded(row.spread),
        wordings,
        tuple(cells[cell] for cell in row.cells),
    )


def _entry(cell: MatrixCell) -> CellJson:
    return CellJson(cell.kind.key, cell.letter or None, cell.act, cell.settings or None)


def _safe(text: str) -> str:
    """No spreadsheet runs a text that opens with an apostrophe."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
