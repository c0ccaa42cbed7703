"""A fragment's Markdown cut at its headings, by the parser's tokens.

Each heading comes with what stands under it, and with what is wrong there. This is the one place
that says what a heading, a slip, a telling, a note or `{{ inherited }}` is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from policygen.markdown.braces import (
    VALUE_CLOSE,
    VALUE_OPEN,
    Brace,
    Masked,
    brace_faults,
    mask,
)
from policygen.markdown.fault import MarkdownFault
from policygen.markdown.locate import Locator, first_line
from policygen.markdown.marks import InlineReader, block_faults
from policygen.markdown.parser import block_tokens
from policygen.markdown.resolve import resolve
from policygen.markdown.source import FragmentSource, read_source
from policygen.model.fragment import InheritedMark

_SLIP = re.compile(r"\s{0,3}[-*+]\s++([A-Za-z_-]++):(?:\s++(.*))?$")
_ID = "{#"


@dataclass(frozen=True, slots=True)
class SlipLine:
    """`- key: value` under a heading.

    Its line, and the columns at which the key and the value begin.
    """

    key: str
    value: str
    line: int
    column: int
    value_column: int


@dataclass(slots=True)
class FragmentPart:
    """A heading and what stands under it until the next one.

    Level 0 is what stands before the first. `lines` are the line numbers in the file of the lines
    of the text; `links` are (clause id, line, column).
    """

    level: int
    title: str = ""
    id: str | None = None
    line: int = 1
    id_column: int = 1
    slip: list[SlipLine] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    links: list[tuple[str, int, int]] = field(default_factory=list)
    inherited: list[InheritedMark] = field(default_factory=list)


def line_faults(text: str, line: int, column: int) -> list[MarkdownFault]:
    """What is wrong with one line of Markdown, such as a section's `lead`.

    That begins at a place in the file.
    """
    source = read_source(text)
    masked = mask(source.lines)
    inlines = InlineReader(Locator(source, masked), {})
    inline = Token("inline", "", 0, content=masked.text, map=[0, 1])
    inlines.read(inline)
    found = [*source.faults, *brace_faults(masked), *inlines.faults]
    return [replace(fault, line=line, column=fault.column + column - 1) for fault in found]


def read_parts(text: str) -> tuple[list[FragmentPart], list[MarkdownFault]]:
    """Cut the text of a fragment at its headings.

    The first part is what stands before them, often empty.
    """
    source = read_source(text)
    masked = mask(source.lines)
    reading = _Reading(source, masked)
    parts = reading.parts()
    return parts, [*source.faults, *reading.faults]


@dataclass(slots=True)
class _Stretch:
    """One part while it is read.

    Its tokens from `at` up to `end`, its lines of the source from `start` up to `stop`.
    """

    part: FragmentPart
    at: int
    end: int
    start: int
    stop: int


class _Reading:
    """The tokens of one fragment, on their way to parts."""

    def __init__(self, source: FragmentSource, masked: Masked) -> None:
        self.source = source
        self.masked = masked
        self.locator = Locator(source, masked)
        self.env: dict[str, Any] = {}
        self.tokens = block_tokens(masked.text, self.env)
        self.inlines = InlineReader(self.locator, self.env)
        self.faults: list[MarkdownFault] = []
        self.inheriting = [brace for brace in masked.braces if brace.inherits]

    def placed(self, faults: Iterator[MarkdownFault]) -> Iterator[MarkdownFault]:
        """Faults at lines of the source (from 1) as faults at lines of the file."""
        for fault in faults:
            line, column = self.source.location(fault.line - 1, fault.column - 1)
            yield MarkdownFault(line, column, fault.what, fault.mend, fault.code)

    def parts(self) -> list[FragmentPart]:
        """Every part, in order.

        Slips are taken out first, for they are no Markdown; then references are resolved.
        """
        stretches = list(self._stretches())
        for stretch in stretches:
            if stretch.part.level in (1, 2):
                self._take_slip(stretch)
            self._read_inlines(stretch)
        dropped = resolve(self.source, self.masked, self.env, self.tokens, self.inlines)
        self.faults += self.inlines.faults
        for stretch in stretches:
            self._fill(stretch, dropped)
        slips = {entry.line for stretch in stretches for entry in stretch.part.slip}
        faults = self.placed(brace_faults(self.masked))
        self.faults += [fault for fault in faults if fault.line not in slips]
        return [stretch.part for stretch in stretches]

    def _stretches(self) -> Iterator[_Stretch]:
        headings = [
            number
            for number, token in enumerate(self.tokens)
            if token.type == "heading_open" and token.level == 0
        ]
        bounds = [*headings, len(self.tokens)]
        yield _Stretch(FragmentPart(0), 0, bounds[0], 0, self._line(bounds[0]))
        for heading, end in zip(headings, bounds[1:], strict=True):
            first = self._line(heading)
            part = self._headed(first)
            self._read_title(self.tokens[heading + 1])
            yield _Stretch(part, heading + 3, end, first + 1, self._line(end))

    def _line(self, number: int) -> int:
        """The line of the source (from 0) at which a token begins.

        The end, for the number behind the last.
        """
        if number == len(self.tokens):
            return len(self.source.lines)
        return self.masked.source_lines[first_line(self.tokens[number])]

    # --- headings ---------------------------------------------------------------------------------

    def _headed(self, line: int) -> FragmentPart:
        """A part with its heading read: its title as typed, without closing # signs and the id."""
        typed = self.source.lines[line].strip()
        level = len(typed) - len(typed.lstrip("#"))
        title = typed[level:].strip()
        unclosed = title.rstrip("#")
        if unclosed != title and unclosed[-1:] in ("", " ", "\t"):
            title = unclosed.rstrip()
        title, mark, id = _titled(title)
        column = max(self.source.lines[line].rfind(_ID), 0) if mark else 0
        number, column = self.source.location(line, column)
        return FragmentPart(level, title, id if mark else None, number, column)

    def _read_title(self, inline: Token) -> None:
        """Look for faults in the marks of a title, of which its id is no part.

        Notes have no place in it: one is a fault, and is forgotten.
        """
        inline.content, _, _ = _titled(inline.content)
        before = len(self.inlines.notes)
        self.inlines.read(inline)
        if len(self.inlines.notes) > before or "^[" in inline.content:
            line, _ = self.locator.location(inline, 0)
            what = "A note cannot stand in a heading."
            self.faults.append(MarkdownFault(line, 1, what, "Put it into the text.", "PG217"))
            del self.inlines.notes[before:]

    # --- slips ------------------------------------------------------------------------------------

    def _take_slip(self, stretch: _Stretch) -> None:
        """Take the lists of `- key: value` lines that stand first.

        Up to the first item that is none.
        """
        while stretch.at < stretch.end and self.tokens[stretch.at].type == "bullet_list_open":
            close = _closing(self.tokens, stretch.at)
            for number in range(stretch.at, close):
                if self.tokens[number].type != "list_item_open" or self.tokens[number].level != 1:
                    continue
                entry = self._slip_line(self.tokens[number])
                if entry is None:
                    stretch.at = number
                    return
                stretch.part.slip.append(entry)
                stretch.start = self._line(number) + 1
            stretch.at = close + 1

    def _slip_line(self, item: Token) -> SlipLine | None:
        first, last = item.map or [0, 0]
        line = self.masked.source_lines[first]
        found = _SLIP.match(self.source.lines[line].rstrip())
        goes_on = any(other.strip() for other in self.masked.lines[first + 1 : last])
        if goes_on or found is None:
            return None
        number, column = self.source.location(line, found.start(1))
        _, value_column = self.source.location(line, max(found.start(2), 0))
        return SlipLine(found[1], (found[2] or "").strip(), number, column, value_column)

    # --- bodies -----------------------------------------------------------------------------------

    def _read_inlines(self, stretch: _Stretch) -> None:
        for number in range(stretch.at, stretch.end):
            token = self.tokens[number]
            if token.type != "inline" or not token.content:
                continue
            if self.tokens[number - 1].type in ("td_open", "th_open"):
                self._place_cell(number)
            in_item = number > 1 and self.tokens[number - 2].type == "list_item_open"
            self.inlines.read(token, in_item)

    def _place_cell(self, number: int) -> None:
        """Note at which column a cell begins to be looked for: behind the cell before it."""
        cell = self.tokens[number]
        before = self.tokens[number - 3]
        column = 0
        if before.type == "inline" and before.map == cell.map:
            after = before.meta.get("column", 0)
            line = self.masked.lines[first_line(cell)]
            column = max(line.find(before.content, after), after) + len(before.content)
        cell.meta["column"] = column

    def _fill(self, stretch: _Stretch, dropped: set[int]) -> None:
        part = stretch.part
        body = self.tokens[stretch.at : stretch.end]
        lines = [line for line in range(stretch.start, stretch.stop) if line not in dropped]
        while lines and not self.source.lines[lines[0]].strip():
            lines.pop(0)
        while lines and not self.source.lines[lines[-1]].strip():
            lines.pop()
        if lines and self._are_parted(lines):
            lines = list(self._without_left_blanks(lines))
        part.text = [self.source.lines[line] for line in lines]
        part.lines = [self.source.numbers[line] for line in lines]
        self.faults += block_faults(body, self.locator)
        self._inherited(part, body, lines)
        if self.inlines.links and part.lines:
            first, last = part.lines[0], part.lines[-1]
            part.links = [link for link in self.inlines.links if first <= link[1] <= last]

    def _are_parted(self, lines: Sequence[int]) -> bool:
        """Whether something was cut out between some lines of the source."""
        first, last = (self.source.numbers[line] for line in (lines[0], lines[-1]))
        return last - first >= len(lines)

    def _without_left_blanks(self, lines: Sequence[int]) -> Iterator[int]:
        """Yield some lines of the source but the second of two empty ones around something cut out.

        A comment stands between blank lines; when it is gone, one of them parts the paragraphs.
        """
        yield lines[0]
        for above, line in pairwise(lines):
            both_are_blank = not any(self.source.lines[one].strip() for one in (above, line))
            was_cut_between = self.source.numbers[line] - self.source.numbers[above] > 1
            if not (both_are_blank and was_cut_between):
                yield line

    # --- what is inherited ------------------------------------------------------------------------

    def _inherited(self, part: FragmentPart, body: Sequence[Token], lines: list[int]) -> None:
        braces = [brace for brace in self.inheriting if brace.line in lines]
        if not braces:
            return
        alone = set(self._alone(body))
        for brace in braces:
            fault = self._misplaced(brace, alone)
            part.inherited.append(InheritedMark(lines.index(brace.line), fault))

    def _alone(self, body: Sequence[Token]) -> Iterator[int]:
        """The lines of the source that are a paragraph of their own, of one value.

        An aside may stand around it.
        """
        around = 0  # blocks that are no asides
        for token in body:
            content = token.content
            if token.type not in ("aside_open", "aside_close", "paragraph_open", "paragraph_close"):
                around += token.nesting
            single = (
                content.startswith(VALUE_OPEN) and content.find(VALUE_CLOSE) == len(content) - 1
            )
            if token.type == "inline" and single and not around:
                yield self.masked.source_lines[first_line(token)]

    @staticmethod
    def _misplaced(brace: Brace, alone: set[int]) -> str:
        if brace.depth:
            return "stands inside a block"
        if not brace.is_inherited:
            return "takes no filter and no condition"
        return "" if brace.line in alone else "is not alone in its paragraph"


def _titled(title: str) -> tuple[str, str, str]:
    """A title, the mark before its id if it has one, and the id."""
    if not title.endswith("}") or _ID not in title:
        return title, "", ""
    title, mark, id = title[:-1].rpartition(_ID)
    return title.rstrip(), mark, id


def _closing(tokens: Sequence[Token], opened: int) -> int:
    """The number of the token that closes another."""
    level = tokens[opened].level
    close = tokens[opened].type.replace("_open", "_close")
    for number in range(opened + 1, len(tokens)):
        if tokens[number].type == close and tokens[number].level == level:
            return number
    return len(tokens) - 1
