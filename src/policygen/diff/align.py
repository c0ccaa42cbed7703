"""Which passage of one text is which of another: by id, then by likeness and order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from rapidfuzz.distance import Indel

from policygen.model.document import (
    Aside,
    ClauseBlock,
    CodeBlock,
    Columns,
    Contents,
    DoDont,
    Group,
    Heading,
    List,
    ListItem,
    Paragraph,
    Row,
    ScanCode,
    Table,
    Topic,
)
from policygen.model.document.walk import plain

SIMILAR = 0.4  # the share of words in common from which one passage is read as the other reworded
# Pairs of passages that are weighed against one another; beyond that, their order decides.
_MOST_PAIRS = 900

_T = TypeVar("_T")
_Places: TypeAlias = list[tuple[int, int]]


def align(first: Sequence[_T], second: Sequence[_T]) -> Iterator[tuple[_T | None, _T | None]]:
    """Yield every passage of both in order, as a pair of partners or alone beside None.

    Partners are the same or bear the same id; between those, what reads alike is paired.
    """
    codes = Indel.opcodes([_key(one) for one in first], [_key(one) for one in second])
    removed: list[_T] = []
    added: list[_T] = []
    for code in codes:
        before = first[code.src_start : code.src_end]
        after = second[code.dest_start : code.dest_end]
        if code.tag != "equal":
            removed += before
            added += after
            continue
        yield from _align_changed(removed, added)
        removed, added = [], []
        yield from zip(before, after, strict=True)
    yield from _align_changed(removed, added)


def _key(passage: Any) -> Any:
    """Return the id of what bears one; anything else is its own key."""
    match passage:
        case ClauseBlock(id=id):
            return ("clause", id)
        case Group(anchor=id) | Topic(anchor=id) if id:
            return ("section", id)
        case ListItem(anchor=id, clause=True):
            return ("item", id)
        case ListItem(number=number) if number:
            return ("cited", number)  # two sources that read alike are two
        case Row(clause=id) if id:
            return ("row", id)
    return passage


def _align_changed(
    removed: Sequence[_T], added: Sequence[_T]
) -> Iterator[tuple[_T | None, _T | None]]:
    """Pair passages that read alike, in order; of a change, what was stands before what is."""
    before = after = 0
    for i, j in _similar_places(removed, added):
        yield from ((one, None) for one in removed[before:i])
        yield from ((None, one) for one in added[after:j])
        yield removed[i], added[j]
        before, after = i + 1, j + 1
    yield from ((one, None) for one in removed[before:])
    yield from ((None, one) for one in added[after:])


class _Weighed:
    """A passage that is weighed against others, and its words, which are read once for all."""

    def __init__(self, passage: Any) -> None:
        self.passage = passage

    @cached_property
    def words(self) -> list[str]:
        return passage_text(self.passage).split()


def _similar_places(removed: Sequence[Any], added: Sequence[Any]) -> _Places:
    """Return the places of the pairs, in order, whose similarities add up to the most."""
    firsts, seconds = list(map(_Weighed, removed)), list(map(_Weighed, added))
    if len(firsts) * len(seconds) > _MOST_PAIRS:
        pairs = enumerate(zip(firsts, seconds, strict=False))
        return [(n, n) for n, (one, other) in pairs if _similarity(one, other) >= SIMILAR]
    # best[j]: the greatest sum, and its pairs, of the passages so far against the first j of
    # `added`.
    best: list[tuple[float, _Places]] = [(0.0, [])] * (len(seconds) + 1)
    for i, one in enumerate(firsts):
        row: list[tuple[float, _Places]] = [(0.0, [])]
        for j, other in enumerate(seconds):
            most = max(best[j + 1], row[j], key=lambda sum_and_pairs: sum_and_pairs[0])
            share = _similarity(one, other)
            total, pairs_before = best[j]
            if share >= SIMILAR and total + share > most[0]:
                most = (total + share, [*pairs_before, (i, j)])
            row.append(most)
        best = row
    return best[-1][1]


def _similarity(first: _Weighed, second: _Weighed) -> float:
    """Return the share of their words that two passages of one sort have in common, from 0 to 1."""
    one, other = first.passage, second.passage
    if not _comparable(one, other):
        return 0.0
    if isinstance(one, Row) and _row_heading(one) == _row_heading(other):
        return 1.0
    share = Indel.normalized_similarity(first.words, second.words, score_cutoff=SIMILAR)
    # What stands in one frame is compared piece by piece, however much of it is new.
    return max(share, SIMILAR) if isinstance(one, List | Table | DoDont | Aside) else share


def _comparable(first: Any, second: Any) -> bool:
    """Tell whether two passages are of one sort.

    What bears an id has been paired by it, or not at all.
    """
    if type(first) is not type(second):
        return False
    if _key(first) is not first or _key(second) is not second:
        return False
    parts = ("role", "kind", "ordered")
    return all(getattr(first, part, None) == getattr(second, part, None) for part in parts)


def _row_heading(row: Row) -> list[str]:
    return list(map(plain, row.cells[:1]))


def passage_text(passage: Any) -> str:
    """Return what a reader sees of a block, an item or a row."""
    match passage:
        case Paragraph() | Heading():
            return plain(passage.inlines)
        case CodeBlock():
            return passage.text
        case Row(cells=cells):
            return " ".join(map(plain, cells))
        case List(items=inner) | Table(rows=inner) | Columns(inner):
            return " ".join(map(passage_text, inner))
        case DoDont(do, dont):
            return f"{passage_text(do)} {passage_text(dont)}"
        case Contents() | ScanCode():
            return ""
        case _:
            return " ".join(map(passage_text, passage.blocks))
