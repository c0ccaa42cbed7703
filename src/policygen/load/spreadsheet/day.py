"""A day as people write it in a spreadsheet: 2026-12-07, 7 December 2026, 07/12/2026."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+Z?)?")
_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: [\d:.]+)?")
_WORDS = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})")


def parse_day(text: str) -> date | None:
    """Return the day that a text says, or None for none. Of figures, the day stands first."""
    said = " ".join(text.lower().split())
    try:
        if found := _ISO.fullmatch(said.upper()):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _FIGURES.fullmatch(said):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WORDS.fullmatch(said):
            return date(int(found[3]), _MONTHS.index(found[2][:3]) + 1, int(found[1]))
    except ValueError:
        return None
    return None
