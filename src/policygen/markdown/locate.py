"""Where a token stands: from an offset in its content to a line and a column of the file."""

from __future__ import annotations

from markdown_it.token import Token

from policygen.markdown.braces import Masked
from policygen.markdown.source import FragmentSource


def first_line(token: Token) -> int:
    """The line (from 0) at which the block of a token begins, among those that were parsed."""
    return token.map[0] if token.map else 0


class Locator:
    """Finds places of tokens that were made of masked lines."""

    def __init__(self, source: FragmentSource, masked: Masked) -> None:
        self.source = source
        self.masked = masked

    def line(self, line: int) -> int:
        """The line in the file (from 1) of a masked line (from 0).

        What lies behind the end counts as the last line.
        """
        last = len(self.masked.lines) - 1
        return self.source.location(self.masked.source_lines[min(line, last)], 0)[0]

    def location(self, inline: Token, offset: int) -> tuple[int, int]:
        """The line and column in the file (from 1) of an offset in an inline token's content."""
        return self.source.location(*self.in_source(inline, offset))

    def in_source(self, inline: Token, offset: int) -> tuple[int, int]:
        """The line and column of the source (from 0) of an offset in an inline token's content."""
        before = inline.content[:offset]
        number = before.count("\n")  # of the lines of the content
        line = first_line(inline) + number
        column_in_content = len(before) - (before.rfind("\n") + 1)
        return self.masked.location(line, self._start(inline, number, line) + column_in_content)

    def _start(self, inline: Token, number: int, line: int) -> int:
        """The column at which one line of the content begins within its masked line."""
        words = inline.content.split("\n")[number]
        after = inline.meta.get("column", 0)  # a cell is looked for behind the one before it
        found = self.masked.lines[line].find(words, after)
        if found >= 0:
            return found
        return max(self.masked.lines[line].find(words.strip()), 0)  # an escaped stroke in a cell
