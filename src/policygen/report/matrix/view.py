"""Matrix -> MatrixView: the report, and behind each row what its page shows.

That is the rule of its variants, and what bodies did to the clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from policygen.diff.blocks import changed_blocks
from policygen.markdown import prose
from policygen.model.comparison.matrix import (
    CellEdit,
    Matrix,
    MatrixRow,
    UncommonValue,
    Variant,
)
from policygen.model.comparison.matrix_view import (
    CellNote,
    MatrixView,
    RowDetails,
    VariantWords,
)
from policygen.model.document import Blocks, Inlines
from policygen.model.wording import Loop, Piece, Printed, Wording
from policygen.report import sentences
from policygen.report.matrix.document import matrix_report

_MOST = 20  # lines of a list: the matrix itself has all


def matrix_view(matrix: Matrix) -> MatrixView:
    """Return the matrix as a page shows it, to be filtered and clicked on."""
    details = tuple(
        RowDetails(tuple(_variants(row, matrix)), cell_notes(row, matrix)) for row in matrix.rows
    )
    return MatrixView(matrix_report(matrix, most=_MOST), matrix, details)


def cell_notes(row: MatrixRow, matrix: Matrix) -> tuple[CellNote, ...]:
    """Return who edited the clause or took it out, and why; then the values that are uncommon.

    What several bodies did or set alike is one note, with the columns of all of them.
    """
    edits: dict[CellEdit, list[int]] = {}
    values: dict[str, list[int]] = {}
    for column, cell in enumerate(row.cells):
        if cell.act:
            edits.setdefault(_what_was_done(cell.act), []).append(column)
        for uncommon in cell.settings:
            values.setdefault(_value_sentence(uncommon, matrix), []).append(column)
    return (
        *(CellNote(_edit_sentence(row, columns), tuple(columns)) for columns in edits.values()),
        *(
            CellNote(f"{_whose(columns, matrix)}: {sentence}", tuple(columns))
            for sentence, columns in values.items()
        ),
    )


def _what_was_done(edit: CellEdit) -> CellEdit:
    """Return an edit without what is another in each body: its name, and where the edit stands."""
    return replace(edit, title="", place="")


def _edit_sentence(row: MatrixRow, columns: Sequence[int]) -> str:
    """Return what one body did, or several did alike, and why."""
    edit = row.cells[columns[0]].act
    assert edit
    if len(columns) == 1:
        return sentences.edit_sentence(edit)
    return sentences.edit_sentence_of_many(edit, len(columns))


def _whose(columns: Sequence[int], matrix: Matrix) -> str:
    many = len(columns) > 1
    return f"{len(columns)} organisations" if many else matrix.bodies[columns[0]].name


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
    """Yield each wording of a clause that has several: the commonest, and how others differ."""
    if len(row.words) < 2:
        return
    commonest, *others = row.words
    title, blocks = _title(commonest, matrix), _rule(commonest, matrix)
    language = commonest.title.language
    yield VariantWords(commonest.letter, commonest.bodies, title, language, blocks)
    for variant in others:
        other_title = _title(variant, matrix)
        yield VariantWords(
            variant.letter,
            variant.bodies,
            other_title if other_title != title else (),
            variant.title.language,
            tuple(changed_blocks(blocks, _rule(variant, matrix))),
            tuple(_other_tiers(commonest, variant, matrix)),
        )


def _title(variant: Variant, matrix: Matrix) -> Inlines:
    return prose.parse_inlines(_with_fact_names(variant.title, matrix.commitment_names))


def _rule(variant: Variant, matrix: Matrix) -> Blocks:
    """Return a variant's words in the tier in which every clause is told."""
    wording = variant.telling(matrix.required_tier)
    if wording is None:
        return ()
    return prose.parse_blocks(_with_fact_names(wording, matrix.commitment_names), matrix.labels)


def _other_tiers(commonest: Variant, variant: Variant, matrix: Matrix) -> Iterator[str]:
    """Yield the headings of the other tiers in which a variant has other words."""
    for tier, heading in matrix.tiers:
        if tier != matrix.required_tier and _skeleton(commonest, tier) != _skeleton(variant, tier):
            yield heading


def _skeleton(variant: Variant, tier: str) -> str:
    wording = variant.telling(tier)
    return wording.skeleton if wording else ""


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
