"""Pieces of text -> words: what a line break has parted is joined again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policygen.load.existing.pdf.pieces import TextPiece

_BROKEN_WORD = re.compile(r"(?<=[a-z])[-\u2010\u00ad]\s*\n\s*(?=[a-z])")
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})


def words_of_pieces(pieces: Iterable[TextPiece]) -> str:
    """Return the words of some pieces on one line."""
    parts: list[str] = []
    before: TextPiece | None = None
    for piece in pieces:
        if before is not None and abs(before.y - piece.y) > 0.5 * max(piece.size, 1.0):
            parts.append("\n")
        parts.append(piece.text)
        before = piece
    text = _BROKEN_WORD.sub("", "".join(parts))
    return " ".join(text.translate(_LIGATURES).split())
