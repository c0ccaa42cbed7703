"""Words that a form proposes, put over the words of the clause that they surely stand for.

A form says for which clause, and not for which of its sentences. Those are meant that resemble the
proposal, where no others do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from policygen.model.returned.copy import ReturnedCopy, ReturnedPart
from policygen.model.returned.line import Lines, ReturnedLine, Stretch, Stretches

_ALIKE = 0.6  # the share of words in common from which words are a proposal for others
_CLEARLY = 0.2  # by how much they must be more alike than any others
_WORD = re.compile(r"\w+|[^\w\s]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\w)")
_BULLET = re.compile(r"^\s*[-*•]\s+")


@dataclass(frozen=True, slots=True)
class _Run:
    """Some sentences of one line that follow one another: the line, and the characters in it."""

    line: int
    start: int
    end: int


def with_proposal(copy: ReturnedCopy, clause: str, words: str) -> ReturnedCopy | None:
    """Return a copy in which a clause says what somebody proposes; None where that is not sure."""
    told = [_BULLET.sub("", line).strip() for line in words.split("\n")]
    told = [line for line in told if line]
    parts = copy.of_clause(clause)
    if len(parts) != 1 or not told:
        return None
    lines = _changed(parts[0], told)
    if lines is None:
        return None
    every = (replace(one, lines=lines) if one is parts[0] else one for one in copy.parts)
    return replace(copy, parts=tuple(every))


def _changed(part: ReturnedPart, told: Sequence[str]) -> Lines | None:
    at = [number for number, line in enumerate(part.lines) if line.text.strip() and not line.level]
    if len(told) > 1 and len(told) != len(at):
        return None  # a line more or less: nobody knows which
    lines = list(part.lines)
    for number, words in enumerate(told):
        within = at if len(told) == 1 else [at[number]]
        run = _meant(part.lines, within, words)
        if run is None or not _is_plain(part.lines[run.line], run):
            return None
        lines[run.line] = _with_words(part.lines[run.line], run, words)
    return tuple(lines)


def _meant(lines: Lines, within: Sequence[int], words: str) -> _Run | None:
    """Return the sentences that alone resemble some words."""
    weighed = [
        (_likeness(lines[run.line].text[run.start : run.end], words), run)
        for at in within
        for run in _runs(at, lines[at].text)
    ]
    best, chosen = max(weighed, key=lambda one: one[0], default=(0.0, None))
    if chosen is None or best < _ALIKE:
        return None
    others = [likeness for likeness, run in weighed if not _overlap(run, chosen)]
    return chosen if best - max(others, default=0.0) >= _CLEARLY else None


def _runs(line: int, text: str) -> Iterator[_Run]:
    """Yield every run of whole sentences of a line."""
    breaks = list(_SENTENCE.finditer(text))
    starts = [len(text) - len(text.lstrip()), *(one.end() for one in breaks)]
    ends = [*(one.start() for one in breaks), len(text.rstrip())]
    for first, start in enumerate(starts):
        yield from (_Run(line, start, end) for end in ends[first:])


def _likeness(first: str, second: str) -> float:
    one, other = (_WORD.findall(text.casefold()) for text in (first, second))
    return Indel.normalized_similarity(one, other)


def _overlap(one: _Run, other: _Run) -> bool:
    return one.line == other.line and one.start < other.end and other.start < one.end


def _is_plain(line: ReturnedLine, run: _Run) -> bool:
    """Tell whether some words of a line have no link, weight or number that a form cannot show."""
    return not any(
        one.strong
        or one.emphasis
        or one.href
        or one.reference
        or one.style not in ("", "PrintedFact")
        for one in _cut(line.stretches, run.start, run.end)
    )


def _with_words(line: ReturnedLine, run: _Run, words: str) -> ReturnedLine:
    before = _cut(line.stretches, 0, run.start)
    after = _cut(line.stretches, run.end, len(line.text))
    return replace(line, stretches=(*before, Stretch(words), *after))


def _cut(stretches: Stretches, start: int, end: int) -> Iterator[Stretch]:
    """Yield what stands between two characters of a line."""
    at = 0
    for one in stretches:
        text = one.text[max(start - at, 0) : max(end - at, 0)]
        at += len(one.text)
        if text:
            yield replace(one, text=text)
