"""The sizes of Word's styles in each layout, where they differ from the template's."""

from __future__ import annotations

from typing import NamedTuple


class StyleMetrics(NamedTuple):
    """Points: size, line, space before and after, how far text stands in.

    None leaves what the template says.
    """

    size: float | None = None
    line: float | None = None
    before: float | None = None
    after: float | None = None
    left: float | None = None


COVER = {
    "Subtitle": StyleMetrics(20, 27, 0, 0),
    "Depth": StyleMetrics(before=24),
}
COVER_BESIDE_LONGEST = {  # a table of document control that takes most of the page
    "Subtitle": StyleMetrics(15, 20, 0, 0),
    "Depth": StyleMetrics(before=12),
}
LAYOUTS: dict[str, dict[str, StyleMetrics]] = {
    "book": {},
    "close": {  # a book that is signed, as near its pages in print as Word's lines allow
        "Normal": StyleMetrics(line=14.5),
        "Heading1": StyleMetrics(17, 20, 11, 1),
        "Heading2": StyleMetrics(12.5, 16, 7, 1),
        "Heading3": StyleMetrics(line=15, before=5, after=1),
        "Heading4": StyleMetrics(line=15, before=5, after=1),
        "BodyText": StyleMetrics(line=14.5, after=4),
        "Lead": StyleMetrics(13, 17, 0, 2),
        "Remark": StyleMetrics(10, 13, 0, 3),
        "Hint": StyleMetrics(10, 13, 0, 3),
        "ListBullet": StyleMetrics(line=14.5, after=1),
        "ListNumber": StyleMetrics(line=14.5, after=1),
        "Reference": StyleMetrics(10, 12, after=1),
        "TableText": StyleMetrics(10, 13),
    },
    "brief": {
        "Heading1": StyleMetrics(15, 18, 9, 3),
        "Title": StyleMetrics(before=18, after=3),
        "Subtitle": StyleMetrics(after=6),
        "ListBullet": StyleMetrics(line=17, after=2),
        "Fact": StyleMetrics(line=14, after=4),
        "Label": StyleMetrics(before=0),
    },
    "dense": {
        "Heading1": StyleMetrics(15, 17, 2, 0),
        "Heading2": StyleMetrics(12, 14, 5, 0),
        "Title": StyleMetrics(24, 28, 3, 0),
        "Subtitle": StyleMetrics(12, 15, 0, 2),
        "Remark": StyleMetrics(10, 12, 3, 0),
        "Lead": StyleMetrics(12, 14, 0, 0),
        "BodyText": StyleMetrics(12, 14, 0, 0.5),
        "ListBullet": StyleMetrics(12, 14, after=0.5),
        "ListNumber": StyleMetrics(12, 14, after=0.5),
        "Fact": StyleMetrics(10, 12, 0, 1),
        "Label": StyleMetrics(before=0),
    },
    "compact": {
        "Normal": StyleMetrics(11, 13),
        "Heading1": StyleMetrics(14, 16, 6, 0),
        "Heading2": StyleMetrics(11, 14, 4, 0),
        "Heading3": StyleMetrics(11, 14, 3, 0),
        "Title": StyleMetrics(26, 29, 3, 0),
        "Subtitle": StyleMetrics(12, 15, 0, 3),
        "BodyText": StyleMetrics(11, 13, 0, 2),
        "Lead": StyleMetrics(11, 13, 0, 0),
        "Hint": StyleMetrics(10, 12, 0, 2),
        "Remark": StyleMetrics(10, 12, 0, 1),
        "ListBullet": StyleMetrics(11, 13, after=0),
        "ListNumber": StyleMetrics(11, 13, after=0),
        "Reference": StyleMetrics(10, 11.25, after=0),
        "TOCHeading": StyleMetrics(12, 15, 6, 1),
        "TOC1": StyleMetrics(10, 12.5, 0, 0),
        "Fact": StyleMetrics(10, 12, 3, 0),
        "TableText": StyleMetrics(10, 12),
    },
    "sheet": {
        "Normal": StyleMetrics(11, 13),
        "Heading1": StyleMetrics(12, 14, 4, 0),
        "Heading2": StyleMetrics(11, 13, 4, 0),
        "Title": StyleMetrics(26, 28, 0, 0),
        "Subtitle": StyleMetrics(12, 15, 0, 2),
        "BodyText": StyleMetrics(11, 13, 0, 2),
        "ListBullet": StyleMetrics(11, 13, after=0),
        "ListNumber": StyleMetrics(11, 13, after=0),
        "Fact": StyleMetrics(10, 12, 0, 0),
        "Label": StyleMetrics(before=0),
        "TableText": StyleMetrics(10, 12.5),
    },
    "checklist": {
        "Normal": StyleMetrics(12, 14.5),
        "Heading1": StyleMetrics(14, 16, 6, 0),
        "Title": StyleMetrics(26, 28, 0, 0),
        "Subtitle": StyleMetrics(14, 17, 0, 0),
        "BodyText": StyleMetrics(12, 14.5, 2, 0),
        "Label": StyleMetrics(12, 14, before=0),
        "TableText": StyleMetrics(12, 14),
    },
    "close-checklist": {
        "Normal": StyleMetrics(10, 12),
        "Heading1": StyleMetrics(12, 14, 3, 0),
        "Title": StyleMetrics(22, 24, 0, 0),
        "Subtitle": StyleMetrics(12, 14, 0, 0),
        "BodyText": StyleMetrics(10, 12, 1, 0),
        "Label": StyleMetrics(10, 12, before=0),
        "TableText": StyleMetrics(10, 12),
    },
    "paper": {
        "Normal": StyleMetrics(10.5, 13),
        "Heading1": StyleMetrics(12.5, 15, 3, 0),
        "Title": StyleMetrics(26, 29, 3, 0),
        "Subtitle": StyleMetrics(13, 16, 0, 2),
        "BodyText": StyleMetrics(10.5, 13, 0, 2),
        "ListBullet": StyleMetrics(10.5, 13, after=0),
        "ListNumber": StyleMetrics(10.5, 13, after=0),
        "Hint": StyleMetrics(10, 12, 0, 1),
        "Remark": StyleMetrics(10, 12, 0, 1),
        "TableText": StyleMetrics(10, 12),
    },
    "poster": {
        "Normal": StyleMetrics(10.5, 13.5),
        "BodyText": StyleMetrics(after=2),
        "Heading1": StyleMetrics(15, 18, 4, 1),
        "Heading2": StyleMetrics(12, 16, 0, 0),
        "Heading3": StyleMetrics(10.5, 14, 0, 0),
        "Title": StyleMetrics(28, 30, 3, 0),
        "Subtitle": StyleMetrics(12, 15, 0, 2),
        "Lead": StyleMetrics(13, 18, 4, 3),
        "Fact": StyleMetrics(10, 12.5, 3, 0),
        "Hint": StyleMetrics(10.5, 13.5, 0, 2),
        "Label": StyleMetrics(10.5, 14, 0, 0),
        "TableText": StyleMetrics(10.5, 13),
        "ListBullet": StyleMetrics(10, 12.5, after=0.5, left=9),
        "ListNumber": StyleMetrics(10.5, 13.5, after=1),
    },
}
LAYOUTS["card"] = {
    **LAYOUTS["poster"],
    "Title": StyleMetrics(20, 22, 0, 0),
    "Subtitle": StyleMetrics(11, 13, 0, 0),
    "Heading1": StyleMetrics(12, 14, 2, 0),
}
LARGE_PRINT = 18  # points
SPACER = 4  # half points of a line that only holds a place
LARGE_TEXT = StyleMetrics(LARGE_PRINT, 26)  # the least, whatever a style is for
LARGE_LAYOUT = {
    "Heading1": StyleMetrics(27, 33, 36, 9),
    "Heading2": StyleMetrics(22, 28, 26, 6),
    "Heading3": StyleMetrics(18, 26, 18, 6),
    "Heading4": StyleMetrics(18, 26, 18, 6),
    "Title": StyleMetrics(36, 42, 18, 9),
    "BodyText": StyleMetrics(18, 26, 0, 16),
    "Lead": StyleMetrics(18, 26, 0, 16),
    "Remark": StyleMetrics(18, 26, 0, 16),
    "Hint": StyleMetrics(18, 26, 0, 16),
    "Label": StyleMetrics(18, 26, 12, 6),
    "ListBullet": StyleMetrics(18, 26, 0, 9),
    "ListNumber": StyleMetrics(18, 26, 0, 9),
    "TOCHeading": StyleMetrics(27, 33, 36, 9),
    "TOC1": StyleMetrics(18, 26, 6, 6, left=40),
    "Header": StyleMetrics(18, 23),
    "Footer": StyleMetrics(18, 23),
}
