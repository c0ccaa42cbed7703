"""What is found beside the words while a text is read: where comments stand, what is not carried.

Places are the indices of lines in reading order; `reader.py` says later in which part they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from policygen.model.returned.copy import NotCarriedKind

_LONGEST = 200  # characters of the words that a list shows
_MOST_OPEN = 200  # comments that mark one word


@dataclass(slots=True)
class CommentAnchor:
    """Where a comment stands: the line in which it begins, and the words that it marks."""

    line: int
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TextFindings:
    """Filled while the lines are read; `line` is the index of the one that is read now."""

    line: int = 0
    anchors: dict[str, CommentAnchor] = field(default_factory=dict)
    not_carried: list[tuple[NotCarriedKind, int, str]] = field(default_factory=list)
    bookmarks: dict[str, int] = field(default_factory=dict)  # of everybody, by the line
    _open: list[str] = field(default_factory=list)

    def note(self, kind: NotCarriedKind, words: str = "") -> None:
        """Note something that is not carried, at the line that is read now."""
        shown = " ".join(words.split())[:_LONGEST]
        self.not_carried.append((kind, self.line, shown))

    def open_comment(self, id: str) -> None:
        """Begin the words that a comment marks."""
        self.anchors.setdefault(id, CommentAnchor(self.line))
        if len(self._open) < _MOST_OPEN:
            self._open.append(id)

    def close_comment(self, id: str) -> None:
        """End the words that a comment marks."""
        if id in self._open:
            self._open.remove(id)

    def place_comment(self, id: str) -> None:
        """Say where a comment stands that marks no words."""
        self.anchors.setdefault(id, CommentAnchor(self.line))

    def read(self, text: str) -> None:
        """Give these characters to every comment that marks them."""
        for id in self._open:
            self.anchors[id].words.append(text)
