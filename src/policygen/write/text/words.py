"""Inlines as plain characters: what a mark or a colour says elsewhere is said in words here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.model.bidi import isolated
from policygen.model.document import (
    Break,
    Code,
    Deleted,
    Gap,
    Inserted,
    Link,
    Revision,
    Tag,
    Text,
    Value,
)
from policygen.model.document.walk import plain

if TYPE_CHECKING:
    from policygen.model.document import ChangeNames, Inline, Inlines

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_WEB = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_BARE = re.compile(r"(?:https?://)?(?:www\.)?(.*?)/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class InlineText:
    """Turns inlines into characters; `names` are the words for what comes and goes."""

    names: ChangeNames

    def line(self, inlines: Inlines, change: Revision | None = None) -> str:
        """Return inlines as one text, in which a hard break is a line end."""
        words = ""
        before: Inline | None = None
        for inline in inlines:
            if isinstance(before, Deleted) and isinstance(inline, Inserted):
                words += " "  # between the brackets of what was and of what is
            words += self._characters(inline)
            before = inline
        return self.marked(words, change)

    def marked(self, words: str, change: Revision | None) -> str:
        """Return words within brackets that say which of two policies has them."""
        if change is None or not words.strip():
            return words
        name = self.names.inserted if change is Revision.INSERTED else self.names.deleted
        return f"[{name}: {words}]"

    def _characters(self, inline: Inline) -> str:
        match inline:
            case Text(characters) | Code(characters) | Tag(text=characters):
                return one_line(characters)
            case Value(text=characters):
                return one_line(isolated(characters))
            case Gap():
                return f"[{one_line(inline.shown)}]"
            case Break():
                return "\n"
            case Link():
                return self._link(inline)
            case Inserted(children):
                return self.line(children, Revision.INSERTED)
            case Deleted(children):
                return self.line(children, Revision.DELETED)
            case _:
                return self.line(inline.children)

    def _link(self, link: Link) -> str:
        """Return the words of a link and its address, unless the words are the address."""
        words = self.line(link.children)
        address = "" if link.file else _address(link.href)
        if not address or _bare(address) == _bare(plain(link.children)):
            return words
        return f"{words} ({address})"


def one_line(text: str) -> str:
    """Return a text on one line, with nothing that cannot be printed."""
    return _CONTROLS.sub("", _LINE_ENDS.sub(" ", text))


def code_lines(text: str) -> list[str]:
    """Return lines to be typed as they stand."""
    return [one_line(line) for line in text.rstrip("\n").expandtabs(4).split("\n")]


def _address(href: str) -> str:
    """Return an address as somebody would write it down: none for a place within the document."""
    href = one_line(href).strip()
    if href.lower().startswith("mailto:"):
        return href[len("mailto:") :].partition("?")[0]
    if href.lower().startswith("tel:"):
        return href[len("tel:") :]
    return href if _WEB.fullmatch(href) else ""


def _bare(address: str) -> str:
    """Return an address without what people leave out: www.x.example/ is x.example."""
    found = _BARE.fullmatch(address.strip())
    return found[1].lower() if found else address
