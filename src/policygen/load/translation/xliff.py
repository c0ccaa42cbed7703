"""XLIFF that came back -> the translation of each segment. No entity, no DTD, no network."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from lxml import etree

from policygen.load.translation.refusal import no_pack
from policygen.model.given_file import GivenFile
from policygen.model.translation.returned import ReturnedPack, ReturnedSegment, ReturnedUnit
from policygen.problems import Location

_XLIFF = "{urn:oasis:names:tc:xliff:document:2."  # 2.0 and 2.1 share a name; 2.2 has its own
_MOST_ELEMENTS = 500_000  # a pack of everything has about 12,000
_DONE = ("translated", "reviewed", "final")
_READ = ("reviewed", "final")


def read_xliff(file: GivenFile) -> ReturnedPack:
    """Read XLIFF 2. Raises PolicygenError for what is no plain XML, or no such pack."""
    root = _parse(file)
    if not str(root.tag).startswith(_XLIFF) or etree.QName(root).localname != "xliff":
        raise no_pack("This is no XLIFF 2: its first element is another.", file.shown)
    units = tuple(
        (element.get("original", ""), unit)
        for element in root.iterchildren("{*}file")
        for unit in _units(element, file.shown)
    )
    return ReturnedPack(file.shown, _one_of_each(units, file.shown), root.get("trgLang", ""))


def _one_of_each(
    units: Iterable[tuple[str, ReturnedUnit]], shown: str
) -> tuple[tuple[str, ReturnedUnit], ...]:
    """Return the units, each once: two packs may have been put into one file.

    Raises PolicygenError where they have different words for one unit.
    """
    found: dict[tuple[str, str], ReturnedUnit] = {}
    for original, unit in units:
        earlier = found.setdefault((original, unit.id), unit)
        told = [{n: one.target for n, one in each.segments.items()} for each in (earlier, unit)]
        if told[0] != told[1]:
            what = f"This unit stands in line {earlier.location.line} too, with other words."
            raise no_pack(what, shown, unit.location.line)
    return tuple((original, unit) for (original, _), unit in found.items())


def _parse(file: GivenFile) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(file.data, parser)
    except etree.XMLSyntaxError as error:
        line = error.position[0] or 0
        what = "This file is no XML that can be read, or is too deep."
        raise no_pack(what, file.shown, line) from None
    except (LookupError, ValueError):
        raise no_pack("This file names no encoding that can be read.", file.shown) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise no_pack("This file declares entities, as no translation does.", file.shown)
    for number, _ in enumerate(root.iter(), 1):
        if number > _MOST_ELEMENTS:
            what = f"This file has more than {_MOST_ELEMENTS:,} elements."
            raise no_pack(what, file.shown)
    return root


def _units(element: etree._Element, shown: str) -> Iterator[ReturnedUnit]:
    for unit in element.iter("{*}unit"):
        segments = {}
        for segment in unit.iterchildren("{*}segment"):
            number = segment.get("id", "").removeprefix("s")
            if number.isascii() and number.isdigit():
                segments[int(number[:6])] = _segment(segment, shown)
        yield ReturnedUnit(unit.get("id", ""), segments, _place(unit, shown))


def _segment(segment: etree._Element, shown: str) -> ReturnedSegment:
    target = next(segment.iterchildren("{*}target"), None)
    state = segment.get("state", "initial")
    if target is None:
        return ReturnedSegment("", _place(segment, shown), is_done=False)
    text = unicodedata.normalize("NFC", " ".join("".join(_text(target)).split()))
    return ReturnedSegment(text, _place(target, shown), state in _DONE, state in _READ)


def _place(element: etree._Element, shown: str) -> Location:
    line = element.sourceline
    return Location(shown, line if isinstance(line, int) else 0)


def _text(element: etree._Element) -> Iterator[str]:
    """Yield the text of a target with its codes as {1}, as they are numbered in the pack.

    A brace that somebody typed is doubled, so that it is no code of ours.
    """
    yield _typed(element.text)
    for child in element:
        name = etree.QName(child).localname
        id = child.get("id", "")
        if name in ("ph", "sc"):
            yield f"{{{id}}}"
        elif name == "ec":
            yield f"{{/{child.get('startRef') or id}}}"
        elif name == "pc":
            yield f"{{{id}}}"
            yield from _text(child)
            yield f"{{/{id}}}"
        elif name == "mrk":
            yield from _text(child)
        yield _typed(child.tail)


def _typed(text: str | None) -> str:
    return (text or "").replace("{", "{{").replace("}", "}}")
