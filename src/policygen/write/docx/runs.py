"""Inlines to runs: characters, marks on words, links, languages and tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote, urlsplit

from policygen.model.bidi import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    has_right_to_left,
    runs_right_to_left,
    split_by_direction,
)
from policygen.model.document import (
    Break,
    Code,
    Deleted,
    Emphasis,
    Foreign,
    Gap,
    Inline,
    Inserted,
    Link,
    Quiet,
    Revision,
    Strong,
    Tag,
    Text,
    Value,
)
from policygen.write.beside import file_beside
from policygen.write.docx.context import Ink
from policygen.write.docx.package.styles import QUIET, word_language
from policygen.write.docx.package.xml import (
    Element,
    R,
    last_child,
    name,
    text_element,
    val,
    w,
    xml_characters,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from policygen.write.docx.package.bookmarks import Bookmarks

_LONGEST_TOOLTIP = 255  # characters; Word calls a file broken that has more
_HOST_FOLLOWS = {"http": True, "https": True, "mailto": False, "tel": False}


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop."""


@dataclass(frozen=True, slots=True)
class RunContent:
    """An element that stands in a run: a drawing, or a piece of a field."""

    element: Element


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """An entry of the contents list: a link to a bookmark that does not look like one."""

    bookmark: str
    children: RunInlines


@dataclass(frozen=True, slots=True)
class Styled:
    """Words in a character style of the template."""

    style: str
    children: RunInlines


# What a paragraph of Word holds beside the inlines of a document.
RunInlines: TypeAlias = Sequence[Inline | Tab | RunContent | ContentsEntry | Styled]


@dataclass(frozen=True, slots=True)
class Reviser:
    """Whose tracked changes they are, and when they were made (ISO 8601, UTC)."""

    author: str
    moment: str


class RunWriter:
    """Writes inlines into paragraphs. Every id that must be unique comes from `next_id`."""

    def __init__(
        self,
        bookmarks: Bookmarks,
        word_numbers: Set[str],
        relate: Callable[[str], str],
        reviser: Reviser,
    ) -> None:
        """`word_numbers` are the anchors that Word numbers; `relate` gives a URL's relationship."""
        self.bookmarks = bookmarks
        self.word_numbers = word_numbers
        self._relate = relate
        self._reviser = reviser
        self._ids = count(1)

    def next_id(self) -> int:
        """Return a number that nothing else in this document has."""
        return next(self._ids)

    def write(self, parent: Element, inlines: RunInlines, ink: Ink) -> None:
        """Append inlines to a paragraph or a hyperlink."""
        for inline in inlines:
            match inline:
                case Text(characters):
                    self._text(parent, characters, ink)
                case Value():
                    self._value(parent, inline, ink)
                case Link():
                    self._link(parent, inline, ink)
                case ContentsEntry(bookmark, children):
                    link = w("hyperlink", anchor=bookmark, history=1)
                    self.write(link, children, ink)
                    parent.append(link)
                case Gap() | Code() | Tag() | Break() | Tab() | RunContent():
                    self._leaf(parent, inline, ink)
                case _:
                    self.write(parent, inline.children, _ink_within(inline, ink))

    def revision(self, kind: str) -> Element:
        """Make one tracked change, `ins` or `del`: around runs, or as the mark of a paragraph."""
        who = self._reviser
        return w(kind, id=self.next_id(), author=who.author, date=who.moment)

    def _leaf(
        self, parent: Element, inline: Gap | Code | Tag | Break | Tab | RunContent, ink: Ink
    ) -> None:
        """Append an inline without children."""
        match inline:
            case Gap():
                self._gap(parent, inline, replace(ink, style="Gap"))
            case Code(characters):
                self._text(parent, characters, replace(ink, style="Code"))
            case Tag(characters, solid):
                padded = f"\u00a0{characters}\u00a0"  # a run has no padding of its own
                style = "TagSolid" if solid else "TagHollow"
                self._text(parent, padded, replace(ink, style=style))
            case Break():
                self._place(parent, w("br"), ink)
            case Tab():
                self._place(parent, w("tab"), ink)
            case RunContent(element):
                self._place(parent, element, ink)

    def _gap(self, parent: Element, gap: Gap, ink: Ink) -> None:
        """Append the mark of a gap, which leads to what it lacks, and names it in its tooltip."""
        words = f"[{gap.shown}]"
        can_lead = gap.anchor and self.bookmarks.known(gap.anchor)
        if ink.linked or ink.no_links or not can_lead:
            self._text(parent, words, ink)
            return
        bookmark = self.bookmarks.name_of(gap.anchor)
        tooltip = xml_characters(gap.label)[:_LONGEST_TOOLTIP]
        link = w("hyperlink", anchor=bookmark, tooltip=tooltip, history=1)
        self._text(link, words, ink)
        parent.append(link)

    def _value(self, parent: Element, value: Value, ink: Ink) -> None:
        """Append a fact. The number of a clause that Word counts is a field that follows it."""
        anchor = value.path.removeprefix("#")
        if value.path.startswith("#") and anchor in self.word_numbers:
            instruction = f"REF {self.bookmarks.name_of(anchor)} \\n \\h"
            parent.append(field(instruction, value.text, run_properties(ink)))
        elif has_right_to_left(value.text):
            self._isolated(parent, value.text, ink)
        else:
            self._characters(parent, value.text, ink)

    def _isolated(self, parent: Element, characters: str, ink: Ink) -> None:
        """Append a value that turns nothing round beside it.

        Word goes by the direction of each run, other programs by the isolates of Unicode.
        """
        self._characters(parent, FIRST_STRONG_ISOLATE, ink)
        if runs_right_to_left(characters):
            self._characters(parent, characters, replace(ink, right_to_left=True))
        else:
            self._text(parent, characters, ink)
        self._characters(parent, POP_ISOLATE, ink)

    def _text(self, parent: Element, characters: str, ink: Ink) -> None:
        """Append words; those that run from right to left are runs of their own."""
        if not has_right_to_left(characters):
            self._characters(parent, characters, ink)
            return
        for stretch, right_to_left in split_by_direction(characters):
            self._characters(parent, stretch, replace(ink, right_to_left=right_to_left))

    def _characters(self, parent: Element, characters: str, ink: Ink) -> None:
        """Append characters, exactly these."""
        if not characters:
            return
        run = copy(_empty_run(ink))
        holder = last_child(run)
        assert holder is not None
        holder.text = xml_characters(characters)
        self._append(parent, run, ink)

    def _place(self, parent: Element, content: Element, ink: Ink) -> None:
        """Append a run that holds `content`."""
        self._append(parent, w("r", run_properties(ink), content), ink)

    def _append(self, parent: Element, run: Element, ink: Ink) -> None:
        """Append a run within its change. Neighbours share one, which a reviewer accepts whole."""
        if ink.change is None:
            parent.append(run)
            return
        kind = revision_kind(ink.change)
        change = last_child(parent)
        if change is None or change.tag != name(kind):
            change = self.revision(kind)
            parent.append(change)
        change.append(run)

    def _link(self, parent: Element, link: Link, ink: Ink) -> None:
        """Append a link; an address that is not safe, or leads nowhere, prints its words alone."""
        element = None if ink.linked or ink.no_links else self._hyperlink(link)
        if element is None:
            self.write(parent, link.children, ink)
            return
        self.write(element, link.children, replace(ink, linked=True))
        parent.append(element)

    def _hyperlink(self, link: Link) -> Element | None:
        """Make an empty link to a place in this document, to a file beside it, or to an address."""
        if link.file:
            return self._external(file_beside(link, "docx"))
        href = link.href
        if href.startswith("#") and href != "#":
            anchor = href.removeprefix("#")
            if not self.bookmarks.known(anchor):
                return None
            return w("hyperlink", anchor=self.bookmarks.name_of(anchor), history=1)
        return self._external(external_target(href))

    def _external(self, target: str) -> Element | None:
        """Make an empty link that leads out of this document; None without a target."""
        if not target:
            return None
        element = w("hyperlink", history=1)
        element.set(f"{{{R}}}id", self._relate(target))
        return element


def _ink_within(inline: Inline | Styled, ink: Ink) -> Ink:
    """Return how the characters within an inline look."""
    match inline:
        case Strong():
            return replace(ink, strong=True)
        case Emphasis():
            return replace(ink, style=ink.style or "Emphasis")
        case Quiet():
            return replace(ink, quiet=True)
        case Foreign(language=language):
            return replace(ink, language=language)
        case Styled(style=style):
            return replace(ink, style=style)
        case Inserted():
            return ink.changed(Revision.INSERTED)
        case Deleted():
            return ink.changed(Revision.DELETED)
        case _:
            return ink


@lru_cache(maxsize=256)
def _empty_run(ink: Ink) -> Element:
    """Make a run without its characters. Copying it is far quicker than making it of its parts."""
    local = "delText" if ink.change is Revision.DELETED else "t"
    return w("r", run_properties(ink), text_element("", local=local))


def field(instruction: str, shown: str, properties: Element | None = None) -> Element:
    """Make a field such as PAGE, with what it shows until it is computed."""
    element = w("fldSimple", w("r", properties, text_element(shown)))
    element.set(name("instr"), f" {instruction} ")
    return element


def run_properties(ink: Ink) -> Element | None:
    """Make `w:rPr`, in the order that the schema asks for; None where there are none."""
    style = ink.style or _style_of(ink)
    properties = w("rPr")
    if style:
        properties.append(val("rStyle", style))
    if ink.strong and style != "Strong":
        properties.extend((w("b"), w("bCs")))
    if ink.quiet and style != "Quiet":
        properties.append(val("color", QUIET))
    if ink.linked and style != "Hyperlink":
        properties.append(val("u", "single"))
    if ink.right_to_left:
        properties.append(w("rtl"))
    if ink.language:
        properties.append(val("lang", word_language(ink.language)))
    return properties if len(properties) else None


def _style_of(ink: Ink) -> str:
    """Return the character style of the strongest mark."""
    if ink.linked:
        return "Hyperlink"
    if ink.strong:
        return "Strong"
    return "Quiet" if ink.quiet else ""


def external_target(href: str) -> str:
    """Return a web, mail or telephone address as a relationship's target; "" for any other."""
    href = xml_characters(href).strip()
    try:
        parts = urlsplit(href)
        parts.port  # noqa: B018  (reading it raises for a port that is none)
    except ValueError:
        return ""
    if parts.scheme not in _HOST_FOLLOWS:
        return ""
    if _HOST_FOLLOWS[parts.scheme] and not parts.netloc:
        return ""
    # Word calls a file broken whose relationships hold spaces, quotes or brackets.
    return quote(href.encode("utf-8", "replace"), safe="%:/?#@!$&'()*+,;=~-._[]")


def revision_kind(change: Revision) -> str:
    """Return what Word calls a change: `ins` or `del`."""
    return "ins" if change is Revision.INSERTED else "del"
