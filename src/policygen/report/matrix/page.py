"""What stands behind the cells of a matrix: the words of each wording, once, and what a body did to it and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policygen.markdown import prose
from policygen.model.matrix import Matrix, MatrixRow, UncommonValue
from policygen.model.policy import Loop, Piece, Printed, Wording
from policygen.report import sentences
from policygen.report.matrix.document import matrix_report
from policygen.write.html import matrix as html_matrix
from policygen.write.html.matrix import MatrixWording, Note


def page(found: Matrix) -> bytes:
    """The matrix as one file of HTML, to be filtered and clicked on."""
    behind = ((tuple(wordings(row, found)), notes(row)) for row in found.rows)
    return html_matrix.write(matrix_report(found), found, behind)


def wordings(row: MatrixRow, found: Matrix) -> Iterator[MatrixWording]:
    """The words of a clause, the commonest first."""
    headings = dict(found.tiers)
    for words in row.words:
        tellings = tuple(
            (
                headings.get(t.tier, t.tier),
                t.wording.language,
                prose.blocks(_named(t.wording), found.labels),
            )
            for t in words.tellings
        )
        yield MatrixWording(
            words.letter, words.bodies, prose.inlines(_named(words.title)), tellings
        )


def notes(row: MatrixRow) -> tuple[Note, ...]:
    """Who edited the clause or took it out, and why; what is set otherwise than the commonest."""
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(row.cells):
        if cell.act:
            found.setdefault(sentences.edit_sentence(cell.act), []).append(place)
        for one in cell.settings:
            found.setdefault(_set(one), []).append(place)
    return tuple(Note(sentence, tuple(places)) for sentence, places in found.items())


def _set(one: UncommonValue) -> str:
    value, usual = sentences.value_text(one.value), sentences.value_text(one.usual)
    if not one.usual:
        told = f"{value}; no two bodies share one"
    else:
        told = (
            f"{value}; the commonest is {usual}"
            if value != usual
            else f"{value} than the commonest"
        )
    return f"{sentences.fact_title(one.fact)}: {told}."


def _named(wording: Wording) -> Wording:
    """The wording with the names of its facts where their values stood."""
    return replace(wording, pieces=tuple(_fact(piece) for piece in wording.pieces))


def _fact(piece: Piece) -> Piece:
    if isinstance(piece, str):
        return piece
    path = piece.over if isinstance(piece, Loop) else piece.fact
    label = sentences.fact_title(path)
    return Printed(path, f"[{label[:1].lower() + label[1:]}]")
