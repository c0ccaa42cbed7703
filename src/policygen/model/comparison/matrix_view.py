"""A matrix as a page shows it: a report, and behind each row its wordings and notes."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.model.comparison.matrix import Matrix
from policygen.model.document import Blocks, Document, Inlines


@dataclass(frozen=True, slots=True)
class TierWords:
    """The words of a clause in one tier: its heading, language (BCP 47) and blocks."""

    heading: str
    language: str
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class VariantWords:
    """One variant of a clause in full, with the names of facts where values would stand."""

    letter: str
    bodies: int
    title: Inlines
    tiers: tuple[TierWords, ...]


@dataclass(frozen=True, slots=True)
class CellNote:
    """What some bodies, by their indexes, did to a clause or set otherwise, in a sentence."""

    sentence: str
    bodies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RowDetails:
    """What stands behind one row of the matrix."""

    variants: tuple[VariantWords, ...]
    notes: tuple[CellNote, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The matrix with its report, and the details of each row, in the order of the rows."""

    document: Document
    matrix: Matrix
    details: tuple[RowDetails, ...]
