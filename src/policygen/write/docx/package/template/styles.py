"""A template's styles, and those of ours that it lacks, in proportion to its own."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.write.docx.package.styles import INK
from policygen.write.docx.package.xml import name

if TYPE_CHECKING:
    from policygen.write.docx.package.xml import Element

_WORDS_DEFAULT = 20  # half points, of a file that names no size
_AIRY = 60  # twips under a paragraph that part it from the next
_REFERENCES = ("basedOn", "next", "link")


@dataclass(frozen=True, slots=True)
class MergedStyles:
    """What came of two sets of styles.

    `ids` are those that our styles have now, where another. `own` are the template's among them.
    `counted` are the styles of paragraphs that a list of the template counts. `led` are the stops
    of contents lines to which dots or dashes lead, by the style of the line.
    """

    ids: Mapping[str, str]
    own: frozenset[str]
    counted: frozenset[str]
    led: Mapping[str, tuple[str, ...]]


def merge_styles(theirs: Element, ours: Element, lists: Mapping[str, str]) -> MergedStyles:
    """Add to a template's styles those of ours whose names it lacks, in place.

    `lists` are the ids that our lists have now.
    """
    known = {_style_name(style): style for style in theirs.iter(name("style"))}
    taken = {style.get(name("styleId"), "").lower() for style in theirs.iter(name("style"))}
    ids: dict[str, str] = {}
    lacking: list[Element] = []
    for style in ours.iter(name("style")):
        own = known.get(_style_name(style))
        if own is None and style.get(name("default")):
            own = _default(theirs, style.get(name("type"), ""))
        identity = style.get(name("styleId"), "")
        if own is not None and own.get(name("type")) == style.get(name("type")):
            ids[identity] = own.get(name("styleId"), "")
        else:
            ids[identity] = identity if identity.lower() not in taken else f"Policygen{identity}"
            lacking.append(style)
    proportion = _normal_size(theirs) / _normal_size(ours)
    is_airy = _space_below(theirs) >= _AIRY
    for style in lacking:
        theirs.append(_adapted(deepcopy(style), ids, lists, proportion, is_airy=is_airy))
    own_ids = frozenset(ids) - {style.get(name("styleId"), "") for style in lacking}
    changed = {old: new for old, new in ids.items() if old != new}
    return MergedStyles(changed, own_ids, _counted(theirs), _led(theirs))


def _style_name(style: Element) -> str:
    """Return the name of a style as Word compares it."""
    found = style.find(name("name"))
    return "" if found is None else found.get(name("val"), "").lower()


def _default(styles: Element, kind: str) -> Element | None:
    for style in styles.iter(name("style")):
        if style.get(name("type")) == kind and style.get(name("default")) in ("1", "true", "on"):
            return style
    return None


def _adapted(
    style: Element,
    ids: Mapping[str, str],
    lists: Mapping[str, str],
    proportion: float,
    *,
    is_airy: bool,
) -> Element:
    """Make a style of ours one of the template's: its type, its size, its colour of words."""
    identity = style.get(name("styleId"), "")
    style.set(name("styleId"), ids[identity])
    if name("default") in style.attrib:
        del style.attrib[name("default")]
    for reference in style.iterchildren(*map(name, _REFERENCES)):
        reference.set(name("val"), ids[reference.get(name("val"), "")])
    for number in style.iter(name("numId")):
        number.set(name("val"), lists.get(number.get(name("val"), ""), "0"))
    for size in style.iter(name("sz"), name("szCs")):
        if (holder := size.getparent()) is not None and holder.tag == name("rPr"):
            size.set(name("val"), str(round(int(size.get(name("val"), "0")) * proportion)))
    for spacing in style.iter(name("spacing")):
        for key in ("before", "after", "line"):
            if twips := spacing.get(name(key)):
                spacing.set(name(key), str(round(int(twips) * proportion)))
    for colour in list(style.iter(name("color"))):
        holder = colour.getparent()
        is_words = holder is not None and holder.tag == name("rPr")
        if (
            holder is not None
            and is_words
            and (colour.get(name("val")) == INK or identity == "Number")
        ):
            holder.remove(colour)  # the words around it have theirs
    if identity == "BodyText" and is_airy:
        for properties in style.findall(name("pPr")):
            style.remove(properties)
    return style


def _normal_size(styles: Element) -> int:
    """Return the size of running words, in half points."""
    normal = _default(styles, "paragraph")
    defaults = styles.find(f"{name('docDefaults')}/{name('rPrDefault')}")
    for holder in (normal, defaults):
        size = None if holder is None else holder.find(f"{name('rPr')}/{name('sz')}")
        if size is not None and size.get(name("val"), "").isdecimal():
            return int(size.get(name("val"), "")) or _WORDS_DEFAULT
    return _WORDS_DEFAULT


def _space_below(styles: Element) -> int:
    """Return the space under a paragraph of running words, in twips."""
    normal = _default(styles, "paragraph")
    defaults = styles.find(f"{name('docDefaults')}/{name('pPrDefault')}")
    for holder in (normal, defaults):
        spacing = None if holder is None else holder.find(f"{name('pPr')}/{name('spacing')}")
        if spacing is not None and spacing.get(name("after"), "").isdecimal():
            return int(spacing.get(name("after"), ""))
    return 0


def _counted(styles: Element) -> frozenset[str]:
    """Return the ids of the paragraph styles that a list counts, by themselves or by their base."""
    found = {style.get(name("styleId"), ""): style for style in styles.iter(name("style"))}

    def is_counted(identity: str, seen: frozenset[str] = frozenset()) -> bool:
        style = found.get(identity)
        if style is None or identity in seen:
            return False
        number = style.find(f"{name('pPr')}/{name('numPr')}/{name('numId')}")
        if number is not None:
            return number.get(name("val")) != "0"
        base = style.find(name("basedOn"))
        return base is not None and is_counted(base.get(name("val"), ""), seen | {identity})

    return frozenset(identity for identity in found if is_counted(identity))


def _led(styles: Element) -> dict[str, tuple[str, ...]]:
    """Return where dots lead to in the styles of a contents list, in twips, by the style's id."""
    led = {}
    for style in styles.iter(name("style")):
        if _style_name(style).startswith("toc "):
            stops = [
                stop
                for stop in style.iter(name("tab"))
                if stop.get(name("leader"), "none") != "none"
            ]
            led[style.get(name("styleId"), "")] = tuple(
                stop.get(name("pos"), "0") for stop in stops
            )
    return led
