"""The words of one paragraph: runs, changes, links, fields, and what stands among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from policygen.load.returned.package.xml import (
    MATH,
    MC,
    REL,
    WML,
    WordNode,
    author_of,
    date_of,
    value,
)
from policygen.load.returned.text.fields import Fields, OpenField
from policygen.load.returned.text.pictures import note_drawing
from policygen.load.returned.text.run_look import PLAIN_RUN, RunLook, run_look
from policygen.model.returned.copy import NotCarriedKind
from policygen.model.returned.line import Changes, Stretch, TrackedChange, TrackedKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from policygen.load.returned.package.open import Relation
    from policygen.load.returned.text.findings import TextFindings
    from policygen.load.returned.text.styles import Look, Styles

CHANGES = {
    f"{WML}ins": TrackedKind.INSERTED,
    f"{WML}del": TrackedKind.DELETED,
    f"{WML}moveFrom": TrackedKind.MOVED_FROM,
    f"{WML}moveTo": TrackedKind.MOVED_TO,
}
TRANSPARENT = frozenset(
    f"{WML}{local}" for local in ("smartTag", "customXml", "bdo", "dir", "sdtContent", "rubyBase")
)
_SIGNS = {
    f"{WML}tab": "\t",
    f"{WML}ptab": "\t",
    f"{WML}cr": "\n",
    f"{WML}noBreakHyphen": "\u2011",
    f"{WML}softHyphen": "\u00ad",
}
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))  # around a value, and not of it
_PRIVATE = range(0xE000, 0xF900)  # characters that mean what a font says
PENDING = "?"  # opens the reference of a field to somebody else's bookmark


class RunReader:
    """Reads paragraphs of one text; fields may go on from one to the next.

    `numbers` are the anchors of our bookmarks of numbers, `places` those of all others, both by
    names in small letters.
    """

    def __init__(
        self,
        styles: Styles,
        relations: Mapping[str, Relation],
        findings: TextFindings,
        numbers: Mapping[str, str],
        places: Mapping[str, str],
    ) -> None:
        self.fields = Fields()
        self.bookmarks: list[str] = []  # of the paragraph that is read
        self.controls: list[tuple[str, str]] = []  # tag and title of each content control in it
        self._styles, self._relations, self._findings = styles, relations, findings
        self._numbers, self._places = numbers, places
        self._moves: dict[str, str] = {}  # open moves: id -> name
        self._notes: dict[str, Mapping[str, str]] = {}
        self._stretches: list[Stretch] = []
        self._around: Look = styles.default_look
        self._handlers: dict[str, Callable[[WordNode, Changes, str], None]] = {
            f"{WML}r": self._run,
            f"{WML}hyperlink": self._link,
            f"{WML}fldSimple": self._simple_field,
            f"{WML}sdt": self._control,
            f"{MC}AlternateContent": self._alternate,
            f"{MATH}oMath": self._equation,
            f"{MATH}oMathPara": self._equation,
        }

    def set_notes(self, kind: str, notes: Mapping[str, str]) -> None:
        """Give the words of the notes of a kind, `footnote` or `endnote`, by their ids."""
        self._notes[kind] = notes

    def read(self, paragraph: WordNode, around: Look, changes: Changes = ()) -> tuple[Stretch, ...]:
        """Return the words of a paragraph; `around` is the look of its style."""
        self._stretches, self._around = [], around
        self.inline(paragraph, changes, "")
        for field in self.fields.end_paragraph():
            self._close(field, PLAIN_RUN, changes)
        return tuple(self._stretches)

    def inline(self, holder: WordNode, changes: Changes, href: str) -> None:
        """Read what stands in a paragraph, a link, a change or a control."""
        self.inline_all(holder, changes, href)

    def inline_all(self, elements: Iterable[WordNode], changes: Changes, href: str) -> None:
        """Read elements that stand one after another among runs."""
        for child in elements:
            handler = self._handlers.get(child.tag)
            if handler:
                handler(child, changes, href)
            elif child.tag in CHANGES:
                self.inline(child, (*changes, self.change(child)), href)
            elif child.tag in TRANSPARENT:
                self.inline(child, changes, href)
            else:
                self.mark(child)

    def change(self, element: WordNode) -> TrackedChange:
        """Return a tracked change. One within a move bears its name."""
        kind = CHANGES[element.tag]
        is_move = kind in (TrackedKind.MOVED_FROM, TrackedKind.MOVED_TO)
        move = next(reversed(self._moves.values()), "") if is_move else ""
        return TrackedChange(kind, author_of(element), date_of(element), move)

    def mark(self, element: WordNode) -> None:
        """Read a mark without words: a bookmark, the end of a comment, the beginning of a move."""
        local = element.tag.rpartition("}")[2]
        id = element.get(f"{WML}id", "")
        match local:
            case "bookmarkStart":
                name = element.get(f"{WML}name", "")
                self.bookmarks.append(name)
                self._findings.bookmarks.setdefault(name.lower(), self._findings.line)
            case "commentRangeStart":
                self._findings.open_comment(id)
            case "commentRangeEnd":
                self._findings.close_comment(id)
            case "moveFromRangeStart" | "moveToRangeStart":
                self._moves[local[:6] + id] = element.get(f"{WML}name", "")
            case "moveFromRangeEnd" | "moveToRangeEnd":
                self._moves.pop(local[:6] + id, "")
            case "altChunk" | "subDoc":
                self._findings.note(NotCarriedKind.OBJECT)

    # --- Runs -------------------------------------------------------------------------------------

    def _run(self, run: WordNode, changes: Changes, href: str) -> None:
        properties = run.find(f"{WML}rPr")
        linked = bool(href or self.fields.href)
        look = run_look(properties, self._styles, self._around, linked=linked)
        for child in run:
            self._run_child(child, look, changes, href)

    def _run_child(self, child: WordNode, look: RunLook, changes: Changes, href: str) -> None:
        local = child.tag.rpartition("}")[2]
        match local:
            case "t" | "delText":
                self._text(child.text or "", look, changes, href)
            case "tab" | "ptab" | "cr" | "noBreakHyphen" | "softHyphen":
                self._text(_SIGNS.get(child.tag, ""), look, changes, href)
            case "br":
                if child.get(f"{WML}type", "textWrapping") == "textWrapping":
                    self._text("\n", look, changes, href)
            case "instrText" | "delInstrText":
                self.fields.instruct(child.text or "")
            case "fldChar":
                self._field_mark(child.get(f"{WML}fldCharType", ""), look, changes)
            case "sym":
                self._symbol(child, look, changes, href)
            case "ruby":
                self.inline(child, changes, href)
            case _:
                self._run_object(child, local, changes, href)

    def _run_object(self, child: WordNode, local: str, changes: Changes, href: str) -> None:
        """Read what is no character: a drawing, a note, the sign of a comment."""
        match local:
            case "drawing" | "pict" | "object":
                note_drawing(child, self._findings)
            case "AlternateContent":
                for choice in _choice(child):
                    self._run_object(choice, choice.tag.rpartition("}")[2], changes, href)
            case "footnoteReference" | "endnoteReference":
                notes = self._notes.get(local.removesuffix("Reference"), {})
                self._findings.note(NotCarriedKind.NOTE, notes.get(child.get(f"{WML}id", ""), ""))
            case "commentReference":
                self._findings.place_comment(child.get(f"{WML}id", ""))

    def _symbol(self, symbol: WordNode, look: RunLook, changes: Changes, href: str) -> None:
        """Read a character by its number; one that means what its font says is not carried."""
        try:
            code = int(symbol.get(f"{WML}char", ""), 16)
        except ValueError:
            return
        if code in _PRIVATE or not 0x20 <= code < 0xD800:
            self._findings.note(NotCarriedKind.SYMBOL, symbol.get(f"{WML}font", ""))
        else:
            self._text(chr(code), look, changes, href)

    def _text(self, characters: str, look: RunLook, changes: Changes, href: str) -> None:
        if not characters or self.fields.swallows(characters):
            return
        characters = characters.translate(_ISOLATES)
        if characters.strip():
            for kind in look.lost:
                self._findings.note(kind, characters)
        if look.is_hidden:
            self._findings.note(NotCarriedKind.HIDDEN, characters)
            return
        address = href or self._place(self.fields.href)
        self._emit(
            Stretch(characters, look.style, look.strong, look.emphasis, address, changes=changes)
        )

    def _emit(self, stretch: Stretch) -> None:
        self._findings.read(stretch.text)
        before = self._stretches[-1] if self._stretches else None
        if before is not None and before.looks_like(stretch):
            self._stretches[-1] = replace(before, text=before.text + stretch.text)
        else:
            self._stretches.append(stretch)

    # --- Fields and links -------------------------------------------------------------------------

    def _field_mark(self, kind: str, look: RunLook, changes: Changes) -> None:
        if kind == "begin":
            self.fields.begin()
        elif kind == "separate":
            self.fields.separate()
        elif kind == "end" and (field := self.fields.end()):
            self._close(field, look, changes)

    def _simple_field(self, element: WordNode, changes: Changes, href: str) -> None:
        self.fields.begin()
        self.fields.instruct(element.get(f"{WML}instr", ""))
        self.fields.separate()
        self.inline(element, changes, href)
        if field := self.fields.end():
            self._close(field, PLAIN_RUN, changes)

    def _close(self, field: OpenField, look: RunLook, changes: Changes) -> None:
        """Read a whole field: a reference as what it refers to, the count of a heading as such."""
        if self.fields.swallows(field.shown):
            return
        name = field.target
        stretch = Stretch(field.shown, look.style, look.strong, look.emphasis, changes=changes)
        if name:
            anchor = self._numbers.get(name.lower(), "")
            reference = anchor or (PENDING + name if field.shows_number else "")
            self._emit(replace(stretch, reference=reference))
        elif field.command == "SEQ" and look.style == "Number":
            self._emit(stretch)

    def _link(self, element: WordNode, changes: Changes, href: str) -> None:
        anchor = element.get(f"{WML}anchor", "")
        relation = self._relations.get(element.get(f"{REL}id", ""))
        target = relation.target if relation else ""
        address = f"{target}#{anchor}" if anchor else target
        self.inline(element, changes, self._place(address) or href)

    def _place(self, address: str) -> str:
        """Return an address; one of a bookmark of ours is its anchor's."""
        if not address.startswith("#"):
            return _as_we_write(address)
        return f"#{self._places.get(address[1:].lower(), address[1:])}"

    # --- What stands around runs ------------------------------------------------------------------

    def _control(self, element: WordNode, changes: Changes, href: str) -> None:
        self.controls.append(control_names(element))
        self.inline(element, changes, href)

    def _alternate(self, element: WordNode, changes: Changes, href: str) -> None:
        self.inline_all(_choice(element), changes, href)

    def _equation(self, element: WordNode, changes: Changes, href: str) -> None:
        words = "".join(one.text or "" for one in element.iter(f"{MATH}t"))
        self._findings.note(NotCarriedKind.EQUATION, words)


def control_names(element: WordNode) -> tuple[str, str]:
    """Return the tag and the title of a content control."""
    properties = element.find(f"{WML}sdtPr")
    if properties is None:
        return "", ""
    return value(properties.find(f"{WML}tag")), value(properties.find(f"{WML}alias"))


def _choice(alternate: WordNode) -> list[WordNode]:
    """Return what newer programs show of alternatives, or else what older ones do."""
    chosen = next(alternate.iterchildren(f"{MC}Choice", f"{MC}Fallback"), None)
    return [] if chosen is None else list(chosen)


def _as_we_write(address: str) -> str:
    """Return an address as we write it: LibreOffice saves the subject of a message unescaped."""
    if not address.startswith("mailto:") or "?" not in address:
        return address
    mailbox, _, query = address.partition("?")
    return f"{mailbox}?{quote(unquote(query), safe='=&/')}"
