"""A passage of wording -> its segments, and what stands around them and is not translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from policygen.model.translation.pack import Segment
from policygen.translation.codes import Shown, cut_codes, put_codes

# Lines without a word for a translator: blocks alone, rules, fences of asides, delimiters.
_BLOCKS = re.compile(r"\s*(?:\{%[^%]*(?:%(?!\})[^%]*)*%\}\s*)+")
_INHERITED = re.compile(r"\s*\{\{\s*inherited\s*\}\}\s*")
_ASIDE = re.compile(r"\s*:{3,}.*")
_DELIMITER = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,}).*")
# Spaces, marks of lists and quotations, what heads a table; the words; the mark of a hard break.
_LINE = re.compile(
    r"(?P<before>\s*(?:(?:[-*+]|[0-9]+[.)])\s+|>\s?)*(?:Table:\s+)?)"
    r"(?P<words>.*?)(?P<after>\\?\s*)"
)
_CODE_IN_ROW = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|`[^`]*`|\\\|")
_WORD = re.compile(r"\w")

PassagePiece: TypeAlias = str | Segment


def cut_passage(text: str, shown: Shown) -> tuple[PassagePiece, ...]:
    """Return a passage as segments and the texts between them, which together are all of it.

    A segment is the words of one line, which in the library is one sentence, or of one cell.
    """
    pieces = list(_pieces(text, shown))
    numbered: list[PassagePiece] = []
    number = 0
    for piece in pieces:
        if isinstance(piece, Segment):
            number += 1
            piece = Segment(number, piece.source, piece.codes)
        numbered.append(piece)
    return tuple(numbered)


def join_passage(pieces: Sequence[PassagePiece], targets: Mapping[int, str]) -> str:
    """Return a passage in the words of a translator, by the numbers of its segments."""
    return "".join(
        piece if isinstance(piece, str) else put_codes(targets[piece.number], piece)
        for piece in pieces
    )


def _pieces(text: str, shown: Shown) -> Iterator[PassagePiece]:
    in_fence = False
    for number, line in enumerate(text.split("\n")):
        if number:
            yield "\n"
        if _FENCE.fullmatch(line):
            in_fence = not in_fence
            yield line
        elif in_fence or _is_no_text(line):
            yield line
        elif line.lstrip().startswith("|"):
            yield from _row(line, shown)
        else:
            yield from _words(line, shown)


def _is_no_text(line: str) -> bool:
    every = (_BLOCKS, _INHERITED, _ASIDE, _DELIMITER)
    return not line.strip() or any(pattern.fullmatch(line) for pattern in every)


def _words(line: str, shown: Shown) -> Iterator[PassagePiece]:
    """Yield the words of a line as a segment, between what marks a list or a hard break."""
    found = _LINE.fullmatch(line)
    assert found is not None  # it takes any line
    yield found["before"]
    source, codes = cut_codes(found["words"], shown)
    # A fact alone, such as the number in a cell, is nobody's to translate.
    yield Segment(0, source, codes) if _WORD.search(_without_codes(source)) else found["words"]
    yield found["after"]


def _row(line: str, shown: Shown) -> Iterator[PassagePiece]:
    """Yield each cell of a row as a segment, between the strokes."""
    strokes = _strokes(line)
    at = 0
    for stroke in strokes:
        yield from _cell(line[at:stroke], shown)
        yield "|"
        at = stroke + 1
    yield from _cell(line[at:], shown)


def _cell(cell: str, shown: Shown) -> Iterator[PassagePiece]:
    words = cell.strip()
    if not words or _BLOCKS.fullmatch(cell):
        yield cell
        return
    start = cell.index(words)
    yield cell[:start]
    source, codes = cut_codes(words, shown)
    yield Segment(0, source, codes) if _WORD.search(_without_codes(source)) else words
    yield cell[start + len(words) :]


def _strokes(line: str) -> list[int]:
    """Return where the strokes between cells stand: none that is part of a code or escaped."""
    masked = _CODE_IN_ROW.sub(lambda found: "x" * len(found[0]), line)
    return [at for at, sign in enumerate(masked) if sign == "|"]


def _without_codes(source: str) -> str:
    return re.sub(r"\{/?[0-9]+\}", "", source)


@dataclass(frozen=True, slots=True)
class CutPassage:
    """A passage that is cut, with its segments in order."""

    pieces: tuple[PassagePiece, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What there is to translate."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Segment))
