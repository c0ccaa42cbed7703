"""The numbers of headings that Word counts: fields, so that they go on counting for whoever edits.

Each section counts its clauses in a sequence of its own, after its own number as text: LibreOffice
knows no sequence that starts again at a heading, and forgets what refers to a reference. A list
would count too, but the programs that read a DOCX for the web do not see its numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document import Text
from policygen.write.docx.runs.content import Bookmarked, RunInlines
from policygen.write.docx.runs.fields import field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.write.docx.package.bookmarks import Bookmarks

_SECTIONS = "number_of_section"  # the sequence that counts sections


class HeadingCount:
    """The headings of one document that Word numbers."""

    def __init__(self, sections: Mapping[str, str], bookmarks: Bookmarks) -> None:
        """`sections` maps the anchor of each such heading to that of its section."""
        self._sections = sections
        self._bookmarks = bookmarks

    def covers(self, anchor: str) -> bool:
        """Tell whether Word numbers a heading."""
        return anchor in self._sections

    def number(self, anchor: str, number: str) -> RunInlines:
        """Make the number of a heading, under a bookmark that references repeat."""
        section = self._sections[anchor]
        is_section = anchor == section
        sequence = _SECTIONS if is_section else self._bookmarks.number_of(section)
        prefix, dot, last = number.rpartition(".")
        counted = field(f"SEQ {sequence} \\* ARABIC", (Text(last),))
        return (Bookmarked(self._bookmarks.number_of(anchor), (Text(prefix + dot), *counted)),)

    def reference(self, anchor: str, number: str) -> RunInlines:
        """Make a number that follows that of a heading."""
        return field(f"REF {self._bookmarks.number_of(anchor)} \\h", (Text(number),))
