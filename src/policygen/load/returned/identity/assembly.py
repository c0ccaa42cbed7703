"""Lines and the beginnings of parts -> the parts of a returned copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from policygen.load.returned.identity.ladder import Start, deepest_level, key, without_number
from policygen.load.returned.identity.lost_styles import heard_lines, with_styles
from policygen.load.returned.text.body import PlacedLine
from policygen.load.returned.text.runs import PENDING
from policygen.model.returned.copy import FoundBy, PartKind, ReturnedPart
from policygen.model.returned.known import KnownPart
from policygen.model.returned.line import Lines, ReturnedLine, Stretch

_OF_SECTION = frozenset({"Fact", "FactLabel"})  # what a topic says beside its clauses
_COUNTED = "Number"  # the character style of a heading's number


@dataclass(slots=True)
class _Open:
    """A part while its lines are gathered. `holder` is what it cannot go beyond."""

    id: str
    kind: PartKind
    found_by: FoundBy
    section: str = ""
    under: str = ""
    holders: tuple[tuple[int, int, int], ...] = ()
    lines: list[ReturnedLine] = field(default_factory=list)


class Assembly:
    """Gathers lines into parts; `part_of` says of each line in which part it is, or -1."""

    def __init__(
        self,
        lines: Sequence[PlacedLine],
        starts: Mapping[int, Start],
        parts: Sequence[KnownPart],
        inner: Set[str],
        strips: Set[str],
    ) -> None:
        """`inner` are the headings that we print within parts, `strips` what opens a control strip.

        Both are in small letters.
        """
        self._lines, self._starts = lines, starts
        self._known = {(part.kind, part.id): part for part in parts}
        self._strips = _tables_opened_by(strips, lines)
        self._heard = heard_lines(tuple(one.line for one in lines))
        self._beside = {part.id: part.beside for part in parts if part.beside}
        self._inner = inner
        self._deepest = deepest_level(parts)
        self._open: list[_Open] = []
        self._sections: dict[str, int] = {}
        self.part_of: list[int] = []

    def parts(self, bookmarks: Mapping[str, int]) -> tuple[ReturnedPart, ...]:
        """Return all parts in order. `bookmarks` are everybody's, by the line where each stands."""
        current = -1
        for at, read in enumerate(self._lines):
            current = self._next(at, read, current)
            self.part_of.append(current)
            if not read.is_contents and at not in self._heard:
                self._open[current].lines.append(read.line)
        targets = {name: self._id_at(line) for name, line in bookmarks.items()}
        return tuple(
            ReturnedPart(
                one.id,
                one.kind,
                one.found_by,
                self._with_styles(one, tuple(_finished(line, targets) for line in one.lines)),
                one.under,
            )
            for one in self._open
        )

    def _with_styles(self, one: _Open, lines: Lines) -> Lines:
        sent = self._known.get((one.kind, one.id))
        return with_styles(lines, sent) if sent else lines

    def _next(self, at: int, read: PlacedLine, current: int) -> int:
        """Return the part of a line, which it may open."""
        if start := self._starts.get(at):
            return self._begin(start, read)
        if read.is_contents:
            return self._fixed(PartKind.CONTENTS, "")
        is_front = current < 0 or self._open[current].kind in (PartKind.MASTHEAD, PartKind.CONTROL)
        cell = read.line.cell
        is_control = read.is_control or bool(cell and cell.table in self._strips)
        if is_control or (is_front and cell):
            return self._fixed(PartKind.CONTROL, "")
        if self._opens_unknown(read.line):
            return self._unknown(current)
        if is_front:
            return self._fixed(PartKind.MASTHEAD, "")
        return self._within(read, current)

    def _opens_unknown(self, line: ReturnedLine) -> bool:
        """Tell whether a heading that was not found is as high as those of our parts."""
        is_high = 0 < line.level <= self._deepest and bool(line.text.strip())
        return is_high and key(without_number(line)) not in self._inner

    def _begin(self, start: Start, read: PlacedLine) -> int:
        part = start.part
        if part.kind is PartKind.SECTION and part.id in self._sections:
            return self._sections[part.id]
        opened = _Open(part.id, part.kind, start.found_by, part.section, holders=read.holders)
        return self._add(opened, part)

    def _add(self, opened: _Open, part: KnownPart) -> int:
        self._open.append(opened)
        at = len(self._open) - 1
        if part.kind is PartKind.SECTION:
            self._sections[part.id] = at
        return at

    def _fixed(self, kind: PartKind, id: str) -> int:
        """Return a part that each copy has once, made where it is not there yet."""
        for at, one in enumerate(self._open):
            if one.kind is kind:
                return at
        self._open.append(_Open(id, kind, FoundBy.PLACE))
        return len(self._open) - 1

    def _unknown(self, current: int) -> int:
        before = self._open[current] if current >= 0 else None
        under = (before.id or before.under) if before else ""
        section = before.section if before else ""
        self._open.append(_Open("", PartKind.UNKNOWN, FoundBy.PLACE, section, under))
        return len(self._open) - 1

    def _within(self, read: PlacedLine, current: int) -> int:
        """Return the part that goes on in a line: a clause ends with its cell, and before facts."""
        part = self._open[current]
        leaves = part.holders != read.holders[: len(part.holders)]
        labels = self._beside.get(part.section, ())
        is_told_beside = read.line.style in _OF_SECTION or read.line.text.startswith(labels)
        if part.kind is PartKind.CLAUSE and (leaves or is_told_beside):
            return self._section_of(part, current)
        return current

    def _section_of(self, part: _Open, current: int) -> int:
        """Return the section of a clause, opened anew where its heading is gone."""
        if not part.section:
            return current
        if part.section not in self._sections:
            opened = _Open(part.section, PartKind.SECTION, FoundBy.PLACE, part.section)
            self._open.append(opened)
            self._sections[part.section] = len(self._open) - 1
        return self._sections[part.section]

    def _id_at(self, line: int) -> str:
        """Return the part that begins at a line."""
        start = self._starts.get(line)
        return start.part.id if start else ""


def _tables_opened_by(words: Set[str], lines: Sequence[PlacedLine]) -> frozenset[int]:
    """Return the tables whose first cell says one of these words."""
    cells = ((one.line.cell, key(one.line.text)) for one in lines)
    return frozenset(
        cell.table
        for cell, text in cells
        if cell and (cell.row, cell.column) == (0, 0) and text in words
    )


def _finished(line: ReturnedLine, targets: Mapping[str, str]) -> ReturnedLine:
    """Return a line whose references are told, and a heading without its number."""
    stretches = line.stretches
    if any(one.reference for one in stretches):
        stretches = tuple(_told(stretch, targets) for stretch in stretches)
        line = replace(line, stretches=stretches)
    if not line.level:
        return line
    number = "".join(one.text for one in stretches if one.style == _COUNTED)
    words = [one for one in stretches if one.style != _COUNTED]
    if number and words:
        words[0] = replace(words[0], text=words[0].text.lstrip())
    finished = replace(line, stretches=tuple(w for w in words if w.text), number=number.strip())
    return finished if number else _without_typed_number(finished)


def _told(stretch: Stretch, targets: Mapping[str, str]) -> Stretch:
    """Return a reference as the id of what it leads to; as its words where that is none of ours."""
    if not stretch.reference.startswith(PENDING):
        return stretch
    name = stretch.reference.removeprefix(PENDING).lower()
    return replace(stretch, reference=targets.get(name, ""))


def _without_typed_number(line: ReturnedLine) -> ReturnedLine:
    """Take the number off a heading whose styles were lost, if its first words are one."""
    if not line.stretches:
        return line
    rest = without_number(line)
    text = line.text.strip()
    number = text[: len(text) - len(rest)]
    lead = len(line.text) - len(line.text.lstrip())
    left = len(number) + lead
    if not number:
        return line
    words: list[Stretch] = []
    for stretch in line.stretches:
        cut = min(left, len(stretch.text))
        left -= cut
        if stretch.text[cut:]:
            words.append(replace(stretch, text=stretch.text[cut:]))
    return replace(line, stretches=tuple(words), number=number.strip().rstrip("."))
