"""How wide the columns of a table are: reckoned from its words, alike for every format that prints."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from policygen.model.walk import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.model.document import Inlines

# Thousandths of an em that the characters of the theme's font take, where they are far from the usual.
_USUAL, _BOLDER = 585, 1.06
_EMS = {
    character: ems
    for ems, characters in (
        (250, " \u00a0.,:;'’!|ijIl"),
        (320, "()[]"),
        (400, "-/frtJ1"),
        (525, "csvyz?"),
        (710, "ABCDGHKNOQRSUVX&"),
        (860, "mwMW@%"),
    )
    for character in characters
}
_AMPLE, _TORN = (
    120,
    2,
)  # hundredths of an even share that a word may claim; the lines that a torn word counts for
_PIECES = re.compile(
    r" |(?<=\w{4}-)(?=\w{4})"
)  # a line breaks at a space, and after a hyphen in a long word


class TypeSize(NamedTuple):
    """An em, and the space between columns, both in the unit of the widths that are asked for."""

    em: int
    gap: int


def text_width(text: str, em: float, *, bold: bool = False) -> int:
    """About how wide a text is, on one line, in the unit of `em`."""
    ems = sum(_EMS.get(character, _USUAL) for character in text)
    return round(ems * em * (_BOLDER if bold else 1) / 1000)


def column_widths(
    rows: Sequence[tuple[Inlines, ...]], width: int, count: int, type: TypeSize
) -> list[int]:
    """Share a width between columns, for as few lines as can be: none narrower than its longest word, if that can be.

    The first row and the first column are in bold. A word much wider than its share, such as an address, may break.
    """
    columns = [_Column(rows, at, type, _AMPLE * width // (100 * count)) for at in range(count)]
    least, wanted = [column.least for column in columns], [column.wanted for column in columns]
    if sum(least) >= width:
        return share(width, least)
    if sum(wanted) <= width:
        return share(width, wanted)
    made = _levelled(width, least, wanted)
    lines = _lines(columns, made)
    for step in (width // 8, width // 16, width // 32):
        for giver, taker in (*permutations(range(count), 2),) * 2:
            tried = made[:]
            tried[giver], tried[taker] = tried[giver] - step, tried[taker] + step
            if tried[giver] >= least[giver] and (fewer := _lines(columns, tried)) < lines:
                made, lines = tried, fewer
    return made


def share(width: int, parts: Sequence[float]) -> list[int]:
    """Divide a width in proportion to `parts`, to the last unit."""
    shares = [int(width * part / sum(parts)) for part in parts]
    shares[-1] += width - sum(shares)
    return shares


class _Column:
    """The words of a column as widths, cell by cell."""

    def __init__(
        self, rows: Sequence[tuple[Inlines, ...]], at: int, type: TypeSize, most: int
    ) -> None:
        self.gap = type.gap
        self.space = text_width(" ", type.em)
        self.cells = [
            [
                [
                    text_width(word, type.em, bold=not first or not at)
                    for word in _PIECES.split(line)
                ]
                for line in (plain(row[at]).split("\n") if at < len(row) else ())
            ]
            for first, row in enumerate(rows)
        ]
        lines = [line for cell in self.cells for line in cell]
        self.least = min(max((max(line) for line in lines), default=0), most) + self.gap
        self.wanted = (
            max((sum(line) + self.space * (len(line) - 1) for line in lines), default=0) + self.gap
        )
        self.known: dict[int, list[int]] = {}

    def lines(self, width: int) -> list[int]:
        """How many lines each cell takes at this width."""
        if width not in self.known:
            self.known[width] = [
                sum(self._broken(line, width - self.gap) for line in cell) for cell in self.cells
            ]
        return self.known[width]

    def _broken(self, words: list[int], width: int) -> int:
        lines, left = 0, 0
        for word in words:
            left -= self.space + word
            if left < 0:
                broken = max(0, word - 1) // width
                lines, left = lines + 1 + _TORN * broken, max(0, width * (broken + 1) - word)
        return lines


def _lines(columns: Sequence[_Column], made: Sequence[int]) -> int:
    """How many lines the rows take together: each as many as its longest cell."""
    return sum(
        map(
            max, zip(*(c.lines(width) for c, width in zip(columns, made, strict=True)), strict=True)
        )
    )


def _levelled(width: int, least: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """Short texts stay on one line, and the long ones share what is left alike."""
    spare, made = width - sum(least), list(least)
    order = sorted(range(len(made)), key=lambda at: wanted[at] - least[at])
    for waiting, at in zip(range(len(made), 0, -1), order, strict=True):
        more = min(wanted[at] - least[at], spare // waiting)
        made[at] += more
        spare -= more
    made[-1] += width - sum(made)
    return made
