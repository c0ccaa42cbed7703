"""A matrix as a page shows it: a report, and behind each row its wordings and notes."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.model.comparison.matrix import Matrix
from policygen.model.document import Blocks, Document, Inlines


@dataclass(frozen=True, slots=True)
class VariantWords:
    """One variant of a clause: its rule, with the names of facts where values would stand.

    The commonest stands whole. Of any other, `blocks` are only the paragraphs, lists and tables in
    which it differs from the commonest, with what is deleted and inserted; `title` stands if it
    differs, and `also` names the other tiers whose words differ.
    """

    letter: str
    bodies: int
    title: Inlines
    language: str  # BCP 47
    blocks: Blocks
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellNote:
    """What some bodies, by their indexes, did to a clause or set otherwise, in a sentence."""

    sentence: str
    bodies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RowDetails:
    """What stands behind one row of the matrix. A clause with one wording has no variants."""

    variants: tuple[VariantWords, ...]
    notes: tuple[CellNote, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The matrix with its report, and the details of each row, in the order of the rows."""

    document: Document
    matrix: Matrix
    details: tuple[RowDetails, ...]
