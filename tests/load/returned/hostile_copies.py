"""Files that may come back in place of a copy, each with the code and the words that it is refused by."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from copies import DOCUMENT, W, printed, repacked, rewritten
from lxml import etree

CASE = ("little-marden", "policy")
RELATIONS = "word/_rels/document.xml.rels"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def text(change: Callable[[bytes], bytes]) -> bytes:
    return repacked(printed(CASE), {DOCUMENT: change})


def declared(doctype: str, use: str = "") -> bytes:
    """A text that declares entities, and uses one."""

    def change(old: bytes) -> bytes:
        opened = re.sub(rb"(<w:document)", doctype.encode() + rb"\1", old, count=1)
        return opened.replace(b"<w:t ", f"<w:t>{use}</w:t><w:t ".encode(), 1) if use else opened

    return text(change)


def deep(many: int) -> bytes:
    opened, closed = b"<w:smartTag>" * many, b"</w:smartTag>" * many
    return text(lambda old: old.replace(b"<w:body>", b"<w:body>" + opened + closed, 1))


def bomb(name: str) -> bytes:
    """A hundred megabytes of one letter."""
    return repacked(printed(CASE), {}, [(name, b"x" * 100_000_000)])


def lying_bomb() -> bytes:
    """The same, with a size in the zip's list that says that it holds one byte."""
    data = bytearray(bomb("word/more.xml"))
    for found in list(re.finditer(rb"PK\x01\x02", bytes(data))):
        if data[found.start() + 46 :].startswith(b"word/more.xml"):
            data[found.start() + 24 : found.start() + 28] = (1).to_bytes(4, "little")
    return bytes(data)


def locked() -> bytes:
    data = bytearray(printed(CASE))
    for found in list(re.finditer(rb"PK\x01\x02", bytes(data))):
        data[found.start() + 8] |= 1
    return bytes(data)


def zipped(*files: tuple[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return made.getvalue()


def workbook() -> bytes:
    return repacked(
        printed(CASE),
        {
            "[Content_Types].xml": lambda old: old.replace(
                b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"
            )
        },
    )


def broken_xml() -> bytes:
    return text(lambda old: old.replace(b"</w:p>", b"</w:q>", 1))


def without_anchors() -> bytes:
    """Another body's policy: every bookmark is gone, and every word is another's."""

    def change(root: etree._Element) -> None:
        for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            parent = mark.getparent()
            assert parent is not None
            parent.remove(mark)
        for n, one in enumerate(root.iter(f"{W}t")):
            one.text = f"zq{n}x"

    return rewritten(printed(CASE), change)


def many_files() -> bytes:
    return repacked(printed(CASE), {}, [(f"word/x{n}.bin", b"") for n in range(4_100)])


def crc_is_wrong() -> bytes:
    data = bytearray(printed(CASE))
    with ZipFile(BytesIO(bytes(data))) as archive:
        entry = archive.getinfo(DOCUMENT)
    data[entry.header_offset + 200] ^= 0xFF
    return bytes(data)


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CASES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a PDF": (lambda: b"%PDF-1.7\n", "PG670", "a PDF"),
    "an old Word file": (lambda: OLD + b"\0" * 600, "PG670", "an old Word file"),
    "a locked file": (lambda: OLD + "EncryptedPackage".encode("utf-16-le"), "PG671", "password"),
    "a web page": (lambda: b"<!DOCTYPE html><html>", "PG670", "a web page"),
    "rich text": (lambda: b"{\\rtf1", "PG670", "an RTF file"),
    "an empty file": (lambda: b"", "PG670", "an empty file"),
    "a picture": (lambda: b"\x89PNG\r\n", "PG670", "This is no Word file."),
    "an OpenDocument file": (
        lambda: zipped(
            ("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")
        ),
        "PG670",
        "an OpenDocument file",
    ),
    "a ZIP file": (lambda: zipped(("a.txt", b"x")), "PG670", "a ZIP file"),
    "a workbook": (workbook, "PG670", "an Excel workbook"),
    "a strict file": (
        lambda: text(
            lambda old: old.replace(
                W[1:-1].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
        ),
        "PG670",
        "Strict",
    ),
    "cut off": (lambda: printed(CASE)[:-500], "PG671", "unpacked"),
    "turned bytes": (crc_is_wrong, "PG671", "broken"),
    "a zip that needs a password": (locked, "PG671", "password"),
    "a bomb of words": (lambda: bomb("word/more.xml"), "PG671", "60 MB"),
    "a bomb that lies": (lying_bomb, "PG671", ""),
    "many files": (many_files, "PG671", "files"),
    "a path that leads out": (lambda: zipped(("../x.xml", b"")), "PG671", "leads out"),
    "two of one name": (
        lambda: repacked(printed(CASE), {}, [("word/Document.xml", b"<x/>")]),
        "PG671",
        "one name",
    ),
    "broken XML": (broken_xml, "PG671", "word/document.xml cannot be read (line 2, column"),
    "no encoding that is known": (
        lambda: text(lambda old: old.replace(b"UTF-8", b"UTF-99", 1)),
        "PG671",
        "word/document.xml",
    ),
    "an entity from a file": (
        lambda: declared('<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]>', "&s;"),
        "PG671",
        "entities",
    ),
    "a billion laughs": (
        lambda: declared(f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>', "&l9;"),
        "PG671",
        "word/document.xml",
    ),
    "a declaration alone": (lambda: declared("<!DOCTYPE x>"), "PG671", "entities"),
    "a hundred thousand elements deep": (lambda: deep(100_000), "PG671", "too deep"),
    "a thousand elements deep": (lambda: deep(1_000), "PG671", "too deep"),
    "no text": (
        lambda: zipped(
            ("[Content_Types].xml", b'<Types xmlns="x"/>'),
            ("_rels/.rels", b'<Relationships xmlns="x"/>'),
        ),
        "PG671",
        "no text",
    ),
    "no clause of ours": (without_anchors, "PG672", "No clause"),
}
