"""Inlines -> the Markdown of one printed line, as a fragment holds it.

Every character prints as it was typed: whatever Markdown or a template would read is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from policygen.markdown.rewrite.inline_blocks import InlineBlock
from policygen.markdown.rewrite.source_lines import source_inlines
from policygen.model.document import (
    Break,
    Code,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Strong,
    Text,
    Value,
)

_SPECIAL = re.compile(r"""[\\`*_\[\]<>{}|~^"']|&(?=#?\w+;)|(?<=[{}])%|%(?=[{}])""")
_OPENS_BLOCK = re.compile(r"(?:[#+=:-]|\d{1,9}(?=[.)]))")
_NUMBER = re.compile(r"\d{1,9}")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_SCHEMES = ("http", "https", "mailto", "tel")
_SAFE_ADDRESS = re.compile(r"[!-~]+")
_ADDRESS_MARKS = frozenset("<>(){}[]\\\"'`|^")


class UnwritableError(Exception):
    """A line holds something that a fragment cannot say; the message says what, in a few words."""


class TakenBranchError(Exception):
    """The words of a branch were edited; the message is the block as it is typed."""


def line_markdown(inlines: Inlines, *, cell: bool = False) -> str:
    """Return the Markdown of a line: a sentence on each line of the source, but in a cell.

    The path of each Value is written as it stands: it is the braces of a template. Raises
    UnwritableError.
    """
    text = _all(inlines).strip()
    if not text:
        raise UnwritableError("an empty line")
    return text if cell else _SENTENCE.sub("\n", _at_start(text))


def with_blocks(words: str, blocks: Sequence[InlineBlock]) -> str:
    """Return the Markdown of a line in which each branch is its whole block again.

    Raises TakenBranchError where the words of a branch are not there once, as they were.
    """
    for block in blocks:
        parts = re.split(_branch_pattern(block.branch), words)
        if len(parts) != 2:
            raise TakenBranchError(block.typed)
        words = block.typed.join(parts)
    return words


def _branch_pattern(branch: str) -> str:
    """Return what finds the words of a branch as `line_markdown` writes them."""
    lead = branch[: len(branch) - len(branch.lstrip())]
    tail = branch[len(branch.rstrip()) :]
    written = lead + _all(source_inlines(branch)) + tail
    return "[ \\n]".join(re.escape(word) for word in written.split(" "))


def _at_start(text: str) -> str:
    """Return a text whose first character opens no list, heading or other block."""
    if not _OPENS_BLOCK.match(text):
        return text
    number = _NUMBER.match(text)
    at = number.end() if number else 0
    return f"{text[:at]}\\{text[at:]}"


def _all(inlines: Iterable[Inline]) -> str:
    return "".join(map(_one, _joined(tuple(inlines))))


def _joined(inlines: Sequence[Inline]) -> list[Inline]:
    """Return inlines in which equal marks side by side are one: editors cut runs up."""
    found: list[Inline] = []
    for inline in inlines:
        last = found[-1] if found else None
        if isinstance(last, Strong) and isinstance(inline, Strong):
            found[-1] = Strong((*last.children, *inline.children))
        elif isinstance(last, Emphasis) and isinstance(inline, Emphasis):
            found[-1] = Emphasis((*last.children, *inline.children))
        elif isinstance(last, Text) and isinstance(inline, Text):
            found[-1] = Text(last.text + inline.text)
        else:
            found.append(inline)
    return found


def _one(inline: Inline) -> str:
    match inline:
        case Text(text):
            return _SPECIAL.sub(r"\\\g<0>", text)
        case Value(path=path):
            return path
        case Strong(children):
            return _marked("**", _all(children))
        case Emphasis(children):
            return _marked("*", _all(children))
        case Link(href=href, children=children):
            return f"[{_all(children)}]({_address(href)})"
        case Code(text):
            return _code(text)
        case Break():
            return "<br>"
    raise UnwritableError(f"what Word shows as {type(inline).__name__.lower()}")


def _marked(mark: str, text: str) -> str:
    """Put marks around words: spaces stay outside, where Markdown wants them."""
    words = text.strip()
    if not words:
        return text
    start = text.index(words)
    return f"{text[:start]}{mark}{words}{mark}{text[start + len(words) :]}"


def _code(text: str) -> str:
    if "`" in text or "{{" in text or "{%" in text or "|" in text or text != text.strip():
        raise UnwritableError("code with signs of its own")
    return f"`{text}`"


def _address(href: str) -> str:
    """Return the address of a link. Raises UnwritableError for one that no policy may hold."""
    try:
        scheme = urlsplit(href).scheme.lower()
    except ValueError:
        scheme = ""
    is_safe = bool(_SAFE_ADDRESS.fullmatch(href)) and _ADDRESS_MARKS.isdisjoint(href)
    if not is_safe or not (href.startswith("#") or scheme in _SCHEMES):
        raise UnwritableError("a link whose address a policy may not hold")
    return href
