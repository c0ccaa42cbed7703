"""Fields of Word: what they compute is no text of anybody's, but for links and what we do not know.

A field is open from its first mark to its last, which may stand in another paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LISTS = frozenset({"TOC", "INDEX", "TOA"})  # of what stands elsewhere; they span paragraphs
_AUTOMATIC = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "SEQ", "REF", "NOTEREF"})
_NUMBER_SWITCHES = frozenset({"\\r", "\\n", "\\w"})  # of a field that shows a paragraph's number
_ARGUMENT = re.compile(r'"([^"]*)"|(\S+)')
_MOST_OPEN = 50


@dataclass(slots=True)
class OpenField:
    """A field that has begun. `shown` is what it showed when the file was saved."""

    code: str = ""
    in_code: bool = True
    shown: str = ""

    @property
    def arguments(self) -> list[str]:
        """Its command, and what follows it."""
        return [quoted or plain for quoted, plain in _ARGUMENT.findall(self.code[:2_000])]

    @property
    def command(self) -> str:
        """What it does: `REF`, or ""."""
        arguments = self.arguments
        return arguments[0].upper() if arguments else ""

    @property
    def target(self) -> str:
        """The bookmark that it refers to, if it shows the number of a paragraph, or of ours."""
        arguments = self.arguments
        return arguments[1] if self.command == "REF" and len(arguments) > 1 else ""

    @property
    def shows_number(self) -> bool:
        """Whether it shows the number of what it refers to, and not its words."""
        return not _NUMBER_SWITCHES.isdisjoint(self.arguments)

    @property
    def href(self) -> str:
        """The address that it leads to, or "" for another field."""
        if self.command != "HYPERLINK":
            return ""
        words = self.arguments[1:]
        address = next((one for one in words if not one.startswith("\\")), "")
        if "\\l" in words:
            place = words[words.index("\\l") + 1 :]
            inner = f"#{place[0]}" if place else ""
            return inner if address == inner[1:] else address + inner
        return address


class Fields:
    """The fields that are open where one reads."""

    def __init__(self) -> None:
        self._open: list[OpenField] = []

    @property
    def is_in_list(self) -> bool:
        """Whether one reads a contents list or the like."""
        return any(one.command in _LISTS for one in self._open if not one.in_code)

    @property
    def href(self) -> str:
        """The address of the link that one reads, or ""."""
        return next((one.href for one in reversed(self._open) if one.href), "")

    def begin(self) -> None:
        """Open a field."""
        if len(self._open) < _MOST_OPEN:
            self._open.append(OpenField())

    def instruct(self, text: str) -> None:
        """Add to what the innermost field computes."""
        if self._open and self._open[-1].in_code:
            self._open[-1].code += text

    def separate(self) -> None:
        """Come to what the innermost field shows."""
        if self._open:
            self._open[-1].in_code = False

    def end(self) -> OpenField | None:
        """Close the innermost field, and return it."""
        return self._open.pop() if self._open else None

    def swallows(self, text: str) -> bool:
        """Tell whether characters are a field's, and keep them as what it shows."""
        for one in reversed(self._open):
            if one.in_code:
                return True
            if one.command in _AUTOMATIC or one.command in _LISTS:
                one.shown += text
                return True
        return False

    def end_paragraph(self) -> list[OpenField]:
        """Close every field that should not go on in the next paragraph, and return those."""
        lasting = [one for one in self._open if not one.in_code and one.command in _LISTS]
        closed = [one for one in self._open if one not in lasting]
        self._open = lasting
        return closed

    def forget(self) -> None:
        """Close all: a field whose end is missing would swallow the rest of the document."""
        self._open.clear()
