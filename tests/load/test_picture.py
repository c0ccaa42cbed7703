"""A logo's bytes: what every format prints passes, and what is none is one fault at brand.logo."""

from __future__ import annotations

import base64
import gzip
import io
import logging
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from organisations import policies
from PIL import Image, ImageFile
from sample import sample_document
from small import Small

from policygen.load.look.picture import picture_fault
from policygen.model.document import Brand
from policygen.present.front_matter import make_brand
from policygen.write.pdf.writer import render
from policygen.write.writer import writer

SVG_TYPE, PNG_TYPE = "image/svg+xml", "image/png"
NS = 'xmlns="http://www.w3.org/2000/svg"'
PATH = '<path d="M0 20L20 0l20 20z" fill="#5c7a00"/>'


def svg(inner: str = PATH, size: str = 'viewBox="0 0 40 20"', before: str = "") -> bytes:
    return f"{before}<svg {NS} {size}>{inner}</svg>".encode()


def png(mode: str = "RGB", size: tuple[int, int] = (40, 20), **how: object) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, "PNG", **how)
    return stream.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_chunk(name: bytes, data: bytes) -> bytes:
    whole = png()
    return whole[:33] + chunk(name, data) + whole[33:]


def interlaced() -> bytes:
    """A PNG of one grey pixel in Adam7, which Pillow reads and does not write."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 1)
    data = zlib.compress(b"\0\x80")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def sixteen_bits() -> bytes:
    head = struct.pack(">IIBBBBB", 2, 2, 16, 2, 0, 0, 0)
    data = zlib.compress((b"\0" + b"\x12\x34" * 6) * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """A picture of 30,000 by 30,000 pixels in a few kilobytes."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def animated() -> bytes:
    stream = io.BytesIO()
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("red", "blue")]
    frames[0].save(stream, "PNG", save_all=True, append_images=frames[1:])
    return stream.getvalue()


def other(format: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 20)).save(stream, format)
    return stream.getvalue()


def text_bomb() -> bytes:
    return with_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 50_000_000))


LAUGHS = '<g id="a0"><path d="M0 0h1"/></g>' + "".join(
    f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
)
DEFINED = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
PUBLIC = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

SOUND: dict[str, tuple[bytes, str]] = {
    "a PNG": (png(), PNG_TYPE),
    "grey": (png("L"), PNG_TYPE),
    "grey with alpha": (png("LA"), PNG_TYPE),
    "with a palette": (png("P"), PNG_TYPE),
    "with transparency": (png("RGBA"), PNG_TYPE),
    "of one bit": (png("1"), PNG_TYPE),
    "of 16 bits": (sixteen_bits(), PNG_TYPE),
    "interlaced": (interlaced(), PNG_TYPE),
    "with a text that is no Latin-1": (with_chunk(b"tEXt", b"t\xff\xff\xff\xff\0\0\0"), PNG_TYPE),
    "with a text without an end": (with_chunk(b"tEXt", b"Title"), PNG_TYPE),
    "with an odd international text": (with_chunk(b"iTXt", b"\xff\0\0\0\0\0\xff"), PNG_TYPE),
    "with a chunk of its maker's": (with_chunk(b"prVt", b"\0" * 9), PNG_TYPE),
    "with a camera's notes that nobody can read": (with_chunk(b"eXIf", b"\xd5"), PNG_TYPE),
    "with a resolution of nothing": (with_chunk(b"pHYs", b"\0" * 9), PNG_TYPE),
    "an SVG": (svg(), SVG_TYPE),
    "with a size": (svg(size='width="40mm" height="20mm"'), SVG_TYPE),
    "with a prolog": (
        svg(before='<?xml version="1.0" encoding="UTF-8"?>\n<!-- ours -->\n'),
        SVG_TYPE,
    ),
    "with a mark of order": (b"\xef\xbb\xbf" + svg(), SVG_TYPE),
    "with a public doctype": (svg(before=PUBLIC), SVG_TYPE),
    "with a style": (svg(f"<style>path {{ fill: url(#x) }}</style>{PATH}"), SVG_TYPE),
    "with a picture": (svg(f'<image href="{PICTURE}" width="9" height="9"/>'), SVG_TYPE),
    "that repeats a part": (svg(f'<g id="a">{PATH}</g><use href="#a" x="3"/>'), SVG_TYPE),
    "of every step and turn": (
        svg(
            '<g transform="translate(1) rotate(9, 1 2)" opacity=".5" fill-opacity="50%">'
            '<path d="M.5.5-1-2 3 4l1 1H2v3c1 2 3 4 5 6S1 2 3 4q1 2 3 4T1e1 2a5 5 0 0110 20z"/></g>'
        ),
        SVG_TYPE,
    ),
    "with a link": (svg(f'<a href="https://www.fenwick.example">{PATH}</a>'), SVG_TYPE),
    "with lengths of every sort": (
        svg(
            '<g style="stroke-width:.5px;opacity:.5"><rect x="1e1" width="50%" height="2.5mm" rx="auto"/><path d="M0 0h9" stroke-dasharray="none"/><polygon points="0,0 9,0-9 9.5.5,1"/></g>'
        ),
        SVG_TYPE,
    ),
    "with a greater sign": (svg(size='aria-label="a>b" viewBox="0 0 40 20"'), SVG_TYPE),
    "with names of its editor": (
        svg(size='viewBox="0 0 40 20" xmlns:i="http://x.example/i" i:z="1"'),
        SVG_TYPE,
    ),
}
BROKEN: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", PNG_TYPE, "an empty file"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1\noid", PNG_TYPE, "Git LFS"),
    "cut short": (png(size=(400, 400))[:-90], PNG_TYPE, "not whole"),
    "only its head": (png()[:33], PNG_TYPE, "not whole"),
    "a broken checksum": (png()[:30] + b"\0\0\0\0" + png()[34:], PNG_TYPE, "not whole"),
    "no width": (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)), PNG_TYPE, "no width"),
    "a bomb": (bomb(), PNG_TYPE, "too many pixels"),
    "a bomb of text": (text_bomb(), PNG_TYPE, "not whole"),
    "one that moves": (animated(), PNG_TYPE, "moves"),
    "a line": (png(size=(2000, 2)), PNG_TYPE, "far too wide"),
    "a JPEG": (other("JPEG"), PNG_TYPE, "a JPEG"),
    "a GIF": (other("GIF"), PNG_TYPE, "a GIF"),
    "a WebP": (other("WEBP"), PNG_TYPE, "a WebP"),
    "a BMP": (other("BMP"), PNG_TYPE, "a BMP"),
    "a TIFF": (other("TIFF"), PNG_TYPE, "a TIFF"),
    "an SVG as PNG": (svg(), PNG_TYPE, "an SVG"),
    "a PNG as SVG": (png(), SVG_TYPE, "a PNG"),
    "an SVGZ": (gzip.compress(svg()), SVG_TYPE, "compressed"),
    "a web page": (b"<!DOCTYPE html><html><svg/></html>", SVG_TYPE, "a web page"),
    "words": (b"logo", SVG_TYPE, "no picture"),
    "no end": (svg()[:-4], SVG_TYPE, "can be read"),
    "another root": (f"<g {NS}><svg/></g>".encode(), SVG_TYPE, "outermost"),
    "no namespace": (b'<svg viewBox="0 0 9 9"/>', SVG_TYPE, "outermost"),
    "no size": (svg(size=""), SVG_TYPE, "how wide"),
    "half a size": (svg(size='width="40"'), SVG_TYPE, "how wide"),
    "a size of shares": (svg(size='width="100%" height="100%"'), SVG_TYPE, "how wide"),
    "a size that is none": (svg(size='width="1.2.3" height="50"'), SVG_TYPE, "how wide"),
    "a view box that is none": (svg(size='viewBox="0 0 nan inf"'), SVG_TYPE, "how wide"),
    "a negative size": (svg(size='viewBox="0 0 -9 9"'), SVG_TYPE, "how wide"),
    "a size of nothing": (svg(size='viewBox="0 0 0 0"'), SVG_TYPE, "how wide"),
    "a giant": (svg(size='viewBox="0 0 90000000 90000000"'), SVG_TYPE, "far too wide"),
    "a number beyond measure": (svg('<rect width="1e300" height="9"/>'), SVG_TYPE, "far too large"),
    "a script": (svg("<script>alert(1)</script>"), SVG_TYPE, "a script"),
    "a handler": (svg(size='viewBox="0 0 9 9" onload="alert(1)"'), SVG_TYPE, "a script"),
    "a moving part": (svg('<animate attributeName="x"/>'), SVG_TYPE, "moves"),
    "letters that need a font": (svg("<text>Ours</text>"), SVG_TYPE, "leave blank"),
    "a web page within": (svg("<foreignObject/>"), SVG_TYPE, "no PDF draws"),
    "a file": (svg('<image href="file:///etc/passwd"/>'), SVG_TYPE, "outside itself"),
    "an address": (
        svg(f'<image xmlns:x="http://www.w3.org/1999/xlink" x:href="http://x.example/"/>{PATH}'),
        SVG_TYPE,
        "outside itself",
    ),
    "a part of another": (svg('<use href="other.svg#a"/>'), SVG_TYPE, "outside itself"),
    "an imported style": (svg("<style>@import 'x.css';</style>"), SVG_TYPE, "outside itself"),
    "a style's address": (svg('<path style="fill: url(http://x.example)"/>'), SVG_TYPE, "outside itself"),
    "a style sheet": (svg(before='<?xml-stylesheet href="x.css"?>'), SVG_TYPE, "outside itself"),
    "a broken picture": (svg('<image href="data:image/png;base64,AAAA"/>'), SVG_TYPE, "cannot be drawn"),
    "an SVG within": (svg('<image href="data:image/svg+xml;base64,AAAA"/>'), SVG_TYPE, "outside itself"),
    "entities": (svg("&b;", before=DEFINED), SVG_TYPE, "entities"),
    "a bomb of repeats": (svg(LAUGHS), SVG_TYPE, "too large a drawing"),
    "one that repeats itself": (svg('<g id="a"><use href="#a"/></g>'), SVG_TYPE, "repeats a part"),
    "too deep": (svg("<g>" * 200 + "</g>" * 200), SVG_TYPE, "too deep"),
    "a path without a step": (svg('<path d="!!p M0 0h9"/>'), SVG_TYPE, "cannot be drawn (path, d)"),
    "a control in the view box": (svg(size='width="9" height="9" viewBox="&#x7f;0 0 40 20"'), SVG_TYPE, "how wide"),
    "a width of no number": (svg(size='width="x%" viewBox="0 0 40 20"'), SVG_TYPE, "cannot be drawn (svg, width)"),
    "a view box of three": (svg('<symbol viewBox="0 0 9"/>'), SVG_TYPE, "cannot be drawn (symbol, viewBox)"),
    "a point and a half": (svg('<polygon points="0 0 9"/>'), SVG_TYPE, "cannot be drawn (polygon, points)"),
    "a length of no number": (svg('<rect width="x%" height="9"/>'), SVG_TYPE, "cannot be drawn (rect, width)"),
    "dashes of no number": (svg('<path d="M0 0h9" stroke-dasharray="1 xem"/>'), SVG_TYPE, "cannot be drawn (path, stroke-dasharray)"),
    "a style of no number": (svg('<path d="M0 0h9" style="fill:red;stroke-width: x% !important"/>'), SVG_TYPE, "cannot be drawn (style, stroke-width)"),
    "a sheet of no number": (svg('<style>path { opacity: much }</style>'), SVG_TYPE, "cannot be drawn (style, opacity)"),
    "half an arc": (svg('<path d="M0 0 A1 2 3"/>'), SVG_TYPE, "cannot be drawn (path, d)"),
    "a turn of nothing": (svg('<g transform="rotate()"/>'), SVG_TYPE, "(g, transform)"),
    "see-through by a word": (svg('<path d="M0 0h9" opacity="x"/>'), SVG_TYPE, "(path, opacity)"),
    "less than nothing": (svg(size='height="-1" viewBox="0 0 10 10"'), SVG_TYPE, "does not say"),
    "a height of nothing": (svg(size='height="0" viewBox="0 0 10 10"'), SVG_TYPE, "does not say"),
    "a width of nothing": (svg(size='width=" 0.0pt" viewBox="0 0 10 10"'), SVG_TYPE, "does not say"),
    "too many": (svg("<g/>" * 30_000), SVG_TYPE, "too large a drawing"),
    "another encoding": (svg().decode().encode("utf-16"), SVG_TYPE, "no picture"),
    "Latin-1": (svg("<title>caf\xe9</title>").decode().encode("latin-1"), SVG_TYPE, "UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_an_ordinary_picture_passes(name: str) -> None:
    assert picture_fault(*SOUND[name]) is None


def brand_with(logo: bytes, media_type: str) -> Brand:
    """What documents have of a body with this logo."""
    body = policies("fenwick")[0]
    name = "logo.png" if media_type == PNG_TYPE else "logo.svg"
    brand = body.profile.brand.model_copy(update={"logo": name})
    profile = body.profile.model_copy(update={"brand": brand})
    return make_brand(replace(body, profile=profile, logo=base64.b64encode(logo).decode()))


@pytest.mark.slow
@pytest.mark.parametrize("name", SOUND)
def test_what_passes_prints(name: str) -> None:
    data, media_type = SOUND[name]
    document = replace(sample_document("poster"), brand=brand_with(data, media_type), body=())
    assert [m.getMessage() for m in render(document).messages if m.levelno >= logging.ERROR] == []
    for format in ("html", "md"):
        assert writer(format).write(document)


@pytest.mark.parametrize("forgiving", [False, True])  # as Pillow is once WeasyPrint is imported
@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_printed_says_why(
    name: str, forgiving: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", forgiving)
    data, media_type, words = BROKEN[name]
    fault = picture_fault(data, media_type)
    assert fault is not None
    assert words in fault[0]


@pytest.mark.parametrize("name", ["cut short", "a JPEG", "a pointer"])
def test_it_is_one_fault_at_brand_logo(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Small(tmp_path, monkeypatch).set("brand: {logo: logo.png}\n")
    small.write({"organisation/logo.png": BROKEN[name][0]})
    (problem,) = small.problems()
    assert (problem.code, problem.field) == ("PG411", ("brand", "logo"))
    assert problem.location.line
    assert "base64" not in f"{problem.what}{problem.mend}"
