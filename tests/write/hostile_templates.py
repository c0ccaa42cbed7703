"""Files that a stranger may send as a Word template, each with the code and the words that it is refused by."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from trust_template import repacked, trust_template, words

DOCUMENT, DOCUMENT_RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Change = Callable[[bytes], bytes]


def changed(path: str, change: Change) -> bytes:
    """The trust's template with one file of it changed."""
    return repacked(trust_template(), {path: change})


def with_more(*more: tuple[str, bytes]) -> bytes:
    return repacked(trust_template(), {}, more)


def in_text(xml: str) -> bytes:
    """The trust's template with XML at the head of its text."""
    return changed(DOCUMENT, lambda data: data.replace(b"<w:body>", b"<w:body>" + xml.encode(), 1))


def related(kind: str, target: str, *, outside: bool = True, of: str = DOCUMENT_RELATIONS) -> bytes:
    """The trust's template with one more relationship."""
    mode = ' TargetMode="External"' if outside else ""
    more = (
        f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    )
    return changed(of, lambda data: data.replace(b"</Relationships>", more.encode()))


def field(instruction: str) -> str:
    half = len(instruction) // 2
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction[:half]}</w:instrText></w:r>"
        f"<w:r><w:instrText>{instruction[half:]}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{words("x")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def bomb() -> bytes:
    """A hundred megabytes of one letter."""
    return with_more(("word/media/logo.png", b"x" * 100_000_000))


def lying_bomb() -> bytes:
    """The same, with sizes in the zip's list that say that it holds one byte."""
    data = bytearray(bomb())
    for found in list(re.finditer(rb"PK\x01\x02", bytes(data))):
        at = found.start()
        length = struct.unpack_from("<H", data, at + 28)[0]
        if data[at + 46 : at + 46 + length] == b"word/media/logo.png":
            struct.pack_into("<I", data, at + 24, 1)
    return bytes(data)


def zipped(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def password() -> bytes:
    """The flag of a password on every file."""
    data = bytearray(trust_template())
    for found in re.finditer(rb"PK\x01\x02", bytes(data)):
        data[found.start() + 8] |= 1
    return bytes(data)


ENTITIES = b'<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE_ENTITY = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def declared(doctype: bytes) -> Change:
    return lambda data: re.sub(
        rb"(<\?xml.*?\?>)", rb"\1" + doctype.replace(b"\\", rb"\\"), data, count=1
    )


ODT = {"mimetype": b"application/vnd.oasis.opendocument.text-template", "content.xml": b"<x/>"}
CASES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"", "PG430", "an empty file"),
    "an old .doc": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "PG430",
        "an old Word file",
    ),
    "rtf": (lambda: b"{\\rtf1 Hello}", "PG430", "an RTF file"),
    "a page": (lambda: b"<html>Sign in</html>", "PG430", "a web page"),
    "git lfs": (lambda: b"version https://git-lfs.github.com/spec/v1\n", "PG430", "Git LFS"),
    "letters": (lambda: b"Dear all", "PG430", "no Word file"),
    "an .ott": (lambda: zipped(ODT), "PG430", "an OpenDocument file"),
    "a zip": (lambda: zipped({"a.txt": b"a"}), "PG430", "a ZIP file"),
    "a workbook": (
        lambda: changed(
            "[Content_Types].xml",
            lambda d: d.replace(b"wordprocessingml.template.main", b"spreadsheetml.sheet.main"),
        ),
        "PG430",
        "an Excel workbook",
    ),
    "strict": (
        lambda: changed(
            DOCUMENT,
            lambda d: d.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ),
        ),
        "PG430",
        "Strict",
    ),
    "cut off": (lambda: trust_template()[:9000], "PG431", "broken"),
    "too large": (lambda: b"PK" + b"x" * 4_000_001, "PG431", "larger than 4 MB"),
    "a bomb": (bomb, "PG431", "larger than 30 MB"),
    "a bomb that lies": (lying_bomb, "PG431", "broken"),
    "many files": (
        lambda: with_more(*((f"a{n}.xml", b"<a/>") for n in range(500))),
        "PG431",
        "400 files",
    ),
    "a path out": (lambda: with_more(("../../etc/cron.d/x", b"x")), "PG431", "leads out of it"),
    "a path of Windows": (lambda: with_more(("C:\\x.txt", b"x")), "PG431", "leads out of it"),
    "a path from the root": (lambda: with_more(("/etc/x", b"x")), "PG431", "leads out of it"),
    "a target out": (
        lambda: related("image", "../../../x.png", outside=False),
        "PG431",
        "leads out of it",
    ),
    "one name twice": (lambda: with_more(("WORD/document.xml", b"<a/>")), "PG431", "one name"),
    "a password": (password, "PG431", "password"),
    "entities": (lambda: changed(DOCUMENT, declared(ENTITIES)), "PG431", "declares entities"),
    "a file as entity": (
        lambda: changed("word/styles.xml", declared(FILE_ENTITY)),
        "PG431",
        "declares entities",
    ),
    "a declaration from elsewhere": (
        lambda: changed(DOCUMENT, declared(b'<!DOCTYPE w SYSTEM "http://evil.example/w.dtd">')),
        "PG431",
        "declares entities",
    ),
    "entities in relations": (
        lambda: changed(DOCUMENT_RELATIONS, declared(ENTITIES)),
        "PG431",
        "declares entities",
    ),
    "not XML": (lambda: changed(DOCUMENT, lambda d: d[:-40]), "PG431", "cannot be read"),
    "deep": (lambda: in_text("<w:p>" * 300 + "</w:p>" * 300), "PG431", "too deep"),
    "no text": (lambda: zipped({"[Content_Types].xml": b"<Types/>"}), "PG431", "no text"),
    "a macro": (lambda: with_more(("word/vbaProject.bin", b"x")), "PG432", "macros"),
    "a .dotm": (
        lambda: changed(
            "[Content_Types].xml",
            lambda d: d.replace(
                b"vnd.openxmlformats-officedocument.wordprocessingml.template.main",
                b"vnd.ms-word.template.macroEnabledTemplate.main",
            ),
        ),
        "PG432",
        "macros",
    ),
    "a macro by relation": (
        lambda: related("vbaProject", "vba.bin", outside=False),
        "PG432",
        "a macro",
    ),
    "an object": (
        lambda: related("oleObject", "embeddings/a.bin", outside=False),
        "PG432",
        "an embedded object",
    ),
    "an object in the text": (
        lambda: in_text("<w:p><w:r><w:object/></w:r></w:p>"),
        "PG432",
        "an embedded object",
    ),
    "a workbook within": (
        lambda: related("package", "embeddings/a.xlsx", outside=False),
        "PG432",
        "an embedded file",
    ),
    "ActiveX": (lambda: related("control", "activeX/a.xml", outside=False), "PG432", "ActiveX"),
    "altChunk": (lambda: in_text("<w:altChunk/>"), "PG432", "another file within it"),
    "altChunk by relation": (
        lambda: related("aFChunk", "a.html", outside=False),
        "PG432",
        "another file",
    ),
    "a linked picture": (
        lambda: related("image", "https://tracker.example/a.png"),
        "PG432",
        "tracker.example",
    ),
    "a picture on a share": (
        lambda: related("image", "file://///host/share/a.png"),
        "PG432",
        "fetches",
    ),
    "a linked frame": (
        lambda: related("frame", "https://evil.example"),
        "PG432",
        "a link to another page",
    ),
    "a part from elsewhere": (
        lambda: related("styles", "https://evil.example/s.xml"),
        "PG432",
        "evil.example",
    ),
    "a linked object": (
        lambda: related("oleObject", "file:///c:/x"),
        "PG432",
        "an embedded object",
    ),
    "a link that runs": (
        lambda: related("hyperlink", "javascript:alert(1)"),
        "PG432",
        "no web or mail address",
    ),
    "a link to a file": (
        lambda: related("hyperlink", "file:///c:/x.exe"),
        "PG432",
        "no web or mail address",
    ),
    "a drawing from elsewhere": (
        lambda: in_text(
            '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
            '<v:imagedata src="http://evil.example/a.png"/></v:shape></w:pict></w:r></w:p>'
        ),
        "PG432",
        "a picture from elsewhere",
    ),
    "DDE": (
        lambda: in_text(field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')),
        "PG432",
        "a field DDEAUTO",
    ),
    "INCLUDETEXT": (
        lambda: in_text(field('INCLUDETEXT "/etc/passwd"')),
        "PG432",
        "a field INCLUDETEXT",
    ),
    "INCLUDEPICTURE": (
        lambda: in_text(field('includepicture "https://a.example/p.png"')),
        "PG432",
        "INCLUDEPICTURE",
    ),
    "a simple field": (
        lambda: in_text('<w:p><w:fldSimple w:instr=" LINK Excel.Sheet.8 x "/></w:p>'),
        "PG432",
        "a field LINK",
    ),
    "a field made of fields": (
        lambda: in_text(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            + field("QUOTE 68 68 69")[5:-6]
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        ),
        "PG432",
        "a field without a name",
    ),
    "a field without an end": (
        lambda: in_text(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText>DDE x</w:instrText></w:r></w:p>"
        ),
        "PG432",
        "a field DDE",
    ),
    "changes": (
        lambda: in_text('<w:p><w:ins w:id="9" w:author="A" w:date="2026-01-01T00:00:00Z"/></w:p>'),
        "PG433",
        "tracked changes",
    ),
}
