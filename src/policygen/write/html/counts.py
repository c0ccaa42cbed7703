"""Counts -> HTML: one bar of patterns, and the numbers beneath."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from policygen.model.document import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.document import Counts

WIDE, HIGH = 482, 18  # points, as printed
_GAP = 3
_LEAST = 9  # so that a single clause is still seen
_STEP = 6  # between two lines of a pattern


def render_counts(block: Counts) -> str:
    """The bar as a picture whose title says it all, and a list of the numbers."""
    shapes = [shape for shape, _, _ in block.items]
    bar = "".join(
        _part(shape, x, wide) for shape, (x, wide) in zip(shapes, _places(block), strict=True)
    )
    items = "\n".join(
        f"<li><strong>{many}</strong><br>"
        f'<span class="shape {shape.value}">{escape(label)}</span></li>'
        for shape, many, label in block.items
    )
    return (
        f'<div class="counts counts-{len(block.items)}">\n'
        f'<svg role="img" aria-label="{escape(block.title)}" viewBox="0 0 {WIDE} {HIGH}">'
        f"<title>{escape(block.title)}</title>{bar}</svg>\n<ul>\n{items}\n</ul>\n</div>"
    )


def _places(block: Counts) -> Iterator[tuple[float, float]]:
    """Where each part stands: from the left, how wide."""
    many = [number for _, number, _ in block.items]
    room = WIDE - _GAP * (len(many) - 1) - _LEAST * len(many)
    x = 0.0
    for number in many:
        wide = _LEAST + room * number / max(sum(many), 1)
        yield x, wide
        x += wide + _GAP


def _part(shape: Shape, x: float, wide: float) -> str:
    left, right = x + 0.5, x + wide - 0.5
    outline = f"M{left:.1f} 0.5H{right:.1f}V{HIGH - 0.5}H{left:.1f}z"
    edge = f'<path d="{outline}" fill="none" stroke="currentColor"/>'
    match shape:
        case Shape.REWORDED:
            return edge + _filled(x, wide)
        case Shape.FIRST:
            return edge + _filled(x, wide / 2)
        case Shape.SECOND:
            return edge + _filled(x + wide / 2, wide / 2)
        case Shape.SET | Shape.BESIDE | Shape.NAMES:
            lines = "".join(_LINES[shape](left, right))
            return f'{edge}<path d="{lines}" stroke="currentColor"/>'
        case _:
            return edge


def _filled(x: float, wide: float) -> str:
    return f'<rect x="{x:.1f}" y="0" width="{wide:.1f}" height="{HIGH}" fill="currentColor"/>'


def _upright(left: float, right: float) -> Iterator[str]:
    at = left + _STEP
    while at < right:
        yield f"M{at:.1f} 0V{HIGH}"
        at += _STEP


def _level(left: float, right: float) -> Iterator[str]:
    yield from (f"M{left:.1f} {y}H{right:.1f}" for y in range(_STEP, HIGH, _STEP))


def _slanted(left: float, right: float) -> Iterator[str]:
    """Stripes from below left to above right, cut at the edges."""
    at = left - HIGH + _STEP
    while at < right:
        start, end = max(at, left), min(at + HIGH, right)
        yield f"M{start:.1f} {HIGH - (start - at):.1f}L{end:.1f} {HIGH - (end - at):.1f}"
        at += _STEP


_LINES = {Shape.SET: _upright, Shape.BESIDE: _level, Shape.NAMES: _slanted}
