"""What other programs read in a DOCX: numbers, references and words, whole and in order.

Web systems take a DOCX in by such programs, and what these leave out is not on the web.
"""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import mammoth
import pytest
from docx2python import docx2python
from organisations import EVERYTHING, built, every, policies
from tools import outside_tool

from policygen.model.document import Block, Heading, Topic
from policygen.model.document.walk import heading, inner_blocks, plain, text_lines
from policygen.present.edition import present

pytestmark = pytest.mark.slow

TAG = re.compile(r"<[^<>]*>")
LINK = re.compile(r"</?a\b[^<>]*>")


def by_pandoc(path: Path) -> str:
    command = [outside_tool("pandoc"), "--from=docx", "--to=html", "--wrap=none", path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return without_tags(done.stdout)


def by_mammoth(path: Path) -> str:
    return without_tags(mammoth.convert_to_html(BytesIO(path.read_bytes())).value)


def by_docx2python(path: Path) -> str:
    with docx2python(path) as read:
        return LINK.sub("", read.text)


def by_python_docx(path: Path) -> str:
    """The paragraphs of the body; what a table holds is asked of the table."""
    return "\n".join(said(docx.Document(str(path))))


def said(holder: Any) -> Iterator[str]:
    for block in holder.iter_inner_content():
        if isinstance(block, docx.text.paragraph.Paragraph):
            yield block.text
        else:
            yield from (line for row in block.rows for cell in row.cells for line in said(cell))


def without_tags(page: str) -> str:
    return html.unescape(TAG.sub("", page))


def squeezed(text: str) -> str:
    return "".join(text.split())


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Every line that an edition prints, headings with their numbers, the facts of a topic after its words."""
    for block in blocks:
        match block:
            case Topic(facts=facts):
                yield from lines((heading(block), *block.blocks))
                yield from (plain(fact) for _, fact in facts)
            case Heading():
                yield f"{block.number} {plain(block.inlines)}"
            case _:
                yield from map(plain, text_lines(block))
                yield from lines(inner_blocks(block))


def unread(wanted: Iterable[str], read: str) -> list[str]:
    """The lines that are not read after those before them."""
    found, at, missing = squeezed(read), 0, []
    for line in map(squeezed, wanted):
        place = found.find(line, at)
        if place < 0:
            missing.append(line)
        else:
            at = place + len(line)
    return missing


READERS = [by_pandoc, by_mammoth, by_docx2python, by_python_docx]


@pytest.mark.parametrize("reader", READERS)
def test_each_edition_is_read_whole(reader: Callable[[Path], str], tmp_path: Path) -> None:
    """The policy by each, of the others half by turns; in `make audit` all by all."""
    for turn, (organisation, edition) in enumerate(every()):
        is_its_turn = EVERYTHING or edition == "policy" or (turn + READERS.index(reader)) % 2 == 0
        if organisation != "fenwick" or not is_its_turn:
            continue
        path = tmp_path / f"{edition}.docx"
        path.write_bytes(built(organisation, edition, "docx")[0].data)
        wanted = list(lines(present(policies(organisation)[0], edition).body))
        assert len(wanted) > 10
        assert (edition, unread(wanted, reader(path))) == (edition, [])
