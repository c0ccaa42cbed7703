"""A stranger's file is refused with a reason, or read within bounds; never with a traceback, and never for long."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from copies import DOCUMENT, printed, repacked
from copies import read as read_copy
from hostile_copies import CASE, CASES, bomb, deep
from organisations import EVERYTHING
from test_tracked_changes import CASE as FULL
from test_tracked_changes import p, run, told_as

from policygen.load.returned.package.open import open_returned
from policygen.problems import PolicygenError

PATIENCE = 10  # seconds of the processor, for the largest file that is read at all
SOON = PATIENCE if EVERYTHING else 3  # for what grows with its length, and is shorter here


@pytest.mark.parametrize(("make", "code", "words"), CASES.values(), ids=CASES)
def test_a_file_that_is_no_sound_copy_is_refused(
    make: Callable[[], bytes], code: str, words: str
) -> None:
    data = make()
    begun = time.process_time()
    with pytest.raises(PolicygenError) as error:
        read_copy(data, CASE)
    (problem,) = error.value.problems
    assert problem.code == code
    assert words in problem.what
    assert problem.mend
    assert problem.location.path == "copy.docx"
    assert time.process_time() - begun < PATIENCE


def test_what_is_no_words_is_not_unpacked() -> None:
    """A bomb among the pictures harms nobody."""
    copy = read_copy(bomb("word/media/huge.png"), CASE)
    assert len(copy.parts) == len(read_copy(printed(CASE), CASE).parts)


def test_as_deep_as_any_document_is_read() -> None:
    assert read_copy(deep(100), CASE).parts


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(PolicygenError) as error:
            open_returned(path)
        assert [problem.code for problem in error.value.problems] == ["PG501"]


MOST = 50_000 if EVERYTHING else 20_000  # paragraphs
MANY = {
    "paragraphs": "<w:p><w:r><w:t>x</w:t></w:r></w:p>" * MOST,
    "headings": '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>Some heading</w:t></w:r></w:p>'
    * (MOST // 5),
    "fields that are open": "<w:p>"
    + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * (MOST // 2)
    + "</w:p>",
    "comments that are open": "<w:p>"
    + "".join(f'<w:commentRangeStart w:id="{n}"/><w:r><w:t>x</w:t></w:r>' for n in range(10_000))
    + "</w:p>",
    "changes": "<w:p>"
    + "".join(
        f'<w:ins w:id="{n}" w:author="a{n}"><w:r><w:t>x</w:t></w:r></w:ins>' for n in range(10_000)
    )
    + "</w:p>",
    "items ever deeper": "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
        for n in range(3_000)
    ),
    "columns": "<w:tbl><w:tr>"
    + '<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>'
    * 2_000
    + "</w:tr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
}


@pytest.mark.slow
@pytest.mark.parametrize("blocks", MANY.values(), ids=MANY)
def test_much_of_anything_is_read_soon(blocks: str) -> None:
    def change(old: bytes) -> bytes:
        return old.replace(b"<w:sectPr", blocks.encode() + b"<w:sectPr", 1)

    data = repacked(printed(CASE), {DOCUMENT: change})
    begun = time.process_time()
    copy = read_copy(data, CASE)
    for part in copy.parts:
        assert part.after is not None
        assert part.changes is not None
    assert time.process_time() - begun < SOON


def test_a_style_that_is_based_on_itself_ends() -> None:
    circle = b'<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="q"/><w:basedOn w:val="Q"/></w:style></w:styles>'
    data = repacked(
        told_as(p(run("x")).replace("BodyText", "Q")),
        {"word/styles.xml": lambda old: old.replace(b"</w:styles>", circle)},
    )
    assert read_copy(data, FULL).parts
