"""The shape of a logo: writers set its height, and its width follows."""

from __future__ import annotations

import re

_TALL, _WIDE = 0.5, 5.0  # beyond these a picture is shown within, not cut


def logo_ratio(logo: bytes, media_type: str) -> float:
    """Width by height of a PNG or an SVG, between 0.5 and 5; 1 where the picture does not say."""
    return min(max(_ratio(logo, media_type), _TALL), _WIDE)


def logo_size(logo: bytes, media_type: str, high: float, wide: float) -> tuple[float, float]:
    """Width and height of a logo that fills a space `high` by `wide` without being stretched, in the same unit."""
    own = _ratio(logo, media_type)
    height = min(high, wide / own)
    return height * own, height


def _ratio(logo: bytes, media_type: str) -> float:
    width, height = _png(logo) if media_type == "image/png" else _svg(logo)
    return width / height if width > 0 and height > 0 else 1.0


def _png(logo: bytes) -> tuple[float, float]:
    if logo[:8] != b"\x89PNG\r\n\x1a\n" or len(logo) < 24:
        return 0, 0
    return int.from_bytes(logo[16:20]), int.from_bytes(logo[20:24])


def _svg(logo: bytes) -> tuple[float, float]:
    root = re.search(rb"<svg\b[^>]*>", logo)
    if not root:
        return 0, 0
    box = re.search(rb"""\bviewBox\s*=\s*["']\s*([-+.\deE,\s]+)["']""", root[0])
    numbers = re.findall(rb"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", box[1]) if box else []
    if len(numbers) == 4:
        return float(numbers[2]), float(numbers[3])
    sizes = [
        re.search(rb"""\b%s\s*=\s*["']([\d.]+)""" % name, root[0]) for name in (b"width", b"height")
    ]
    return tuple(float(logo_size[1]) if logo_size else 0.0 for logo_size in sizes)  # type: ignore[return-value]  # two names
