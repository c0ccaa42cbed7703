"""A comment form as rows of cells, the same in Word, in a workbook and in CSV."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormRow:
    """What somebody wrote beside one clause: a comment, words that they would rather see."""

    clause: str
    comment: str
    wording: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that came back. `body` is "" for somebody who speaks for nobody else."""

    reference: str  # fenwick@0.9
    name: str
    body: str
    rows: tuple[FormRow, ...]
