"""Matrix -> MatrixView: the report, and behind each row what its page shows.

That is the words of its variants, and what bodies did to the clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from policygen.markdown import prose
from policygen.model.comparison.matrix import Matrix, MatrixCell, MatrixRow, UncommonValue, Variant
from policygen.model.comparison.matrix_view import (
    CellNote,
    MatrixView,
    RowDetails,
    TierWords,
    VariantWords,
)
from policygen.model.wording import Loop, Piece, Printed, Wording
from policygen.report import sentences
from policygen.report.matrix.document import matrix_report


def matrix_view(matrix: Matrix) -> MatrixView:
    """Return the matrix as a page shows it, to be filtered and clicked on."""
    details = tuple(
        RowDetails(tuple(_variants(row, matrix)), cell_notes(row, matrix)) for row in matrix.rows
    )
    return MatrixView(matrix_report(matrix), matrix, details)


def cell_notes(row: MatrixRow, matrix: Matrix) -> tuple[CellNote, ...]:
    """Return who edited the clause or took it out, and why; then the values that are uncommon.

    Each note has the columns of the bodies that it is about.
    """
    columns: dict[str, list[int]] = {}
    for column, cell in enumerate(row.cells):
        for sentence in _cell_sentences(cell, matrix):
            columns.setdefault(sentence, []).append(column)
    return tuple(CellNote(sentence, tuple(numbers)) for sentence, numbers in columns.items())


def _cell_sentences(cell: MatrixCell, matrix: Matrix) -> Iterator[str]:
    if cell.act:
        yield sentences.edit_sentence(cell.act)
    for uncommon in cell.settings:
        yield _value_sentence(uncommon, matrix)


def _value_sentence(uncommon: UncommonValue, matrix: Matrix) -> str:
    is_list = uncommon.fact in matrix.list_facts
    value = sentences.value_text(uncommon.value, is_list=is_list)
    usual = sentences.value_text(uncommon.usual, is_list=is_list)
    fact = sentences.fact_title(uncommon.fact, matrix.commitment_names.get(uncommon.fact, ""))
    if not uncommon.usual:
        return f"{fact}: {value}; no two bodies share one."
    if value == usual:  # both are lists
        return f"{fact}: {value} than the commonest."
    return f"{fact}: {value}; the commonest is {usual}."


def _variants(row: MatrixRow, matrix: Matrix) -> Iterator[VariantWords]:
    """Yield each wording of a clause, the commonest first."""
    headings = dict(matrix.tiers)
    for variant in row.words:
        title = prose.parse_inlines(_with_fact_names(variant.title, matrix.commitment_names))
        tiers = tuple(_tiers(variant, headings, matrix))
        yield VariantWords(variant.letter, variant.bodies, title, tiers)


def _tiers(variant: Variant, headings: Mapping[str, str], matrix: Matrix) -> Iterator[TierWords]:
    for telling in variant.tellings:
        heading = headings.get(telling.tier, telling.tier)
        wording = _with_fact_names(telling.wording, matrix.commitment_names)
        blocks = prose.parse_blocks(wording, matrix.labels)
        yield TierWords(heading, telling.wording.language, blocks)


def _with_fact_names(wording: Wording, commitment_names: Mapping[str, str]) -> Wording:
    """Return the wording with the names of its facts where their values stood."""
    pieces = tuple(_fact_name(piece, commitment_names) for piece in wording.pieces)
    return replace(wording, pieces=pieces)


def _fact_name(piece: Piece, commitment_names: Mapping[str, str]) -> Piece:
    if isinstance(piece, str):
        return piece
    path = piece.over if isinstance(piece, Loop) else piece.fact
    label = sentences.fact_title(path, commitment_names.get(path, ""))
    return Printed(path, f"[{label[:1].lower() + label[1:]}]")
