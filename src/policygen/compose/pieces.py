"""Rendered text with tokens in it -> the pieces of a Wording: words, printed facts, loops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from policygen.compose.fact import CLOSE, LOOP, LOOP_END, LOOP_HEAD, OPEN
from policygen.model.wording import Loop, Piece, Printed

_TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}|{LOOP}([^{LOOP_HEAD}]*){LOOP_HEAD}|{LOOP_END}")
# What may stand between a value and the full stop of its sentence: emphasis, closing quotes, the
# end of a link, of a span or of a footnote's mark, the end of a loop.
_CLOSING = (
    rf"[*_\"'”’{LOOP_END}]|\](?:\([^()\s]*\)|\{{[^{{}}\n]*\}}|\[[^\[\]\n]*\])|\[\^[^\[\]\s]*\]"
)
# A stop that goes on is an ellipsis or a name.
_BEFORE_STOP = re.compile(rf"{OPEN}(?P<number>\d+){CLOSE}(?:{_CLOSING})*+\.(?![.\w{OPEN}])")


def split_pieces(text: str, printed: Sequence[Printed]) -> tuple[Piece, ...]:
    """Split rendered text at its tokens; a token's number is that of its fact in `printed`."""
    printed = _without_second_stop(text, printed)
    stack: list[tuple[str, list[Piece]]] = [("", [])]  # open loops: the path, the pieces so far
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            stack[-1][1].append(text[end : found.start()])
        end = found.end()
        number, loop = found[1], found[2]
        if number is not None:
            stack[-1][1].append(printed[int(number)])
        elif loop is not None:
            stack.append((loop, []))
        elif len(stack) > 1:
            path, inner = stack.pop()
            if inner:
                stack[-1][1].append(Loop(path, tuple(join_words(inner))))
    if end < len(text):
        stack[-1][1].append(text[end:])
    return tuple(stack[0][1])


def join_words(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbouring words into one piece."""
    words = ""
    for piece in pieces:
        if isinstance(piece, str):
            words += piece
            continue
        if words:
            yield words
            words = ""
        yield piece
    if words:
        yield words


def _without_second_stop(text: str, printed: Sequence[Printed]) -> list[Printed]:
    """Return the facts as they print: a value that ends a sentence loses a full stop of its own.

    "Legal Services Ltd." has one. The value gives way, never the words, so the wording stays the
    same for every organisation. `text` has the number of a fact in `printed` in its place.
    """
    facts = list(printed)
    for found in _BEFORE_STOP.finditer(text):
        number = int(found["number"])
        fact = facts[number]
        if fact.text.endswith(".") and not fact.gap:
            facts[number] = replace(fact, text=fact.text[:-1])
    return facts
