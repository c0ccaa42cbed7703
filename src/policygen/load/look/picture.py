"""A logo's bytes, looked at once: whether it is a PNG or an SVG that every format can print."""

from __future__ import annotations

from policygen.load.look.raster import PIXELS, BrokenPicture, decode
from policygen.load.look.svg import svg_fault
from policygen.model.picture import picture_size

_SIDE = 20_000  # pixels
_SLIM = 50  # times as wide as high, or as high as wide

# How files begin that are named .png or .svg now and then, and what they are.
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "a PNG"),
    (b"\xff\xd8\xff", "a JPEG"),
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a compressed file, such as an SVGZ"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"version https://git-lfs", "a pointer of Git LFS, not the picture"),
)
_END = b"IEND\xaeB`\x82"  # the last chunk of every PNG
_PLAIN = "Save it again, as a PNG or as plain SVG."


def picture_fault(data: bytes, media_type: str) -> tuple[str, str] | None:
    """Return what keeps a logo from being printed and how to mend it, or None."""
    if not data:
        return "The logo is an empty file.", _PLAIN
    wanted = "a PNG" if media_type == "image/png" else "an SVG"
    found = _form(data)
    if found != wanted:
        return f"The logo is {found}, and its name says that it is {wanted}.", _PLAIN
    fault = _png_fault(data) if media_type == "image/png" else svg_fault(data)
    return fault or _size_fault(data, media_type)


def _form(data: bytes) -> str:
    """Return what a file is, by how it begins."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP"
    for beginning, name in _BEGINNINGS:
        if data.startswith(beginning):
            return name
    start = data[:1_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:14].lower() == b"<!doctype html" or start[:5].lower() == b"<html":
        return "a web page"
    return "an SVG" if start.startswith(b"<") else "no picture"


def _png_fault(data: bytes) -> tuple[str, str] | None:
    size = picture_size(data, "image/png")
    if size is None:
        return "The logo has no width or no height.", _PLAIN
    if max(size) > _SIDE or size[0] * size[1] > PIXELS:
        return "The logo has too many pixels.", "Save it smaller: 1,000 pixels wide are plenty."
    if _END not in data:
        return "The logo is not whole: its end is missing.", _PLAIN
    try:
        moves = decode(data, ("PNG",))
    except BrokenPicture:
        return "The logo is not whole: it cannot be drawn.", _PLAIN
    return ("The logo moves.", "Save one of its pictures.") if moves else None


def _size_fault(data: bytes, media_type: str) -> tuple[str, str] | None:
    """A picture has a size, and one that is no line."""
    size = picture_size(data, media_type)
    if size is None:
        what = "The logo does not say how wide and how high it is."
        return what, 'Give its svg element a size, such as `viewBox="0 0 200 80"`.'
    wide, high = size
    if max(size) > 1e6 or min(size) < 1e-3 or max(wide / high, high / wide) > _SLIM:
        return "The logo is far too wide, too high or too small.", "Save it with an ordinary size."
    return None
