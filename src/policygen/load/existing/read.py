"""A file of an existing policy -> ExistingPolicy: told by what it holds, and read by one reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from policygen.load.existing.assemble import PASSAGE_LIMIT, passages_of
from policygen.load.existing.lines import ExistingLine
from policygen.load.files import display_path, given_file, normalise_text
from policygen.model.existing.policy import ExistingPolicy
from policygen.model.given_file import GivenFile
from policygen.model.office_file.form import form_of_file, is_locked
from policygen.problems import Location, PolicygenError, Problem

EXISTING_LIMIT = 50_000_000  # bytes of a file; policies come with pictures
_MOST_LINES = 200_000  # of a file; what follows makes too many passages anyway
_TEXT_LIMIT = 3_000_000  # of a file that is text throughout
_FORMS = "Give the policy as a Word file (.docx), a PDF, a web page, Markdown or plain text."
_AS_DOCX = "Open it in the program that made it, save it as .docx, and name that file."
_SCANNED = (
    "If it was scanned, ask for the file that was printed, or run text recognition over it first."
)
_MARKDOWN = (".md", ".markdown", ".mdown")
_HTML = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<main", b"<article", b"<div")


def read_existing(source: Path | GivenFile) -> ExistingPolicy:
    """Read a policy that a body has. Raises PolicygenError for what is none, or cannot be read."""
    if isinstance(source, Path) and source.is_dir():
        shown = display_path(source)
        raise _refused(f"{shown} is a folder.", _FORMS, shown, "PG680")
    file = given_file(source, EXISTING_LIMIT)
    return parse_existing(file.data, file.name, file.shown)


def parse_existing(data: bytes, name: str, shown: str) -> ExistingPolicy:
    """Read the bytes of a file by its name; `shown` is what Problems call it."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    title = Path(name).stem.replace("_", " ").replace("-", " ").strip()
    reader: Callable[[bytes, str], tuple[str, str, Iterable[ExistingLine]]]
    if data.startswith(b"PK"):
        reader = _word
    elif b"%pdf-" in start:
        reader = _pdf
    elif start.startswith(_HTML) or Path(name).suffix.lower() in (".html", ".htm", ".xhtml"):
        reader = _html
    else:
        reader = _markdown if Path(name).suffix.lower() in _MARKDOWN else _text
    form, own_title, lines = reader(data, shown)
    read = list(islice(lines, _MOST_LINES))
    passages = passages_of(read)
    if read and read[0].level:
        own_title = own_title or " ".join(read[0].text.split())
    if not passages:
        what = "No words are in this file that could be read."
        raise _refused(what, _SCANNED if form.startswith("a PDF") else _FORMS, shown, "PG681")
    if len(passages) > PASSAGE_LIMIT:
        what = f"This file has more than {PASSAGE_LIMIT:,} paragraphs."
        raise _refused(what, "Give the policy alone, without what is bound with it.", shown)
    return ExistingPolicy(shown, name, form, own_title or title, passages)


def _word(data: bytes, shown: str) -> tuple[str, str, Iterable[ExistingLine]]:
    from policygen.load.existing.docx import docx_lines
    from policygen.load.returned.package.open import as_error, open_returned_bytes
    from policygen.load.returned.package.refusal import Refusal

    file = open_returned_bytes(data, shown)
    try:
        return "a Word file", "", list(docx_lines(file))
    except Refusal as refusal:
        raise as_error(refusal, shown) from None


def _pdf(data: bytes, shown: str) -> tuple[str, str, Iterable[ExistingLine]]:
    from policygen.load.existing.pdf.read import pdf_lines

    return pdf_lines(data, shown)


def _html(data: bytes, shown: str) -> tuple[str, str, Iterable[ExistingLine]]:
    from policygen.load.existing.html import TooManyElements, html_lines, html_title, parse_html

    _check_size(data, shown)
    root = parse_html(data)
    if root is None:
        return "a web page", "", ()
    try:
        return "a web page", html_title(root), list(html_lines(root))
    except TooManyElements:
        raise _refused("This page is too large.", _FORMS, shown) from None


def _markdown(data: bytes, shown: str) -> tuple[str, str, Iterable[ExistingLine]]:
    from policygen.load.existing.text import lines_of_markdown

    return "a Markdown file", "", lines_of_markdown(_decoded(data, shown))


def _text(data: bytes, shown: str) -> tuple[str, str, Iterable[ExistingLine]]:
    from policygen.load.existing.text import lines_of_text

    return "a text file", "", lines_of_text(_decoded(data, shown))


def _decoded(data: bytes, shown: str) -> str:
    """Return a text in UTF-8, UTF-16 with its mark, or as Windows wrote it."""
    _check_size(data, shown)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return normalise_text(data.decode("utf-16", "replace"))
    if b"\0" in data or is_locked(data) or data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        form = form_of_file(data)
        named = "no text" if form == "no Word file" else form
        what = f"This file is not of a form that is read: it is {named}."
        raise _refused(what, _AS_DOCX if named != "no text" else _FORMS, shown, "PG680")
    try:
        return normalise_text(data.decode())
    except UnicodeDecodeError:
        return normalise_text(data.decode("cp1252", "replace"))


def _check_size(data: bytes, shown: str) -> None:
    if len(data) > _TEXT_LIMIT:
        what = f"This file has more than {_TEXT_LIMIT:,} bytes of text."
        raise _refused(what, "Check that it is the one you mean.", shown)


def _refused(what: str, mend: str, shown: str, code: str = "PG682") -> PolicygenError:
    return PolicygenError([Problem(what, mend, Location(shown), code=code)])
