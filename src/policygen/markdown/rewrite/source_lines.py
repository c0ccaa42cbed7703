"""The printed lines of a telling's source: paragraphs, list items and cells, where each stands.

What is changed in one of them can be written into its place, and every other byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from policygen.markdown.braces import VALUE_CLOSE, VALUE_OPEN, Brace, Masked, mask
from policygen.markdown.locate import first_line
from policygen.markdown.parser import block_tokens
from policygen.markdown.prose import parse_inlines
from policygen.markdown.rewrite.inline_blocks import InlineBlock, line_branches
from policygen.markdown.tables import CAPTION
from policygen.model.document import Inlines, Text, Value
from policygen.model.wording import Piece, Printed, Wording

_MASKED = re.compile(f"{VALUE_OPEN}[^{VALUE_CLOSE}]*{VALUE_CLOSE}")
_BETWEEN = ("else", "elif")
_STROKE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line that is printed: its lines in the source, from `start` up to `end` (from 0).

    `prefix` stands before its words in the source, such as `- `. `cell` is the number of its
    column in a table (from 0), or -1. In `inlines` each fact is a Value whose path is the braces
    as they are typed. `is_fixed` says that a template decides what or how often it prints,
    `is_conditional` that it stands within a block of a template. `blocks` are those within the
    line itself, which the inlines have one branch of.
    """

    start: int
    end: int
    prefix: str
    cell: int
    inlines: Inlines
    is_fixed: bool
    is_conditional: bool
    blocks: tuple[InlineBlock, ...] = ()


def lines_with_branches(text: str) -> tuple[SourceLine, ...]:
    """Return the printed lines of a telling's unfilled Markdown.

    One that a block within it decides is there once for each way in which it may print.
    """
    return _with_branches(source_lines, text)


def sentences_with_branches(text: str) -> tuple[SourceLine, ...]:
    """Return what `source_sentences` does, and those that a block within them decides."""
    return _with_branches(source_sentences, text)


def _with_branches(
    read: Callable[[str], tuple[SourceLine, ...]], text: str
) -> tuple[SourceLine, ...]:
    found = [
        replace(line, blocks=branch.blocks)
        for branch in line_branches(text)
        for line in read(branch.text)
        if line.start <= branch.line < line.end and not line.is_fixed and line.cell < 0
    ]
    decided = {line.start for line in found}
    return (*(line for line in read(text) if line.start not in decided), *found)


def source_lines(text: str) -> tuple[SourceLine, ...]:
    """Return the printed lines of a telling's unfilled Markdown, in order."""
    braces = mask(text.split("\n")).braces
    tags = {one.line for one in braces if not one.prints}
    fixed = {*_within(braces, ("for",)), *tags}
    conditional = set(_within(braces, ("for", "if")))
    masked = mask([_parted(line) for line in text.split("\n")])
    found: list[SourceLine] = []
    column = -1
    for token in block_tokens(masked.text, {}):
        if token.type == "table_open" and found:
            found[-1] = _as_caption(found[-1], masked.source_lines[first_line(token)])
        if token.type in ("tr_open", "table_close"):
            column = -1
        elif token.type in ("th_open", "td_open"):
            column += 1
        elif token.type == "inline" and token.map:
            found.append(_line(token, masked, column, fixed, conditional))
    return tuple(found)


def source_sentences(text: str) -> tuple[SourceLine, ...]:
    """Return the lines of the source that share a paragraph with others: a sentence each.

    Those that a template's tags stand on, or that a loop prints, are left out.
    """
    lines = text.split("\n")
    braces = mask(lines).braces
    tags = {one.line for one in braces if not one.prints}
    looped = set(_within(braces, ("for",)))
    conditional = set(_within(braces, ("for", "if")))
    masked = mask([_parted(line) for line in lines])
    is_table = False
    found: list[SourceLine] = []
    for token in block_tokens(masked.text, {}):
        is_table = token.type == "table_open" or (is_table and token.type != "table_close")
        if is_table or token.type != "inline" or not token.map or "\n" not in token.content:
            continue
        for at, words in enumerate(token.content.split("\n"), token.map[0]):
            start = masked.source_lines[at]
            if start in tags or start in looped or words.endswith(("\\", "  ")):
                continue
            typed = [one.text for one in masked.braces if one.prints and one.line == start]
            inlines = _inlines(words, typed)
            if len(values_of(inlines)) == len(typed):
                prefix = masked.lines[at][: max(masked.lines[at].find(words.strip()), 0)]
                is_conditional = start in conditional
                one = SourceLine(start, start + 1, prefix, -1, inlines, False, is_conditional)
                found.append(one)
    return tuple(found)


def source_inlines(words: str) -> Inlines:
    """Return what some words of a line of the source say; each fact has its braces as its path."""
    masked = mask([words])
    return _inlines(masked.text.strip(), [one.text for one in masked.braces])


def with_cell(row: str, column: int, words: str) -> str:
    """Return the source of a table's row in which one cell says something else."""
    start, end = _cell_bounds(mask([row]).lines[0], column)
    return f"{row[:start]} {words} {row[end:]}"


def values_of(inlines: Inlines) -> tuple[Value, ...]:
    """Return the facts among some inlines, in order."""
    found: list[Value] = []
    for inline in inlines:
        if isinstance(inline, Value):
            found.append(inline)
        else:
            found += values_of(getattr(inline, "children", ()))
    return tuple(found)


def _line(
    token: Token, masked: Masked, column: int, fixed: set[int], conditional: set[int]
) -> SourceLine:
    first, last = token.map or [0, 1]
    start, end = masked.source_lines[first], masked.source_lines[last - 1] + 1
    is_fixed = not fixed.isdisjoint(range(start, end))
    braces = [one for one in masked.braces if one.prints and start <= one.line < end]
    if column >= 0 and not is_fixed:
        left, right = _cell_bounds(masked.lines[first], column)
        braces = [one for one in braces if left <= one.column < right]
    inlines = _inlines(token.content, [one.text for one in braces])
    if len(values_of(inlines)) != len(braces):  # one stands in an address or in code
        is_fixed = True
    line, words = masked.lines[first], token.content.split("\n")[0]
    prefix = "" if column >= 0 else line[: max(line.find(words), 0)]
    return SourceLine(start, end, prefix, column, inlines, is_fixed, start in conditional)


def _as_caption(line: SourceLine, table: int) -> SourceLine:
    """Return the line above a table that begins at a line of the source (from 0).

    A caption is printed without the word that makes it one.
    """
    first = line.inlines[0] if line.inlines else None
    is_above = line.cell < 0 and line.end <= table
    if not is_above or not isinstance(first, Text) or not first.text.startswith(CAPTION):
        return line
    words = Text(first.text.removeprefix(CAPTION))
    return replace(line, prefix=line.prefix + CAPTION, inlines=(words, *line.inlines[1:]))


def _cell_bounds(masked: str, column: int) -> tuple[int, int]:
    """Return where a cell of a row begins and ends, strokes left out."""
    bounds = [found.start() for found in _STROKE.finditer(masked)]
    if not masked.lstrip().startswith("|"):
        bounds.insert(0, -1)
    bounds.append(len(masked))
    return bounds[min(column, len(bounds) - 2)] + 1, bounds[min(column, len(bounds) - 2) + 1]


def _parted(line: str) -> str:
    """Return a line as it is, a blank one for `{% else %}`: two branches never print together."""
    found = mask([line])
    is_parting = not found.lines and all(one.keyword in _BETWEEN for one in found.braces)
    return "" if is_parting else line


def _within(braces: Sequence[Brace], kinds: Sequence[str]) -> Iterator[int]:
    """Yield each line of the source within a block of some kinds, those of its tags among them."""
    opened: list[Brace] = []
    for brace in braces:
        if brace.keyword in ("for", "if"):
            opened.append(brace)
        elif brace.keyword in ("endfor", "endif") and opened:
            first = opened.pop()
            if first.keyword in kinds:
                yield from range(first.line, brace.line + 1)


def _inlines(content: str, braces: Sequence[str]) -> Inlines:
    """Return what a block says; each fact has what is typed for it as its path."""
    pieces: list[Piece] = []
    at = 0
    for number, found in enumerate(_MASKED.finditer(content)):
        typed = braces[number] if number < len(braces) else ""
        pieces += [content[at : found.start()], Printed(typed, typed)]
        at = found.end()
    pieces.append(content[at:])
    return parse_inlines(Wording("en", tuple(pieces)))
