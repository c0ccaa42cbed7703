"""Matrix -> JSON for other programs, with a schema of its own, and CSV for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
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
    Variant,
)
from policygen.report.matrix.document import matrix_finding
from policygen.write.sheet.csv_file import csv_bytes

_NO_CLAUSES = b'"clauses": []'  # within a text, quotes have a stroke before them
_WITHIN_CLAUSES = b"\n  "  # the end of a line there; a text holds none
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


def matrix_to_json(found: Matrix) -> Iterator[bytes]:
    """The matrix as JSON: UTF-8, indented, without keys that hold nothing, one trailing newline.

    It comes piece by piece: of ten thousand bodies it is hundreds of megabytes.
    """
    record = MatrixJson(
        finding=matrix_finding(found),
        counts=found.counts,
        sections=found.sections,
        bodies=tuple(map(_body_json, found.bodies)),
        disagreed=tuple(row.clause for row in found.disagreed()),
        clauses=(),
    )
    without_rows = _adapter().dump_json(record, indent=1, exclude_none=True)
    before, _, after = without_rows.rpartition(_NO_CLAUSES)
    yield before + _NO_CLAUSES[:-1]
    clause = TypeAdapter(ClauseJson)
    for row in found.rows:
        data = clause.dump_json(_clause_json(row), indent=1, exclude_none=True)
        comma = b"," if row is not found.rows[0] else b""
        yield comma + _WITHIN_CLAUSES + data.replace(b"\n", _WITHIN_CLAUSES)
    yield (b"\n " if found.rows else b"") + _NO_CLAUSES[-1:] + after + b"\n"


def matrix_to_csv(found: Matrix) -> bytes:
    """The matrix for a spreadsheet: a line for each clause, a column for each body.

    It is UTF-8 with a byte order mark, by which spreadsheets know it. A cell that a spreadsheet
    would take for a formula has an apostrophe before it.
    """
    titles = dict(found.sections)
    bodies = (body.name for body in found.bodies)
    head = ("clause", "number", "section", "title", "wordings", *bodies)
    rows = (
        (
            row.clause,
            row.number,
            titles[row.section],
            row.title,
            str(len(row.words)),
            *(cell.words for cell in row.cells),
        )
        for row in found.rows
    )
    return csv_bytes((head, *rows))


def matrix_schema() -> dict[str, object]:
    """The JSON Schema of what `compare --format json` writes."""
    return _adapter().json_schema()


@cache
def _adapter() -> TypeAdapter[MatrixJson]:
    return TypeAdapter(MatrixJson)


def _body_json(body: MatrixBody) -> BodyJson:
    return BodyJson(
        name=body.name,
        label=body.label,
        organisation=body.organisation,
        language=body.language,
        layers=body.layers,
        library_digest=body.library_digest,
        profile_digest=body.profile_digest,
        clauses=body.clauses,
        own=body.own,
        from_model=_rounded(body.from_model),
        average=_rounded(body.average),
        nearest=_neighbour_json(body.nearest),
        farthest=_neighbour_json(body.farthest),
    )


def _neighbour_json(neighbour: Neighbour | None) -> NeighbourJson | None:
    return NeighbourJson(neighbour.body, _rounded(neighbour.share)) if neighbour else None


def _rounded(share: float) -> float:
    return round(share, 4)


def _clause_json(row: MatrixRow) -> ClauseJson:
    cells = {cell: _cell_json(cell) for cell in set(row.cells)}  # most bodies share one
    return ClauseJson(
        clause=row.clause,
        number=row.number,
        section=row.section,
        title=row.title,
        spread=_rounded(row.spread),
        wordings=tuple(map(_variant_json, row.words)),
        cells=tuple(cells[cell] for cell in row.cells),
    )


def _variant_json(variant: Variant) -> VariantJson:
    return VariantJson(
        letter=variant.letter,
        bodies=variant.bodies,
        language=variant.title.language,
        title=variant.title.skeleton,
        tellings={telling.tier: telling.wording.skeleton for telling in variant.tellings},
    )


def _cell_json(cell: MatrixCell) -> CellJson:
    return CellJson(
        kind=cell.kind.key,
        letter=cell.letter or None,
        by=cell.act,
        settings=cell.settings or None,
    )
