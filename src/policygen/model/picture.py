"""Pictures: how wide and high a logo says it is, and what of a PNG decides how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from xml.parsers import expat

_NUMBER = r"[-+]?(?:\d{1,9}(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,2})?"
_LENGTH = re.compile(rf"({_NUMBER})\s*(?:px|pt|pc|mm|cm|in|em|ex)?")
_SPACE = re.compile(r"[ \t\r\n,]+")
_PNG = b"\x89PNG\r\n\x1a\n"
# What decides how a PNG looks. Texts, times and the like are left out: no program prints them, and
# some stumble over them.
_PNG_CHUNKS = (
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"sBIT",
    b"bKGD",
    b"pHYs",
)
_LEAST_CHUNK = 12  # bytes: length, kind and checksum


def picture_size(data: bytes, media_type: str) -> tuple[float, float] | None:
    """Return width and height, in a unit of the picture's own; None where it does not say."""
    size = _png_size(data) if media_type == "image/png" else _svg_size(data)
    return size if size and min(size) > 0 else None


def _png_size(data: bytes) -> tuple[float, float] | None:
    if not data.startswith(_PNG) or len(data) < 24:
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _svg_size(data: bytes) -> tuple[float, float] | None:
    """Return the size of the view box, or else that of the picture; none may be nothing or less."""
    root = _root_attributes(data)
    if any(_is_empty(root.get(side, "")) for side in ("width", "height")):
        return None
    if "viewBox" in root:
        numbers = _SPACE.split(root["viewBox"].strip(" \t\r\n"))
        if len(numbers) != 4 or not all(re.fullmatch(_NUMBER, one) for one in numbers):
            return None
        wide, high = numbers[2:]
    else:
        wide, high = root.get("width", ""), root.get("height", "")
    lengths = [_LENGTH.fullmatch(text.strip()[:40]) for text in (wide, high)]
    sides = [float(length[1]) for length in lengths if length]
    return (sides[0], sides[1]) if len(sides) == 2 else None


def _is_empty(length: str) -> bool:
    """Tell whether a width or a height, in whatever unit, leaves no room to draw in."""
    number = re.match(_NUMBER, length.strip())
    return number is not None and float(number[0]) <= 0


def plain_png(data: bytes) -> bytes:
    """Return a PNG with only the chunks that decide how it looks.

    It is empty for what is no PNG, or one that is cut off.
    """
    chunks = list(_png_chunks(data))
    kinds = [kind for kind, _ in chunks]
    if kinds[:1] != [b"IHDR"] or b"IDAT" not in kinds or b"IEND" not in kinds:
        return b""
    return _PNG + b"".join(chunk for kind, chunk in chunks if kind in _PNG_CHUNKS)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the bytes of every whole chunk, up to the end of the picture."""
    if not data.startswith(_PNG):
        return
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        kind = data[at + 4 : at + 8]
        end = at + _LEAST_CHUNK + int.from_bytes(data[at : at + 4])
        if len(kind) < 4 or end > len(data):
            return
        yield kind, data[at:end]
        at = end


class _RootRead(Exception):
    """The outermost element has been read, and nothing more is wanted."""


def _root_attributes(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        found.update(attributes)
        raise _RootRead

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with suppress(_RootRead, expat.ExpatError):
        parser.Parse(data, True)
    return found
