"""The line of the source that each printed line of a clause comes of, where that is sure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from policygen.markdown.rewrite.source_lines import (
    SourceLine,
    lines_with_branches,
    sentences_with_branches,
)
from policygen.model.document import Blocks
from policygen.review.line_key import line_key
from policygen.review.ours import printed_keys


@dataclass(frozen=True, slots=True)
class SourceText:
    """One stretch of unfilled Markdown of a clause. `closed` says why it cannot be changed."""

    text: str
    closed: str = ""


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """A line of a source: which text, what it is, and which printed line comes of it."""

    text: int
    line: SourceLine
    printed: int


class PrintedLines:
    """The lines that a clause prints today, and the line of the source that each comes of."""

    def __init__(self, today: Blocks, texts: Sequence[SourceText], label: str) -> None:
        self.keys = list(printed_keys(today, label))
        self._sources: dict[str, list[tuple[int, SourceLine]]] = defaultdict(list)
        self._sentences: dict[str, list[tuple[int, SourceLine]]] = defaultdict(list)
        for number, one in enumerate(texts):
            lines = lines_with_branches(one.text)
            for line in lines:
                self._sources[line_key(line.inlines)].append((number, line))
            for line in (*sentences_with_branches(one.text), *filter(_stands_alone, lines)):
                self._sentences[line_key(line.inlines)].append((number, line))

    @property
    def sentences(self) -> tuple[str, ...]:
        """The keys of what has a line of the source to itself: sentences, short tellings.

        A shorter edition prints a telling within a line: `1.1 Records. Keep one. (1.2)`.
        """
        return tuple(self._sentences)

    def sentence(self, key: str) -> SourcePlace | None:
        """Return the one place that prints a sentence, or None where it is none or several."""
        found = self._sentences.get(key, [])
        printed = [at for at, line in enumerate(self.keys) if key in line]
        if len(found) != 1 or len(printed) != 1 or self.keys[printed[0]].count(key) != 1:
            return None
        text, line = found[0]
        return SourcePlace(text, line, printed[0])

    def place(self, key: str) -> SourcePlace | None:
        """Return the one place that prints a line, or None where it is none or several."""
        found = self._sources.get(key, [])
        if len(found) != 1 or self.keys.count(key) != 1:
            return None
        text, line = found[0]
        return SourcePlace(text, line, self.keys.index(key))


def _stands_alone(line: SourceLine) -> bool:
    """Tell whether a printed line is one of the source, and no row, nor decided by a template."""
    return line.end == line.start + 1 and line.cell < 0 and not (line.is_fixed or line.blocks)
