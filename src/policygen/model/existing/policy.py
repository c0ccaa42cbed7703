"""ExistingPolicy: what a policy says that a body already has, passage by passage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

_KEY_LENGTH = 12  # hexadecimal digits


def passage_key(text: str) -> str:
    """Return what a passage is remembered by: it stays while the words do, wherever they stand."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:_KEY_LENGTH]


@dataclass(frozen=True)
class ExistingPassage:
    """A paragraph, a short list with what introduces it, or a row of a table.

    `number` counts from 1 through the document; `headings` are those above it, the highest first.
    Items and cells stand in lines of their own. `mark` is the number that the document has before
    it, such as `3.2`, or "".
    """

    number: int
    text: str
    headings: tuple[str, ...] = ()
    mark: str = ""

    @cached_property
    def key(self) -> str:
        """What it is remembered by."""
        return passage_key(self.text)


@dataclass(frozen=True)
class ExistingPolicy:
    """An existing policy. `file` is what Problems call its file."""

    file: str
    name: str  # the file's, without its folder
    form: str  # what it was read as: "a Word file", "a PDF, by its tags"
    title: str
    passages: tuple[ExistingPassage, ...]

    @cached_property
    def digest(self) -> str:
        """A short fingerprint of all its passages in their order."""
        keys = "".join(one.key for one in self.passages)
        return sha256(keys.encode()).hexdigest()[:8]

    @cached_property
    def by_key(self) -> dict[str, ExistingPassage]:
        """Its passages by what they are remembered by; of two alike, the first."""
        return {one.key: one for one in reversed(self.passages)}

    def passage(self, number: int) -> ExistingPassage | None:
        """Return a passage by its number, or None."""
        return self.passages[number - 1] if 0 < number <= len(self.passages) else None
