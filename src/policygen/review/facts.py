"""Facts come back as facts: which words of a returned line are values of the profile.

Word keeps the style of a printed fact and not which fact it was. So the line is held against the
line that was sent: where the words of a fact still stand between the same neighbours, they are that
fact; where others stand in their place, somebody changed its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz.distance import Indel

from policygen.model.document import Inline, Inlines, Text, Value
from policygen.review.printed_line import Span, leaf_text, spans, with_leaves

_PIECE = re.compile(r"\w+|\s+|.", re.S)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A fact whose printed value somebody changed in a returned copy."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Restored:
    """A returned line in which facts are facts again, and the values that were changed.

    A changed value stands in the line as its fact, with the text that came back.
    """

    inlines: Inlines
    changes: tuple[ValueChange, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fact stands in the returned line, and the characters that stand there."""

    start: int
    end: int
    value: Value
    text: str


def restore_facts(sent: Inlines, returned: Inlines) -> Restored:
    """Return a returned line with the facts of the line that was sent in their places.

    A fact whose words are gone, or have run into their neighbours, is left as the words that stand
    there: a person decides.
    """
    text = "".join(leaf_text(span.leaf) for span in spans(returned))
    places = tuple(_places(spans(sent), text))
    changes = tuple(
        ValueChange(place.value.path, place.value.text, place.text)
        for place in places
        if place.text != place.value.text
    )
    return Restored(_with_values(returned, places), changes)


def _places(sent: Sequence[Span], returned: str) -> Iterator[_Place]:
    """Yield where each fact that was sent stands in the characters that came back."""
    boundaries = _boundaries("".join(leaf_text(span.leaf) for span in sent), returned)
    last = 0
    for span in sent:
        if isinstance(span.leaf, Value) and span.leaf.text:
            start, end = boundaries.place(span, returned)
            if last <= start < end:
                last = end
                yield _Place(start, end, span.leaf, returned[start:end])


@dataclass(frozen=True, slots=True)
class _Boundaries:
    """Where the words that two texts share begin and end in the second, by where in the first."""

    begins: dict[int, int]
    ends: dict[int, int]

    def place(self, span: Span, returned: str) -> tuple[int, int]:
        """Return where a span of the first text stands in the second, or (-1, -1).

        Its own words stand there, or others between the same neighbours.
        """
        start, end = self.begins.get(span.start, -1), self.ends.get(span.end, -1)
        if returned[max(start, 0) : end] == leaf_text(span.leaf):
            return start, end
        return self.ends.get(span.start, -1), self.begins.get(span.end, -1)


def _boundaries(first: str, second: str) -> _Boundaries:
    before, after = _PIECE.findall(first), _PIECE.findall(second)
    first_at, second_at = _offsets(before), _offsets(after)
    begins, ends = {len(first): len(second)}, {0: 0}
    for code in Indel.opcodes(before, after):
        if code.tag == "equal":
            for step in range(code.src_end - code.src_start):
                source, target = code.src_start + step, code.dest_start + step
                begins[first_at[source]] = second_at[target]
                ends[first_at[source + 1]] = second_at[target + 1]
    return _Boundaries(begins, ends)


def _offsets(pieces: Sequence[str]) -> list[int]:
    """Return where each piece begins, and where the last ends."""
    return [0, *accumulate(map(len, pieces))]


def _with_values(inlines: Inlines, places: Sequence[_Place]) -> Inlines:
    """Return a line whose leaves are cut where facts begin and end, each fact one leaf."""
    at = 0

    def renew(leaf: Inline) -> Inlines:
        nonlocal at
        start, at = at, at + len(leaf_text(leaf))
        return tuple(_cut(leaf, start, places))

    return with_leaves(inlines, renew)


def _cut(leaf: Inline, start: int, places: Sequence[_Place]) -> Iterator[Inline]:
    """Yield the parts of one leaf. A fact that runs over several leaves stands in the first."""
    if not isinstance(leaf, (Text, Value)):
        yield leaf
        return
    here, end = start, start + len(leaf.text)
    for place in places:
        if here < place.end and place.start < end:
            if here < place.start:
                yield Text(leaf.text[here - start : place.start - start])
            if start <= place.start:
                yield Value(place.value.path, place.text)
            here = min(place.end, end)
    if here < end:
        yield Text(leaf.text[here - start :])
