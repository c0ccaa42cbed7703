"""The braces of a template within Markdown, masked so that a parser sees one word for each.

`{{ ... }}` is masked by as many placeholder characters, so that columns stay. `{% ... %}` prints
nothing, so it is cut out, and a line of nothing else goes with it. `jinja_source` leaves out the
same lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from policygen.markdown.fault import MarkdownFault

VALUE_OPEN, VALUE_CLOSE = "\ue000", "\ue001"  # around a printed fact; no wording holds these
_FILLER = "\ue005"
_INNER = r"""(?:[^'"{}%\n]++|'[^'\n]*+'|"[^"\n]*+"|\}(?!\})|%(?!\})|\{)*+"""
_PRINT = re.compile(r"\{\{" + _INNER + r"\}\}")
_STATEMENT = re.compile(r"\{%" + _INNER + r"%\}")
_CURLY = re.compile(r"""'[^'\n]*+'|"[^"\n]*+"|([“”‘’„‚‟‛«»‹›′″´])""")
_KEYWORD = re.compile(r"\{%[-+]?\s*+(\w*)")
_INHERITED = re.compile(r"\binherited\b")
_OPENING, _CLOSING = ("if", "for"), ("endif", "endfor")


@dataclass(frozen=True, slots=True)
class Brace:
    """`{{ ... }}` or `{% ... %}`.

    Its line and column in the source (from 0), and how many blocks stand open around it.
    """

    line: int
    column: int
    text: str
    depth: int

    @property
    def prints(self) -> bool:
        """Whether it is `{{ ... }}`."""
        return self.text.startswith("{{")

    @property
    def keyword(self) -> str:
        """The first word of a statement; nothing for what prints."""
        found = _KEYWORD.match(self.text)
        return found[1] if found else ""

    @property
    def inherits(self) -> bool:
        """Whether it names `inherited`."""
        return self.prints and bool(_INHERITED.search(self.text))

    @property
    def is_inherited(self) -> bool:
        """Whether it is `{{ inherited }}` and nothing else."""
        return self.prints and self.text[2:-2].strip(" \t-+") == "inherited"


@dataclass(slots=True)
class Masked:
    """Lines as a parser of Markdown may read them.

    `place` leads back to the lines that they were made of.
    """

    lines: list[str] = field(default_factory=list)
    source_lines: list[int] = field(default_factory=list)  # where each line stands in the source
    columns: dict[int, list[int]] = field(default_factory=dict)  # where a line's columns have moved
    braces: list[Brace] = field(default_factory=list)
    unclosed: list[tuple[int, int]] = field(default_factory=list)  # line and column in the source

    @property
    def text(self) -> str:
        """All lines, as one text."""
        return "\n".join(self.lines)

    def location(self, line: int, column: int) -> tuple[int, int]:
        """The line and column in the source (from 0) of a masked line and column."""
        columns = self.columns.get(line)
        if columns:
            column = columns[min(column, len(columns) - 1)]
        return self.source_lines[line], column


def mask(lines: Sequence[str]) -> Masked:
    """Mask the braces of some lines. A brace that is not closed on its line stays as it is."""
    masked = Masked()
    depth = 0
    for number, line in enumerate(lines):
        if "{{" not in line and "{%" not in line:
            masked.lines.append(line)
            masked.source_lines.append(number)
            continue
        found, unclosed = _braces(line)
        if unclosed >= 0:
            masked.unclosed.append((number, unclosed))
        braces = []
        for column, text in found:
            brace = Brace(number, column, text, depth)
            if not brace.prints and brace.keyword in _OPENING:
                depth += 1
            elif not brace.prints and brace.keyword in _CLOSING:
                depth -= 1
            braces.append(brace)
        masked.braces += braces
        if not _only_statements(line, braces):
            _append(masked, number, line, braces)
    return masked


def braces_of(text: str) -> tuple[Brace, ...]:
    """Every brace of a text, up to the first of a line that is not closed there."""
    return tuple(mask(text.split("\n")).braces)


def jinja_source(text: str) -> str:
    """A template in which a line of nothing but statements prints no line.

    Every other line break stays. The break of such a line moves into its last tag, so that Jinja
    goes on counting lines aright.
    """
    if "{%" not in text:
        return text
    made = []
    for line in text.split("\n"):
        braces = [Brace(0, column, found, 0) for column, found in _braces(line)[0]]
        if braces and _only_statements(line, braces):
            made.append(line.strip().removesuffix("%}") + "\n%}")
        else:
            made.append(line + "\n")
    return "".join(made)[:-1] if made[-1].endswith("\n") else "".join(made)


def outside_braces(text: str, change: Callable[[str], str]) -> str:
    """A line of Markdown changed everywhere but in its braces."""
    made = []
    end = 0
    for column, found in _braces(text)[0]:
        made += [change(text[end:column]), found]
        end = column + len(found)
    return "".join([*made, change(text[end:])])


def brace_faults(masked: Masked) -> Iterator[MarkdownFault]:
    """Faults of braces by their looks: unclosed, curly quotes, marks that eat white space."""
    for line, column in masked.unclosed:
        what = "These braces are not closed on their line."
        mend = "Close what is open: {{ }}, {% if %} ... {% endif %}, {% for %} ... {% endfor %}."
        yield MarkdownFault(line + 1, column + 1, what, mend, "PG202")
    for brace in masked.braces:
        if not brace.text.isascii():
            yield from curly_quotes(brace.text, brace.line + 1, brace.column + 1)
        trims = brace.text[2] in "-+" or brace.text[-3] in "-+"
        if trims and not brace.is_inherited:
            ends = f"{brace.text[:3]} and {brace.text[-3:]}"
            what = f"{ends} would join lines that Markdown keeps apart."
            mend = "Write the braces without the sign; a line of {% %} alone prints nothing anyway."
            yield MarkdownFault(brace.line + 1, brace.column + 1, what, mend, "PG203")
        if brace.keyword in ("raw", "endraw"):
            what = "Wording prints no braces as they stand."
            yield MarkdownFault(brace.line + 1, brace.column + 1, what, "Take it out.", "PG203")


def curly_quotes(code: str, line: int, column: int) -> Iterator[MarkdownFault]:
    """Each quotation mark in a condition that an editor has made curly.

    `line` and `column` (from 1) are where the code begins.
    """
    for found in _CURLY.finditer(code):
        if found[1]:
            what = f"{found[1]} is no quotation mark that a condition knows."
            mend = "Write straight quotes within braces: '...'."
            yield MarkdownFault(line, column + found.start(), what, mend, "PG201")


def _braces(line: str) -> tuple[list[tuple[int, str]], int]:
    """The braces of one line, each with its column, up to the first that is not closed.

    The number returned is the column of that one, or -1.
    """
    found: list[tuple[int, str]] = []
    start = _next(line, 0)
    while start >= 0:
        prints = line.startswith("{{", start)
        match = (_PRINT if prints else _STATEMENT).match(line, start)
        end = match.end() if match else line.find("}}" if prints else "%}", start + 2) + 2
        if end < 2:
            return found, start
        found.append((start, line[start:end]))
        start = _next(line, end)
    return found, -1


def _next(line: str, at: int) -> int:
    """Where the next brace opens, or -1."""
    prints, states = line.find("{{", at), line.find("{%", at)
    return max(prints, states) if prints < 0 or states < 0 else min(prints, states)


def _only_statements(line: str, braces: Sequence[Brace]) -> bool:
    """Whether a line holds statements and nothing else."""
    if not braces or any(brace.prints for brace in braces):
        return False
    return len("".join(line.split())) == sum(len("".join(b.text.split())) for b in braces)


def _append(masked: Masked, number: int, line: str, braces: Sequence[Brace]) -> None:
    """Add one line, its values masked and its statements cut out."""
    parts: list[str] = []
    end = 0
    for brace in braces:
        parts.append(line[end : brace.column])
        end = brace.column + len(brace.text)
        if brace.prints:
            parts.append(VALUE_OPEN + _FILLER * (len(brace.text) - 2) + VALUE_CLOSE)
    parts.append(line[end:])
    statements = [brace for brace in braces if not brace.prints]
    if statements:
        masked.columns[len(masked.lines)] = _columns_without(statements, line)
    masked.lines.append("".join(parts))
    masked.source_lines.append(number)


def _columns_without(statements: Sequence[Brace], line: str) -> list[int]:
    """Return the columns of a line that are left when its statements are cut out."""
    columns: list[int] = []
    end = 0
    for brace in statements:
        columns.extend(range(end, brace.column))
        end = brace.column + len(brace.text)
    columns.extend(range(end, len(line) + 1))
    return columns
