"""The bricks of WordprocessingML: elements, attributes, and the characters that XML can hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

# Makes a deep copy. The module `copy` looks for more ways to do so than an element has.
clone: Callable[[Element], Element] = etree._Element.__copy__  # type: ignore[attr-defined]  # stubs

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"

# Everything else cannot stand in an XML 1.0 file, not even as a reference.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = f"{{{XML}}}space"


@cache
def name(local: str) -> str:
    """Return the qualified name of an element or attribute: `p` is `{namespace}p`."""
    return f"{{{W}}}{local}"


def w(local: str, *children: Element | None, **attributes: object) -> Element:
    """Make `<w:local>`; attributes share its namespace, and children that are None are left out."""
    element = etree.Element(name(local))
    for key, value in attributes.items():
        element.set(name(key), xml_characters(str(value)))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def val(local: str, value: object) -> Element:
    """Make `<w:local w:val="value"/>`."""
    element = etree.Element(name(local))
    element.set(name("val"), xml_characters(str(value)))
    return element


def text_element(characters: str, *, local: str = "t") -> Element:
    """Make the element with the characters of a run: `t`, `delText` or `instrText`."""
    element = etree.Element(name(local))
    element.set(_SPACE, "preserve")
    element.text = xml_characters(characters)
    return element


def xml_characters(characters: str) -> str:
    """Leave out what XML cannot hold: control characters, lone surrogates, U+FFFE and U+FFFF."""
    if characters.isprintable():  # which is quick to ask, and none of these is
        return characters
    return _ILLEGAL.sub("", characters)


def last_child(element: Element) -> Element | None:
    """Return the last child. Asking a long element for its length would take its time."""
    return next(reversed(element), None)
