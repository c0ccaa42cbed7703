"""Marks that a document cannot print, found in the tokens of a fragment.

Each a fault that says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from policygen.markdown.braces import VALUE_OPEN
from policygen.markdown.fault import MarkdownFault
from policygen.markdown.locate import Locator, first_line
from policygen.markdown.parser import DEPTH, MAX_INLINE, NOTE, inline_tokens
from policygen.markdown.typed_marks import MAY_BE_TYPED, TYPED_LINES, TYPED_MARKS
from policygen.model.language import LANGUAGE_TAG
from policygen.problems import nearest

ASIDES = ("do", "dont", "note", "example", "wording")
LINE_BREAK = re.compile(r"<br\s*+/?>", re.I)
_ADDRESSES = ("https://", "http://", "mailto:", "tel:", "#", VALUE_OPEN)
_MAY_NEED_READING = re.compile(r"[\[\]<{~^=+:#]")  # far quicker than the pattern itself
_NEEDS_READING = re.compile(r"[\[\]<{~^]|==|\+\+|:\w+:|(?:^|\n)[ \t]*+(?:#|: |=)")
_TASK = re.compile(r"\[[ xX]\](?:\s|$)")


def block_faults(tokens: Sequence[Token], locator: Locator) -> Iterator[MarkdownFault]:
    """What is wrong with the blocks of a telling."""
    asides = columns = 0
    deep = False
    for number, token in enumerate(tokens):
        if token.map is None:
            if token.type == "aside_close":
                asides -= 1
            continue
        if token.level > DEPTH and not deep:
            deep = True
            what = f"Blocks stand within blocks, more than {DEPTH} deep."
            yield _at(locator, token.map[0], what, "Write it simply.", "PG208")
        kind = token.type
        if kind == "aside_open":
            yield from _aside(token, asides, locator)
            asides += 1
        elif kind == "table_open":
            columns = _cells(locator.masked.lines[token.map[0]])
        elif kind == "tr_open":
            yield from _row(token.map[0], columns, locator)
        elif kind == "hr":
            yield _at(locator, token.map[0], *_rule(tokens, number))
        elif kind == "fence":
            yield from _fence(token, locator)
        elif kind in _BLOCKS and (token.level or kind != f"{NOTE}_open"):
            yield _at(locator, token.map[0], *_BLOCKS[kind])


_BLOCKS = {
    "html_block": (
        "A tag of HTML cannot stand in wording.",
        "Write Markdown; for a new line within a paragraph, <br> among words.",
        "PG210",
    ),
    "heading_open": (
        "A heading stands inside a list, a quotation or a passage.",
        "Move it to the start of a line, behind an empty one.",
        "PG207",
    ),
    "code_block": (
        "Four spaces or a tab at the start of a line make it a block of code.",
        "Take them out, or put ``` above and below if code is meant.",
        "PG209",
    ),
    f"{NOTE}_open": (
        "A note stands inside a list, a quotation or a passage.",
        "Move it to the start of a line, at the end of the telling.",
        "PG217",
    ),
}


def _aside(token: Token, outer: int, locator: Locator) -> Iterator[MarkdownFault]:
    line = first_line(token)
    if not token.info:
        what = "Nothing is open that ::: could close."
        mend = "Close each passage with ::: before the next."
        yield _at(locator, line, what, mend, "PG206")
    elif token.info not in ASIDES:
        mend = nearest(token.info.split()[0], ASIDES)
        what = f'There is no passage "::: {token.info}".'
        yield _at(locator, line, what, mend, "PG206", 5)
    elif outer:
        what = "A passage stands within another."
        yield _at(locator, line, what, "Close each passage with ::: before the next.", "PG206")
    elif not token.meta["closed"]:
        what = "This passage is never closed."
        yield _at(locator, line, what, "Put ::: on a line of its own after it.", "PG206")


def _rule(tokens: Sequence[Token], number: int) -> tuple[str, str, str]:
    """A ruled line: under a paragraph it was meant as a heading's."""
    above = tokens[number - 1] if number else None
    opened = tokens[number - 3] if number > 2 else None
    line = first_line(tokens[number])
    underlines = (
        above is not None
        and above.type == "paragraph_close"
        and opened is not None
        and opened.map is not None
        and opened.map[1] == line
    )
    if underlines and set(tokens[number].markup) == {"-"}:
        return "An underlined heading is not accepted.", "Write headings with # signs.", "PG207"
    return "A ruled line prints nothing.", "Take it out.", "PG212"


def _row(line: int, columns: int, locator: Locator) -> Iterator[MarkdownFault]:
    """A row with more cells than its table has columns would lose words."""
    cells = _cells(locator.masked.lines[line])
    if cells > columns:
        what = f"This row has {cells} cells, and its table {columns} columns."
        mend = "Take a cell out, or write \\| for a stroke that is meant."
        yield _at(locator, line, what, mend, "PG216")


def _cells(row: str) -> int:
    """How many cells a row has, as markdown-it counts them."""
    row = row.strip().lstrip("> ")
    if "\\" not in row:
        return row.removeprefix("|").removesuffix("|").count("|") + 1
    cells = escapedSplit(row)
    first = 1 if cells and not cells[0].strip() else 0
    last = 1 if len(cells) > 1 and not cells[-1].strip() else 0
    return len(cells) - first - last


def _fence(token: Token, locator: Locator) -> Iterator[MarkdownFault]:
    start, end = token.map or [0, 0]
    lines = locator.masked.lines
    last = lines[min(end, len(lines)) - 1].strip().lstrip("> ")
    closed = end - start > 1 and last.startswith(token.markup) and not last.strip(token.markup[0])
    if not closed:
        what = "A block of code is never closed."
        yield _at(locator, start, what, f"Close it with {token.markup}.", "PG209")
    if VALUE_OPEN in token.content:
        line = start + 1 + token.content[: token.content.index(VALUE_OPEN)].count("\n")
        yield _at(locator, line, _FACT_IN_CODE[0], _FACT_IN_CODE[1], "PG209")
    first, behind = (locator.masked.source_lines[at] for at in (start, min(end, len(lines)) - 1))
    if any(first < line <= behind for line, _ in locator.source.comments):
        what = "A comment stands in a block of code."
        yield _at(locator, start, what, "Move it out; code cannot show <!-- and -->.", "PG204")


_FACT_IN_CODE = (
    "A fact cannot stand in code or in angle brackets.",
    "Print it in the text, or write [words](address).",
)


class InlineReader:
    """Reads the inlines of a fragment.

    What is wrong with them, and the clauses that they link to.
    """

    def __init__(self, locator: Locator, env: dict[str, Any]) -> None:
        self.locator = locator
        self.env = env
        self.faults: list[MarkdownFault] = []
        self.links: list[tuple[str, int, int]] = []  # (clause id, line, column)
        self.references: list[tuple[Token, Token, Token]] = []  # (inline, opened, closed)
        self.notes: list[tuple[Token, Token]] = []  # (inline, reference)

    def read(self, inline: Token, in_item: bool = False) -> None:
        """Read one block's content; `in_item` says that it opens an item of a list."""
        content = inline.content
        if not _needs_reading(content):
            return
        if len(content) > MAX_INLINE:
            what = f"A paragraph of {len(content):,} characters."
            self._fault(inline, 0, what, f"Part it: {MAX_INLINE:,} at most.", "PG208")
            return
        if in_item and _TASK.match(content):
            what = "A box to tick is not printed."
            self._fault(
                inline, 0, what, "Leave out the brackets, or write who does it by when.", "PG212"
            )
        for pattern, what, mend, code in TYPED_LINES:
            if found := pattern.search(content):
                self._fault(inline, found.start(), what, mend, code)
        self._tokens(inline, inline_tokens(content, self.env))

    def _tokens(self, inline: Token, tokens: Sequence[Token]) -> None:
        opened: list[Token] = []
        cursor = 0
        for number, token in enumerate(tokens):
            cursor = token.meta.get("at", cursor)
            if token.nesting > 0:
                opened.append(token)
                if len(opened) == DEPTH + 1:
                    what = f"Marks stand within marks, more than {DEPTH} deep."
                    self._fault(inline, cursor, what, "Write it simply.", "PG208")
            elif token.nesting < 0 and opened:
                self._closed(inline, opened.pop(), token)
            if reader := _INLINE.get(token.type):
                reader(self, inline, token)
            elif token.type == "text":
                self._text(inline, tokens, number)

    def _text(self, inline: Token, tokens: Sequence[Token], number: int) -> None:
        """Plain text that holds a mark which was meant, and is none."""
        text = tokens[number].content
        if not MAY_BE_TYPED.search(text):
            return
        for pattern, what, mend, code in TYPED_MARKS:
            if found := pattern.search(text):
                offset = self._offset(inline, tokens, number) + found.start()
                self._fault(inline, offset, what, mend, code)

    @staticmethod
    def _offset(inline: Token, tokens: Sequence[Token], number: int) -> int:
        """Where a text begins in the content.

        Behind the last token before it that knows its own place.
        """
        at = 0
        for token in tokens[:number]:
            at = max(at, token.meta.get("at", 0))
        found = inline.content.find(tokens[number].content, at)
        return found if found >= 0 else at

    def _html(self, inline: Token, token: Token) -> None:
        if not LINE_BREAK.fullmatch(token.content):
            what = f"{token.content[:30]} is a tag of HTML, which cannot stand in wording."
            mend = "Write Markdown: **strong**, *emphasis*, [words](address), <br> for a new line."
            self._fault(inline, token.meta["at"], what, mend, "PG210")

    def _image(self, inline: Token, token: Token) -> None:
        at = inline.content.find("![")
        what = "A picture cannot stand in wording."
        mend = "Describe it in words; the logo is `brand.logo` of the profile."
        self._fault(inline, max(at, 0), what, mend, "PG211")

    def _code(self, inline: Token, token: Token) -> None:
        at = token.meta["at"]
        if VALUE_OPEN in token.content:
            self._fault(inline, at, *_FACT_IN_CODE, "PG209")
        if token.attrs:
            self._attributes(inline, at)

    def _link(self, inline: Token, token: Token) -> None:
        at = token.meta["at"]
        href = str(token.attrs.get("href", ""))
        if token.markup == "autolink" and VALUE_OPEN in href:
            self._fault(inline, at, *_FACT_IN_CODE, "PG209")
        elif not href.lower().startswith(_ADDRESSES):
            typed = self._typed_address(inline, token) or href
            what = f'"{typed}" is no address that a document can link to.'
            offset = inline.content.find(typed, at)
            mend = "Begin it with https://, mailto: or #."
            self._fault(inline, offset if offset >= 0 else at, what, mend, "PG213")
        elif token.attrs.get("title"):
            title = str(token.attrs["title"])
            offset = max(inline.content.find(title, at) - 1, at)
            what = f'The title of a link is not printed: "{title[:40]}".'
            self._fault(inline, offset, what, "Take it out, or write it as text.", "PG214")
        elif href.startswith("#"):
            offset = inline.content.find(href, at)
            location = self.locator.location(inline, offset if offset >= 0 else at)
            self.links.append((href[1:], *location))

    @staticmethod
    def _typed_address(inline: Token, token: Token) -> str:
        """The address as somebody typed it."""
        typed = inline.content[token.meta["at"] : token.meta.get("end")]
        if token.markup == "autolink":
            return ""
        _, mark, address = typed.rpartition("](")
        if not mark:
            return ""
        address = address.rstrip(")").strip()
        if address.startswith("<"):
            return address[1:].partition(">")[0]
        return address.split()[0] if address.split() else ""

    def _span(self, inline: Token, token: Token) -> None:
        """Report a span that says more than its language, or none: `[words]{lang=mi}` is all."""
        at = token.meta["at"]
        language = str(token.attrs.get("lang", ""))
        if set(token.attrs) != {"lang"}:
            self._attributes(inline, inline.content.find("]{", at) + 1)
        elif not LANGUAGE_TAG.fullmatch(language):
            what = f'"{language}" is not a language tag.'
            offset = inline.content.find("{lang=", at) + len("{lang=")
            self._fault(inline, offset, what, "Write it like [Kia ora]{lang=mi}.", "PG215")

    def _attributes(self, inline: Token, at: int) -> None:
        what = "Only the language of words can be set in this way."
        self._fault(inline, at, what, "Write [Kia ora]{lang=mi}, or take it out.", "PG215")

    def _note_reference(self, inline: Token, token: Token) -> None:
        self.notes.append((inline, token))

    def _closed(self, inline: Token, opened: Token, closed: Token) -> None:
        if opened.type == "link_open":
            if "label" in opened.meta:
                self.references.append((inline, opened, closed))
            extra = set(opened.attrs) - {"href", "title"}
            if extra:
                self._attributes(inline, opened.meta.get("end", opened.meta["at"]))

    def _fault(self, inline: Token, offset: int, what: str, mend: str, code: str) -> None:
        line, column = self.locator.location(inline, offset)
        self.faults.append(MarkdownFault(line, column, what, mend, code))


def _needs_reading(content: str) -> bool:
    """Whether anything in a content could be a fault or a link.

    Most paragraphs are spared the parsing.
    """
    if len(content) > MAX_INLINE:
        return True
    if _MAY_NEED_READING.search(content) and _NEEDS_READING.search(content):
        return True
    if "`" in content and VALUE_OPEN in content:
        return True
    return content.count("*") + content.count("_") > 2 * DEPTH


_INLINE: dict[str, Callable[[InlineReader, Token, Token], None]] = {
    "html_inline": InlineReader._html,
    "image": InlineReader._image,
    "code_inline": InlineReader._code,
    "link_open": InlineReader._link,
    "span_open": InlineReader._span,
    "note_reference": InlineReader._note_reference,
}


def _at(
    locator: Locator, line: int, what: str, mend: str, code: str, column: int = 1
) -> MarkdownFault:
    return MarkdownFault(locator.line(line), column, what, mend, code)
