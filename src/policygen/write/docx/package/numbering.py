"""Numbers of lists and headings.

They are counted by Word where its count is the policy's, so that they go on for whoever edits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document.walk import headings
from policygen.write.docx.package.xml import name, val, w

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.model.document import Document, Heading
    from policygen.write.docx.package.xml import Element


def counted_headings(document: Document) -> Mapping[str, str]:
    """Return the anchors of the headings that Word shall number, each with that of its section.

    They are all headings that have a number, or none.

    A policy's numbers are fixed, and what an edition leaves out leaves a gap. Then, and in a
    comparison, where clauses come and go, numbers are text.
    """
    if document.layout != "book" or document.meta.reviser:
        return {}
    numbered = [heading for heading in headings(document.body) if heading.number]
    if not _counts_as_word(numbered):
        return {}
    sections = {}
    section = ""
    for heading in numbered:
        if heading.level == numbered[0].level:
            section = heading.anchor
        sections[heading.anchor] = section
    return sections


def _counts_as_word(numbered: list[Heading]) -> bool:
    """Tell whether the numbers are 1, 1.1, 1.2, 2 and so on."""
    section = clause = 0
    top = numbered[0].level if numbered else 0  # sections stand a level lower under own headings
    for heading in numbered:
        if heading.level == top:
            section, clause = section + 1, 0
            expected = f"{section}"
        else:
            clause += 1
            expected = f"{section}.{clause}"
        if heading.number != expected or heading.was or heading.level > top + 1:
            return False
    return True


class ListNumbering:
    """The lists of one document. `lists` is its numbering part, to which lists are added.

    `definition` is the template's of a numbered list, which every such list restarts.
    """

    def __init__(self, lists: Element, definition: str) -> None:
        self._lists = lists
        self._definition = definition
        ids = [int(made.get(name("numId"), "0")) for made in lists.findall(name("num"))]
        self._last_id = max(ids, default=0)

    def restart(self, level: int, start: int) -> int:
        """Add a numbered list whose items at `level` count from `start`, and return its id."""
        self._last_id += 1
        override = w("lvlOverride", val("startOverride", start), ilvl=level)
        numbers = val("abstractNumId", self._definition)
        self._lists.append(w("num", numbers, override, numId=self._last_id))
        return self._last_id
