"""Where each part of what was sent begins in a returned copy: a ladder of steps, the surest first.

Word and LibreOffice keep bookmarks, and may move one to a neighbour; LibreOffice drops the tags of
content controls and keeps their titles; others drop both, and keep headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from policygen.load.returned.identity.anchors import anchors_by_bookmark, parts_by_id
from policygen.load.returned.text.body import PlacedLine
from policygen.model.returned.copy import FoundBy, PartKind
from policygen.model.returned.known import KnownPart, single_spaced
from policygen.model.returned.line import GOING, ReturnedLine

_NUMBER = re.compile(r"^\d{1,3}(?:\.\d{1,3})*\.?(?=[\s\u2002])\s*")
_NEAR = 2  # lines from a bookmark to what it has slipped from
_ALIKE = 75  # of 100: two headings, or two first lines
_ALIKE_WORDS = 70  # of 100: the words of two clauses
_ALIKE_AT_NUMBER = 50  # of 100: two headings of one number
_MOST_PAIRS = 300_000  # that are compared by likeness
_WORDS_COMPARED = 1_500  # characters of a clause


class Start(NamedTuple):
    """Where a part begins, and how it was known."""

    part: KnownPart
    found_by: FoundBy


class Ladder:
    """Finds the beginnings of parts among lines, step by step."""

    def __init__(self, lines: Sequence[PlacedLine], parts: Sequence[KnownPart]) -> None:
        self.starts: dict[int, Start] = {}
        self._lines = lines
        self._parts = parts
        self._by_id = parts_by_id(parts)
        self._found: set[str] = set()
        self._texts = {at: key(without_number(one.line)) for at, one in enumerate(lines)}

    def climb(self) -> dict[int, Start]:
        """Return the starts by the index of their line."""
        self._by_bookmarks()
        self._by_controls()
        self._by_headings()
        self._by_first_lines()
        self._by_likeness()
        return self.starts

    def _take(self, at: int, part: KnownPart, found_by: FoundBy) -> None:
        self.starts[at] = Start(part, found_by)
        self._found.add(part.id)

    def _missing(self) -> list[KnownPart]:
        return [part for part in self._parts if part.id and part.id not in self._found]

    # --- Bookmarks and controls -------------------------------------------------------------------

    def _by_bookmarks(self) -> None:
        names = anchors_by_bookmark(part.id for part in self._parts)
        for at, read in enumerate(self._lines):
            ids = [names[one.lower()] for one in read.bookmarks if one.lower() in names]
            parts = [self._by_id[id] for id in ids if id not in self._found]
            if part := _innermost(parts):
                near = self._slipped_from(at, part)
                by = FoundBy.BOOKMARK if near == at else FoundBy.NEAR_BOOKMARK
                self._take(near, part, by)
                self._found.update(one.id for one in parts)

    def _slipped_from(self, at: int, part: KnownPart) -> int:
        """Return the line with the heading of a part, if a neighbour has it and this one not."""
        heading = key(part.heading)
        if not heading or self._texts[at] == heading:
            return at
        near = sorted(range(at - _NEAR, at + _NEAR + 1), key=lambda one: abs(one - at))
        for one in near:
            is_there = 0 <= one < len(self._lines) and not self._lines[one].is_contents
            if is_there and self._texts[one] == heading:
                return one
        return at

    def _by_controls(self) -> None:
        for at, read in enumerate(self._lines):
            for tag, alias in read.controls:
                for name, by in ((tag, FoundBy.TAG), (alias, FoundBy.ALIAS)):
                    part = self._by_id.get(name.strip())
                    if part and part.id not in self._found and at not in self.starts:
                        self._take(at, part, by)

    # --- Headings and first lines -----------------------------------------------------------------

    def _by_headings(self) -> None:
        """Find parts by what stands over them; whole headings come before parts of them."""
        headings = [at for at in self._free() if self._lines[at].line.level]
        self._match_headings(headings, FoundBy.HEADING, lambda part: key(part.heading))
        self._moved(headings)
        self._match_labels(headings)
        self._match_numbers(headings)

    def _match_headings(
        self, headings: Iterable[int], by: FoundBy, text_of: Callable[[KnownPart], str]
    ) -> None:
        known = _unique(self._missing_and_contents(), text_of)
        for at in headings:
            part = known.get(self._texts[at])
            if part and at not in self.starts and part.id not in self._found:
                self._take(at, part, by)

    def _missing_and_contents(self) -> list[KnownPart]:
        contents = [part for part in self._parts if part.kind is PartKind.CONTENTS]
        return [*self._missing(), *contents]

    def _moved(self, headings: Iterable[int]) -> None:
        """Find where a clause stood before somebody moved it: its heading is there twice."""
        known = _unique(self._by_id.values(), lambda part: key(part.heading))
        for at in headings:
            part = known.get(self._texts[at])
            if part and at not in self.starts and _is_going(self._lines[at].line):
                self._take(at, part, FoundBy.HEADING)

    def _match_labels(self, headings: Iterable[int]) -> None:
        labels = _unique(self._missing(), lambda part: key(part.label))
        for at in headings:
            label = self._texts[at].partition(":")[0].strip()
            part = labels.get(label)
            if part and at not in self.starts and part.id not in self._found:
                self._take(at, part, FoundBy.LABEL)

    def _match_numbers(self, headings: Iterable[int]) -> None:
        numbers = _unique(self._missing(), lambda part: part.number if part.heading else "")
        for at in headings:
            part = numbers.get(number_of(self._lines[at].line))
            if part is None or at in self.starts or part.id in self._found:
                continue
            if fuzz.ratio(self._texts[at], key(part.heading)) >= _ALIKE_AT_NUMBER:
                self._take(at, part, FoundBy.NUMBER)

    def _by_first_lines(self) -> None:
        """Find clauses without a heading, such as the lines of a snapshot, by their first line."""
        known = _unique(self._missing(), lambda part: "" if part.heading else opening_line(part))
        for at in self._free():
            part = known.get(self._texts[at])
            if part and part.id not in self._found:
                self._take(at, part, FoundBy.HEADING)

    # --- Likeness ---------------------------------------------------------------------------------

    def _by_likeness(self) -> None:
        headings = [at for at in self._free() if self._lines[at].line.level]
        headed = [part for part in self._missing() if part.heading]
        self._alike(headings, headed, lambda part: key(part.heading), self._texts, _ALIKE)
        headings = [at for at in headings if at not in self.starts]
        headed = [part for part in self._missing() if part.heading]
        told = {at: self._told_from(at) for at in headings}
        self._alike(headings, headed, lambda part: key(part.words), told, _ALIKE_WORDS)
        lines = [at for at in self._free() if not self._lines[at].line.level and self._texts[at]]
        others = [part for part in self._missing() if not part.heading]
        self._alike(lines, others, opening_line, self._texts, _ALIKE)

    def _told_from(self, at: int) -> str:
        """Return the words from a heading to the next, as far as they are compared."""
        words = self._texts[at]
        for following in range(at + 1, len(self._lines)):
            is_next = following in self.starts or self._lines[following].line.level
            if is_next or len(words) > _WORDS_COMPARED:
                break
            words += f" {self._texts[following]}"
        return words

    def _alike(
        self,
        places: Sequence[int],
        parts: Sequence[KnownPart],
        text_of: Callable[[KnownPart], str],
        texts: Mapping[int, str],
        least: int,
    ) -> None:
        """Give each part the place that is most alike, the likeliest pairs first."""
        if not places or not parts or len(places) * len(parts) > _MOST_PAIRS:
            return
        choices = {at: texts[at][:_WORDS_COMPARED] for at in places if texts[at]}
        pairs: list[tuple[float, int, KnownPart]] = []
        for part in parts:
            words = text_of(part)[:_WORDS_COMPARED]
            near = process.extract(words, choices, scorer=fuzz.ratio, score_cutoff=least, limit=3)
            pairs += [(score, at, part) for _, score, at in near] if words else []
        for _, at, part in sorted(pairs, key=lambda pair: -pair[0]):
            if at not in self.starts and part.id not in self._found:
                self._take(at, part, FoundBy.LIKENESS)

    def _free(self) -> list[int]:
        return [
            at
            for at, read in enumerate(self._lines)
            if at not in self.starts and not read.is_contents and self._texts[at]
        ]


def key(text: str) -> str:
    """Return a text as it is compared: without regard to space or capital letters."""
    return single_spaced(text).casefold()


def without_number(line: ReturnedLine) -> str:
    """Return the words of a line; of a heading, without the number that it opens with."""
    text = line.text.strip()
    return _NUMBER.sub("", text) if line.level and not line.number else text


def number_of(line: ReturnedLine) -> str:
    """Return the number of a heading, counted or typed; "" for one without."""
    if line.number:
        return line.number
    typed = _NUMBER.match(line.text.strip())
    return typed[0].strip().rstrip(".") if typed and line.level else ""


def opening_line(part: KnownPart) -> str:
    """Return the first line of a part as it is compared."""
    return key(next(part.lines, ""))


def _innermost(parts: Sequence[KnownPart]) -> KnownPart | None:
    """Return the clause among parts that begin at one place, or else the last."""
    clauses = [part for part in parts if part.kind is PartKind.CLAUSE]
    last = (clauses or list(parts))[-1:]
    return last[0] if last else None


def _unique(
    parts: Iterable[KnownPart], text_of: Callable[[KnownPart], str]
) -> dict[str, KnownPart]:
    """Return parts by a text of theirs that no other part shares."""
    texts: dict[str, list[KnownPart]] = {}
    for part in parts:
        texts.setdefault(text_of(part), []).append(part)
    return {text: found[0] for text, found in texts.items() if text and len(found) == 1}


def _is_going(line: ReturnedLine) -> bool:
    """Tell whether all words of a line are deleted or moved away."""
    told = [stretch for stretch in line.stretches if stretch.text.strip()]
    return bool(told) and all(_goes(change.kind for change in one.changes) for one in told)


def _goes(kinds: Iterable[object]) -> bool:
    return any(kind in GOING for kind in kinds)


def deepest_level(parts: Iterable[KnownPart]) -> int:
    """Return Word's level of the deepest heading that opens a part: ours of level 1 has none."""
    return max((part.level for part in parts), default=0) - 1
