"""One clause: the words that were sent, held against those that came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policygen.diff.align import align
from policygen.model.document import Blocks, Inlines, Paragraph, Text, Value
from policygen.model.document.walk import plain
from policygen.review.block_lines import lines_of, with_lines
from policygen.review.facts import ValueChange, restore_facts


@dataclass(frozen=True, slots=True)
class RestoredWords:
    """Blocks that came back, in which facts are facts again, and the values that were changed."""

    blocks: Blocks
    changes: tuple[ValueChange, ...]


def clause_words(blocks: Blocks) -> str:
    """Return all that blocks say, a line each."""
    lines = (line_words(line) for line in lines_of(blocks))
    return "\n".join(filter(None, lines))


def restored(sent: Blocks, returned: Blocks) -> RestoredWords:
    """Return blocks that came back, with the facts of those that were sent in their places."""
    before, after = lines_of(sent), lines_of(returned)
    partners = line_partners(before, after)
    partners |= _whole_facts(before, after, partners)
    changes: list[ValueChange] = []
    at = 0

    def renew(line: Inlines) -> Inlines:
        nonlocal at
        partner, at = partners.get(at), at + 1
        if partner is None:
            return line
        found = restore_facts(before[partner], line)
        changes.extend(found.changes)
        return found.inlines

    return RestoredWords(with_lines(returned, renew), tuple(changes))


def _whole_facts(
    before: Sequence[Inlines], after: Sequence[Inlines], partners: Mapping[int, int]
) -> dict[int, int]:
    """Return the lines that came back in the place of one that is a fact and nothing else.

    Such a cell has no words by which it could be known again; those around it are.
    """
    found: dict[int, int] = {}
    edges = [(-1, -1), *sorted(partners.items()), (len(after), len(before))]
    for (target, source), (next_target, next_source) in pairwise(edges):
        targets, sources = range(target + 1, next_target), range(source + 1, next_source)
        if len(targets) == len(sources):
            pairs = zip(targets, sources, strict=True)
            found |= {one: other for one, other in pairs if _is_fact(before[other])}
    return found


def _is_fact(line: Inlines) -> bool:
    return len(line) == 1 and isinstance(line[0], Value)


def line_partners(before: Sequence[Inlines], after: Sequence[Inlines]) -> dict[int, int]:
    """Return of each line that came back which line that was sent it is, by their places."""
    return word_partners([*map(line_words, before)], [*map(line_words, after)])


def word_partners(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Return of each text that came back which text that was sent it is, by their places."""
    first, second = ([Paragraph((Text(text),)) for text in texts] for texts in (before, after))
    partners: dict[int, int] = {}
    source = target = 0
    for one, other in align(first, second):
        if one and other:
            partners[target] = source
        source += one is not None
        target += other is not None
    return partners


def line_words(line: Inlines) -> str:
    """Return a line as people compare it: Word breaks and pads lines as it likes."""
    return " ".join(plain(line).split())
