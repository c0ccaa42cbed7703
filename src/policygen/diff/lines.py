"""Which lines of a wording have changed: fragments hold one sentence a line, so a line is what somebody rewrote."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TypeAlias

from policygen.model.policy import Piece, Wording

WordingLines: TypeAlias = tuple[Wording, ...]


def changed_lines(
    first: object, second: object, values: bool = False
) -> tuple[WordingLines, WordingLines]:
    """The lines that only the first wording has, and those that only the second has.

    A fact counts by its path, or with `values` by what is printed for it. What is no wording has no lines.
    """
    before, after = wording_lines(first), wording_lines(second)
    old_texts, new_texts = (
        [line.text if values else line.skeleton for line in some] for some in (before, after)
    )
    matcher = SequenceMatcher(None, old_texts, new_texts, autojunk=False)
    old: list[Wording] = []
    new: list[Wording] = []
    for what, i, j, k, n in matcher.get_opcodes():
        if what != "equal":
            old += before[i:j]
            new += after[k:n]
    return tuple(old), tuple(new)


def wording_lines(wording: object) -> WordingLines:
    """The lines of a wording that are not empty, each a wording of its own. What a loop prints is never parted."""
    if not isinstance(wording, Wording):
        return ()
    return tuple(
        Wording(wording.language, found) for found in _parted(wording.pieces) if _filled(found)
    )


def _parted(pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    line: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, str):
            line.append(piece)
            continue
        here, *following = piece.split("\n")
        line.append(here)
        for text in following:
            yield tuple(line)
            line = [text]
    yield tuple(line)


def _filled(pieces: tuple[Piece, ...]) -> bool:
    return any(not isinstance(piece, str) or piece.strip() for piece in pieces)
