"""Numbers of headings: Word's own where its count is the policy's, so that they go on counting for whoever edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.walk import headings
from policygen.write.docx.xml import name

if TYPE_CHECKING:
    from policygen.model.document import Document
    from policygen.write.docx.xml import Element

HEADINGS, UNCOUNTED = (
    3,
    4,
)  # the template's last lists: that which numbers headings, and one without numbers
_SECTION, _CLAUSE = 2, 3  # the levels of headings that it numbers


def counted(document: Document) -> frozenset[str]:
    """The anchors of the headings that Word shall number: all that have a number, or none.

    A policy's numbers are fixed, and what an edition leaves out leaves a gap. Then, and in a comparison, where
    clauses come and go, numbers are text.
    """
    if document.layout != "book" or document.meta.reviser:
        return frozenset()
    numbered = [heading for heading in headings(document.body) if heading.number]
    section = clause = 0
    for heading in numbered:
        if heading.level == _SECTION:
            section, clause = section + 1, 0
            expected = f"{section}"
        else:
            clause += 1
            expected = f"{section}.{clause}"
        if heading.number != expected or heading.was or heading.level > _CLAUSE:
            return frozenset()
    return frozenset(heading.anchor for heading in numbered)


def uncount(styles: Element, lists: Element) -> None:
    """Take the lists of headings out of the template's styles and lists, for a document whose numbers are text."""
    for properties in styles.iter(name("pPr")):
        for numbering in properties.findall(name("numPr")):
            if numbering[-1].get(name("val")) in (str(HEADINGS), str(UNCOUNTED)):
                properties.remove(numbering)
    for made in (*lists.findall(name("abstractNum"))[-2:], *lists.findall(name("num"))[-2:]):
        lists.remove(made)
