"""A telling cut into sentences, where what stands before can be told without what follows.

In a fragment each sentence has a line of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias

from policygen.compose.pieces import join_words
from policygen.markdown.top_blocks import top_blocks
from policygen.model.place_part import Separator
from policygen.model.wording import Loop, Piece, Printed, text_of

_Line: TypeAlias = tuple[Piece, ...]  # of the source, without its end; a loop in it may hold more
_BELONGS = ("bullet_list", "ordered_list", "table", "code_block")  # to the paragraph before it
_ENDS = re.compile(r"[.?!:][”’\"')*_]*$")  # of a whole sentence
_VALUE = "\ue000"  # stands for a printed value, which is never markup


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or a list, a table or a passage set apart, which stays whole.

    `separator` parts it from the one before: a line, or a blank one where a paragraph begins.
    """

    separator: Separator
    pieces: tuple[Piece, ...]


def sentences(pieces: Sequence[Piece]) -> list[Sentence]:
    """Cut a telling into sentences."""
    found: list[Sentence] = []
    for lines, prose in _blocks(list(_lines(pieces))):
        separator: Separator = "\n\n" if found else ""
        for sentence in _cut_at_ends(lines, prose):
            found.append(Sentence(separator, tuple(_joined(sentence))))
            separator = "\n"
    return found


def joined_sentences(telling: Iterable[Sentence]) -> list[Piece]:
    """Return sentences as the pieces of a wording."""
    pieces: list[Piece] = []
    for sentence in telling:
        pieces += [sentence.separator, *sentence.pieces] if pieces else sentence.pieces
    return list(join_words(pieces))


def _lines(pieces: Sequence[Piece]) -> Iterator[_Line]:
    line: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, str):
            line.append(piece)
            continue
        first, *others = piece.split("\n")
        line.append(first)
        for words in others:
            yield tuple(line)
            line = [words]
    yield tuple(line)


def _blocks(lines: Sequence[_Line]) -> Iterator[tuple[Sequence[_Line], int]]:
    """Yield the lines of each block, and how many of them are a paragraph that can be cut.

    A list or a table belongs to the paragraph before it, and so does what no blank line parts:
    then all is one passage, and none of it can be cut.
    """
    sources = [_source(line) for line in lines]
    first_lines = list(accumulate((source.count("\n") + 1 for source in sources), initial=0))
    prose_ends: dict[int, int] = {}  # by the number of the line where a block begins
    at = 0
    for block in top_blocks("\n".join(sources)):
        line = bisect_right(first_lines, block.line) - 1
        is_parted = not (line and sources[line - 1].strip())
        if prose_ends and (block.kind in _BELONGS or not is_parted):
            prose_ends[at] = min(prose_ends[at], line if is_parted else at)
        else:
            at = line
            prose_ends[at] = len(lines) if block.kind == "paragraph" else at
    for begin, end in pairwise([*prose_ends, len(lines)]):
        prose = lines[begin : min(prose_ends[begin], end)]
        yield _without_blank_end(lines[begin:end]), len(_without_blank_end(prose))


def _source(pieces: Iterable[Piece]) -> str:
    """Return pieces as Markdown to be parsed."""
    shown: list[str] = []
    for piece in pieces:
        match piece:
            case str():
                shown.append(piece)
            case Printed():
                shown.append(_VALUE)
            case Loop():
                shown.append(_source(piece.pieces))
    return "".join(shown)


def _without_blank_end(lines: Sequence[_Line]) -> Sequence[_Line]:
    end = len(lines)
    while end > 1 and not text_of(lines[end - 1]).strip():
        end -= 1
    return lines[:end]


def _cut_at_ends(lines: Sequence[_Line], prose: int) -> Iterator[Sequence[_Line]]:
    """Yield the lines of each sentence. What follows the lines of prose goes with the last one."""
    begin = 0
    for number, line in enumerate(lines[: max(prose - 1, 0)], 1):
        if _ENDS.search(text_of(line).rstrip()):
            yield lines[begin:number]
            begin = number
    yield lines[begin:]


def _joined(lines: Sequence[_Line]) -> Iterator[Piece]:
    """Yield lines as pieces again."""
    first, *others = lines
    pieces = [*first]
    for line in others:
        pieces += ["\n", *line]
    return join_words(pieces)
