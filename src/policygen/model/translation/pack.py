"""A translation pack: the words that a translator is given, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class PlaceholderKind(Enum):
    """What a placeholder stands for. The three of a block keep their order."""

    FACT = "fact"
    OPENS = "opens"  # if, for
    BETWEEN = "between"  # else, elif
    CLOSES = "closes"  # endif, endfor
    MARK = "mark"  # characters to be typed as they stand
    PAIR = "pair"  # around words: a link, strong words


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What a translator may move and never change: {1} in the text, or {1}words{/1} for a pair.

    `shown` says in a few words what it stands for, such as what the fact prints.
    """

    number: int
    kind: PlaceholderKind
    source: str
    end: str = ""  # of a pair
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, a cell or a list item: its text with its codes, and its translation so far."""

    number: int
    source: str
    codes: tuple[Placeholder, ...] = ()
    target: str = ""


class UnitState(Enum):
    """How far the translation of a unit is."""

    WAITING = "waiting"
    STALE = "stale"  # the words have changed since it was translated
    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """One part of a clause or a section in one layer: its title, its label, what a tier tells.

    `of` is the fingerprint of its words. `where` says what it is to a translator; `most` is how
    many characters its segments may have together without codes, where the page is short.
    """

    clause: str
    part: str
    of: str
    segments: tuple[Segment, ...]
    where: str
    state: UnitState
    most: int | None = None

    @property
    def id(self) -> str:
        """Its name in a pack; other words give it another."""
        return f"{self.clause}.{self.part}.{self.of}"


@dataclass(frozen=True, slots=True)
class PackFile:
    """The units that one fragment of a layer holds."""

    layer: str
    section: str
    units: tuple[TranslationUnit, ...]


@dataclass(frozen=True, slots=True)
class TranslationPack:
    """Units of one body's stack for one language. `organisation` is its folder's name."""

    organisation: str
    name: str
    source: str
    language: str
    files: tuple[PackFile, ...]

    def original(self, file: PackFile) -> str:
        """Return whose words a file of the pack holds, and in which language: it comes back."""
        return f"{self.organisation}/{file.layer}/{file.section}.{self.language}.md"

    @property
    def units(self) -> Iterator[TranslationUnit]:
        """Every unit, file by file."""
        for file in self.files:
            yield from file.units
