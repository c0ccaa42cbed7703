"""The words of a clause's source that a template chooses or repeats, as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from policygen.compose.template.told import Called, told_condition
from policygen.facts.described import PRESENCE, fact_label
from policygen.markdown.braces import Brace, braces_of
from policygen.markdown.rewrite.source_lines import (
    source_inlines,
    source_lines,
    source_sentences,
)
from policygen.model.fragment import Passage
from policygen.model.review.chosen import ChosenBy, ChosenWords
from policygen.model.review.sent_file import SentFile
from policygen.problems import Location
from policygen.review.line_key import line_key

_FACT = "⟦⟧"
_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+")  # of an item of a list
_LIST = re.compile(r"\bin\b[\s(]*([\w.]+)")  # what a loop goes through


@dataclass(frozen=True, slots=True)
class _Branch:
    """What stands between two tags of a block: the lines and columns in the source (from 0).

    Its block `opens` and `closes` at these columns, with the first tag and the last.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    opens: int
    closes: int
    by: ChosenBy

    @property
    def is_in_line(self) -> bool:
        """Whether it is a part of one line."""
        return self.start[0] == self.end[0]


def chosen_words(sent: SentFile, id: str) -> tuple[ChosenWords, ...]:
    """Return what blocks of templates decide of a clause that was sent.

    Words that stand twice are left out: nobody could say which were printed.
    """
    called = partial(_called, sent.names)
    found: dict[tuple[str, bool], set[ChosenWords]] = {}
    for passage in sent.passages.get(id, ()):
        for words in _words(passage, called):
            found.setdefault((words.within, words.is_line), set()).add(words)
    sure = (ways.pop() for ways in found.values() if len(ways) == 1)
    return tuple(one for one in sure if one.by and _says_something(one.key))


def _words(passage: Passage, called: Called) -> Iterator[ChosenWords]:
    """Yield every line and sentence of a passage, and what a block prints within a line."""
    branches = tuple(_branches(passage, called))
    for is_line, read in ((True, source_lines), (False, source_sentences)):
        for line in read(passage.text):
            by = tuple(
                one.by
                for one in branches
                if not one.is_in_line and one.start[0] < line.start and line.end <= one.end[0]
            )
            key = line_key(line.inlines)
            yield ChosenWords(key, key, is_line, by)
    lines = passage.text.split("\n")
    for one in branches:
        if one.is_in_line and (words := _words_in_line(one, lines[one.start[0]])):
            yield words


def _words_in_line(one: _Branch, line: str) -> ChosenWords | None:
    """Return what a branch prints within a line; None where it holds another, told by itself."""
    typed = line[one.start[1] : one.end[1]]
    if "{%" in typed:
        return None
    before = _MARK.sub("", line[: one.opens]).rpartition("%}")[2]
    after = line[one.closes :].partition("{%")[0]
    key, within = (line_key(source_inlines(words)) for words in (typed, before + typed + after))
    return ChosenWords(key, within, False, (one.by,))


def _branches(passage: Passage, called: Called) -> Iterator[_Branch]:
    """Yield each branch of each block, the outermost block first."""
    opened: list[list[Brace]] = []
    found: list[_Branch] = []
    for tag in (one for one in braces_of(passage.text) if not one.prints):
        if tag.keyword in ("if", "for"):
            opened.append([tag])
        elif tag.keyword in ("elif", "else") and opened:
            opened[-1].append(tag)
        elif tag.keyword in ("endif", "endfor") and opened:
            tags = opened.pop()
            for number, (first, last) in enumerate(pairwise((*tags, tag))):
                start = first.line, first.column + len(first.text)
                by = _chosen_by(tags, number, passage, called)
                end, closes = (last.line, last.column), tag.column + len(tag.text)
                found.append(_Branch(start, end, tags[0].column, closes, by))
    yield from sorted(found, key=lambda one: one.start)


def _chosen_by(tags: Sequence[Brace], number: int, passage: Passage, called: Called) -> ChosenBy:
    """Return what makes one branch of a block print."""
    tag = tags[number]
    location = Location(passage.location.path, passage.line(tag.line))
    if tags[0].keyword == "for":
        over = _LIST.search(_expression(tags[0]))
        return ChosenBy(called(over[1]) if over else "a list", location, is_loop=True)
    asked = [] if tag.keyword == "else" else [(tag, True)]
    asked += [(one, False) for one in tags[:number]]
    told = (
        told_condition(_expression(one), called, holds=holds, is_one_of_several=len(asked) > 1)
        for one, holds in asked
    )
    return ChosenBy(" and ".join(told), location, has_other=len(tags) > 1)


def _expression(tag: Brace) -> str:
    """Return what a tag says after its keyword."""
    return tag.text[2:-2].strip(" -+\t").partition(tag.keyword)[2].strip()


def _says_something(key: str) -> bool:
    """Tell whether words are more than facts: those alone say nothing that could be found."""
    return any(one.isalpha() for one in key.replace(_FACT, ""))


def _called(names: Mapping[str, str], path: str) -> str:
    """Return what people call a fact, with its path where that tells more; or a clause."""
    if path.startswith(PRESENCE):
        id = path.removeprefix(PRESENCE)
        return names.get(id, id)
    label, shown = fact_label(path, names.get(path, "")), path.removeprefix("organisation.")
    return label if label == re.sub("[._]", " ", shown) else f"{label} ({shown})"
