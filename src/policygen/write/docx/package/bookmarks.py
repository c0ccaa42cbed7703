"""Bookmarks: the names that stand for the anchors of a document, within the bounds of Word."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from policygen.model.word.names import bookmark, bookmark_with_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Set


class Bookmarks:
    """The anchors of one document and the bookmarks that stand for them, each name once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}  # the bookmark of each anchor
        self._taken: set[str] = set()  # bookmarks in small letters
        self._placed: set[str] = set()  # anchors whose bookmark is set already
        self._staying: Callable[[], Set[str]] = set  # what deleted paragraphs leave to others
        self._unnamed: dict[Hashable, str] = {}  # anchors of what has none of its own

    def reserve(self, anchors: Iterable[str], staying: Callable[[], Iterable[str]]) -> None:
        """Name every anchor before the body is written, so that a link can point forwards.

        A clause that has moved has its anchor twice, where it was and where it is: of the anchors
        that are `staying`, deleted paragraphs may not take the name; they are asked for only where
        there are such paragraphs.
        """
        for anchor in anchors:
            self.name_of(anchor)
        self._staying = cache(lambda: frozenset(staying()))

    @property
    def taken(self) -> Set[str]:
        """The names of the document's bookmarks, in small letters."""
        return self._taken

    def known(self, anchor: str) -> bool:
        """Tell whether a link to this anchor leads anywhere."""
        return anchor in self._names

    def name_of(self, anchor: str) -> str:
        """Return the bookmark of an anchor, which no other has."""
        if anchor not in self._names:
            name = bookmark(anchor)
            if name.lower() in self._taken:  # Word tells names apart without regard to case
                name = bookmark_with_digest(name, anchor)
            self._taken.add(name.lower())
            self._names[anchor] = name
        return self._names[anchor]

    def number_of(self, anchor: str) -> str:
        """Return the bookmark of the number of a heading. No anchor holds two dots in a row."""
        return self.name_of(f"number..{anchor}")

    def unnamed(self, thing: Hashable) -> str:
        """Return an anchor of our own for what has none, the same for equal things."""
        return self._unnamed.setdefault(thing, f"place_{len(self._unnamed) + 1}")

    def place(self, anchor: str, *, deleted: bool) -> str:
        """Return the bookmark to set here, or nothing: a name cannot stand twice in a document."""
        if not anchor or anchor in self._placed or (deleted and anchor in self._staying()):
            return ""
        self._placed.add(anchor)
        return self.name_of(anchor)
