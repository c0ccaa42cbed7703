"""Files that are no policy, or that mean harm: a Problem, within bounds of time and memory, never a traceback."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from time import process_time
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pytest
from hostile_copies import deep
from hypothesis import given, settings
from hypothesis import strategies as st

from policygen.load.existing.pdf import pieces
from policygen.load.existing.read import parse_existing
from policygen.problems import PolicygenError

MOST_SECONDS = 8  # of a processor; each takes far less


def zipped(*files: tuple[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return made.getvalue()


def pdf_of(pages: int, content: bytes = b"", **more: str) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        for page in pdf.pages if content else ():
            page.Contents = pdf.make_stream(content)
            name = pikepdf.Name
            font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        saved = BytesIO()
        if more:
            pdf.save(saved, encryption=pikepdf.Encryption(R=4, aes=False, metadata=False, **more))
        else:
            pdf.save(saved)
    return saved.getvalue()


def nested_forms() -> bytes:
    """Ten forms, each drawn ten times by the one above: ten thousand million letters."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        form = pdf.make_stream(b"BT (a) Tj ET")
        for _ in range(10):
            form.Type, form.Subtype, form.BBox = (
                pikepdf.Name.XObject,
                pikepdf.Name.Form,
                [0, 0, 9, 9],
            )
            above = pdf.make_stream(b"/F Do " * 10)
            above.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
            form = above
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 9, 9]
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        pdf.pages[0].Contents = pdf.make_stream(b"/F Do")
        saved = BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def inflating_pdf() -> bytes:
    """A page of fifty megabytes of spaces."""
    packed = zlib.compress(b" " * 50_000_000)
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)
        saved = BytesIO()
        pdf.save(saved, compress_streams=False)
    return saved.getvalue()


CASES: dict[str, tuple[Callable[[], bytes], str, str, str]] = {
    "an empty file": (lambda: b"", "a.txt", "PG681", "No words"),
    "numbers alone": (lambda: b"1 2 3\n\n4", "a.txt", "PG681", "No words"),
    "a picture": (lambda: b"\x89PNG\r\n\0\0", "a.png", "PG680", "no text"),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.doc", "PG680", "old Word"),
    "rich text": (lambda: b"{\\rtf1 words}", "a.rtf", "PG680", "RTF"),
    "a ZIP file": (lambda: zipped(("a.txt", b"x")), "a.docx", "PG670", "ZIP"),
    "a zip bomb": (
        lambda: zipped(("[Content_Types].xml", b" " * 61_000_000)),
        "a.docx",
        "PG671",
        "60 MB",
    ),
    "scanned pages": (lambda: pdf_of(3), "a.pdf", "PG681", "scanned"),
    "a scanned page": (lambda: pdf_of(1), "a.pdf", "PG681", "on its only page"),
    "half a PDF": (lambda: pdf_of(2)[:300], "a.pdf", "PG682", "broken"),
    "a locked PDF": (lambda: pdf_of(1, owner="a", user="b"), "a.pdf", "PG682", "password"),
    "a PDF of many pages": (lambda: pdf_of(301), "a.pdf", "PG682", "300 pages"),
    "a PDF that inflates": (inflating_pdf, "a.pdf", "PG68", ""),
    "forms within forms": (nested_forms, "a.pdf", "PG68", ""),
    "a PDF of many operations": (lambda: pdf_of(1, b"q Q " * 260_000), "a.pdf", "PG68", ""),
    "much text": (lambda: b"a " * 2_000_000, "a.txt", "PG682", "3,000,000"),
    "many paragraphs": (lambda: b"Words here.\n\n" * 4_000, "a.txt", "PG682", "3,000 paragraphs"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_no_policy_is_refused(name: str) -> None:
    make, file, code, words = CASES[name]
    data = make()
    start = process_time()
    with pytest.raises(PolicygenError) as caught:
        parse_existing(data, file, file)
    assert process_time() - start < MOST_SECONDS
    (problem,) = caught.value.problems
    assert problem.code.startswith(code)
    assert words in problem.what
    assert problem.location.path == file


def test_what_is_drawn_is_counted_over_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_MOST_OPERATIONS", 20_000)
    page = b"BT /F 12 Tf 72 400 Td (words) Tj ET " * 1_200  # 6,000 operations
    parse_existing(pdf_of(3, page), "a.pdf", "a.pdf")
    with pytest.raises(PolicygenError, match="draws more than any policy"):
        parse_existing(pdf_of(4, page), "a.pdf", "a.pdf")


SLOW_TO_READ = {
    "brackets": ("a.md", b"[" * 200_000),
    "stars": ("a.md", b"*a _b " * 60_000),
    "a deep list": ("a.md", b"".join(b" " * n + b"- a\n" for n in range(400))),
    "deep tags": ("a.html", b"<div>" * 50_000 + b"words"),
    "open tables": ("a.html", b"<table><tr><td>a" * 20_000),
    "one long line": ("a.txt", b"word " * 500_000),
    "spaces": ("a.txt", b"a" + b" " * 1_000_000 + b"b"),
    "setext": ("a.md", b"a\n" * 200_000 + b"===\n"),
}


@pytest.mark.parametrize("name", SLOW_TO_READ)
def test_what_is_slow_to_read_is_read_in_time(name: str) -> None:
    file, data = SLOW_TO_READ[name]
    start = process_time()
    with suppress(PolicygenError):
        parse_existing(data, file, file)
    assert process_time() - start < MOST_SECONDS


PDF = pdf_of(1, b"BT /F 12 Tf (words) Tj ET")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(PDF) - 1), st.binary(min_size=1, max_size=4)), max_size=6)
)
def test_a_damaged_pdf_is_a_problem_or_is_read(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(PDF)
    for at, new in changes:
        data[at : at + len(new)] = new
    with pytest.raises(PolicygenError):  # it has too few words to be a policy, broken or not
        parse_existing(bytes(data), "a.pdf", "a.pdf")


@pytest.mark.parametrize("depth", [200, 1_000])
def test_a_deep_word_file_is_a_problem_or_is_read(depth: int) -> None:
    with suppress(PolicygenError):
        assert len(parse_existing(deep(depth), "a.docx", "a.docx").passages) > 20
