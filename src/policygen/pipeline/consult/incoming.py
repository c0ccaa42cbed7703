"""One file that came back -> what it says, by whom: a Word copy, or a form of any kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from policygen.load.consultation.form import form_number, read_form
from policygen.load.files import given_file
from policygen.load.returned.package.open import open_returned_bytes
from policygen.load.returned.package.refusal import COPY_LIMIT
from policygen.load.spreadsheet.csv_file import csv_grid
from policygen.load.spreadsheet.docx import docx_grid
from policygen.load.spreadsheet.refusal import FILE_LIMIT
from policygen.load.spreadsheet.xlsx import is_workbook, xlsx_grid
from policygen.model.consultation.form import FilledForm
from policygen.model.consultation.record import WHOLE_POLICY, ResponseKind
from policygen.model.given_file import GivenFile
from policygen.model.office_file.spreadsheet import Grid
from policygen.model.returned.copy import ReturnedComment
from policygen.model.review.review import FactEdit, PlacedComment, Review
from policygen.pipeline.consult.sent import SentRelease, wrong_version
from policygen.problems import PolicygenError
from policygen.review.collation.respondents import is_named


@dataclass(frozen=True, slots=True)
class IncomingResponse:
    """What somebody said or changed, before anybody has an id; `author` is "" for the sender."""

    author: str
    clause: str
    kind: ResponseKind
    date: str = ""
    before: str = ""
    after: str = ""
    said: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file with all that it says. `sender` is who filled it in, or the only author in it, or "".

    `body` is whom a form says that it speaks for, "" for nobody; a Word copy cannot say: None.
    `losses` is how many things stand in it that no policy can hold.
    """

    given: GivenFile
    responses: tuple[IncomingResponse, ...]
    sender: str = ""
    body: str | None = None
    losses: int = 0


def read_incoming(source: Path | GivenFile, sent: SentRelease) -> IncomingFile:
    """Read one file. Raises PolicygenError for one that is not sound, or not of this release."""
    ending = PurePath(source.name).suffix.lower()
    is_text = ending in (".csv", ".tsv", ".txt")
    file = given_file(source, FILE_LIMIT if is_text else COPY_LIMIT)
    if is_text:
        return _form(file, csv_grid(file.data, file.shown), sent)
    if ending in (".xlsx", ".xlsm") or is_workbook(file.data):
        return _form(file, xlsx_grid(file.data, file.shown), sent)
    word = open_returned_bytes(file.data, file.shown)
    if word.imprint is None and form_number(grid := docx_grid(word)):
        return _form(file, grid, sent)
    return _copy(file, sent.review(word))


# --- A form ---------------------------------------------------------------------------------------


def _form(file: GivenFile, grid: Grid, sent: SentRelease) -> IncomingFile:
    number = form_number(grid)
    wanted = f"{sent.organisation}@{sent.version}"
    if number != wanted:
        of = f"is the form of {number}" if number else "bears no form's number"
        raise PolicygenError(
            [wrong_version(f"This {of}; out for comment is {wanted}.", file.shown)]
        )
    form = read_form(grid, sent.forms, sent.clauses, file.shown)
    return IncomingFile(file, tuple(_of_form(form)), form.name, form.body)


def _of_form(form: FilledForm) -> Iterator[IncomingResponse]:
    for row in form.rows:
        if row.comment:
            yield IncomingResponse("", row.clause, ResponseKind.COMMENT, said=row.comment)
        if row.wording:
            yield IncomingResponse("", row.clause, ResponseKind.PROPOSAL, after=row.wording)


# --- A Word copy ----------------------------------------------------------------------------------


def _copy(file: GivenFile, review: Review) -> IncomingFile:
    responses = tuple(_of_copy(review))
    authors = {one.author for one in responses if is_named(one.author)}
    sender = authors.pop() if len(authors) == 1 else ""
    return IncomingFile(file, responses, sender, losses=len(review.losses))


def _of_copy(review: Review) -> Iterator[IncomingResponse]:
    for edit in review.edits:
        yield IncomingResponse(
            edit.hand.author,
            edit.place or WHOLE_POLICY,
            ResponseKind(edit.kind.value),
            edit.hand.date,
            edit.before,
            edit.after,
        )
    yield from map(_of_value, review.fact_edits)
    for comment in review.comments:
        yield from _of_comment(comment)


def _of_value(edit: FactEdit) -> IncomingResponse:
    return IncomingResponse(
        edit.hand.author,
        edit.places[0],
        ResponseKind.VALUE,
        edit.hand.date,
        edit.before,
        edit.after,
        fact=edit.path,
    )


def _of_comment(placed: PlacedComment) -> Iterator[IncomingResponse]:
    """Yield a comment and each reply to it."""
    place, words = placed.place or WHOLE_POLICY, placed.comment.words

    def said(comment: ReturnedComment) -> Iterator[IncomingResponse]:
        yield IncomingResponse(
            comment.author, place, ResponseKind.COMMENT, comment.date, words, said=comment.text
        )
        for reply in comment.replies:
            yield from said(reply)

    yield from said(placed.comment)
