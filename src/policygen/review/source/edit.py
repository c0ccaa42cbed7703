"""What came back for one clause, written into the unfilled Markdown that it was printed from.

Only the lines that somebody touched are written; the source of all others stays byte for byte.
Where a touched line does not surely come of one line of the source, nothing is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policygen.markdown.rewrite.source_lines import values_of
from policygen.markdown.rewrite.write_line import (
    TakenBranchError,
    UnwritableError,
    line_markdown,
    with_blocks,
)
from policygen.model.document import Blocks, Foreign, Gap, Inline, Inlines, Link, Text, Value
from policygen.review.block_lines import lines_of
from policygen.review.clause import line_partners, line_words, word_partners
from policygen.review.facts import restore_facts
from policygen.review.line_key import ITEM, OTHER, line_key, line_kinds, without_numbers
from policygen.review.loop_rows import LooseRow, added_rows, table_at, without_rows
from policygen.review.printed_line import leaves, with_leaves
from policygen.review.sentence import changed_sentence
from policygen.review.source.changes import (
    SourceChanges,
    changed_text,
    end_of_table,
    prefixed,
    row_prefix,
)
from policygen.review.source.places import PrintedLines, SourcePlace, SourceText

_BULLETS = ("-", "*", "+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class NotSureError(Exception):
    """An edit that a person has to make: why, and the source of the line, where it is known."""

    def __init__(self, reason: str, place: tuple[int, int] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place  # which of the texts, and its line (from 0)


@dataclass(frozen=True, slots=True)
class EditedSource:
    """The texts after an edit, in the order in which they were given.

    `expected` are the keys of the lines that the clause must print then.
    """

    texts: tuple[str, ...]
    expected: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was changed but values."""
        return not self.texts


def edit_source(
    sent: Blocks, returned: Blocks, today: Blocks, texts: Sequence[SourceText], label: str
) -> EditedSource:
    """Carry what was done to a clause, from `sent` to `returned`, into its source.

    `today` is the clause as the texts print it now; `label` is how the number of a clause is
    printed ("clause {number}"). Raises NotSureError: then a person must make the edit.
    """
    carrier = _Carrier(PrintedLines(today, texts, label), texts, label)
    new = [row for row in added_rows(sent, returned) if table_at(sent, row.block)]
    for row in new:
        carrier.put_row(row, sent, returned)
    carrier.carry(_told_lines(sent), _told_lines(without_rows(returned, new)))
    return carrier.edited()


@dataclass(frozen=True, slots=True)
class _Told:
    """A printed line, and what it is: an item, a paragraph or another."""

    line: Inlines
    kind: str


class _Carrier:
    def __init__(self, printed: PrintedLines, texts: Sequence[SourceText], label: str) -> None:
        self._printed = printed
        self._texts = texts
        self._label = label
        self._changes = [SourceChanges() for _ in texts]
        self._expected: dict[int, list[str]] = {at: [key] for at, key in enumerate(printed.keys)}
        self._before: dict[int, list[str]] = defaultdict(list)  # keys of lines put before one
        self._sent: set[str] = set()  # the sentences of all lines that were sent
        self._is_changed = False

    def carry(self, sent: Sequence[_Told], returned: Sequence[_Told]) -> None:
        """Carry every line that differs."""
        partners = _partners(sent, returned)
        sent_keys = [self._key(told.line) for told in sent]
        self._sent = {one for key in sent_keys for one in _sentences(key)}
        kept = {sent_keys[at] for at in partners.values()}
        kept |= {self._key(told.line) for told in returned}
        deleted = sorted(set(range(len(sent))) - set(partners.values()))
        gone = {line_words(sent[at].line) for at in deleted}
        for at, told in enumerate(returned):
            if at in partners:
                self._reword(sent[partners[at]].line, told.line)
                continue
            if line_words(told.line) in gone:
                raise NotSureError("a paragraph was moved within the clause")
            if self._key(told.line) in {*self._printed.keys}.difference(sent_keys):
                continue  # as another copy said before
            above = next((partners[n] for n in range(at - 1, -1, -1) if n in partners), None)
            below = next((partners[n] for n in range(at, len(returned)) if n in partners), None)
            neighbours = (None if n is None else sent[n].line for n in (above, below))
            self._insert(told, *neighbours)
        for at in deleted:
            is_there = sent_keys[at] in self._printed.keys
            if is_there or not _agrees(sent_keys, self._printed.keys, kept):
                self._delete(sent[at].line)  # else another copy took it out before

    def edited(self) -> EditedSource:
        """Return the texts with every change made."""
        if not self._is_changed:
            return EditedSource((), ())
        texts = tuple(
            changed_text(one.text, changes)
            for one, changes in zip(self._texts, self._changes, strict=True)
        )
        keys: list[str] = []
        for at in range(len(self._printed.keys)):
            keys += (*self._before[at], *self._expected[at])
        return EditedSource(texts, tuple(keys))

    # --- One line ---------------------------------------------------------------------------------

    def _reword(self, sent: Inlines, returned: Inlines) -> None:
        restored = _told_facts(restore_facts(sent, returned).inlines)
        first, second = (without_numbers(one, self._label) for one in (sent, restored))
        if line_key(first) == line_key(second) or self._is_made(first, second):
            return
        if self._reword_sentence(first, second):
            return
        place = self._open_place(first, "reworded")
        words = self._markdown(first, second, place)
        changes, line = self._changes[place.text], place.line
        if line.cell >= 0:
            changes.cells[line.start][line.cell] = words
        else:
            changes.lines.append((line.start, line.end, prefixed(words, line.prefix)))
        self._expected[place.printed] = [
            line_key(second) if key == line_key(first) else key
            for key in self._expected[place.printed]
        ]
        self._is_changed = True

    def _reword_sentence(self, sent: Inlines, returned: Inlines) -> bool:
        """Change one sentence of a paragraph, if that is all that differs; tell whether it was."""
        found = changed_sentence(sent, returned, self._printed.sentences)
        if found is None or not found.returned:
            return False
        old, new = line_key(found.sent), line_key(found.returned)
        place = self._printed.sentence(old)
        if place is None:
            return False
        self._check_open(place)
        words = self._markdown(found.sent, found.returned, place)
        change = (place.line.start, place.line.end, prefixed(words, place.line.prefix))
        self._changes[place.text].lines.append(change)
        expected = self._expected[place.printed]
        expected[:] = [key.replace(old, new) for key in expected]
        self._is_changed = True
        return True

    def _is_made(self, sent: Inlines, returned: Inlines) -> bool:
        """Tell whether a line says today what came back: another copy said the same before.

        Its new sentences are there, which no line had that was sent, and those that went are gone.
        """
        order = _sentences(line_key(sent))
        before, after = set(order), set(_sentences(line_key(returned)))
        new, gone, kept = after - before, before - after, before & after
        today = [_sentences(key) for key in self._printed.keys]
        if not (new or gone) or new & self._sent or any(gone.intersection(one) for one in today):
            return False
        return any((new or kept) <= set(one) and _agrees(order, one, after) for one in today)

    def _delete(self, sent: Inlines) -> None:
        first = without_numbers(sent, self._label)
        place = self._open_place(first, "deleted")
        changes, line = self._changes[place.text], place.line
        if line.cell >= 0:
            changes.cells[line.start][line.cell] = ""
        else:
            changes.lines.append((line.start, line.end, []))
        self._expected[place.printed].remove(line_key(first))
        self._is_changed = True

    def _insert(self, told: _Told, above: Inlines | None, below: Inlines | None) -> None:
        if told.kind == OTHER:
            raise NotSureError(
                "a heading or a passage of its own was added, or a row beside others"
            )
        kind, returned = told.kind, without_numbers(_told_facts(told.line), self._label)
        key, words = line_key(returned), self._markdown((), returned, None)
        after, place = True, self._neighbour(above)
        if place is None:
            after, place = False, self._neighbour(below)
        if place is None:
            raise NotSureError("a paragraph was added where the source is not surely known")
        if place.line.is_fixed or place.line.is_conditional:
            reason = "a paragraph was added beside words that a template decides"
            raise NotSureError(reason, (place.text, place.line.start))
        self._check_open(place)
        line = place.line
        at = end_of_table(self._texts[place.text].text, line) if after else line.start
        changes = self._changes[place.text]
        is_item = line.prefix.strip().rstrip(".)").isdigit() or line.prefix.strip() in _BULLETS
        if kind == ITEM and is_item:
            new = prefixed(words, line.prefix)
        else:
            new = ["", *prefixed(words, "- " if kind == ITEM else ""), ""]
        changes.lines.append((at, at, new))
        if after:
            self._expected[place.printed].append(key)
        else:
            self._before[place.printed].append(key)
        self._is_changed = True

    # --- One row ----------------------------------------------------------------------------------

    def put_row(self, row: LooseRow, sent: Blocks, returned: Blocks) -> None:
        """Put a row that was added to a table of the source below the row that it follows."""
        before, after = table_at(sent, row.block), table_at(returned, row.block)
        above = before and (before.rows[row.follows] if row.follows >= 0 else before.head)
        place, printed = self._row_place(above.cells if above else ())
        self._check_open(place)
        prefix = row_prefix(self._texts[place.text].text, place.line)
        if prefix is None:
            reason = "a row was added beside rows that a template decides"
            raise NotSureError(reason, (place.text, place.line.start))
        new = after.rows[row.at].cells if after else ()
        cells = [without_numbers(_told_facts(cell), self._label) for cell in new]
        words = " | ".join(map(self._cell_markdown, cells))
        at = place.line.end + (row.follows < 0)  # the line below a head makes it one
        self._changes[place.text].lines.append((at, at, [f"{prefix}| {words} |"]))
        self._expected[printed] += [line_key(cell) for cell in cells if line_words(cell)]
        self._is_changed = True

    def _row_place(self, cells: Sequence[Inlines]) -> tuple[SourcePlace, int]:
        """Return where a row stands in the source, and which printed line its last cell is."""
        told = [cell for cell in cells if line_words(cell)]
        for number, cell in enumerate(told):
            place = self._place(cell)
            if place is not None and place.line.cell >= 0 and not place.line.is_fixed:
                return place, place.printed + len(told) - 1 - number
        raise NotSureError("a row was added where the source is not surely known")

    def _cell_markdown(self, cell: Inlines) -> str:
        return self._markdown((), cell, None, cell=True) if line_words(cell) else ""

    # --- Where it stands --------------------------------------------------------------------------

    def _key(self, line: Inlines) -> str:
        return line_key(without_numbers(_told_facts(line), self._label))

    def _neighbour(self, line: Inlines | None) -> SourcePlace | None:
        return None if line is None else self._place(line)

    def _place(self, line: Inlines) -> SourcePlace | None:
        return self._printed.place(line_key(without_numbers(line, self._label)))

    def _open_place(self, line: Inlines, did: str) -> SourcePlace:
        """Return the place of a line that may be changed. Raises NotSureError."""
        place = self._printed.place(line_key(line))
        if place is None:
            words = line_words(line)
            shown = words if len(words) <= 60 else f"{words[:60].rstrip()}…"
            raise NotSureError(f"“{shown}” was {did}, and no one line of the source prints it")
        if place.line.is_fixed:
            reason = "a template decides what this line prints"
            raise NotSureError(reason, (place.text, place.line.start))
        self._check_open(place)
        return place

    def _check_open(self, place: SourcePlace) -> None:
        if closed := self._texts[place.text].closed:
            raise NotSureError(closed, (place.text, place.line.start))

    def _markdown(
        self, sent: Inlines, returned: Inlines, place: SourcePlace | None, *, cell: bool = False
    ) -> str:
        """Return the Markdown of a line that came back; facts are what the source has for them."""
        source = place.line.inlines if place else ()
        at = (place.text, place.line.start) if place else None
        kept = _kept(source), _kept(sent)
        if kept[0] != kept[1]:
            raise NotSureError(
                "a link, a gap or words of another language print otherwise here", at
            )
        try:
            inlines = _with_sources(values_of(sent), values_of(source), returned)
            words = line_markdown(inlines, cell=cell or bool(place and place.line.cell >= 0))
            return with_blocks(words, place.line.blocks if place else ())
        except UnwritableError as error:
            raise NotSureError(f"it holds {error}, which our words cannot", at) from None
        except TakenBranchError as error:
            raise NotSureError(
                f"the condition {error} printed words that were edited", at
            ) from None


def _sentences(key: str) -> list[str]:
    return _SENTENCE_END.split(key)


def _agrees(sent: Sequence[str], today: Sequence[str], kept: Collection[str]) -> bool:
    """Tell whether all that is told today is kept by a copy, or was made of what it keeps.

    Else somebody has reworded what the copy takes out, or put something beside it.
    """
    partners = word_partners(sent, today)
    return all(
        one in kept or (at in partners and sent[partners[at]] in kept)
        for at, one in enumerate(today)
    )


def _told_lines(blocks: Blocks) -> list[_Told]:
    """Return the lines that say something."""
    every = zip(lines_of(blocks), line_kinds(blocks), strict=True)
    return [_Told(line, kind) for line, kind in every if line_words(line)]


def _partners(sent: Sequence[_Told], returned: Sequence[_Told]) -> dict[int, int]:
    """Return of each line that came back which line that was sent it is.

    Where as many stand between two partners on both sides, they are partners too, however little
    they have in common: somebody wrote one over the other.
    """
    partners = line_partners([one.line for one in sent], [one.line for one in returned])
    edges = [(-1, -1), *sorted(partners.items()), (len(returned), len(sent))]
    for (target, source), (next_target, next_source) in pairwise(edges):
        targets, sources = range(target + 1, next_target), range(source + 1, next_source)
        kinds = [returned[n].kind for n in targets], [sent[n].kind for n in sources]
        if kinds[0] == kinds[1]:
            partners.update(zip(targets, sources, strict=True))
    return partners


def _told_facts(inlines: Inlines) -> Inlines:
    """Return a line in which what looks like a fact and is none of ours is plain words."""

    def leaf(inline: Inline) -> Inlines:
        is_unknown = isinstance(inline, Value) and not inline.path
        return (Text(inline.text),) if is_unknown and isinstance(inline, Value) else (inline,)

    return with_leaves(inlines, leaf)


def _kept(inlines: Inlines) -> list[str]:
    """Return what a line holds that must be the same in print and in the source."""
    gaps = ("gap" for leaf in leaves(inlines) if isinstance(leaf, Gap))
    return [*_marks(inlines), *gaps]


def _marks(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Link):
            yield inline.href
        elif isinstance(inline, Foreign):
            yield inline.language
        yield from _marks(getattr(inline, "children", ()))


def _with_sources(sent: Sequence[Value], sources: Sequence[Value], returned: Inlines) -> Inlines:
    """Return a line in which each fact is what the source has for it. Raises UnwritableError."""
    at = 0

    def leaf(inline: Inline) -> Inlines:
        nonlocal at
        if not isinstance(inline, Value):
            return (inline,)
        same = [n for n in range(at, len(sent)) if sent[n].path == inline.path]
        exact = [n for n in same if sent[n].text == inline.text]
        if not same or len(sent) != len(sources):
            raise UnwritableError("a fact that the source does not print here")
        at = (exact or same)[0] + 1
        return (Value(sources[at - 1].path, inline.text),)

    return with_leaves(returned, leaf)
