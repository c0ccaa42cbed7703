"""Inlines: what stands within a line of text. Every node is an immutable value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Shape(Enum):
    """How two policies compare, each drawn as a square of its own pattern."""

    SAME = "same"
    REWORDED = "reworded"
    SET = "set"
    BESIDE = "beside"  # something beside the words: a place, a source, a reader
    NAMES = "names"
    FIRST = "first"  # the first policy, or only in it
    SECOND = "second"

    @property
    def character(self) -> str:
        """The square for a writer that does not draw."""
        return _CHARACTERS[self.value]


_CHARACTERS = {
    "same": "□",
    "reworded": "■",
    "set": "▥",
    "beside": "▤",
    "names": "▨",
    "first": "◧",
    "second": "◨",
}


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters. No-break spaces are characters too."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A printed fact: its dotted path in the profile or the layers, and its text.

    `other` is what a policy that this one is compared with has for it, where that differs.
    The number of a clause that the words refer to is one too; its path is `#` and the clause's id.
    """

    path: str
    text: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that a draft still lacks: `label` names it in plain words.

    With a `mark` ("gap 3"), that alone is printed, and leads to `anchor`, where the rest is said.
    """

    path: str
    label: str
    mark: str = ""
    anchor: str = ""

    @property
    def shown(self) -> str:
        """What is printed between brackets."""
        return self.mark or self.label


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry weight."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set apart, such as a title within a sentence."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Code:
    """Characters to be typed as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link. `href` is a web or mail address, or `#anchor` for a place in this document.

    With `file`, the place is in another edition's file beside this one: `policy`, or `policy.cy`.
    That file is of this document's own format, unless `ending` names another: `pdf`.
    """

    href: str
    children: Inlines
    file: str = ""
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words of another language (BCP 47), so that a screen reader says them right."""

    language: str
    children: Inlines


@dataclass(frozen=True, slots=True)
class Quiet:
    """Less weight than the text around it."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Tag:
    """A short status word. Solid is in force or checked; hollow (dashed) is not."""

    text: str
    solid: bool


@dataclass(frozen=True, slots=True)
class Break:
    """A new line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """Only in the second policy."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Deleted:
    """Only in the first policy."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Shaped:
    """Words after a square that says which policy they are of, or how two compare.

    Without words it is the square alone: a part of a picture whose numbers stand beside it.
    """

    shape: Shape
    children: Inlines


Inline: TypeAlias = (
    Text
    | Value
    | Gap
    | Strong
    | Emphasis
    | Code
    | Link
    | Foreign
    | Quiet
    | Tag
    | Break
    | Inserted
    | Deleted
    | Shaped
)
Inlines: TypeAlias = tuple[Inline, ...]
