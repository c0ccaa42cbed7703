"""Which lines of a wording have changed.

Fragments hold one sentence a line, so a line is what somebody rewrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TypeAlias

from policygen.model.wording import Piece, Wording

WordingLines: TypeAlias = tuple[Wording, ...]


def changed_lines(
    first: object, second: object, values: bool = False
) -> tuple[WordingLines, WordingLines]:
    """Return the lines that only the first wording has, and those that only the second has.

    A fact counts by its path, or with `values` by what is printed for it. What is no wording has no
    lines.
    """
    before, after = wording_lines(first), wording_lines(second)
    old_texts, new_texts = _texts(before, values), _texts(after, values)
    matcher = SequenceMatcher(None, old_texts, new_texts, autojunk=False)
    old: list[Wording] = []
    new: list[Wording] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            old += before[old_start:old_end]
            new += after[new_start:new_end]
    return tuple(old), tuple(new)


def wording_lines(wording: object) -> WordingLines:
    """Return the lines of a wording that are not empty, each a wording of its own.

    What a loop prints is never cut.
    """
    if not isinstance(wording, Wording):
        return ()
    every = _split_lines(wording.pieces)
    return tuple(Wording(wording.language, pieces) for pieces in every if _filled(pieces))


def _texts(lines: WordingLines, values: bool) -> list[str]:
    return [line.text if values else line.skeleton for line in lines]


def _split_lines(pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
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
