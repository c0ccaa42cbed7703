"""Draw the three judgements for Word, `theme/mark-<name>.png`: a tick in a disc, a pause in a ring, a cross.

And `theme/mark-arrow.png`, which leads to one in a chart.

    python tools/build_marks.py [FOLDER]

Word cannot show SVG everywhere, and characters for these signs differ from font to font. The shapes are
those of the style sheets, drawn by distance from their outlines, with no library. Same bytes every time.
"""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Callable
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import TypeAlias

TARGET = Path(__file__).parents[1] / "src/policygen/write/theme"
INK = (0x16, 0x20, 0x1C)
SIZE = 96  # pixels of a side
UNIT = SIZE / 24  # the shapes live in a square of 24, its middle at 0, 0
STROKE = 1.3  # half the width of a line
Point: TypeAlias = tuple[float, float]

TICK = ((-5, 0.5), (-1.5, 4), (5, -3.5))
BARS = (((-2.8, -4.5), (-2.8, 4.5)), ((2.8, -4.5), (2.8, 4.5)))
CROSS = (((-4, -4), (4, 4)), ((4, -4), (-4, 4)))


def line(at: Point, *points: Point) -> float:
    """Distance from a line through points; negative within its stroke."""
    return min(_segment(at, a, b) for a, b in pairwise(points)) - STROKE


def _segment(at: Point, a: Point, b: Point) -> float:
    x, y, dx, dy = at[0] - a[0], at[1] - a[1], b[0] - a[0], b[1] - a[1]
    share = max(0.0, min(1.0, (x * dx + y * dy) / (dx * dx + dy * dy)))
    return hypot(x - share * dx, y - share * dy)


def may(at: Point) -> float:
    """A tick cut out of a disc."""
    return max(hypot(*at) - 11, -line(at, *TICK))


def think(at: Point) -> float:
    """Two bars in a ring."""
    return min(abs(hypot(*at) - 10) - 1, *(line(at, *bar) for bar in BARS))


def never(at: Point) -> float:
    """A cross cut out of an octagon."""
    x, y = abs(at[0]), abs(at[1])
    octagon = max(x - 11, y - 11, (x + y - 15.6) / 2**0.5)
    return max(octagon, *(-line(at, *bar) for bar in CROSS))


def arrow(at: Point) -> float:
    """A line from left to right, with a head."""
    x, y = at[0], abs(at[1])
    head = max(8 - x, (8 * y - 5 * (16 - x)) / hypot(8, 5))
    return min(line(at, (-17, 0), (9, 0)), head)


def png(shape: Callable[[Point], float]) -> bytes:
    """A picture of a shape in ink on nothing, one and a half times as wide as high for an arrow."""
    wide = SIZE * 3 // 2 if shape.__name__ == "arrow" else SIZE
    rows = bytearray()
    for y in range(SIZE):
        rows.append(0)
        for x in range(wide):
            at = ((x + 0.5 - wide / 2) / UNIT, (y + 0.5 - SIZE / 2) / UNIT)
            distance = shape(at) * UNIT
            rows += bytes((*INK, round(255 * max(0.0, min(1.0, 0.5 - distance)))))
    header = struct.pack(">IIBBBBB", wide, SIZE, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    for shape in (may, think, never, arrow):
        (folder / f"mark-{shape.__name__}.png").write_bytes(png(shape))
