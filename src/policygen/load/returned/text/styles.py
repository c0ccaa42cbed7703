"""What the styles and lists of a returned file mean: by their names, which every program keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygen.load.returned.package.xml import WML, WordNode, is_on, number, value
from policygen.model.returned.line import ListPlace
from policygen.model.word.styles import style_named

_LISTS = {"ListBullet": False, "ListNumber": True}
_DEEPEST = 32  # styles upon styles; a circle would go on for ever
_DEEPEST_LIST = 8  # the level of a list, from 0; Word has nine
_BODY_TEXT = 9  # the outline level of what is no heading


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of characters; "" for what it says nothing of."""

    bold: bool = False
    italic: bool = False
    colour: str = ""
    size: str = ""
    font: str = ""
    caps: bool = False


_PLAIN_LOOK = Look()


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A style of the file. `ours` is our name of it or of the nearest style that it is based on."""

    ours: str
    heading: int  # its level from 1, or 0
    list: str  # the id of its list
    level: int
    look: Look


_NO_STYLE = WordStyle("", 0, "", 0, _PLAIN_LOOK)


class Styles:
    """The styles of one file by their ids, and its lists."""

    def __init__(self, styles: WordNode | None, numbering: WordNode | None) -> None:
        known = [] if styles is None else list(styles.iter(f"{WML}style"))
        self._elements = {one.get(f"{WML}styleId", ""): one for one in known}
        defaults = (
            None if styles is None else styles.find(f"{WML}docDefaults/{WML}rPrDefault/{WML}rPr")
        )
        self.default_look = _look(defaults, _PLAIN_LOOK)
        self._default = next((i for i, s in self._elements.items() if _is_default(s)), "")
        self._read: dict[str, WordStyle] = {}
        self._lists = _Lists(numbering)

    def style(self, id: str) -> WordStyle:
        """Return a style by its id; the default one of paragraphs for "" ."""
        id = id or self._default
        if id not in self._read:
            self._read[id] = self._resolved(id)
        return self._read[id]

    def _resolved(self, id: str) -> WordStyle:
        chain = list(self._chain(id))
        if not chain:
            return _NO_STYLE
        look = self.default_look
        for element in reversed(chain):
            look = _look(element.find(f"{WML}rPr"), look)
        lists = [element.find(f"{WML}pPr/{WML}numPr") for element in chain]
        numbered = [one for one in lists if one is not None]
        ids = [value(one.find(f"{WML}numId")) for one in numbered]
        levels = [value(one.find(f"{WML}ilvl")) for one in numbered]
        names = (style_named(value(element.find(f"{WML}name"))) for element in chain)
        return WordStyle(
            ours=next(filter(None, names), ""),
            heading=next(filter(None, map(_heading_level, chain)), 0),
            list=next(filter(None, ids), ""),
            level=number(next(filter(None, levels), "")),
            look=look,
        )

    def _chain(self, id: str) -> Iterator[WordNode]:
        """Yield a style and those that it is based on."""
        for _ in range(_DEEPEST):
            element = self._elements.get(id)
            if element is None:
                return
            yield element
            id = value(element.find(f"{WML}basedOn"))

    def item(self, properties: WordNode | None, style: WordStyle) -> ListPlace | None:
        """Return the place of a paragraph in a list, by its own properties and its style's."""
        own = None if properties is None else properties.find(f"{WML}numPr")
        id = value(None if own is None else own.find(f"{WML}numId")) or style.list
        level = number(value(None if own is None else own.find(f"{WML}ilvl")), style.level)
        if style.ours.startswith("ListContinue"):
            level = number(style.ours.removeprefix("ListContinue"), 1) - 1
            return ListPlace(level, ordered=False, opening=False)
        if not id or id == "0":
            return _item_of_style(style.ours)
        return self._lists.place(id, min(max(level, 0), _DEEPEST_LIST))


def _item_of_style(ours: str) -> ListPlace | None:
    """Return the place that one of our styles has where its list was lost."""
    kind, depth = ours.rstrip("23"), number(ours[-1:], 1)
    return ListPlace(depth - 1, _LISTS[kind]) if kind in _LISTS else None


class _Lists:
    """The lists of one file: which of their levels have bullets, and where each begins."""

    def __init__(self, numbering: WordNode | None) -> None:
        self._levels: dict[str, dict[int, tuple[bool, int]]] = {}
        self._starts: dict[tuple[str, int], int] = {}
        if numbering is None:
            return
        made = {
            one.get(f"{WML}abstractNumId", ""): dict(map(_level, one.iter(f"{WML}lvl")))
            for one in numbering.iter(f"{WML}abstractNum")
        }
        for one in numbering.iter(f"{WML}num"):
            id = one.get(f"{WML}numId", "")
            self._levels[id] = made.get(value(one.find(f"{WML}abstractNumId")), {})
            for override in one.iter(f"{WML}lvlOverride"):
                start = override.find(f"{WML}startOverride")
                if start is not None:
                    level = number(override.get(f"{WML}ilvl", ""))
                    self._starts[id, level] = number(value(start), 1)

    def place(self, id: str, level: int) -> ListPlace | None:
        """Return a place in a list; None where its level prints nothing."""
        ordered, start = self._levels.get(id, {}).get(level, (False, 1))
        if start < 0:
            return None
        return ListPlace(level, ordered, id, self._starts.get((id, level), start))


def _level(element: WordNode) -> tuple[int, tuple[bool, int]]:
    """Return a level, whether it counts, and from where; -1 where it prints nothing."""
    kind = value(element.find(f"{WML}numFmt"), absent="decimal")
    start = -1 if kind == "none" else max(number(value(element.find(f"{WML}start")), 1), 0)
    return number(element.get(f"{WML}ilvl", "")), (kind != "bullet", start)


def _is_default(style: WordNode) -> bool:
    is_paragraph = style.get(f"{WML}type") == "paragraph"
    return is_paragraph and style.get(f"{WML}default") in ("1", "true", "on")


def _heading_level(style: WordNode) -> int:
    """Return the level of a heading, by its name or by its place in the outline; else 0."""
    name = value(style.find(f"{WML}name")).lower()
    if name.startswith("heading "):
        return number(name[len("heading ") :][:1])
    outline = value(style.find(f"{WML}pPr/{WML}outlineLvl"))
    return 0 if not outline or number(outline) >= _BODY_TEXT else number(outline) + 1


def _look(properties: WordNode | None, beneath: Look) -> Look:
    """Return what properties of characters make of the look beneath them."""
    if properties is None:
        return beneath
    bold, italic, caps = (properties.find(f"{WML}{local}") for local in ("b", "i", "caps"))
    return Look(
        bold=beneath.bold if bold is None else is_on(bold),
        italic=beneath.italic if italic is None else is_on(italic),
        colour=value(properties.find(f"{WML}color")) or beneath.colour,
        size=value(properties.find(f"{WML}sz")) or beneath.size,
        font=value(properties.find(f"{WML}rFonts"), f"{WML}ascii") or beneath.font,
        caps=beneath.caps if caps is None else is_on(caps),
    )
