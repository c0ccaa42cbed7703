"""Inlines to runs: characters, marks on words, links, languages and tracked changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

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
    Shaped,
    Strong,
    Tag,
    Text,
    Value,
)
from policygen.write.beside import file_beside
from policygen.write.docx.context import Ink, ink_with
from policygen.write.docx.package.xml import (
    Element,
    R,
    clone,
    last_child,
    name,
    text_element,
    w,
    xml_characters,
)
from policygen.write.docx.runs.content import (
    Bookmarked,
    ContentsEntry,
    FieldCode,
    FieldMark,
    RunContent,
    RunInlines,
    Styled,
    Tab,
)
from policygen.write.docx.runs.links import external_target
from policygen.write.docx.runs.properties import run_properties

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygen.write.docx.package.bookmarks import Bookmarks
    from policygen.write.docx.runs.heading_count import HeadingCount

_LONGEST_TOOLTIP = 255  # characters; Word calls a file broken that has more


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
        heading_count: HeadingCount,
        relate: Callable[[str], str],
        reviser: Reviser,
    ) -> None:
        """`relate` returns the relationship of a URL."""
        self.bookmarks = bookmarks
        self.heading_count = heading_count
        self._relate = relate
        who = {"author": reviser.author, "date": reviser.moment}
        self._changes = {kind: w(kind, id=0, **who) for kind in ("ins", "del")}
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
                case Shaped(shape, ()):
                    self._text(parent, shape.character, ink)
                case Value():
                    self._value(parent, inline, ink)
                case Link():
                    self._link(parent, inline, ink)
                case ContentsEntry(bookmark, children):
                    link = w("hyperlink", anchor=bookmark, history=1)
                    self.write(link, children, ink)
                    parent.append(link)
                case Bookmarked(bookmark, children):
                    self._bookmarked(parent, bookmark, children, ink)
                case FieldCode(instruction):
                    self._append(parent, _run_with(instruction, ink, "instrText"), ink)
                case FieldMark(kind):
                    self._append(parent, clone(_sign("fldChar", ink, kind)), ink)
                case Gap() | Code() | Tag() | Break() | Tab() | RunContent():
                    self._leaf(parent, inline, ink)
                case _:
                    self.write(parent, inline.children, _ink_within(inline, ink))

    def revision(self, kind: str) -> Element:
        """Make one tracked change, `ins` or `del`: around runs, or as the mark of a paragraph."""
        change = clone(self._changes[kind])
        change.set(name("id"), str(self.next_id()))
        return change

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
                self._append(parent, clone(_sign("br", ink)), ink)
            case Tab():
                self._append(parent, clone(_sign("tab", ink)), ink)
            case RunContent(element):
                self._append(parent, w("r", run_properties(ink), element), ink)

    def _gap(self, parent: Element, gap: Gap, ink: Ink) -> None:
        """Append the mark of a gap, which leads to what it lacks, and names it in its tooltip."""
        words = f"[{gap.shown}]"
        can_lead = gap.anchor and self.bookmarks.known(gap.anchor)
        if ink.linked or not can_lead:
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
        if value.path.startswith("#") and self.heading_count.covers(anchor):
            self.write(parent, self.heading_count.reference(anchor, value.text), ink)
            return
        if value.path and not value.path.startswith("#"):
            ink = ink_with(ink, "fact", True)
        if has_right_to_left(value.text):
            self._isolated(parent, value.text, ink)
        else:
            self._characters(parent, value.text, ink)

    def _bookmarked(self, parent: Element, bookmark: str, children: RunInlines, ink: Ink) -> None:
        """Append words between the two ends of a bookmark."""
        number = self.next_id()
        parent.append(w("bookmarkStart", id=number, name=bookmark))
        self.write(parent, children, ink)
        parent.append(w("bookmarkEnd", id=number))

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
        local = "delText" if ink.change is Revision.DELETED else "t"
        self._append(parent, _run_with(characters, ink, local), ink)

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
        element = None if ink.linked else self._hyperlink(link)
        if element is None:
            self.write(parent, link.children, ink)
            return
        self.write(element, link.children, ink_with(ink, "linked", True))
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
            return ink_with(ink, "strong", True)
        case Emphasis():
            return ink_with(ink, "style", ink.style or "Emphasis")
        case Quiet():
            return ink_with(ink, "quiet", True)
        case Foreign(language=language):
            return ink_with(ink, "language", language)
        case Styled(style=style):
            return ink_with(ink, "style", style)
        case Inserted():
            return ink.changed(Revision.INSERTED)
        case Deleted():
            return ink.changed(Revision.DELETED)
        case _:
            return ink


def _run_with(characters: str, ink: Ink, local: str) -> Element:
    """Make a run with characters: `t`, `delText` or `instrText`."""
    run = clone(_empty_run(ink, local))
    run[-1].text = xml_characters(characters)
    return run


@lru_cache(maxsize=256)
def _empty_run(ink: Ink, local: str) -> Element:
    """Make a run without its characters. Copying it is far quicker than making it of its parts."""
    return w("r", run_properties(ink), text_element("", local=local))


@lru_cache(maxsize=256)
def _sign(local: str, ink: Ink, kind: str = "") -> Element:
    """Make a run with a tab stop, a break, or a mark of a field of this kind; it is copied too."""
    attributes = {"fldCharType": kind} if kind else {}
    return w("r", run_properties(ink), w(local, **attributes))


def revision_kind(change: Revision) -> str:
    """Return what Word calls a change: `ins` or `del`."""
    return "ins" if change is Revision.INSERTED else "del"
