"""Inlines -> HTML. Everything that a profile or a fragment says is escaped here, once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from policygen.model.bidi import has_right_to_left
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
from policygen.model.document.walk import plain
from policygen.write.beside import file_beside

if TYPE_CHECKING:
    from collections.abc import Set

    from policygen.model.document import Inline, Inlines


@dataclass(frozen=True, slots=True)
class LinkTargets:
    """Where links can lead: to places in this document, and to files of one ending beside it.

    Without `has_files`, nothing stands beside it. A link into a PDF leads to the file: not every
    reader of PDF finds a place from outside.
    """

    anchors: Set[str] = frozenset()
    extension: str = "html"
    has_files: bool = True

    def address(self, link: Link) -> str:
        """Return what a link leads to; nothing where that is nowhere, or not safe."""
        if link.file:
            file = file_beside(link, self.extension) if self.has_files else ""
            return f"{file}{link.href}" if file and self.extension == "html" else file
        if link.href.startswith("#"):
            return link.href if link.href[1:] in self.anchors else ""
        return link.href if _ALLOWED.fullmatch(link.href) else ""


_ALLOWED = re.compile(r"(?:https?|mailto|tel):\S+", re.IGNORECASE)
# What a narrow column may tear, such as an address: no word of a language is so long.
_UNSPACED = re.compile(r"([^\s-]{21,})")


def render_inlines(nodes: Inlines, targets: LinkTargets, change: Revision | None = None) -> str:
    """Return the markup of `nodes`.

    A link to a place that is not among the targets loses its link, not its words. `change` marks
    all of them as inserted or deleted, as a changed block asks.
    """
    markup = "".join(_inline(node, targets) for node in nodes)
    match change:
        case Revision.INSERTED if nodes:
            return _inserted(markup)
        case Revision.DELETED if nodes:
            return _deleted(markup)
        case _:
            return markup


def _inline(node: Inline, targets: LinkTargets) -> str:
    match node:
        case Value(text=text, other=other) if other:
            value = _isolated(text, targets)
            return f'<span class="fact" data-first="{escape(other)}">{value}</span>'
        case Value(text=text):
            return _isolated(text, targets)
        case Text(text):
            return _characters(text, targets)
        case Shaped(shape, children):
            return f'<span class="shape {shape.value}">{render_inlines(children, targets)}</span>'
        case Gap():
            return _gap(node, targets)
        case Strong(children):
            return f"<strong>{render_inlines(children, targets)}</strong>"
        case Emphasis(children):
            return f"<em>{render_inlines(children, targets)}</em>"
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Link():
            return _link(node, targets)
        case Foreign(language, children):
            # Words that run from right to left are isolated as a value is.
            tag = "bdi" if has_right_to_left(plain(children)) else "span"
            return f'<{tag} lang="{escape(language)}">{render_inlines(children, targets)}</{tag}>'
        case Quiet(children):
            return f'<span class="quiet">{render_inlines(children, targets)}</span>'
        case Tag(text, solid):
            return f'<span class="state {"solid" if solid else "dashed"}">{escape(text)}</span>'
        case Break():
            return "<br>"
        case Inserted(children):
            return _inserted(render_inlines(children, targets))
        case Deleted(children):
            return _deleted(render_inlines(children, targets))


def _gap(gap: Gap, targets: LinkTargets) -> str:
    """Return a mark; one that stands for a gap leads to what it lacks, and says it when asked."""
    words = f"[{escape(gap.shown)}]"
    if gap.anchor and gap.anchor in targets.anchors:
        words = f'<a href="#{escape(gap.anchor)}" title="{escape(gap.label)}">{words}</a>'
    return f'<mark class="gap">{words}</mark>'


# The brackets are characters, not style: they survive copying, speech and a black and white
# printer.
def _inserted(markup: str) -> str:
    return f"<ins>‹{markup}›</ins>"


def _deleted(markup: str) -> str:
    return f"<del>[{markup}]</del>"


def _link(link: Link, targets: LinkTargets) -> str:
    """Return a link with its weight around it: in a tagged PDF it holds characters only."""
    match link.children:
        case (Strong(inner),):
            return f"<strong>{_link(replace(link, children=inner), targets)}</strong>"
        case (Emphasis(inner),):
            return f"<em>{_link(replace(link, children=inner), targets)}</em>"
        case (Foreign(language, inner),):
            linked = _link(replace(link, children=inner), targets)
            return f'<span lang="{escape(language)}">{linked}</span>'
        case (Inserted(inner),):
            return _inserted(_link(replace(link, children=inner), targets))
        case (Deleted(inner),):
            return _deleted(_link(replace(link, children=inner), targets))
    address = targets.address(link)
    if not address:
        return render_inlines(link.children, targets)
    words = _words(link.children)
    linked = f'<a href="{escape(address)}">{_characters(words, targets)}</a>'
    return f"<bdi>{linked}</bdi>" if has_right_to_left(words) else linked


def _characters(text: str, targets: LinkTargets) -> str:
    """Return a text as markup; on a screen, what is longer than any word may be broken anywhere."""
    if targets.extension != "html" or not _UNSPACED.search(text):
        return escape(text)
    pieces = enumerate(_UNSPACED.split(text))
    return "".join(
        f'<span class="unspaced">{escape(piece)}</span>' if at % 2 else escape(piece)
        for at, piece in pieces
    )


def _isolated(text: str, targets: LinkTargets) -> str:
    """Return a printed fact as markup: `isolate`, and on a screen broken where it must be."""
    markup = _characters(text, targets)
    return f"<bdi>{markup}</bdi>" if has_right_to_left(text) else markup


def isolate(text: str) -> str:
    """Return a value as markup that turns no words round beside it; most need nothing for that.

    Documents run from left to right, and there only a value with right-to-left characters can (UAX
    #9). `<bdi>` around every value would say nothing, in some thousand places of a full story.
    """
    return f"<bdi>{escape(text)}</bdi>" if has_right_to_left(text) else escape(text)


def _words(nodes: Inlines) -> str:
    """As `plain`, on one line, with the brackets that tell changes apart."""
    words: list[str] = []
    for node in nodes:
        match node:
            case Inserted(children):
                words.append(f"‹{_words(children)}›")
            case Deleted(children):
                words.append(f"[{_words(children)}]")
            case Strong(children) | Emphasis(children) | Foreign(_, children) | Quiet(children):
                words.append(_words(children))
            case _:
                words.append(plain((node,)))
    return "".join(words).replace("\n", " ")
