"""Copies that come back: our own documents, saved or changed by other programs, and what was sent."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from organisations import built, once, policies
from tools import outside_tool

from policygen.load.returned.package.open import open_returned_bytes
from policygen.load.returned.reader import read_returned
from policygen.model import document as doc
from policygen.model.document.walk import inner_blocks, plain, text_lines
from policygen.model.returned.copy import PartKind, ReturnedCopy, ReturnedPart
from policygen.model.returned.known import KnownPart, known_parts
from policygen.present.edition import present

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACES = {"w": W[1:-1]}
DOCUMENT = "word/document.xml"
TEXT = 'xml:space="preserve"'
Case = tuple[str, str]
CASES: list[Case] = [
    (organisation, edition)
    for organisation in ("fenwick", "little-marden", "rauporoa")
    for edition in ("full-story", "policy", "snapshot", "overview")
]


@cache
def sent(case: Case) -> doc.Document:
    return present(policies(case[0])[0], case[1])


def printed(case: Case) -> bytes:
    """The DOCX of an edition, in the organisation's first language."""
    return built(*case, "docx")[0].data


def read(data: bytes, case: Case) -> ReturnedCopy:
    return read_returned(open_returned_bytes(data, "copy.docx"), sent(case))


def clauses(case: Case) -> list[KnownPart]:
    return [part for part in known_parts(sent(case)) if part.kind is PartKind.CLAUSE]


def clause(copy: ReturnedCopy, id: str) -> ReturnedPart:
    (part,) = copy.of_clause(id)
    return part


# --- Words ------------------------------------------------------------------------------------------------


def words(blocks: Iterable[doc.Block]) -> str:
    """All words of blocks without space: of a poster's list and table, where a mark or number may stand between them."""
    return "".join("".join(lines(blocks)).split())


def inlines(block: doc.Block) -> doc.Inlines:
    """What a paragraph or a heading says; any other block fails the test."""
    assert isinstance(block, doc.Paragraph | doc.Heading)
    return block.inlines


def lines(blocks: Iterable[doc.Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case doc.Aside(label=label, blocks=inner):
                yield label
                yield from lines(inner)
            case doc.CodeBlock(text=text):
                yield text
            case doc.Table(caption=caption):
                yield plain(caption)
                yield from map(plain, text_lines(block))
            case _:
                yield from map(plain, text_lines(block))
                yield from lines(inner_blocks(block))


def differing(copy: ReturnedCopy, case: Case) -> list[tuple[str, str, str]]:
    """(id, words sent, words read) of each clause that does not say what the Document says."""
    return differing_from(copy, sent(case))


def differing_from(copy: ReturnedCopy, document: doc.Document) -> list[tuple[str, str, str]]:
    told = {part.id: part for part in copy.parts if part.kind is PartKind.CLAUSE}
    known = [part for part in known_parts(document) if part.kind is PartKind.CLAUSE]
    both = [
        (one.id, words(one.blocks), words(told[one.id].after) if one.id in told else "")
        for one in known
    ]
    return [row for row in both if row[1] != row[2]]


def shape(blocks: Iterable[doc.Block]) -> list[object]:
    """The form of blocks: what each is, how deep, with which label; not their words."""
    return [found for block in blocks for found in _shape(block)]


def _shape(block: doc.Block) -> Iterator[object]:
    match block:
        case doc.Paragraph(inlines=inlines, role=role):
            if plain(inlines).strip():
                yield role.name
        case doc.Heading(level=level, number=number):
            yield "heading", level, number
        case doc.List(items=items, ordered=ordered, start=start):
            yield "list", ordered, start if ordered else 1, [shape(item.blocks) for item in items]
        case doc.Table(head=head, rows=rows):
            yield "table", len(rows), len(head.cells) if head else 0
        case doc.Aside(kind=kind, label=label, blocks=inner):
            yield kind.name, label, shape(inner)
        case doc.DoDont(do, dont):
            yield "side by side", shape((do, dont))
        case doc.Columns(columns):
            for column in columns:
                yield from shape(column.blocks)
        case _:
            yield type(block).__name__


# --- Changing a file --------------------------------------------------------------------------------------


def repacked(
    data: bytes,
    changes: dict[str, Callable[[bytes], bytes]],
    more: Iterable[tuple[str, bytes]] = (),
) -> bytes:
    """A DOCX with some of its parts changed, and more of them."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changes[name](part) if name in changes else part)
        for name, part in more:
            new.writestr(name, part)
    return made.getvalue()


def rewritten(data: bytes, change: Callable[[etree._Element], object]) -> bytes:
    """A DOCX whose text somebody changed in place."""

    def rewrite(part: bytes) -> bytes:
        root = etree.fromstring(part)
        change(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return repacked(data, {DOCUMENT: rewrite})


def element(xml: str) -> etree._Element:
    """One element of Word's, as written."""
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    return etree.fromstring(f"<x {spaces}>{xml}</x>")[0]


def paragraphs_of(root: etree._Element, bookmark: str) -> list[etree._Element]:
    """The paragraph in which a clause's bookmark stands, and all that follow it beside it."""
    (start,) = root.xpath("//w:bookmarkStart[@w:name=$name]", namespaces=SPACES, name=bookmark)
    first = start.getparent()
    return [first, *first.itersiblings(f"{W}p")]


# --- Other programs ---------------------------------------------------------------------------------------


def by_libreoffice(case: Case) -> bytes:
    """What LibreOffice saves of a document that it opened. All are saved in one go, which takes a second each."""
    return once("returned-by-libreoffice", _saved_by_libreoffice)[case]


def _saved_by_libreoffice() -> dict[Case, bytes]:
    tasks = [(printed(case), []) for case in CASES]
    return dict(zip(CASES, edited_by_libreoffice(tasks), strict=True))


def edited_by_libreoffice(tasks: list[tuple[bytes, list[dict[str, str]]]]) -> list[bytes]:
    """What LibreOffice saves of files in which it made some edits: see `office_edits.py`."""
    import tempfile

    soffice, python = outside_tool("soffice"), outside_tool("uno")
    with tempfile.TemporaryDirectory(prefix="policygen-office-") as name:
        folder = Path(name)
        asked = []
        for number, (data, edits) in enumerate(tasks):
            (folder / f"{number}.docx").write_bytes(data)
            made = folder / f"{number}-made.docx"
            asked.append([str(folder / f"{number}.docx"), str(made), edits])
        command = [python, Path(__file__).with_name("office_edits.py"), soffice, folder]
        done = subprocess.run(
            command, input=json.dumps(asked), capture_output=True, text=True, timeout=1800
        )
        assert done.returncode == 0, done.stderr
        return [Path(made).read_bytes() for _, made, _ in asked]


def by_pandoc(data: bytes, *options: str, from_: str = "docx", to: str = "docx") -> bytes:
    command = [outside_tool("pandoc"), f"--from={from_}", f"--to={to}", *options, "--output=-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout
