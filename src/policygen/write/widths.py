"""How wide the columns of a table are: measured from its words, alike for every printed format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from policygen.model.document.walk import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.model.document import Inlines
    from policygen.write.font import FontMetrics

_AMPLE = 120  # hundredths of an even share of the width that a word may claim
_TORN = 2  # lines that a torn word counts for
_ROUNDS = 2  # how often every pair of columns is looked at, for each step
_STEPS = (8, 16, 32)  # parts of the width that one column may give to another
# A line breaks at a space, and after a hyphen in a long word.
_BREAKS = re.compile(r" |(?<=\w{4}-)(?=\w{4})")


class TypeSize(NamedTuple):
    """An em, and the space between columns, both in the unit of the widths that are asked for."""

    em: int
    gap: int


def column_widths(
    rows: Sequence[tuple[Inlines, ...]], width: int, count: int, size: TypeSize, font: FontMetrics
) -> list[int]:
    """Share a width between `count` columns, for as few lines as can be.

    No column is narrower than its longest word, if that can be; a word much wider than its share,
    such as an address, may break. The first row and the first column are in bold.
    """
    most = _AMPLE * width // (100 * count)
    columns = [_Column(_cells(rows, column), column, size, font, most) for column in range(count)]
    least = [column.least for column in columns]
    wanted = [column.wanted for column in columns]
    if sum(least) >= width:
        return share(width, least)
    if sum(wanted) <= width:
        return share(width, wanted)
    return _fewest_lines(columns, _levelled(width, least, wanted), width)


def _cells(rows: Sequence[tuple[Inlines, ...]], column: int) -> list[str]:
    """Return the words of a column, cell by cell; a row may lack the last cells."""
    return [plain(row[column]) if column < len(row) else "" for row in rows]


def share(width: int, parts: Sequence[float]) -> list[int]:
    """Divide a width in proportion to `parts`, to the last unit, which the last part gets."""
    whole = sum(parts)
    *shares, last = (int(width * part / whole) for part in parts)
    rest = width - sum(shares) - last
    return [*shares, last + rest]


class _Column:
    """The words of a column as widths, cell by cell, line by line."""

    def __init__(
        self, cells: Sequence[str], number: int, size: TypeSize, font: FontMetrics, most: int
    ) -> None:
        """`number` counts from 0; `most` is what its longest word may claim."""
        self.gap = size.gap
        self.space = font.text_width(" ", size.em)
        self.cells: list[list[list[int]]] = []
        for row, cell in enumerate(cells):
            bold = row == 0 or number == 0
            lines = (_BREAKS.split(line) for line in cell.split("\n"))
            self.cells.append(
                [[font.text_width(word, size.em, bold=bold) for word in line] for line in lines]
            )
        longest_word = max(map(max, self._lines()), default=0)
        longest_line = max(map(self._length, self._lines()), default=0)
        self.least = min(longest_word, most) + self.gap
        self.wanted = longest_line + self.gap
        self._counts: dict[int, list[int]] = {}  # lines of each cell, by the column's width

    def _lines(self) -> Iterator[list[int]]:
        for cell in self.cells:
            yield from cell

    def _length(self, line: list[int]) -> int:
        return sum(line) + self.space * (len(line) - 1)

    def line_counts(self, width: int) -> list[int]:
        """Return how many lines each cell takes at this width."""
        if width not in self._counts:
            room = max(1, width - self.gap)  # an empty column may be no wider than its gap
            self._counts[width] = [
                sum(self._wrapped(line, room) for line in cell) for cell in self.cells
            ]
        return self._counts[width]

    def _wrapped(self, words: list[int], room: int) -> int:
        """Return how many lines the words of a line take; a torn word counts for more."""
        lines, left = 0, 0
        for word in words:
            left -= self.space + word
            if left < 0:
                tears = max(0, word - 1) // room
                lines += 1 + _TORN * tears
                left = max(0, room * (tears + 1) - word)
        return lines


def _levelled(width: int, least: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """Return widths at which short texts stay on one line, and long ones share the rest alike."""
    spare = width - sum(least)
    widths = list(least)
    by_need = sorted(range(len(widths)), key=lambda column: wanted[column] - least[column])
    for waiting, column in zip(range(len(widths), 0, -1), by_need, strict=True):
        more = min(wanted[column] - least[column], spare // waiting)
        widths[column] += more
        spare -= more
    widths[-1] += width - sum(widths)
    return widths


def _fewest_lines(columns: Sequence[_Column], widths: list[int], width: int) -> list[int]:
    """Let columns give to one another, in ever smaller steps, as long as that saves a line."""
    lines = _line_count(columns, widths)
    for part in _STEPS:
        step = width // part
        pairs = list(permutations(range(len(columns)), 2))
        for giver, taker in pairs * _ROUNDS:
            tried = widths[:]
            tried[giver] -= step
            tried[taker] += step
            if tried[giver] < columns[giver].least:
                continue
            fewer = _line_count(columns, tried)
            if fewer < lines:
                widths, lines = tried, fewer
    return widths


def _line_count(columns: Sequence[_Column], widths: Sequence[int]) -> int:
    """Return how many lines the rows take together: each as many as its longest cell."""
    counts = (column.line_counts(width) for column, width in zip(columns, widths, strict=True))
    return sum(map(max, zip(*counts, strict=True)))
