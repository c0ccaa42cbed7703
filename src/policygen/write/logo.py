"""The shape of a logo: writers set its height, and its width follows."""

from __future__ import annotations

from policygen.model.picture import picture_size

_TALL, _WIDE = 0.5, 5.0  # beyond these a picture is shown within, not cut


def logo_ratio(logo: bytes, media_type: str) -> float:
    """Return width by height, between 0.5 and 5; 1 where the picture does not say."""
    return min(max(_ratio(logo, media_type), _TALL), _WIDE)


def logo_size(logo: bytes, media_type: str, high: float, wide: float) -> tuple[float, float]:
    """Return width and height that fill a space `high` by `wide` unstretched."""
    own = _ratio(logo, media_type)
    height = min(high, wide / own)
    return height * own, height


def _ratio(logo: bytes, media_type: str) -> float:
    width, height = picture_size(logo, media_type) or (1.0, 1.0)
    return width / height
