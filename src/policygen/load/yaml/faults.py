"""What is wrong with the form of a YAML file, in words for people who have never heard of YAML."""

from __future__ import annotations

import re
from collections.abc import Callable

from ruamel.yaml.error import MarkedYAMLError

from policygen.load.files import excerpt
from policygen.problems import Location, Problem

_SEPARATOR = re.compile("[\x85\u2028\u2029]")  # line breaks that no editor counts as lines
# A bracket; or a text in quotes or a comment, in which brackets open nothing. Quotes count where a
# value may begin, and within their line, so that nobody hides brackets behind an apostrophe.
_BRACKET = re.compile(
    r"""(?<![^\s\[\]{},])(?:"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+'|\#[^\n]*+)|[\[\]{}]"""
)
DEEPEST = 20  # of blocks, and of brackets: a parser looks at each again for every word that follows
_INDENT_SIGNS = ("indent", "block mapping", "block end", "mapping values")


def first_fault(text: str, path: str) -> Problem | None:
    """Return a fault that no parser shall meet.

    It is an invisible line break, more brackets than anybody opens, or a directive.
    """
    if found := _SEPARATOR.search(text):
        what = f"An invisible line break (U+{ord(found[0]):04X}) stands here."
        mend = "Take it out, and press Enter or write a space instead."
        return Problem(what, mend, _locate(found.start(), text, path), code="PG132")
    if deep := _deepest(text):
        what = "This file is nested too deeply."
        return Problem(what, "Write it flatter.", _locate(deep, text, path), code="PG135")
    number = _directive_line(text)
    if number:
        what = "A line that begins with % is not accepted here."
        mend = "Take it out; a text that begins with % must stand in quotes."
        return Problem(what, mend, Location(path, number, 1), code="PG134")
    return None


def _locate(at: int, text: str, path: str) -> Location:
    """Return the location of a character."""
    return Location(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _deepest(text: str) -> int:
    """Return where one bracket too many is opened; 0 where none is."""
    is_open = 0
    for found in _BRACKET.finditer(text):
        if found[0] in ("[", "{"):
            is_open += 1
        elif found[0] in ("]", "}"):
            is_open = max(0, is_open - 1)
        if is_open > DEEPEST:
            return found.start()
    return 0


def _directive_line(text: str) -> int:
    """Return the number of the first line that is a directive to YAML; 0 where there is none."""
    may_begin = True  # directives stand before a document, so at the start or after `...`
    for number, line in enumerate(text.split("\n"), 1):
        if may_begin and line.startswith("%"):
            return number
        if line.strip() and not line.lstrip().startswith("#"):
            may_begin = line.startswith("...")
    return 0


def syntax_fault(error: MarkedYAMLError, text: str, path: str) -> Problem:
    """Return the parser's complaint about the form of a file as a Problem at its line."""
    complaint = str(error.problem or "")
    is_endless = "stream" in complaint and error.context_mark is not None
    mark = error.context_mark if is_endless else error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    location = Location(path, line, column)
    if is_endless:
        what, mend = "What begins here is never closed.", "Close the bracket or the quotes."
        if any("#" in near for near in lines[max(0, line - 2) : line]):
            mend = (
                "Close the bracket or the quotes; a value that begins with # must stand in quotes."
            )
        return Problem(what, mend, location, code="PG131")
    for explain in _EXPLANATIONS:
        if explanation := explain(complaint, here, column):
            return Problem(*explanation, location, code="PG131")
    what = f"This is not readable here ({excerpt(complaint)})."
    return Problem(what, "Check quotes, brackets and spaces of this line.", location, code="PG131")


# Each looks at the parser's complaint, the line and the column, and says what is wrong and how to
# mend it; None where it is about something else. The first that answers is believed.


def _tab(complaint: str, here: str, column: int) -> tuple[str, str] | None:
    indent = len(here) - len(here.lstrip())
    if "\t" in here[: max(column, indent)]:
        return "This line begins with a tab.", "Use spaces to indent."
    return None


def _unquoted(complaint: str, here: str, column: int) -> tuple[str, str] | None:
    if "cannot start any token" in complaint:
        sign = here[column - 1 : column]
        what = f"A text that begins with {sign} must stand in quotes."
        return what, 'Write it like `handle: "@fenwick"`.'
    return None


def _colon(complaint: str, here: str, column: int) -> tuple[str, str] | None:
    is_about_colons = "mapping values are not allowed" in complaint or "expected" in complaint
    if here.count(":") > 1 and is_about_colons:
        return "This line has a colon too many.", 'Put the text in quotes: `key: "text: more"`.'
    return None


def _documents(complaint: str, here: str, column: int) -> tuple[str, str] | None:
    if "<document start>" in complaint:
        what = "This stands after the end of the document (...)."
        return what, "Take out the line of full stops."
    return None


def _indent(complaint: str, here: str, column: int) -> tuple[str, str] | None:
    if any(sign in complaint for sign in _INDENT_SIGNS):
        what = "This line is not indented like its neighbours."
        return what, "Line it up with the key above."
    return None


_EXPLANATIONS: tuple[Callable[[str, str, int], tuple[str, str] | None], ...] = (
    _tab,
    _unquoted,
    _documents,
    _colon,
    _indent,
)
