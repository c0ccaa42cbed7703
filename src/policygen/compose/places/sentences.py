"""A telling cut into sentences, where what stands before can be told without what follows.

In a fragment each sentence has a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policygen.compose.pieces import join_words
from policygen.model.place_part import Separator
from policygen.model.wording import Piece, text_of

# What belongs to the lines before it: an item of a list, a table, something indented.
_GOES_ON = re.compile(r"[-*+|] |\d+[.)] |\||\s")
_NOT_PROSE = re.compile(r"[-*+] |\d+[.)] |[|>]|:::|```|~~~|Table: |\[\^")
_OPENS = re.compile(r"^:::\s*\w", re.M)
_CLOSES = re.compile(r"^:::\s*$", re.M)
_ENDS = re.compile(r"[.?!:][”’\"')*_]*$")  # of a whole sentence
_FENCE = re.compile(r"^(?:`{3,}|~{3,})", re.M)


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
    for paragraph in _cut(pieces, "\n\n"):
        separator: Separator = "\n\n" if found else ""
        lines = _cut(paragraph, "\n")
        every_line_is_prose = all(is_prose(text_of(line)) for line in lines)
        for line in lines if every_line_is_prose else [paragraph]:
            found.append(Sentence(separator, line))
            separator = "\n"
    return found


def joined_sentences(telling: Iterable[Sentence]) -> list[Piece]:
    """Return sentences as the pieces of a wording."""
    pieces: list[Piece] = []
    for sentence in telling:
        pieces += [sentence.separator, *sentence.pieces] if pieces else sentence.pieces
    return list(join_words(pieces))


def is_prose(words: str) -> bool:
    """Tell whether words begin with a sentence, before which a label can stand."""
    return not _NOT_PROSE.match(words)


def _cut(pieces: Sequence[Piece], at: str) -> list[tuple[Piece, ...]]:
    """Cut pieces at blank lines or at the ends of lines; what goes on stays whole."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        if not isinstance(piece, str):
            found[-1].append(piece)
            continue
        first, *others = piece.split(at)
        if first:
            found[-1].append(first)
        for words in others:
            is_wrapped = at == "\n" and not _ENDS.search(text_of(found[-1]).rstrip())
            if is_wrapped or _is_open(found[-1]) or _GOES_ON.match(words):
                found[-1].append(f"{at}{words}")
            else:
                found.append([words] if words else [])
    return [tuple(join_words(each)) for each in found if each]


def _is_open(pieces: Sequence[Piece]) -> bool:
    """Tell whether a passage set apart or a block of code goes on beyond these pieces."""
    words = "".join(piece for piece in pieces if isinstance(piece, str))
    asides = len(_OPENS.findall(words)) - len(_CLOSES.findall(words))
    fences = len(_FENCE.findall(words))
    return asides > 0 or fences % 2 == 1
