"""A pack that a translator fills in, by the elements of the file and no code of ours."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

XLF = "{urn:oasis:names:tc:xliff:document:2.0}"
Change = Callable[[Any], None]


def units(path: Path) -> dict[str, Any]:
    """The units of a pack by clause and part: law.records.rule; of several layers, the lowest's."""
    found: dict[str, Any] = {}
    for unit in etree.parse(path).getroot().iter(f"{XLF}unit"):
        found.setdefault(unit.get("id").rpartition(".")[0], unit)
    return found


def segments(unit: Any) -> list[Any]:
    return list(unit.iterchildren(f"{XLF}segment"))


def said(path: Path) -> dict[str, list[str]]:
    """What each unit of a pack says in the original, its placeholders left out."""
    return {
        id: ["".join(segment.find(f"{XLF}source").itertext()) for segment in segments(unit)]
        for id, unit in units(path).items()
    }


def fill(
    path: Path,
    words: Mapping[str, str] | None = None,
    changes: Mapping[str, Change] | None = None,
    state: str = "translated",
    only: tuple[str, ...] = (),
) -> None:
    """Give each segment a target: the source with its placeholders, in capitals.

    `words` put texts for others, wherever they stand; `changes` spoil the target of a unit by its id.
    """
    tree = etree.parse(path)
    for unit in tree.iter(f"{XLF}unit"):
        id = unit.get("id").rpartition(".")[0]
        if only and id not in only:
            continue
        for segment in segments(unit):
            source = segment.find(f"{XLF}source")
            for old in segment.findall(f"{XLF}target"):
                segment.remove(old)
            target = copy.deepcopy(source)
            target.tag = f"{XLF}target"
            for element in target.iter():
                element.text = said_so(element.text, words)
                if element is not target:
                    element.tail = said_so(element.tail, words)
            segment.append(target)
            segment.set("state", state)
            if changes and id in changes:
                changes[id](target)
    tree.write(path, encoding="UTF-8", xml_declaration=True)


def said_so(text: str | None, words: Mapping[str, str] | None) -> str | None:
    if not text:
        return text
    for word, other in (words or {}).items():
        text = text.replace(word, other)
    return text if words else text.upper()
