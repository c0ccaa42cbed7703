"""What a block inherits from the blocks around it, as immutable values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.model.document import Revision
    from policygen.write.docx.package.xml import Element


@dataclass(frozen=True, slots=True)
class Ink:
    """How characters look. `style` is a character style; what it hides is set beside it."""

    style: str = ""
    strong: bool = False
    quiet: bool = False
    linked: bool = False
    language: str = ""  # BCP 47; empty for the document's own
    change: Revision | None = None
    right_to_left: bool = False
    fact: bool = False  # a value of the profile or of a layer

    def changed(self, change: Revision) -> Ink:
        """Return the ink of words that come or go; an outer change wins."""
        return self if self.change else ink_with(self, "change", change)


@lru_cache(maxsize=256)
def ink_with(ink: Ink, field: str, value: str | bool | Revision) -> Ink:
    """Return an ink with another value of one field. A document has few, and asks for many."""
    changes: Any = {field: value}
    return replace(ink, **changes)


PLAIN_INK = Ink()


@dataclass(frozen=True, slots=True)
class BlockContext:
    """Where a block stands. `width` is that of its column, in twips.

    `bookmarks`, `opens_page` and `opens_clause` are for the first paragraph that the block prints.
    """

    width: int
    in_cell: bool = False
    list_depth: int = 0
    role: str = ""  # of the section around the block
    ink: Ink = PLAIN_INK
    bookmarks: tuple[str, ...] = ()
    opens_page: bool = False
    opens_clause: bool = False

    def within(self, language: str = "", change: Revision | None = None) -> BlockContext:
        """Return the context within a block that has a language or a change of its own."""
        if not language and change is None:
            return self
        ink = ink_with(self.ink, "language", language) if language else self.ink
        return replace(self, ink=ink.changed(change) if change else ink)

    def bookmarked(self, anchor: str) -> BlockContext:
        """Return the context of a block that a link can lead to."""
        return replace(self, bookmarks=(*self.bookmarks, anchor)) if anchor else self

    def after(self, printed: Sequence[Element]) -> BlockContext:
        """Return the context of a block that follows what is printed, if anything is."""
        if not printed or not (self.bookmarks or self.opens_page or self.opens_clause):
            return self
        return BlockContext(self.width, self.in_cell, self.list_depth, self.role, self.ink)
