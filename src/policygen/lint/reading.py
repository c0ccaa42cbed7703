"""What a reader meets in each telling: paragraphs, sentences and words.

A name counts as one easy word. A printed fact, an act's title and words of another language count
as the one word "Name": nobody can make "Public Sector Bodies (Websites and Mobile Applications)
(No. 2) Accessibility Regulations 2018" any shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policygen.cache import BoundedCache
from policygen.markdown.prose import ProseCache
from policygen.model import document as doc
from policygen.model.document import AsideKind, Blocks, Inlines
from policygen.model.document.walk import inner_blocks, plain, text_lines
from policygen.model.outline.outline import Edition
from policygen.model.policy import Clause, Policy
from policygen.model.wording import Wording
from policygen.present.cut import Cut
from policygen.problems import Location

NAME = "Name"
_BREAK = re.compile(r"""(?<=[.!?])["”’')]*\s+(?=["“‘'(]?[A-ZĀĒĪŌŪÂÊÎÔÛŴŶ0-9])""")
_WORD = re.compile(r"(?<!\S)\S*?\w\S*+")
_LETTERS = re.compile(r"(?<!\S)\S*?[^\W\d_]\S*+")
_ADDRESS = re.compile(r"https?://\S++|(?<!\S)[^\s@]++@[^\s.]++\.\S++")
_QUOTED = (AsideKind.DONT, AsideKind.WORDING, AsideKind.QUOTE)


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """One sentence, and how many words it has."""

    text: str
    words: int


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One paragraph, item or cell, with its sentences; `characters` are letters and digits.

    `quoted` is what somebody else would say: a do not, or words to copy. `story` is of an example.
    """

    text: str
    sentences: tuple[ReadSentence, ...]
    characters: int
    cell: bool
    quoted: bool
    story: bool


class ReadWording:
    """The lines of a wording, and its words.

    `text` are the words but what stands as a bad example or to be copied, and `own_text` what the
    policy itself says to its reader: no example's story either. `whole_text` are all.
    """

    def __init__(self, lines: tuple[ReadLine, ...]) -> None:
        self.lines = lines
        self.own_lines = tuple(line for line in lines if not (line.quoted or line.story))
        self.text = _joined(line for line in lines if not line.quoted)
        self.own_text = _joined(self.own_lines)
        self.whole_text = _joined(lines)
        self._found: dict[tuple[str, int, str], tuple[str, ...]] = {}

    def find(self, pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
        """Return each match in one of its texts. It is looked for once, whoever prints the wording.

        So a pattern is one of the house style, not one of a single body.
        """
        key = pattern.pattern, pattern.flags, text
        if key not in self._found:
            self._found[key] = tuple(match[0] for match in pattern.finditer(text))
        return self._found[key]


def _joined(lines: Iterable[ReadLine]) -> str:
    return "\n".join(line.text for line in lines)


@dataclass(frozen=True, slots=True)
class ReadTelling:
    """One telling of a clause, or a line of a section's slip, as it is read.

    `location` is where it was written.
    """

    id: str
    tier: str
    read: ReadWording
    location: Location
    clause: Clause | None = None

    def find(self, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """Return each match in its words that are not quoted."""
        return self.read.find(pattern, self.read.text)


class ReadingCache:
    """Wordings as they are read: many organisations share most of them."""

    def __init__(self) -> None:
        self.wordings: BoundedCache[tuple[object, ...], ReadWording] = BoundedCache(8192)


def read_tellings(policy: Policy, cache: ReadingCache, prose: ProseCache) -> Iterator[ReadTelling]:
    """Every telling of every clause, and the slips of sections."""

    def read(wording: Wording) -> ReadWording:
        key = wording, labels, titles
        return cache.wordings.get(
            key, lambda: ReadWording(_lines(wording, policy.outline.labels, titles, prose))
        )

    titles = tuple(sorted((source.title for source in policy.sources), key=len, reverse=True))
    labels = tuple(sorted(policy.outline.labels.items()))
    for clause in policy.clauses():
        for telling in clause.tellings:
            place = _place(clause, telling.tier)
            yield ReadTelling(clause.id, telling.tier, read(telling.wording), place, clause)
    for section in policy.sections:
        for key, wording in section.parts.items():
            if key not in ("title", "label") and section.clauses:
                place = _place(section.clauses[0], "")
                yield ReadTelling(section.id, key, read(wording), place)


def edition_tellings(
    policy: Policy, every: Iterable[ReadTelling], edition: Edition
) -> list[ReadTelling]:
    """What one edition shows of it, in its order."""
    cut = Cut(policy, edition)
    ids = {clause.id for section in cut.sections for clause in section.clauses}
    return [t for t in every if t.tier in edition.tiers and t.id in ids]


def own_files(policy: Policy) -> set[str]:
    """Return the paths of the fragments that the body itself wrote."""
    origins = (origin for clause in policy.clauses() for origin in clause.origins)
    return {origin.path for origin in origins if origin.layer == "organisation"}


def word_total(text: str, numbers: bool = True) -> int:
    """How many words there are. Without `numbers`, one alone, such as a clause's, is none."""
    return len((_WORD if numbers else _LETTERS).findall(text))


def reading_age(lines: Sequence[ReadLine]) -> float:
    """Return the years of age at which lines read easily: the Automated Readability Index + 5.

    4.71 x characters a word + 0.5 x words a sentence - 21.43 is a school grade; grade 1 is age six.
    Source: Smith and Senter, Automated Readability Index, 1967.
    """
    lengths = [sentence.words for line in lines for sentence in line.sentences]
    words = sum(lengths)
    if not words:
        return 0.0
    word_length = sum(line.characters for line in lines) / words
    sentence_length = words / len(lengths)
    grade = 4.71 * word_length + 0.5 * sentence_length - 21.43
    return grade + 5


def _lines(
    wording: Wording, labels: Mapping[str, str], titles: tuple[str, ...], prose: ProseCache
) -> tuple[ReadLine, ...]:
    """Return the lines of a wording, those without words left out."""
    return tuple(
        _read_line(_with_names(line.text, titles), line)
        for line in _lines_of(prose.blocks(wording, labels))
        if line.text.strip()
    )


def _read_line(text: str, line: _Line) -> ReadLine:
    parts = [(part, _WORD.findall(part)) for part in _BREAK.split(text)]
    sentences = tuple(ReadSentence(part, len(words)) for part, words in parts if words)
    characters = sum(sum(map(str.isalnum, word)) for _, words in parts for word in words)
    return ReadLine(text, sentences, characters, line.cell, line.quoted, line.story)


def _with_names(text: str, titles: tuple[str, ...]) -> str:
    """Return a text in which each title of a source, and each address, is one easy word."""
    for title in titles:
        if title in text:
            text = text.replace(title, NAME)
    return _ADDRESS.sub(NAME, text)


class _Line(NamedTuple):
    """A line as it is printed: see ReadLine."""

    text: str
    cell: bool
    quoted: bool
    story: bool


def _lines_of(blocks: Blocks, quoted: bool = False, story: bool = False) -> Iterator[_Line]:
    """Yield the lines of blocks; `quoted` and `story` say what the blocks stand in (see ReadLine).

    A do not, words to copy and a quotation are quoted; an example is a story.
    """
    for block in blocks:
        in_table = isinstance(block, doc.Table)
        for line in text_lines(block):
            yield _Line(_plain(line), in_table, quoted, story)
        aside = block.kind if isinstance(block, doc.Aside) else None
        inner_quoted = quoted or aside in _QUOTED
        inner_story = story or aside is AsideKind.EXAMPLE
        yield from _lines_of(inner_blocks(block), inner_quoted, inner_story)


def _plain(inlines: Inlines) -> str:
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: doc.Inline) -> str:
    match inline:
        case doc.Value(text=text) if text.isdecimal():
            return text
        case doc.Value() | doc.Gap() | doc.Foreign():
            return NAME
        case (
            doc.Strong(children)
            | doc.Emphasis(children)
            | doc.Link(_, children)
            | doc.Quiet(children)
        ):
            return _plain(children)
        case _:
            return plain((inline,))


def _place(clause: Clause, tier: str) -> Location:
    """Return where a telling was last written; without a tier, where the clause was."""
    for origin in reversed(clause.origins):
        if not tier or tier in origin.tiers:
            return Location(origin.path, origin.line, 1)
    return Location(clause.id)
