"""Lines -> passages under their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from policygen.load.existing.lines import ExistingLine, LineKind, numbered_depth
from policygen.model.existing.policy import ExistingPassage

PASSAGE_LIMIT = 3_000  # a policy of a hundred pages has fewer
_CONTENTS_ENTRY = re.compile(r".*(?:\.{3,}|…|\t)\s*\d{1,3}\s*")
_CONTENTS_HEADINGS = ("contents", "table of contents", "list of contents", "index")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?", re.IGNORECASE)
_MARK = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})\.?\s+(?=\S)")
_SHORT = 15  # words; an item or a row of more is a passage of its own
_INVISIBLE = {ord(c): None for c in "\u00ad\u200b\u200c\u200d\u2060\ufeff\0"}


def passages_of(lines: Iterable[ExistingLine]) -> tuple[ExistingPassage, ...]:
    """Return the passages that lines make, in their order, at most `PASSAGE_LIMIT` and one more."""
    found: list[ExistingPassage] = []
    for headings, texts in _under_headings(_levelled(list(_tidied(lines)))):
        for text in texts:
            mark, words = _parted(text)
            found.append(ExistingPassage(len(found) + 1, words, headings, mark))
            if len(found) > PASSAGE_LIMIT:
                return tuple(found)
    return tuple(found)


def _tidied(lines: Iterable[ExistingLine]) -> Iterator[ExistingLine]:
    """Yield lines with plain spaces, without a list of contents and the numbers of pages."""
    in_contents = False
    for line in lines:
        if line.level:
            in_contents = line.text.strip().rstrip(":").lower() in _CONTENTS_HEADINGS
        if in_contents:
            continue
        if _CONTENTS_ENTRY.fullmatch(line.text) and line.kind is not LineKind.ROW:
            continue
        bare = line.text.translate(_INVISIBLE)
        parts = bare.split("\t") if line.kind is LineKind.ROW else [bare]
        text = " | ".join(filter(None, (" ".join(part.split()) for part in parts)))
        if any(map(str.isalpha, text)) and not _PAGE_NUMBER.fullmatch(text):
            yield replace(line, text=text)


def _levelled(lines: Sequence[ExistingLine]) -> Iterator[ExistingLine]:
    """Yield lines in which headings of one size have one level: that of those with numbers."""
    depths: dict[float, int] = {}
    for line in lines:
        depth = numbered_depth(line.text) if line.level and line.size else 0
        if depth:
            depths[line.size] = min(depth, depths.get(line.size, depth))
    for line in lines:
        is_guessed = bool(line.level and line.size) and not line.text.isupper()
        is_bare = is_guessed and not numbered_depth(line.text)
        level = depths.get(line.size, line.level) if is_bare else line.level
        yield replace(line, level=level)


def _parted(text: str) -> tuple[str, str]:
    """Return the number that somebody typed before a passage, such as `3.2`, and its words."""
    mark = _MARK.match(text)
    return (mark[1], text[mark.end() :]) if mark else ("", text)


def _under_headings(
    lines: Iterable[ExistingLine],
) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield the texts of the passages between two headings, with the headings above them."""
    above: list[tuple[int, str]] = []
    for is_heading, group in groupby(lines, key=lambda line: bool(line.level)):
        if is_heading:
            for line in group:
                above = [one for one in above if one[0] < line.level]
                above.append((line.level, line.text))
        else:
            yield tuple(text for _, text in above), _joined(list(group))


def _joined(lines: Sequence[ExistingLine]) -> list[str]:
    """Return paragraphs, each with the short list or the small table that it introduces."""
    texts: list[str] = []
    for kind, group in groupby(lines, key=lambda line: line.kind):
        parts = [line.text for line in group]
        if kind is LineKind.PARAGRAPH:
            texts += parts
            continue
        introduced = bool(texts) and texts[-1].endswith(":")
        if not introduced and _are_long(parts):
            texts += parts
        elif introduced:
            texts[-1] = "\n".join((texts[-1], *parts))
        else:
            texts.append("\n".join(parts))
    return texts


def _are_long(parts: Sequence[str]) -> bool:
    words = sum(len(part.split()) for part in parts)
    return words > _SHORT * len(parts)
