"""Inlines to Markdown that means these inlines and nothing else.

What Markdown would interpret is escaped. Ordinary prose stays as it is: a full stop, a hyphen or a
lone ampersand is escaped only where it would begin a list, a heading, an entity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from string import punctuation
from typing import TYPE_CHECKING
from unicodedata import category
from urllib.parse import quote, urlsplit

from policygen.model.bidi import isolated
from policygen.model.document import (
    Break,
    Code,
    Deleted,
    Emphasis,
    Foreign,
    Gap,
    Inserted,
    Link,
    Quiet,
    Revision,
    Shaped,
    Strong,
    Tag,
    Text,
    Value,
)
from policygen.write.beside import file_beside

if TYPE_CHECKING:
    from collections.abc import Set

    from policygen.model.document import Inline, Inlines

_SCHEMES = {"http", "https", "mailto", "tel"}

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(
    r"(?P<always>[\\`*\[\]~])"
    r"|(?P<word>(?<![^\W_])_|_(?![^\W_]))"  # an underscore within a word is no mark
    r"|(?P<tag><(?!\s))"
    r"|(?P<entity>&(?=#?[A-Za-z0-9]*(?:;|$)))"
    r"|(?P<line>[\r\n])"
)
# One of these is in whatever has something special, and one look tells. Most words have none.
_MAYBE_SPECIAL = re.compile(r"[\\`*\[\]~_<&\r\n]")
_OPENS_BLOCK = re.compile(r"#{1,6}(?=[ \t]|$)|>|[-+](?=[ \t]|$)|[-=:|](?=[-=:| \t]*$)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
_BLANK = re.compile(r"(?:\s|\\\n)+")
_BREAKS = re.compile(r"\A(?:\\\n)+|(?:\\\n)+\Z")
_CLOSING_SIGNS = re.compile(r"(^|[ \t])(#+)$")
_EDGE = re.compile(r"\A\s+|(?<!\s)\s+\Z")


@dataclass(frozen=True, slots=True)
class InlineContext:
    """Where inlines stand: the anchors that links can reach, and what may not be said there."""

    anchors: Set[str] = frozenset()
    cell: bool = False
    flat: bool = False  # no line breaks
    linked: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of Markdown; `mark` stands before and after it, or else the HTML element `tag`."""

    words: str
    mark: str = ""
    tag: str = ""


def paragraph(inlines: Inlines, context: InlineContext, change: Revision | None = None) -> str:
    """Return one paragraph: a line, or several with hard breaks, that begin no other block."""
    words = inline_markdown(inlines, context)
    if "\n" in words:
        words = _BREAKS.sub("", words)
    words = mark_change(words, change)
    return "\\\n".join(_line(line) for line in words.split("\\\n"))


def heading_line(inlines: Inlines, context: InlineContext, change: Revision | None = None) -> str:
    """Return one line for a heading, which ends with no `#` of its own."""
    words = _edges(mark_change(inline_markdown(inlines, replace(context, flat=True)), change))
    return _CLOSING_SIGNS.sub(r"\1\\\2", words) if "#" in words else words


def table_cell(inlines: Inlines, context: InlineContext, change: Revision | None = None) -> str:
    """Return one cell of a table."""
    return mark_change(_edges(inline_markdown(inlines, replace(context, cell=True))), change)


def mark_change(words: str, change: Revision | None) -> str:
    """Mark words that only one of two policies has."""
    if change is None or not words:
        return words
    element = "ins" if change is Revision.INSERTED else "del"
    return f"<{element}>{words}</{element}>"


def inline_markdown(inlines: Inlines, context: InlineContext) -> str:
    """Return inlines as Markdown, with no regard to where a line begins."""
    pieces = [piece for inline in inlines if (piece := _piece(inline, context)).words]
    markdown = ""
    for piece, following in zip_longest(pieces, pieces[1:]):
        after = (following.mark or following.words) if following else ""
        markdown = _joined(markdown, piece, after)
    return markdown


def _joined(before: str, piece: _Piece, after: str) -> str:
    """Append a piece to what stands before it; `after` is what will follow."""
    if not piece.mark:
        return _touching(before, piece.words)
    head, words, tail = _split(piece.words)  # marks hold on to the words
    before += head
    if not words:
        return before + tail
    following = tail or after
    if _fits(before[-1:], words, following[:1], piece.mark):
        return f"{before}{piece.mark}{words}{piece.mark}{tail}"
    return f"{before}<{piece.tag}>{words}</{piece.tag}>{tail}"


def _touching(before: str, words: str) -> str:
    """Join two stretches, so that they do not make something else where they touch."""
    match before[-1:] + words[:1]:
        case "![":
            return f"{before[:-1]}\\!{words}"  # a picture
        case "``":
            return f"{before}<!-- -->{words}"  # a longer fence
        case _:
            return before + words


def _split(words: str) -> tuple[str, str, str]:
    """Return spaces and hard breaks at the beginning, what is between, and those at the end."""
    head = _BLANK.match(words)
    start = head.end() if head else 0
    end = len(words)
    kept = words[start:].rstrip().removesuffix("\\\n")
    while start + len(kept) < end:
        end = start + len(kept)
        kept = kept.rstrip().removesuffix("\\\n")
    return words[:start], words[start:end], words[end:]


def _piece(inline: Inline, context: InlineContext) -> _Piece:
    """Return one inline as Markdown."""
    match inline:
        case Text(characters):
            return _Piece(escape_markdown(characters, cell=context.cell))
        case Value(text=characters):
            return _Piece(escape_markdown(isolated(characters), cell=context.cell))
        case Tag(characters, _):
            return _strong(escape_markdown(characters, cell=context.cell), context)
        case Gap():
            return _strong(_gap(inline, context), context)
        case Code(characters):
            return _Piece(_code(characters, cell=context.cell))
        case Break():
            return _Piece(_break(context))
        case _:
            return _piece_of(inline, context)


def _piece_of(
    inline: Strong | Emphasis | Link | Foreign | Quiet | Shaped | Inserted | Deleted,
    context: InlineContext,
) -> _Piece:
    """Return an inline that holds others."""
    match inline:
        case Strong(children):
            return _strong(inline_markdown(children, replace(context, strong=True)), context)
        case Emphasis(children):
            return _Piece(inline_markdown(children, context), "_", "em")
        case Link():
            return _Piece(_link(inline, context))
        case Shaped(shape, ()):
            return _Piece(shape.character)
        case Inserted(children):
            return _Piece(mark_change(inline_markdown(children, context), Revision.INSERTED))
        case Deleted(children):
            return _Piece(mark_change(inline_markdown(children, context), Revision.DELETED))
        case _:
            return _Piece(inline_markdown(inline.children, context))


def _gap(gap: Gap, context: InlineContext) -> str:
    """Return the mark of a gap, which leads to what it lacks, and names it as its title."""
    words = escape_markdown(f"[{gap.shown}]", cell=context.cell)
    if context.linked or not gap.anchor or gap.anchor not in context.anchors:
        return words
    title = escape_markdown(gap.label, cell=context.cell).replace('"', "&quot;")
    return f'[{words}](#{quote(gap.anchor, safe="-")} "{title}")'


def _break(context: InlineContext) -> str:
    """Return a new line, as far as it can be made here."""
    if context.flat:
        return " "
    return "<br>" if context.cell else "\\\n"


def _strong(words: str, context: InlineContext) -> _Piece:
    return _Piece(words) if context.strong else _Piece(words, "**", "strong")


def _fits(before: str, words: str, after: str, mark: str) -> bool:
    """Whether a mark around these words would be read as one (the flanking rules of CommonMark)."""
    first, last = words[0], words[-1]
    if mark[0] in (first, last, before, after):
        return False
    before_loose, after_loose = _loose(before), _loose(after)
    if mark == "_":
        return before_loose and after_loose
    return (first.isalnum() or before_loose) and (last.isalnum() or after_loose)


def _loose(side: str) -> bool:
    """Whether a character beside a mark is certainly a space or punctuation, or there is none."""
    return not side or side.isspace() or side in punctuation or category(side).startswith("P")


def escape_markdown(characters: str, *, cell: bool = False) -> str:
    """Characters as Markdown prints them, wherever they stand but at the beginning of a line."""
    if not characters.isprintable():  # which is quick to ask, and no control character is
        characters = _CONTROLS.sub("", characters)
    if _MAYBE_SPECIAL.search(characters):
        characters = _SPECIAL.sub(_escaped, characters)
    return characters.replace("|", r"\|") if cell else characters


def _escaped(special: re.Match[str]) -> str:
    if special["line"]:
        return f"&#{ord(special['line'])};"
    return f"\\{special[0]}"


def _line(words: str) -> str:
    """One line of a paragraph, nothing at its beginning that opens another block."""
    words = _edges(words)
    if _OPENS_BLOCK.match(words):
        return f"\\{words}"
    number = _NUMBERED.match(words)
    if number:
        return f"{number[1]}\\{number[2]}{words[number.end() :]}"
    return words


def _edges(words: str) -> str:
    """Spaces at either end, which Markdown would drop, as references."""
    if words[:1].isspace() or words[-1:].isspace():
        return _EDGE.sub(_references, words)
    return words


def _references(spaces: re.Match[str]) -> str:
    return "".join(f"&#{ord(space)};" for space in spaces[0])


def _code(characters: str, *, cell: bool) -> str:
    """A code span, its fence longer than any within."""
    words = " ".join(_CONTROLS.sub("", characters).splitlines())
    if not words:
        return ""
    fence = _fence(words, 1)
    touches_fence = words.startswith("`") or words.endswith("`")
    loses_spaces = words.startswith(" ") and words.endswith(" ") and words.strip() != ""
    if touches_fence or loses_spaces:
        words = f" {words} "
    if cell:
        words = words.replace("|", r"\|")
    return f"{fence}{words}{fence}"


def _fence(words: str, least: int) -> str:
    """Return a fence longer than any within, of at least so many signs."""
    longest = max(map(len, re.findall("`+", words)), default=0)
    return "`" * max(least, 1 + longest)


def code_block(characters: str) -> str:
    """Fenced lines, as they stand."""
    words = _CONTROLS.sub("", characters).rstrip("\n")
    fence = _fence(words, 3)
    return f"{fence}\n{words}\n{fence}"


def _link(link: Link, context: InlineContext) -> str:
    words = inline_markdown(link.children, replace(context, linked=True))
    target = _link_to_file(link) if link.file else link_target(link.href, context)
    if context.linked or not target or not words.strip():
        return words
    return f"[{words}]({target})"


def _link_to_file(link: Link) -> str:
    """Return a place in another edition's file, or nothing if its name is not safe."""
    file = file_beside(link, "md")
    return f"{file}#{quote(link.href.removeprefix('#'), safe='.-_~')}" if file else ""


def link_target(href: str, context: InlineContext) -> str:
    """A link's target, or nothing if it is unsafe or leads nowhere."""
    href = _CONTROLS.sub("", href).strip()
    if href.startswith("#"):
        anchor = href.removeprefix("#")
        return f"#{quote(anchor, safe='.-_~')}" if anchor in context.anchors else ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES or (parts.scheme.startswith("http") and not parts.netloc):
        return ""
    target = quote(href, safe="%:/?#@!$&'*+,;=~-._")
    # Else `&copy;` in an address would be read as the character of that name.
    return re.sub(r"&(?=#?[A-Za-z0-9]+;)", "&amp;", target)
