"""What a translation says of each of its parts: of which words it was made, and who has read it.

In a fragment it is a line of the slip: `- translates: overview 12ab34cd, machine-made`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from policygen.model.wording import Unreviewed

_LINE = re.compile(
    r"(?P<part>[a-z][a-z-]*) (?P<of>[0-9a-f]{8})(?P<machine>, machine-made)?"
    r"(?:, reviewed by (?P<by>\S.*) on (?P<on>[0-9]{4}-[0-9]{2}-[0-9]{2}))?"
)


@dataclass(frozen=True, slots=True)
class TranslationRecord:
    """How one part of a clause or a section was translated.

    `part` is title, label, a tier, or a key of a section's slip. `of` is the fingerprint of the
    words that it translates. It counts as reviewed once a named person has read it.
    """

    part: str
    of: str
    by_machine: bool = False
    reviewed_by: str = ""
    reviewed_on: date | None = None

    @property
    def unreviewed(self) -> Unreviewed:
        """Who made it, while nobody has reviewed it; else empty."""
        if self.reviewed_by:
            return ""
        return "machine" if self.by_machine else "person"

    @property
    def line(self) -> str:
        """What stands behind `translates:` in a slip."""
        machine = ", machine-made" if self.by_machine else ""
        review = (
            f", reviewed by {self.reviewed_by} on {self.reviewed_on}" if self.reviewed_by else ""
        )
        return f"{self.part} {self.of}{machine}{review}"


def read_record(line: str) -> TranslationRecord | None:
    """Return the record that a line of a slip writes down; None for a line that is none."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found["on"]) if found["on"] else None
    except ValueError:
        return None
    return TranslationRecord(
        found["part"], found["of"], bool(found["machine"]), found["by"] or "", day
    )


def words_fingerprint(text: str) -> str:
    """Return a short hash of unfilled words, by which a translation of others is known."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
