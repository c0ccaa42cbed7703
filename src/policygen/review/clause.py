"""One clause: the words that were sent, held against those that came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policygen.diff.align import align
from policygen.model.document import Blocks, Inlines, Paragraph, Text
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


def line_partners(before: Sequence[Inlines], after: Sequence[Inlines]) -> dict[int, int]:
    """Return of each line that came back which line that was sent it is, by their places."""
    first, second = (
        [Paragraph((Text(line_words(line)),)) for line in lines] for lines in (before, after)
    )
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
