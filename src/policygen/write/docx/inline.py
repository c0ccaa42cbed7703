"""Inlines to runs: characters, marks on words, links, languages and tracked changes."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

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
from policygen.write.docx.styles import QUIET
from policygen.write.docx.xml import R, clean, name, text, val, w

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from policygen.model.document import Inlines
    from policygen.write.docx.xml import Element, Names

_SCHEMES = {"http": "//", "https": "//", "mailto": "", "tel": ""}
# Word knows these languages by their country only.
_COUNTRIES = {
    "cy": "cy-GB",
    "en": "en-GB",
    "ga": "ga-IE",
    "gd": "gd-GB",
    "gv": "gv-IM",
    "kw": "kw-GB",
    "mi": "mi-NZ",
}


@dataclass(frozen=True, slots=True)
class Ink:
    """How characters stand on the page. `style` is a character style; what it hides is set beside it."""

    style: str = ""
    strong: bool = False
    quiet: bool = False
    linked: bool = False
    language: str = ""
    change: Revision | None = None


class Pen:
    """Writes inlines into paragraphs. Every number that must be unique in a document comes from `number`."""

    def __init__(
        self,
        names: Names,
        counted: Set[str],
        relate: Callable[[str], str],
        author: str,
        moment: str,
    ) -> None:
        """`counted` are the anchors whose numbers are Word's own, and `relate` gives an address's relationship.

        `moment` is when changes were made (ISO, UTC).
        """
        self.names = names
        self.counted = counted
        self._relate = relate
        self._who = {"author": author, "date": moment}
        self._numbers = count(1)

    def number(self) -> int:
        """Return a number that nothing else in this document has."""
        return next(self._numbers)

    def write(self, parent: Element, inlines: Inlines, ink: Ink) -> None:
        """Append inlines to a paragraph or a hyperlink."""
        for inline in inlines:
            match inline:
                case Value(path, characters) if path[1:] in self.counted and path[0] == "#":
                    self.reference(parent, path[1:], characters, ink)
                case Text(characters) | Value(text=characters):
                    self.run(parent, characters, ink)
                case Shaped(children=children):
                    self.write(parent, children, ink)
                case Strong(children):
                    self.write(parent, children, replace(ink, strong=True))
                case Emphasis(children):
                    self.write(parent, children, replace(ink, style=ink.style or "Emphasis"))
                case Quiet(children):
                    self.write(parent, children, replace(ink, quiet=True))
                case Foreign(language, children):
                    self.write(parent, children, replace(ink, language=language))
                case Gap(label=label):
                    self.run(parent, f"[{label}]", replace(ink, style="Gap"))
                case Code(characters):
                    self.run(parent, characters, replace(ink, style="Code"))
                case Tag(characters, solid):
                    padded = f"\u00a0{characters}\u00a0"  # a run has no padding of its own
                    self.run(
                        parent, padded, replace(ink, style="TagSolid" if solid else "TagHollow")
                    )
                case Break():
                    self.place(parent, w("br"), ink)
                case Link(href, children):
                    self.link(parent, href, children, ink)
                case Inserted(children):
                    self.write(
                        parent, children, replace(ink, change=ink.change or Revision.INSERTED)
                    )
                case Deleted(children):
                    self.write(
                        parent, children, replace(ink, change=ink.change or Revision.DELETED)
                    )

    def run(self, parent: Element, characters: str, ink: Ink) -> None:
        """Append characters, exactly these."""
        if characters:
            run = copy(_written(ink))
            run[-1].text = clean(characters)
            self._put(parent, run, ink)

    def reference(self, parent: Element, anchor: str, number: str, ink: Ink) -> None:
        """Append the number of a clause as a field, so that it follows when an editor's clause moves the others."""
        parent.append(field(f"REF {self.names.of(anchor)} \\n \\h", number, properties(ink)))

    def tab(self, parent: Element, ink: Ink) -> None:
        """Append a tab."""
        self.place(parent, w("tab"), ink)

    def place(self, parent: Element, content: Element, ink: Ink) -> None:
        """Append a run that holds `content`, within the change that it belongs to."""
        self._put(parent, w("r", properties(ink), content), ink)

    def _put(self, parent: Element, run: Element, ink: Ink) -> None:
        if ink.change is None:
            parent.append(run)
            return
        # Neighbours share one change, so that a reviewer accepts a passage and not its pieces.
        kind = sort(ink.change)
        last = parent[-1] if len(parent) else None
        if last is None or last.tag != name(kind):
            last = self.revision(kind)
            parent.append(last)
        last.append(run)

    def revision(self, kind: str) -> Element:
        """Make one tracked change: `ins`, `del` or the start of a range."""
        return w(kind, id=self.number(), **self._who)

    def marked(self, change: Revision) -> Element:
        """Make the empty element that marks a paragraph's end or a row as inserted or deleted."""
        return self.revision(sort(change))

    def link(self, parent: Element, href: str, children: Inlines, ink: Ink) -> None:
        """Append a link; an address that is not safe, or leads nowhere, prints its words alone."""
        anchor = href[1:] if href.startswith("#") else ""
        if ink.linked or (anchor and not self.names.known(anchor)):
            self.write(parent, children, ink)
        elif anchor:
            element = w("hyperlink", anchor=self.names.of(anchor), history=1)
            self.write(element, children, replace(ink, linked=True))
            parent.append(element)
        elif url := address(href):
            element = w("hyperlink", history=1)
            element.set(f"{{{R}}}id", self._relate(url))
            self.write(element, children, replace(ink, linked=True))
            parent.append(element)
        else:
            self.write(parent, children, ink)


@lru_cache(maxsize=256)
def _written(ink: Ink) -> Element:
    """A run without its characters. Copying it is far quicker than making it of its parts."""
    return w("r", properties(ink), text("", deleted=ink.change is Revision.DELETED))


def field(instruction: str, shown: str, properties: Element | None = None) -> Element:
    """Make a field such as PAGE, with what it shows until it is computed."""
    made = w("fldSimple", w("r", properties, text(shown)))
    made.set(name("instr"), f" {instruction} ")
    return made


def properties(ink: Ink) -> Element | None:
    """Make run properties, in the order that the schema asks for."""
    style = ink.style or (
        "Hyperlink" if ink.linked else "Strong" if ink.strong else "Quiet" if ink.quiet else ""
    )
    parts = [
        val("rStyle", style) if style else None,
        w("b") if ink.strong and style != "Strong" else None,
        w("bCs") if ink.strong and style != "Strong" else None,
        val("color", QUIET) if ink.quiet and style != "Quiet" else None,
        val("u", "single") if ink.linked and style != "Hyperlink" else None,
        val("lang", language(ink.language)) if ink.language else None,
    ]
    return w("rPr", *parts) if any(part is not None for part in parts) else None


def language(code: str) -> str:
    """Return a language as Word names it: `cy` is `cy-GB`."""
    return _COUNTRIES.get(code.lower(), code)


def address(href: str) -> str:
    """Return a web, mail or telephone address fit for a file's relationships; nothing for any other."""
    href = clean(href).strip()
    try:
        parts = urlsplit(href)
        parts.port  # noqa: B018  (reading it raises for a port that is none)
    except ValueError:
        return ""
    opening = _SCHEMES.get(parts.scheme)
    if opening is None or (opening and not parts.netloc):
        return ""
    # Word calls a file broken whose relationships hold spaces, quotes or brackets.
    return quote(href.encode("utf-8", "replace"), safe="%:/?#@!$&'()*+,;=~-._[]")


def sort(change: Revision) -> str:
    """What Word calls a change: `ins` or `del`."""
    return "ins" if change is Revision.INSERTED else "del"
