"""The edits of a returned copy: what each hand did to each clause, and which values it changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from policygen.diff.blocks import changed_blocks
from policygen.model.document import Blocks, Inline, Inlines, Value
from policygen.model.returned.blocks import blocks_of
from policygen.model.returned.copy import PartKind, ReturnedCopy, ReturnedPart
from policygen.model.returned.known import KnownPart
from policygen.model.review.chosen import ChosenBy, ChosenWords
from policygen.model.review.review import Hand, ReturnedEdit, ReturnedEditKind
from policygen.review.block_lines import lines_of, with_lines
from policygen.review.clause import clause_words, line_partners, restored
from policygen.review.facts import ValueChange
from policygen.review.hands import hands_of, lines_by
from policygen.review.line_key import line_key, without_numbers
from policygen.review.order import moved_across, moved_ids
from policygen.review.printed_line import with_leaves

_COMPARED = (PartKind.MASTHEAD, PartKind.CONTROL, PartKind.SECTION, PartKind.CLAUSE)


@dataclass(frozen=True, slots=True)
class HandChange:
    """A value that one hand changed at one place."""

    place: str
    hand: Hand
    change: ValueChange


@dataclass(frozen=True, slots=True)
class CopyEdits:
    """All edits of one copy, and the values that were changed in it."""

    edits: tuple[ReturnedEdit, ...]
    values: tuple[HandChange, ...]


def edits_of(
    copy: ReturnedCopy,
    sent: ReturnedCopy,
    known: Sequence[KnownPart],
    chosen: Callable[[str], Sequence[ChosenWords]],
    label: str,
) -> CopyEdits:
    """Return what a copy says against the file that was sent, in its order.

    `sent` is that file, read as the copy is, so that only what people did differs. `known` are the
    parts of its Document, which alone know which words are facts; `chosen` gives the words of a
    clause that templates chose, for its id; `label` is how the number of a clause is printed.
    """
    known_by_id = {(part.kind, part.id): part for part in known}
    numbered = partial(_numbered, {part.id: part.number for part in known if part.number})
    edits: list[ReturnedEdit] = []
    values: list[HandChange] = []
    for part in sent.parts:
        origin = known_by_id.get((part.kind, part.id)) or KnownPart(part.id, part.kind, part.under)
        theirs = _parts_of(copy, part)
        is_untouched = [one.lines for one in theirs] == [part.lines]  # as most parts are
        if part.kind is not PartKind.UNKNOWN and not is_untouched:
            chosen_by = partial(_chosen_by, chosen(part.id), label)
            found = _compared(origin, part.after, theirs, numbered, chosen_by)
            edits += found.edits
            values += found.values
    across = moved_across(copy, sent)
    moved = dict.fromkeys((*moved_ids(copy, sent), *across))
    edits += (_moved(known_by_id[PartKind.CLAUSE, id], across.get(id, "")) for id in moved)
    edits += _added(copy, sent, known)
    return CopyEdits(tuple(edits), tuple(values))


def _parts_of(copy: ReturnedCopy, sent: ReturnedPart) -> tuple[ReturnedPart, ...]:
    return tuple(part for part in copy.parts if (part.kind, part.id) == (sent.kind, sent.id))


def _compared(
    known: KnownPart,
    sent: Blocks,
    parts: Sequence[ReturnedPart],
    numbered: Callable[[Blocks], Blocks],
    chosen_by: Callable[[Blocks, Blocks], tuple[ChosenBy, ...]],
) -> CopyEdits:
    """Return what was done to one part: first without a track, then by each author."""
    before = tuple(block for part in parts for block in part.before)
    steps = [(Hand(), sent, before)]
    lines = tuple(line for part in parts for line in part.lines)
    steps += ((hand, before, blocks_of(lines_by(lines, hand.author))) for hand in hands_of(lines))
    edits: list[ReturnedEdit] = []
    values: list[HandChange] = []
    for hand, *sides in steps:
        first, second = map(numbered, sides)
        if clause_words(first) != clause_words(second):
            one = restored(known.blocks, first)
            other = restored(known.blocks, second)
            new = [change for change in other.changes if change not in one.changes]
            values += (HandChange(known.id, hand, change) for change in new)
            words = _with_sent_values(other.blocks, new)  # a value is told by itself
            if clause_words(one.blocks) != clause_words(words):
                edit = _edit(known, hand, one.blocks, words)
                edits.append(replace(edit, chosen_by=chosen_by(one.blocks, words)))
    return CopyEdits(tuple(edits), tuple(values))


def _numbered(numbers: Mapping[str, str], blocks: Blocks) -> Blocks:
    """Return blocks in which a reference that shows nothing shows the number that was sent.

    LibreOffice saves that of a section so.
    """

    def leaf(inline: Inline) -> Inlines:
        if isinstance(inline, Value) and inline.path.startswith("#") and not inline.text:
            return (Value(inline.path, numbers.get(inline.path[1:], "")),)
        return (inline,)

    return with_lines(blocks, lambda line: with_leaves(line, leaf))


def _with_sent_values(blocks: Blocks, changes: Sequence[ValueChange]) -> Blocks:
    """Return blocks in which each changed value is the one that was sent."""
    sent = {(change.path, change.after): change.before for change in changes}

    def leaf(inline: Inline) -> Inlines:
        if isinstance(inline, Value):
            return (Value(inline.path, sent.get((inline.path, inline.text), inline.text)),)
        return (inline,)

    return with_lines(blocks, lambda line: with_leaves(line, leaf))


def _edit(known: KnownPart, hand: Hand, before: Blocks, after: Blocks) -> ReturnedEdit:
    first, second = clause_words(before), clause_words(after)
    kind = ReturnedEditKind.REWORDED
    if not first:
        kind = ReturnedEditKind.ADDED
    elif not second:
        kind = ReturnedEditKind.DELETED
    return ReturnedEdit(
        known.id, _name(known), kind, hand, first, second, tuple(changed_blocks(before, after))
    )


def _chosen_by(
    chosen: Sequence[ChosenWords], label: str, before: Blocks, after: Blocks
) -> tuple[ChosenBy, ...]:
    """Return the blocks of templates whose words were reworded or deleted, each once."""
    if not chosen:
        return ()
    first, second = lines_of(before), lines_of(after)
    keys, others = (
        [line_key(without_numbers(line, label)) for line in of] for of in (first, second)
    )
    became = {source: others[at] for at, source in line_partners(first, second).items()}
    found: dict[ChosenBy, None] = {}
    for at, line in enumerate(keys):
        other = became.get(at, "")
        for one in _printed(chosen, line) if line != other else ():
            if one.is_line or one.key not in other:
                found |= dict.fromkeys(one.by)
    return tuple(found)


def _printed(chosen: Sequence[ChosenWords], line: str) -> Iterator[ChosenWords]:
    """Yield the chosen words that a line prints: of `may` and `may not` those that stand there."""
    within = {one.within for one in chosen if not one.is_line and _stands(one.within, line)}
    longest = {one for one in within if not any(one in other for other in within - {one})}
    for one in chosen:
        if one.within == line if one.is_line else one.within in longest:
            yield one


def _stands(words: str, line: str) -> bool:
    """Tell whether a line holds some words, and not within longer ones."""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line))


def _moved(known: KnownPart, into: str) -> ReturnedEdit:
    words, kind = clause_words(known.blocks), ReturnedEditKind.MOVED
    return ReturnedEdit(known.id, _name(known), kind, Hand(), words, words, (), into=into)


def _added(
    copy: ReturnedCopy, sent: ReturnedCopy, known: Sequence[KnownPart]
) -> Iterator[ReturnedEdit]:
    """Yield what stands under a heading that was not sent."""
    names = {part.id: _name(part) for part in known}
    there = {clause_words(part.after) for part in sent.parts if part.kind is PartKind.UNKNOWN}
    for part in (one for one in copy.parts if one.kind is PartKind.UNKNOWN):
        words = clause_words(part.after)
        if words and words not in there:
            hand = next(hands_of(part.lines), Hand())
            lines = tuple(changed_blocks((), part.after))
            kind, name = ReturnedEditKind.ADDED, names.get(part.under, "")
            yield ReturnedEdit(part.under, name, kind, hand, "", words, lines)


def _name(known: KnownPart) -> str:
    return f"{known.number} {known.heading}".strip()
