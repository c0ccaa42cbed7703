"""Pictures of pixels, decoded by Pillow in full: what is broken or cut short raises.

The one door to Pillow.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

PIXELS = 25_000_000  # of one picture, decoded: some 100 MB


class BrokenPicture(Exception):
    """A picture that cannot be decoded in full."""


class TooManyPixels(Exception):
    """A picture that would take too much memory."""


def decode(data: bytes, formats: tuple[str, ...]) -> bool:
    """Decode a picture, and return whether it moves; raises BrokenPicture and TooManyPixels."""
    from PIL import Image

    with _strictly():
        try:
            picture = Image.open(BytesIO(data), formats=formats)
            moves = bool(getattr(picture, "is_animated", False))
            if picture.width * picture.height > PIXELS:
                raise TooManyPixels
            picture.load()
        except TooManyPixels:
            raise
        except Exception as error:  # Pillow raises whatever a broken file leads it to
            raise BrokenPicture(str(error)) from error
    return moves


@contextmanager
def _strictly() -> Iterator[None]:
    """WeasyPrint makes Pillow forgiving for a whole process, once imported; here it never is."""
    from PIL import ImageFile

    forgiving = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a picture that is large, which is counted here
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = forgiving
