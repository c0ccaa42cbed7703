"""A template's lists and ours, each with an id of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from policygen.write.docx.package.xml import name, val, w

if TYPE_CHECKING:
    from policygen.write.docx.package.xml import Element

_LEVELS = 9
_ORDER = "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr"
_IN_ORDER = {name(local): place for place, local in enumerate(_ORDER.split())}


def list_ids(theirs: Element, ours: Element) -> tuple[dict[str, str], dict[str, str]]:
    """Return the ids that our lists, and their definitions, have beside a template's."""
    return (
        _free_ids(theirs, ours, "num", "numId"),
        _free_ids(theirs, ours, "abstractNum", "abstractNumId"),
    )


def _free_ids(theirs: Element, ours: Element, element: str, key: str) -> dict[str, str]:
    first_free = _next_id(theirs, element, key)
    known = [one.get(name(key), "") for one in ours.findall(name(element))]
    return {identity: str(first_free + place) for place, identity in enumerate(known)}


def merge_lists(
    theirs: Element,
    ours: Element,
    ids: tuple[Mapping[str, str], Mapping[str, str]],
    styles: Mapping[str, str],
    own: Collection[str],
) -> None:
    """Add our lists to a template's, in place.

    `styles` are the ids that our styles have now, where another; `own` those of which the template
    has its own, which bring their own lists.
    """
    lists, definitions = ids
    for found in theirs.iter(name("lvl")):  # LibreOffice has them out of order
        found[:] = sorted(found, key=lambda one: _IN_ORDER.get(one.tag, 0))
    for cleanup in theirs.findall(name("numIdMacAtCleanup")):
        theirs.remove(cleanup)  # it comes last, and lists are added
    first = theirs.find(name("num"))
    for definition in ours.findall(name("abstractNum")):
        made = deepcopy(definition)
        made.set(name("abstractNumId"), definitions[made.get(name("abstractNumId"), "")])
        for link in list(made.iter(name("pStyle"))):
            identity, level = link.get(name("val"), ""), link.getparent()
            if identity in own and level is not None:
                level.remove(link)
            link.set(name("val"), styles.get(identity, identity))
        for fonts in list(made.iter(name("rFonts"))):
            if (properties := fonts.getparent()) is not None:
                properties.remove(fonts)
        if first is None:
            theirs.append(made)
        else:
            first.addprevious(made)
    for number in ours.findall(name("num")):
        made = deepcopy(number)
        made.set(name("numId"), lists[made.get(name("numId"), "")])
        for definition in made.iter(name("abstractNumId")):
            definition.set(name("val"), definitions[definition.get(name("val"), "")])
        theirs.append(made)


def add_uncounted(lists: Element) -> str:
    """Add a list that prints no number, and return its id.

    A heading that a list of the template counts is in this one instead: its number is the policy's.
    """
    definition = _next_id(lists, "abstractNum", "abstractNumId")
    identity = _next_id(lists, "num", "numId")
    levels = [
        w("lvl", val("numFmt", "none"), val("suff", "nothing"), val("lvlText", ""), ilvl=level)
        for level in range(_LEVELS)
    ]
    kind = val("multiLevelType", "multilevel")
    made = w("abstractNum", kind, *levels, abstractNumId=definition)
    first = lists.find(name("num"))
    if first is None:
        lists.append(made)
    else:
        first.addprevious(made)
    lists.append(w("num", val("abstractNumId", definition), numId=identity))
    return str(identity)


def _next_id(lists: Element, element: str, key: str) -> int:
    taken = (int(one.get(name(key), "0")) for one in lists.findall(name(element)))
    return max(taken, default=0) + 1
