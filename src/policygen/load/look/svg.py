"""An SVG that may come from a stranger: whether it draws itself, all of it, and nothing else.

It is read by expat alone, element by element, and nothing that it refers to is fetched.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from xml.parsers import expat

from policygen.load.look.raster import BrokenPicture, TooManyPixels, decode
from policygen.load.look.svg_values import is_drawable, undrawable

_SVG = "http://www.w3.org/2000/svg"
_DEEP = 60  # elements within elements
_MANY = 20_000  # elements, each `use` counted with what it repeats
_ACTIVE = ("script", "handler", "listener")
_MOVING = ("animate", "animateMotion", "animateTransform", "animateColor", "set")
_UNDRAWN = ("foreignObject", "iframe", "video", "audio", "canvas", "object", "embed")
_LETTERS = "They need a font. Turn them into outlines (in Inkscape, Object to Path), or save a PNG."
_ADDRESS = re.compile(r"""url\(\s*["']?\s*([^"')\s]{1,40})|@import""", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpe?g);base64,([A-Za-z0-9+/=\s]+)")
_HUGE = re.compile(r"\d{9}|\d[eE]\+?\d{2}")  # a number that no drawing needs
_PLAIN = "Save it as plain SVG, or as a PNG."

Fault = tuple[str, str]


def svg_fault(data: bytes) -> Fault | None:
    """Return what keeps an SVG out of documents and how to mend it, or None where nothing does."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "The logo is not in UTF-8.", "Save it in UTF-8."
    reader = _Reader()
    try:
        reader.read(data)
        drawn = reader.drawn_elements()
    except _Refused as refused:
        return refused.fault
    except expat.ExpatError as error:
        return f"The logo is not an SVG that can be read (line {error.lineno}).", _PLAIN
    except (LookupError, ValueError):  # raised by expat for an encoding that Python lacks
        return "The logo names an encoding that nobody knows.", "Save it in UTF-8."
    if drawn > _MANY:
        return "The logo is too large a drawing.", "Save it simpler, or as a PNG."
    return None


class _Refused(Exception):
    def __init__(self, what: str, mend: str = _PLAIN) -> None:
        self.fault = (what, mend)
        super().__init__(what)


@dataclass(slots=True)
class _Element:
    """How many elements one draws: itself, what stands in it, and what it repeats."""

    inner: list[_Element] = field(default_factory=list)
    repeats: str = ""  # the id of an element
    drawn: int = 0


class _Reader:
    """Reads an SVG once; raises _Refused at the first thing that a document may not hold."""

    def __init__(self) -> None:
        self.root = _Element()
        self.open = [self.root]
        self.by_id: dict[str, _Element] = {}
        self.in_style = False

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.ProcessingInstructionHandler = self._instruction
        parser.buffer_text = True
        parser.Parse(data, True)

    def drawn_elements(self) -> int:
        """Return how many elements are drawn in all.

        Raises _Refused for one that repeats itself.
        """
        return _drawn(self.root, self.by_id)

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal:
            raise _Refused("The logo declares entities.")

    def _entity(self, *declaration: object) -> None:
        raise _Refused("The logo declares entities.")

    def _instruction(self, target: str, data: str) -> None:
        if target == "xml-stylesheet":
            raise _Refused("The logo draws from a file outside itself.")

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        namespace, _, name = full_name.rpartition(" ")
        if len(self.open) == 1 and (namespace, name) != (_SVG, "svg"):
            raise _Refused("The logo is not an SVG: its outermost element is another.")
        if len(self.open) > _DEEP:
            raise _Refused("The logo holds elements too deep within one another.")
        if namespace == _SVG:
            _check_element(name, attributes)
            _check_values(name, attributes, is_root=len(self.open) == 1)
        element = _Element()
        if id := attributes.get("id"):
            self.by_id.setdefault(id, element)
        if namespace == _SVG and name == "use":
            element.repeats = _reference(attributes).removeprefix("#")
        self.in_style = name == "style"
        self.open[-1].inner.append(element)
        self.open.append(element)

    def _end(self, full_name: str) -> None:
        self.open.pop()
        self.in_style = False

    def _text(self, text: str) -> None:
        if self.in_style:
            _check_style(text)


def _check_element(name: str, attributes: dict[str, str]) -> None:
    if name in _ACTIVE:
        raise _Refused("The logo holds a script.")
    if name in _MOVING:
        raise _Refused("The logo moves.")
    if name == "text":
        raise _Refused("The logo holds letters as text, which Word would leave blank.", _LETTERS)
    if name in _UNDRAWN:
        raise _Refused(f"The logo holds what no PDF draws ({name}).")
    for key, value in attributes.items():
        if key.lower().startswith("on"):
            raise _Refused("The logo holds a script.")
        if key == "style" or "url(" in value.lower():
            _check_style(value)
        if len(value) < 200 and _HUGE.search(value) and not key.endswith("href") and key != "id":
            raise _Refused("The logo holds a number that is far too large.")
    if name != "a":
        _check_reference(name, _reference(attributes))


def _check_values(name: str, attributes: dict[str, str], *, is_root: bool) -> None:
    """Refuse a value that cannot be drawn; how large the picture is, its size says."""
    sizes: tuple[str, ...] = ()
    if is_root:
        sizes = ("viewBox",) if "viewBox" in attributes else ("width", "height")
    for key, value in attributes.items():
        if key not in sizes and not is_drawable(key, value):
            raise _Refused(f"The logo has a value that cannot be drawn ({name}, {key}).")


def _reference(attributes: dict[str, str]) -> str:
    """Return what an element refers to, by the old attribute or the new."""
    keys = ("href", "http://www.w3.org/1999/xlink href", "src")
    return next((attributes[key].strip() for key in keys if key in attributes), "")


def _check_reference(name: str, address: str) -> None:
    """Refuse an element that refers to anything but an id, or a picture within it."""
    if not address or address.startswith("#"):
        return
    picture = _PICTURE.fullmatch(address)
    if not picture or name not in ("image", "feImage"):
        raise _Refused("The logo draws from a file outside itself.")
    _check_picture(picture[2])


def _check_picture(encoded: str) -> None:
    try:
        decode(base64.b64decode(encoded), ("PNG", "JPEG"))
    except TooManyPixels as error:
        raise _Refused("The logo has too many pixels.", "Save it smaller.") from error
    except (BrokenPicture, binascii.Error) as error:
        raise _Refused("The logo holds a picture that cannot be drawn.") from error


def _check_style(text: str) -> None:
    for address in _ADDRESS.finditer(text):
        if not (address[1] or "").startswith("#"):
            raise _Refused("The logo draws from a file outside itself.")
    if key := undrawable(text):
        raise _Refused(f"The logo has a value that cannot be drawn (style, {key}).")


def _drawn(element: _Element, by_id: dict[str, _Element], depth: int = 0) -> int:
    """Return how many elements one draws; the count is remembered.

    A count of -1 marks an element that is still being counted.
    """
    if element.drawn == -1:
        raise _Refused("The logo repeats a part of itself within that part.")
    if depth > 4 * _DEEP:
        raise _Refused("The logo repeats parts within parts too often.")
    if not element.drawn:
        element.drawn = -1
        parts = list(element.inner)
        if element.repeats in by_id:
            parts.append(by_id[element.repeats])
        total = 1 + sum(_drawn(part, by_id, depth + 1) for part in parts)
        element.drawn = min(total, _MANY + 1)
    return element.drawn
