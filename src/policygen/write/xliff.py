"""A translation pack -> XLIFF 2.0, as translators' tools read it.

A code is a <ph> or, around words, a <pc>: a tool shows it and lets nobody type into it. A pack is
the same bytes each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from policygen.model.translation.pack import (
    PackFile,
    Placeholder,
    PlaceholderKind,
    Segment,
    TranslationPack,
    TranslationUnit,
    UnitState,
)

XLIFF = "urn:oasis:names:tc:xliff:document:2.0"
SIZES = "urn:oasis:names:tc:xliff:sizerestriction:2.0"  # the module for how long a text may be
_PRESERVE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
_TOKEN = re.compile(r"\{(/?)([0-9]+)\}")
_STATES = {
    UnitState.WAITING: "initial",
    UnitState.STALE: "initial",
    UnitState.UNREVIEWED: "translated",
    UnitState.REVIEWED: "reviewed",
}
_BLOCK = (PlaceholderKind.OPENS, PlaceholderKind.BETWEEN, PlaceholderKind.CLOSES)


def xliff_bytes(pack: TranslationPack) -> bytes:
    """Return a pack as one XLIFF document: a file for each fragment, a group for each clause."""
    attributes = {"version": "2.0", "srcLang": pack.source, "trgLang": pack.language}
    names: dict[str | None, str] = {None: XLIFF, "slr": SIZES}
    # The stubs of lxml know no default namespace.
    root = etree.Element(_name("xliff"), attributes, nsmap=names)  # type: ignore[arg-type]
    for number, file in enumerate(pack.files, 1):
        _add_file(root, pack, file, number)
    _indent(root, 0)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _indent(element: etree._Element, depth: int) -> None:
    """Put each element on a line of its own; within a source or a target, white space counts."""
    if element.tag in (_name("source"), _name("target")) or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + (child is not element[-1]))


def _name(tag: str) -> str:
    return f"{{{XLIFF}}}{tag}"


def _add_file(root: etree._Element, pack: TranslationPack, file: PackFile, number: int) -> None:
    attributes = {"id": f"f{number}", "original": pack.original(file), "canResegment": "no"}
    element = etree.SubElement(root, _name("file"), attributes)
    etree.SubElement(element, f"{{{SIZES}}}profiles", generalProfile="xliff:codepoints")
    groups: dict[str, etree._Element] = {}
    for unit in file.units:
        if unit.clause not in groups:
            groups[unit.clause] = etree.SubElement(element, _name("group"), id=unit.clause)
        _add_unit(groups[unit.clause], unit)


def _add_unit(group: etree._Element, unit: TranslationUnit) -> None:
    element = etree.SubElement(group, _name("unit"), id=unit.id, name=f"{unit.clause} {unit.part}")
    if unit.most is not None:
        element.set(f"{{{SIZES}}}sizeRestriction", str(unit.most))
    notes = etree.SubElement(element, _name("notes"))
    for category, text in _notes(unit):
        etree.SubElement(notes, _name("note"), category=category).text = text
    held = dict(_data(unit))
    if held:
        data = etree.SubElement(element, _name("originalData"))
        for id, text in held.items():
            etree.SubElement(data, _name("data"), id=id).text = text
    for segment in unit.segments:
        _add_segment(element, unit, segment)


def _notes(unit: TranslationUnit) -> Iterator[tuple[str, str]]:
    yield "where", unit.where
    if unit.most is not None:
        yield "length", f"At most {unit.most} characters without placeholders: the page is short."
    if unit.state is UnitState.STALE:
        yield "state", "The original has changed since this was translated."


def _data(unit: TranslationUnit) -> Iterator[tuple[str, str]]:
    """Yield what the codes of a unit stand for, by its id."""
    for segment in unit.segments:
        for code in segment.codes:
            yield _data_id(segment, code), code.source
            if code.kind is PlaceholderKind.PAIR:
                yield f"{_data_id(segment, code)}e", code.end


def _data_id(segment: Segment, code: Placeholder) -> str:
    return f"d{segment.number}-{code.number}"


def _add_segment(element: etree._Element, unit: TranslationUnit, segment: Segment) -> None:
    state = _STATES[unit.state]
    attributes = {"id": f"s{segment.number}", "state": state if segment.target else "initial"}
    added = etree.SubElement(element, _name("segment"), attributes)
    _add_text(added, "source", segment.source, segment)
    if segment.target:
        _add_text(added, "target", segment.target, segment)


def _add_text(element: etree._Element, tag: str, text: str, segment: Segment) -> None:
    """Add a source or a target: its text, with an element for each code."""
    codes = {code.number: code for code in segment.codes}
    first_block = next((code.number for code in segment.codes if code.kind in _BLOCK), 0)
    open_elements = [etree.SubElement(element, _name(tag), _PRESERVE)]
    at = 0
    for found in _TOKEN.finditer(text):
        _say(open_elements[-1], text[at : found.start()])
        at = found.end()
        code = codes[int(found[2])]
        if found[1]:
            open_elements.pop()
        elif code.kind is PlaceholderKind.PAIR:
            attributes = _pair(segment, code)
            open_elements.append(etree.SubElement(open_elements[-1], _name("pc"), attributes))
        else:
            attributes = _placeholder(segment, code, is_first=code.number == first_block)
            etree.SubElement(open_elements[-1], _name("ph"), attributes)
    _say(open_elements[-1], text[at:])


def _say(element: etree._Element, text: str) -> None:
    """Put a text at the end of an element, after whatever stands in it."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _placeholder(segment: Segment, code: Placeholder, *, is_first: bool) -> dict[str, str]:
    attributes = {
        "id": str(code.number),
        "dataRef": _data_id(segment, code),
        "disp": code.shown or code.source,
        "canCopy": "no",
        "canDelete": "no",
    }
    if code.kind in _BLOCK:
        attributes["canReorder"] = "firstNo" if is_first else "no"
    return attributes


def _pair(segment: Segment, code: Placeholder) -> dict[str, str]:
    return {
        "id": str(code.number),
        "dataRefStart": _data_id(segment, code),
        "dataRefEnd": f"{_data_id(segment, code)}e",
        "dispStart": code.shown,
        "canCopy": "no",
        "canDelete": "no",
        "type": "link" if code.source == "[" else "fmt",
    }
