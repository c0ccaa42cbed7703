"""Two runs of inlines as one: the words of the second, with those that only the first has marked as deleted.

Words are compared as a reader sees them, and not as Markdown: a word in bold is another than the same in plain.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from rapidfuzz.distance import Indel

from policygen.model.document import (
    Deleted,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    Inserted,
    Quiet,
    Strong,
    Text,
    Value,
)
from policygen.model.walk import plain

Wrapper: TypeAlias = Strong | Emphasis | Quiet | Foreign
# A word holds its apostrophes and hyphens, a number its points and commas; a no-break space holds words together.
_PIECE = re.compile(r"[^\W_]+(?:(?:['’\u00a0-]|(?<=\d)[.,:](?=\d))[^\W_]+)*|\s+|.", re.S)
_SHORT = 4  # characters: an island of less between two changes is taken into them


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a space, a mark, or an inline that is compared whole; and what it stands in, the outermost first."""

    key: Hashable
    inline: Inline
    within: tuple[Wrapper, ...]


@dataclass(frozen=True, slots=True)
class EditRun:
    """Tokens of both that are the same, or those of each that are not."""

    same: bool
    first: Sequence[Token]
    second: Sequence[Token]


def merge_inlines(
    first: Inlines, second: Inlines, *, names: frozenset[str] | None = None
) -> Inlines:
    """Both as one. The facts among `names` are taken as the same; the second's is shown, with the first's beside."""
    if first == second:
        return second
    found: list[Inline] = []
    for run in edit_script(tuple(tokenise(first, names)), tuple(tokenise(second, names))):
        if run.same:
            found += _built([_beside(a, b) for a, b in zip(run.first, run.second, strict=True)])
        else:
            found += [Deleted(_built(run.first))] if run.first else []
            found += [Inserted(_built(run.second))] if run.second else []
    return tuple(found)


def tokenise(
    inlines: Inlines, names: frozenset[str] | None, within: tuple[Wrapper, ...] = ()
) -> Iterator[Token]:
    """Cut inlines into what is compared."""
    marks = tuple((type(w).__name__, getattr(w, "language", "")) for w in within)
    for inline in inlines:
        match inline:
            case Text(text):
                for piece in _PIECE.findall(text):
                    yield Token((piece, marks) if marks else piece, Text(piece), within)
            case Strong() | Emphasis() | Quiet() | Foreign():
                yield from tokenise(inline.children, names, (*within, replace(inline, children=())))
            case Value(path=path) if names is not None and path in names:
                yield Token(("fact", path, marks), inline, within)
            case Value(text=text):
                # A loop numbers its facts: what a reader sees is the same in whichever row it stands.
                key = text if _PIECE.fullmatch(text) else ("value", text)
                yield Token((key, marks) if marks else key, inline, within)
            case _:
                yield Token((inline, marks), inline, within)


def edit_script(first: Sequence[Token], second: Sequence[Token]) -> list[EditRun]:
    """What is the same and what is not, in order, without islands too small to read."""
    codes = Indel.opcodes([t.key for t in first], [t.key for t in second])
    found: list[EditRun] = []
    for code in codes:
        a, b = first[code.src_start : code.src_end], second[code.dest_start : code.dest_end]
        same = code.tag == "equal"
        if found and not same and not found[-1].same:
            found[-1] = EditRun(False, (*found[-1].first, *a), (*found[-1].second, *b))
        else:
            found.append(EditRun(same, a, b))
    return _joined(found)


def _joined(found: list[EditRun]) -> list[EditRun]:
    """Take small islands into the changes on both their sides: a reader follows phrases, not syllables."""
    joined: list[EditRun] = []
    for number, run in enumerate(found):
        last = joined[-1] if joined and not joined[-1].same else None
        between = run.same and number < len(found) - 1
        if last and (not run.same or (between and _island(run, last, found[number + 1]))):
            joined[-1] = EditRun(False, (*last.first, *run.first), (*last.second, *run.second))
        else:
            joined.append(run)
    return [one for run in joined for one in _trimmed(run)]


def _trimmed(run: EditRun) -> Iterator[EditRun]:
    """A change without the spaces that both its sides begin or end with: a mark stands at a word."""
    first, second = run.first, run.second
    if run.same or not first or not second:
        yield run
        return
    head = int(first[0].key == second[0].key and _blank(first[0]))
    tail = int(
        first[-1].key == second[-1].key
        and _blank(first[-1])
        and min(len(first), len(second)) > head
    )
    ends = len(first) - tail, len(second) - tail
    for same, at, end in (
        (True, (0, 0), (head, head)),
        (False, (head, head), ends),
        (True, ends, (None, None)),
    ):
        one = EditRun(same, first[at[0] : end[0]], second[at[1] : end[1]])
        if one.first or one.second:
            yield one


def _blank(token: Token) -> bool:
    return isinstance(token.inline, Text) and token.inline.text.isspace()


def _island(run: EditRun, before: EditRun, after: EditRun) -> bool:
    letters = sum(len(plain((token.inline,)).strip()) for token in run.second)
    around = min(sum(map(len, (side.first, side.second))) for side in (before, after))
    return (letters < _SHORT and around > 1) or letters == 0


def _beside(first: Token, second: Token) -> Token:
    """A fact that is taken as the same shows what the first policy has for it."""
    match first.inline, second.inline:
        case Value(text=before), Value(text=after) if before != after:
            return replace(second, inline=replace(second.inline, other=before))
    return second


def _built(run: Sequence[Token]) -> Inlines:
    """Tokens as inlines again: each wrapper once around its neighbours, and neighbouring texts as one."""
    built: list[Inline] = []
    for within, group in groupby(run, key=lambda token: token.within):
        inlines: Inlines = _texts([token.inline for token in group])
        for wrapper in reversed(within):
            inlines = (replace(wrapper, children=inlines),)
        built += inlines
    return tuple(built)


def _texts(inlines: Sequence[Inline]) -> Inlines:
    joined: list[Inline] = []
    for inline in inlines:
        if joined and isinstance(inline, Text) and isinstance(last := joined[-1], Text):
            joined[-1] = Text(last.text + inline.text)
        else:
            joined.append(inline)
    return tuple(joined)
