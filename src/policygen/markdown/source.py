"""The text of a fragment without comments and invisible characters; a line knows its origin.

Nothing else in the program sees what stands within `<!-- -->`: it is cut out here, before anything
is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policygen.characters import bad_characters, without_invisible
from policygen.markdown.fault import MarkdownFault

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # that Markdown does not take for spaces
_ODD_SPACE = re.compile(f"[{_SPACES}]")
_BEFORE_WORDS = re.compile(
    rf"[ \t{_SPACES}>]*+(?:#{{1,6}}|[-*+]|:{{3,}}|\d{{1,9}}[.)])?+[ \t{_SPACES}]*+"
)
_RULED = re.compile(rf"[ \t|:{_SPACES}-]++$")
_UNUSUAL = re.compile(r"[^ -~]|-->")  # what a line with a fault of `_characters` holds
_RESERVED = "⟦⟧"  # the marks around a fact in a skeleton

_Cut = tuple[int, int, bool]  # from, to, and whether it is a comment


@dataclass(slots=True)
class FragmentSource:
    """The lines of a fragment that count. `numbers` are their line numbers in the file, from 1.

    `origins` has, for a line that something was cut out of, where each of its characters stands in
    the file: its line from 1, its column from 0.
    """

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    origins: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    # Where a comment was cut out: (line, column), both from 0.
    comments: list[tuple[int, int]] = field(default_factory=list)
    faults: list[MarkdownFault] = field(default_factory=list)

    def location(self, line: int, column: int) -> tuple[int, int]:
        """The line and column in the file (from 1) of a line and column of this source (from 0)."""
        origins = self.origins.get(line)
        if not origins:  # nothing was cut out of this line
            return self.numbers[line], column + 1
        last = len(origins) - 1  # what lies behind the end counts as the end
        file_line, file_column = origins[min(column, last)]
        return file_line, file_column + 1


def read_source(text: str) -> FragmentSource:
    """Read a text whose lines end in a line feed."""
    source = FragmentSource()
    cuts = [*_comments(text, source.faults), *_invisible(text)]
    if not cuts:
        source.lines = text.split("\n")
        source.numbers = list(range(1, len(source.lines) + 1))
    else:
        _cut(source, text, sorted(cuts))
    if not text.isascii():
        source.lines = [_plain_spaces(line) for line in source.lines]
    _characters(source)
    return source


def _comments(text: str, faults: list[MarkdownFault]) -> Iterator[_Cut]:
    """Every comment, wherever it stands.

    One that is never closed is a fault, and ends with its paragraph.
    """
    end = 0
    while (start := text.find("<!--", end)) >= 0:
        if _escaped(text, start):
            end = start + 4
            continue
        end = _end_of_comment(text, start)
        if end < 0:
            end = text.find("\n\n", start)
            end = end if end >= 0 else len(text)
            what = "This comment is never closed."
            faults.append(_fault(text, start, what, "Put --> after it.", "PG204"))
        elif _begins_within_a_line(text, start) and "\n\n" in text[start:end]:
            what = "This comment begins within a line and goes on beyond its paragraph."
            mend = "Close it with --> there, or begin it on a line of its own."
            faults.append(_fault(text, start, what, mend, "PG204"))
        yield start - _spare_spaces(text, start, end), end, True


def _begins_within_a_line(text: str, start: int) -> bool:
    """Whether words stand before a comment on its line."""
    return bool(text[text.rfind("\n", 0, start) + 1 : start].strip())


def _spare_spaces(text: str, start: int, end: int) -> int:
    """How many spaces before a comment go with it, so that no two are left between words."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 1]
    follows_one_space = before[1:] == " " and not before[0].isspace()
    return 1 if follows_one_space and after in ("", " ", "\n") else 0


def _escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before."""
    before = text[max(at - 40, 0) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _end_of_comment(text: str, start: int) -> int:
    """Where a comment ends, or -1 where nothing closes it.

    CommonMark knows two comments that are closed as soon as they open.
    """
    for short in ("<!-->", "<!--->"):
        if text.startswith(short, start):
            return start + len(short)
    found = text.find("-->", start + 4)
    return found + 3 if found >= 0 else -1


def _invisible(text: str) -> Iterator[_Cut]:
    """Yield each zero-width character and its like, as what to cut out; none is a comment."""
    if text.isascii() or len(without_invisible(text)) == len(text):
        return
    for offset, character in enumerate(text):
        if not character.isascii() and not without_invisible(character):
            yield offset, offset + 1, False


def _cut(source: FragmentSource, text: str, cuts: Sequence[_Cut]) -> None:
    """Fill a source with the lines of a text, some passages left out.

    A line of comments alone goes whole.
    """
    characters: list[tuple[str, int, int]] = []  # those of the line that is being gathered
    commented = altered = False
    number, line_start, at = 1, 0, 0
    comments: list[int] = []

    def end_line() -> None:
        nonlocal commented, altered
        words = "".join(character for character, _, _ in characters)
        source.comments += [(len(source.lines), column) for column in comments]
        if not (commented and not words.strip()):
            _add(source, words, characters, number, altered)
        characters.clear()
        comments.clear()
        commented = altered = False

    for start, end, is_comment in [*cuts, (len(text), len(text), False)]:
        for offset in range(at, start):
            if text[offset] == "\n":
                end_line()
                number += 1
                line_start = offset + 1
            else:
                characters.append((text[offset], number, offset - line_start))
        if start < end:
            altered = True
        if is_comment:
            commented = True
            comments.append(len(characters))
        breaks = text.count("\n", start, end) if end > at else 0
        if breaks:
            number += breaks
            line_start = text.rfind("\n", start, end) + 1
        at = max(at, end)
    end_line()


def _add(
    source: FragmentSource,
    words: str,
    characters: Sequence[tuple[str, int, int]],
    number: int,
    altered: bool,
) -> None:
    """Add one line, and where its characters stood if something was cut out of it."""
    if altered and characters:
        first = next((p for p in characters if not p[0].isspace()), characters[0])
        last = characters[-1]
        source.origins[len(source.lines)] = [
            *((line, column) for _, line, column in characters),
            (last[1], last[2] + 1),
        ]
        number = first[1]
    source.lines.append(words)
    source.numbers.append(number)


def _plain_spaces(line: str) -> str:
    """A line whose spaces of other kinds are plain ones where Markdown looks for marks."""
    if line.isascii() or not _ODD_SPACE.search(line):
        return line
    if _RULED.match(line):
        return _ODD_SPACE.sub(" ", line)
    found = _BEFORE_WORDS.match(line)
    end = found.end() if found else 0
    return _ODD_SPACE.sub(" ", line[:end]) + line[end:].rstrip()


def _characters(source: FragmentSource) -> None:
    """A fault for each character that cannot be printed.

    The end of a comment that never began is a fault too.
    """
    for number, line in enumerate(source.lines):
        if not _UNUSUAL.search(line):
            continue
        for bad in bad_characters(line):
            location = source.location(number, bad.offset)
            source.faults.append(MarkdownFault(*location, bad.what, bad.mend, "PG205"))
        for mark in _RESERVED:
            if mark in line:
                location = source.location(number, line.index(mark))
                what = f"{mark} is a mark of the program's own."
                source.faults.append(MarkdownFault(*location, what, "Write another one.", "PG205"))
        if "-->" in line:
            location = source.location(number, line.index("-->"))
            what = "No comment is open that --> could close."
            mend = "Take it out, or write → for an arrow."
            source.faults.append(MarkdownFault(*location, what, mend, "PG204"))


def _fault(text: str, offset: int, what: str, mend: str, code: str) -> MarkdownFault:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return MarkdownFault(line, column, what, mend, code)
