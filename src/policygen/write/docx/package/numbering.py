"""Numbers of lists and headings.

They are Word's own where its count is the policy's, so that they go on counting for whoever edits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document.walk import headings
from policygen.write.docx.package.xml import name, val, w

if TYPE_CHECKING:
    from policygen.model.document import Document, Heading
    from policygen.write.docx.package.xml import Element

# Lists of the template, by their ids: of numbers, which every numbered list restarts; the one that
# numbers headings; and the one of headings without a number.
NUMBERS, HEADINGS, UNCOUNTED = 1, 3, 4
_SECTION, _CLAUSE = 2, 3  # the levels of headings that Word numbers


def word_numbers(document: Document) -> frozenset[str]:
    """Return the anchors of the headings that Word shall number: all that have a number, or none.

    A policy's numbers are fixed, and what an edition leaves out leaves a gap. Then, and in a
    comparison, where clauses come and go, numbers are text.
    """
    if document.layout != "book" or document.meta.reviser:
        return frozenset()
    numbered = [heading for heading in headings(document.body) if heading.number]
    if not _counts_as_word(numbered):
        return frozenset()
    return frozenset(heading.anchor for heading in numbered)


def _counts_as_word(numbered: list[Heading]) -> bool:
    """Tell whether the numbers are 1, 1.1, 1.2, 2 and so on."""
    section = clause = 0
    for heading in numbered:
        if heading.level == _SECTION:
            section, clause = section + 1, 0
            expected = f"{section}"
        else:
            clause += 1
            expected = f"{section}.{clause}"
        if heading.number != expected or heading.was or heading.level > _CLAUSE:
            return False
    return True


class ListNumbering:
    """The lists of one document. `lists` is its numbering part, to which lists are added."""

    def __init__(self, lists: Element) -> None:
        self._lists = lists
        ids = [int(made.get(name("numId"), "0")) for made in lists.findall(name("num"))]
        self._last_id = max(ids, default=0)

    def restart(self, level: int, start: int) -> int:
        """Add a numbered list whose items at `level` count from `start`, and return its id."""
        self._last_id += 1
        override = w("lvlOverride", val("startOverride", start), ilvl=level)
        numbers = val("abstractNumId", NUMBERS)
        self._lists.append(w("num", numbers, override, numId=self._last_id))
        return self._last_id


def remove_heading_numbers(styles: Element, lists: Element) -> None:
    """Take the lists of headings out of the template, for a document whose numbers are text."""
    unused = (str(HEADINGS), str(UNCOUNTED))
    for properties in styles.iter(name("pPr")):
        for numbering in properties.findall(name("numPr")):
            if _value(numbering, "numId") in unused:
                properties.remove(numbering)
    for made in lists.findall(name("num")):
        if made.get(name("numId")) in unused:
            _remove_list(made, lists)


def _remove_list(made: Element, lists: Element) -> None:
    """Remove a list and its definition, which no other uses."""
    definition = _value(made, "abstractNumId")
    lists.remove(made)
    for abstract in lists.findall(name("abstractNum")):
        if abstract.get(name("abstractNumId")) == definition:
            lists.remove(abstract)


def _value(element: Element, local: str) -> str:
    child = element.find(name(local))
    return "" if child is None else child.get(name("val"), "")
