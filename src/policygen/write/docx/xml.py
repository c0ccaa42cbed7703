"""The bricks of WordprocessingML: elements, attributes, characters that XML can hold, names for bookmarks."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

Element: TypeAlias = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"

# Everything else cannot stand in an XML 1.0 file, not even as a reference.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME_LENGTH = 40  # Word cuts longer bookmark names without a word
_TAG_LENGTH = 64  # and calls a file broken whose content control has a longer tag
_NAMES = {
    name: f"{{{W}}}{name}" for name in ("p", "pPr", "r", "rPr", "t", "val", "tbl", "tr", "tc")
}
_SPACE = f"{{{XML}}}space"


def name(local: str) -> str:
    """The qualified name of a WordprocessingML element or attribute: `p` becomes `{namespace}p`."""
    known = _NAMES.get(local)
    if known is None:
        known = _NAMES[local] = f"{{{W}}}{local}"
    return known


def w(local: str, *children: Element | None, **attributes: object) -> Element:
    """Make `<w:local>`; attributes are of the same namespace, and children that are None are left out."""
    element = etree.Element(name(local))
    for key, value in attributes.items():
        element.set(name(key), clean(str(value)))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def val(local: str, value: object) -> Element:
    """Make `<w:local w:val="value"/>`."""
    element = etree.Element(name(local))
    element.set(_NAMES["val"], clean(str(value)))
    return element


def text(characters: str, *, deleted: bool = False) -> Element:
    """Make the element that holds the characters of a run, spaces kept."""
    element = etree.Element(name("delText" if deleted else "t"))
    element.set(_SPACE, "preserve")
    element.text = clean(characters)
    return element


def clean(characters: str) -> str:
    """Leave out what XML cannot hold: control characters, lone surrogates, U+FFFE and U+FFFF."""
    return _ILLEGAL.sub("", characters)


def tag(identity: str) -> str:
    """Return a clause's id as the tag of a content control, which holds 64 characters at most."""
    return _short(clean(identity), _TAG_LENGTH)


class Names:
    """Anchors of one document and the bookmarks that stand for them, each name once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._placed: set[str] = set()
        self._staying: set[str] = set()
        self._unnamed: dict[Hashable, str] = {}

    def reserve(self, anchors: Iterable[str], staying: Iterable[str]) -> None:
        """Name every anchor before the body is written, so that a link can point forwards.

        What has moved bears its anchor twice: of those that are `staying`, what is deleted may not take the name.
        """
        for anchor in anchors:
            self.of(anchor)
        self._staying.update(staying)

    def known(self, anchor: str) -> bool:
        """Whether a link to this anchor leads anywhere."""
        return anchor in self._names

    def of(self, anchor: str) -> str:
        """Return the bookmark of an anchor: `law.records` is `law_records`."""
        if anchor not in self._names:
            wanted = bookmark(anchor)
            if wanted.lower() in self._taken:  # Word tells names apart without regard to case
                wanted = f"{wanted[: _NAME_LENGTH - 9]}_{_print(anchor)}"
            self._taken.add(wanted.lower())
            self._names[anchor] = wanted
        return self._names[anchor]

    def unnamed(self, thing: Hashable) -> str:
        """Return an anchor of our own for what has none, the same for equal things."""
        return self._unnamed.setdefault(thing, f"place_{len(self._unnamed) + 1}")

    def place(self, anchor: str, *, deleted: bool = False) -> str:
        """Return the bookmark of an anchor where it first stands, else nothing: a name cannot stand twice."""
        if not anchor or anchor in self._placed or (deleted and anchor in self._staying):
            return ""
        self._placed.add(anchor)
        return self.of(anchor)


def bookmark(anchor: str) -> str:
    """Make an anchor a valid bookmark name: letters, digits and underscores, a letter first, 40 at most."""
    made = re.sub("[^A-Za-z0-9_]", "_", anchor)
    if not made[:1].isalpha():
        made = f"b_{made}"  # a name that opens with an underscore is hidden
    if re.search(r"[^A-Za-z0-9_.-]", anchor):
        made = f"{made[: _NAME_LENGTH - 9]}_{_print(anchor)}"
    return _short(made, _NAME_LENGTH)


def _short(characters: str, length: int) -> str:
    """Cut what is too long, and end it with a fingerprint of the whole."""
    if len(characters) <= length:
        return characters
    return f"{characters[: length - 9]}_{_print(characters)}"


def _print(characters: str) -> str:
    return sha256(characters.encode("utf-8", "replace")).hexdigest()[:8]
