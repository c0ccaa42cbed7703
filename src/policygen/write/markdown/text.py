"""Inlines to Markdown that means these inlines and nothing else: what Markdown would interpret is escaped.

Ordinary prose stays as it is: a full stop, a hyphen or a lone ampersand is escaped only where it would
begin a list, a heading, an entity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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

if TYPE_CHECKING:
    from collections.abc import Set

    from policygen.model.document import Inlines

SCHEMES = {"http", "https", "mailto", "tel"}

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(
    r"(?P<always>[\\`*\[\]~])"
    r"|(?P<word>(?<![^\W_])_|_(?![^\W_]))"  # an underscore within a word is no mark
    r"|(?P<tag><(?!\s))"
    r"|(?P<entity>&(?=#?[A-Za-z0-9]*(?:;|$)))"
    r"|(?P<line>[\r\n])"
)
_OPENS_BLOCK = re.compile(r"#{1,6}(?=[ \t]|$)|>|[-+](?=[ \t]|$)|[-=:|](?=[-=:| \t]*$)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
_BLANK = re.compile(r"(?:\s|\\\n)+")
_BLANK_TAIL = re.compile(r"(?:\s|\\\n)*\Z")
_BREAKS = re.compile(r"\A(?:\\\n)+|(?:\\\n)+\Z")
_EDGE = re.compile(r"\A\s+|\s+\Z")


@dataclass(frozen=True, slots=True)
class Place:
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


def paragraph(inlines: Inlines, place: Place, change: Revision | None = None) -> str:
    """One paragraph: a line, or several with hard breaks, none of which begins another block."""
    words = changed(_BREAKS.sub("", inline(inlines, place)), change)
    return "\\\n".join(_line(line) for line in words.split("\\\n"))


def line(inlines: Inlines, place: Place, change: Revision | None = None) -> str:
    """One line for a heading, which ends with no `#` of its own."""
    words = changed(inline(inlines, replace(place, flat=True)), change)
    return re.sub(r"(^|[ \t])(#+)$", lambda found: f"{found[1]}\\{found[2]}", _edges(words))


def cell(inlines: Inlines, place: Place, change: Revision | None = None) -> str:
    """One cell of a table."""
    return changed(_edges(inline(inlines, replace(place, cell=True))), change)


def changed(words: str, change: Revision | None) -> str:
    """Mark words that only one of two policies has."""
    if change is None or not words:
        return words
    element = "ins" if change is Revision.INSERTED else "del"
    return f"<{element}>{words}</{element}>"


def inline(inlines: Inlines, place: Place) -> str:
    """Inlines, with no regard to where a line begins."""
    pieces = [piece for one in inlines if (piece := _piece(one, place)).words]
    made = ""
    for at, piece in enumerate(pieces):
        if not piece.mark:
            made = _joined(made, piece.words)
            continue
        before, words, after = _split(piece.words)  # marks hold on to the words
        following = after or next((other.mark or other.words for other in pieces[at + 1 :]), "")
        made += before
        if words and _fits(made[-1:], words, following[:1], piece.mark):
            made += f"{piece.mark}{words}{piece.mark}"
        elif words:
            made += f"<{piece.tag}>{words}</{piece.tag}>"
        made += after
    return made


def _joined(made: str, words: str) -> str:
    """Two stretches one after the other, that do not make something else where they touch."""
    match made[-1:] + words[:1]:
        case "![":
            return f"{made[:-1]}\\!{words}"  # a picture
        case "``":
            return f"{made}<!-- -->{words}"  # a longer fence
        case _:
            return made + words


def _split(words: str) -> tuple[str, str, str]:
    """Spaces and hard breaks at the beginning, what is between, and those at the end."""
    head = _BLANK.match(words)
    start = head.end() if head else 0
    tail = _BLANK_TAIL.search(words, start)
    end = tail.start() if tail else len(words)
    return words[:start], words[start:end], words[end:]


def _piece(one: object, place: Place) -> _Piece:
    match one:
        case Text(characters):
            return _Piece(escape(characters, cell=place.cell))
        case Value(text=characters):
            return _Piece(escape(isolated(characters), cell=place.cell))
        case Strong(children):
            return _strong(inline(children, replace(place, strong=True)), place)
        case Tag(characters, _):
            return _strong(escape(characters, cell=place.cell), place)
        case Gap(label=label):
            return _strong(escape(f"[{label}]", cell=place.cell), place)
        case Emphasis(children):
            return _Piece(inline(children, place), "_", "em")
        case Code(characters):
            return _Piece(_code(characters, cell=place.cell))
        case Break():
            return _Piece(" " if place.flat else "<br>" if place.cell else "\\\n")
        case Link(href, children):
            return _Piece(_link(href, children, place))
        case Foreign(children=children) | Quiet(children) | Shaped(children=children):
            return _Piece(inline(children, place))
        case Inserted(children):
            return _Piece(changed(inline(children, place), Revision.INSERTED))
        case Deleted(children):
            return _Piece(changed(inline(children, place), Revision.DELETED))
        case _:
            raise TypeError(f"Not an inline: {one!r}")


def _strong(words: str, place: Place) -> _Piece:
    return _Piece(words) if place.strong else _Piece(words, "**", "strong")


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


def escape(characters: str, *, cell: bool = False) -> str:
    """Characters as Markdown prints them, wherever they stand but at the beginning of a line."""
    characters = _CONTROLS.sub("", characters)
    made = _SPECIAL.sub(
        lambda found: f"&#{ord(found[0])};" if found["line"] else f"\\{found[0]}", characters
    )
    return made.replace("|", r"\|") if cell else made


def _line(words: str) -> str:
    """One line of a paragraph, nothing at its beginning that opens another block."""
    words = _edges(words)
    if _OPENS_BLOCK.match(words):
        return f"\\{words}"
    return _NUMBERED.sub(r"\1\\\2", words, count=1) if _NUMBERED.match(words) else words


def _edges(words: str) -> str:
    """Spaces at either end, which Markdown would drop, as references."""
    return _EDGE.sub(lambda found: "".join(f"&#{ord(space)};" for space in found[0]), words)


def _code(characters: str, *, cell: bool) -> str:
    """A code span, its fence longer than any within."""
    words = " ".join(_CONTROLS.sub("", characters).splitlines())
    if not words:
        return ""
    fence = _fence(words, 1)
    if words[0] == "`" or words[-1] == "`" or (words[0] == words[-1] == " " and words.strip()):
        words = f" {words} "
    return f"{fence}{words.replace('|', chr(92) + '|') if cell else words}{fence}"


def _fence(words: str, least: int) -> str:
    return "`" * max(least, 1 + max(map(len, re.findall("`+", words)), default=0))


def code_block(characters: str) -> str:
    """Fenced lines, as they stand."""
    words = _CONTROLS.sub("", characters).rstrip("\n")
    fence = _fence(words, 3)
    return f"{fence}\n{words}\n{fence}"


def _link(href: str, children: Inlines, place: Place) -> str:
    words = inline(children, replace(place, linked=True))
    target = address(href, place)
    return words if place.linked or not target or not words.strip() else f"[{words}]({target})"


def address(href: str, place: Place) -> str:
    """A link's target, or nothing if it is unsafe or leads nowhere."""
    href = _CONTROLS.sub("", href).strip()
    if href.startswith("#"):
        return f"#{quote(href[1:], safe='.-_~')}" if href[1:] in place.anchors else ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme not in SCHEMES or (parts.scheme.startswith("http") and not parts.netloc):
        return ""
    made = quote(href, safe="%:/?#@!$&'*+,;=~-._")
    return re.sub(r"&(?=#?[A-Za-z0-9]+;)", "&amp;", made)
