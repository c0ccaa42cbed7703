"""Two runs of inlines as one: the words of the second, and those that only the first has.

The first's are marked as deleted, what is new as inserted. Words are compared as a reader sees
them, and not as Markdown: a word in bold is another than the same in plain.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import NamedTuple, TypeAlias

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
from policygen.model.document.walk import plain

Wrapper: TypeAlias = Strong | Emphasis | Quiet | Foreign
# A word holds its apostrophes and hyphens, a number its points and commas; a no-break space holds
# words together.
_PIECE = re.compile(r"[^\W_]+(?:(?:['’\u00a0-]|(?<=\d)[.,:](?=\d))[^\W_]+)*|\s+|.", re.S)
_SHORT = 4  # characters: an island of less between two changes is taken into them


class Token(NamedTuple):
    """A word, a space, a mark, or an inline that is compared whole.

    `within` is what it stands in, the outermost first.
    """

    key: Hashable
    inline: Inline
    within: tuple[Wrapper, ...]


class EditRun(NamedTuple):
    """Tokens of both that are the same, or those of each that are not."""

    same: bool
    first: Sequence[Token]
    second: Sequence[Token]


def merge_inlines(
    first: Inlines, second: Inlines, *, names: frozenset[str] | None = None
) -> Inlines:
    """Return both as one, with deleted and inserted runs marked.

    The facts among `names` are taken as the same; the second's is shown, with the first's beside.
    """
    if first == second:
        return second
    inlines: list[Inline] = []
    for run in edit_script(tuple(tokenise(first, names)), tuple(tokenise(second, names))):
        if run.same:
            pairs = zip(run.first, run.second, strict=True)
            inlines += _inlines([_with_first_value(one, other) for one, other in pairs])
            continue
        if run.first:
            inlines.append(Deleted(_inlines(run.first)))
        if run.second:
            inlines.append(Inserted(_inlines(run.second)))
    return tuple(inlines)


def tokenise(
    inlines: Inlines, names: frozenset[str] | None, within: tuple[Wrapper, ...] = ()
) -> Iterator[Token]:
    """Cut inlines into what is compared.

    `within` are the wrappers around them, the outermost first.
    """
    marks = tuple((type(w).__name__, getattr(w, "language", "")) for w in within)
    for inline in inlines:
        match inline:
            case Text(text):
                for piece in _PIECE.findall(text):
                    yield Token(_key(piece, marks), Text(piece), within)
            case Strong() | Emphasis() | Quiet() | Foreign():
                wrapper = replace(inline, children=())
                yield from tokenise(inline.children, names, (*within, wrapper))
            case Value():
                yield Token(_value_key(inline, marks, names), inline, within)
            case _:
                yield Token((inline, marks), inline, within)


def _key(key: Hashable, marks: Hashable) -> Hashable:
    """Return a key that tells a bold word from a plain one; a plain word is its own key."""
    return (key, marks) if marks else key


def _value_key(value: Value, marks: Hashable, names: frozenset[str] | None) -> Hashable:
    """Return what a fact is compared by: its path if it only names something, else what is printed.

    A loop numbers its facts, so the path would tell a row from the same one in another place.
    """
    if names is not None and value.path in names:
        return "fact", value.path, marks
    if _PIECE.fullmatch(value.text):
        return _key(value.text, marks)
    return _key(("value", value.text), marks)


def edit_script(first: Sequence[Token], second: Sequence[Token]) -> list[EditRun]:
    """Return what is the same and what is not, in order, without islands too small to read."""
    codes = Indel.opcodes([token.key for token in first], [token.key for token in second])
    runs: list[EditRun] = []
    for code in codes:
        run = EditRun(
            code.tag == "equal",
            first[code.src_start : code.src_end],
            second[code.dest_start : code.dest_end],
        )
        if runs and not run.same and not runs[-1].same:
            runs[-1] = _joined(runs[-1], run)
        else:
            runs.append(run)
    return [part for run in _without_islands(runs) for part in _trimmed(run)]


def _joined(one: EditRun, other: EditRun) -> EditRun:
    """Return two neighbouring runs as one change."""
    return EditRun(False, (*one.first, *other.first), (*one.second, *other.second))


def _without_islands(runs: Sequence[EditRun]) -> list[EditRun]:
    """Take small islands into the changes on both their sides.

    A reader follows phrases, not syllables.
    """
    joined: list[EditRun] = []
    for run, following in zip_longest(runs, runs[1:]):
        after_change = bool(joined) and not joined[-1].same
        if after_change and (not run.same or _is_island(run, joined[-1], following)):
            joined[-1] = _joined(joined[-1], run)
        else:
            joined.append(run)
    return joined


def _is_island(run: EditRun, before: EditRun, after: EditRun | None) -> bool:
    """Tell whether so little stands between two changes that a reader takes all three for one."""
    if after is None:
        return False
    letters = sum(len(plain((token.inline,)).strip()) for token in run.second)
    if letters == 0:
        return True
    smallest_change = min(len(side.first) + len(side.second) for side in (before, after))
    return letters < _SHORT and smallest_change > 1


def _trimmed(run: EditRun) -> Iterator[EditRun]:
    """Yield a change without the spaces that both its sides begin or end with.

    A mark stands at a word.
    """
    first, second = run.first, run.second
    if run.same or not first or not second:
        yield run
        return
    head = int(_same_space(first[0], second[0]))
    longer = min(len(first), len(second)) > head
    tail = int(longer and _same_space(first[-1], second[-1]))
    first_end, second_end = len(first) - tail, len(second) - tail
    parts = (
        EditRun(True, first[:head], second[:head]),
        EditRun(False, first[head:first_end], second[head:second_end]),
        EditRun(True, first[first_end:], second[second_end:]),
    )
    yield from (part for part in parts if part.first or part.second)


def _same_space(one: Token, other: Token) -> bool:
    return one.key == other.key and isinstance(one.inline, Text) and one.inline.text.isspace()


def _with_first_value(first: Token, second: Token) -> Token:
    """Return the second's token.

    A fact that is taken as the same shows what the first policy has for it.
    """
    match first.inline, second.inline:
        case Value(text=before), Value(text=after) if before != after:
            return second._replace(inline=replace(second.inline, other=before))
    return second


def _inlines(tokens: Sequence[Token]) -> Inlines:
    """Return tokens as inlines: neighbours share their wrapper, and neighbouring texts are one."""
    built: list[Inline] = []
    for within, group in groupby(tokens, key=lambda token: token.within):
        inlines: Inlines = _texts([token.inline for token in group])
        for wrapper in reversed(within):
            inlines = (replace(wrapper, children=inlines),)
        built += inlines
    return tuple(built)


def _texts(inlines: Sequence[Inline]) -> Inlines:
    """Join neighbouring texts."""
    joined: list[Inline] = []
    for is_text, group in groupby(inlines, key=lambda inline: isinstance(inline, Text)):
        neighbours = tuple(group)
        joined += (Text(plain(neighbours)),) if is_text else neighbours
    return tuple(joined)
