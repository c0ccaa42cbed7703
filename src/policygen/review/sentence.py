"""The one sentence of a paragraph in which two printings of it differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Postfix, Prefix

from policygen.model.document import (
    Code,
    Deleted,
    Emphasis,
    Foreign,
    Gap,
    Inline,
    Inlines,
    Inserted,
    Link,
    Quiet,
    Shaped,
    Strong,
    Text,
    Value,
)
from policygen.review.printed_line import leaf_text, leaves

_FACT = "⟦⟧"


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """A sentence as it was sent and as it came back."""

    sent: Inlines
    returned: Inlines


def changed_sentence(
    sent: Inlines, returned: Inlines, sentences: Sequence[str]
) -> ChangedSentence | None:
    """Return the sentence that alone differs, of those whose keys are given; else None."""
    before, after = _shown(sent), _shown(returned)
    if any(" ".join(text.split()) != text for text in (before, after)):
        return None
    opening = Prefix.similarity(before, after)
    closing = Postfix.similarity(before[opening:], after[opening:])
    for sentence in sentences:
        start, end = _span(before, sentence)
        if 0 <= start <= opening and len(before) - closing <= end:
            rest = len(before) - end
            first = _part(sent, start, end)
            return ChangedSentence(first, _part(returned, start, len(after) - rest))
    return None


def _span(text: str, sentence: str) -> tuple[int, int]:
    """Return where a sentence stands in a text once and between spaces, or (-1, -1)."""
    start = text.find(sentence)
    end = start + len(sentence)
    is_whole = text[max(start - 1, 0) : start] in ("", " ") and text[end : end + 1] in ("", " ")
    return (start, end) if text.count(sentence) == 1 and is_whole else (-1, -1)


def _shown(inlines: Inlines) -> str:
    """Return the characters of a line, a mark for each fact, a space for any white space."""
    return "".join(map(_characters, leaves(inlines)))


def _characters(leaf: Inline) -> str:
    if isinstance(leaf, (Value, Gap)):
        return _FACT
    return "".join(" " if one.isspace() else one for one in leaf_text(leaf))


def _part(inlines: Inlines, start: int, end: int) -> Inlines:
    """Return the inlines that stand between two offsets; a mark that holds nothing is left out."""
    return _Part(start, end).of(inlines)


class _Part:
    def __init__(self, start: int, end: int) -> None:
        self._start = start
        self._end = end
        self._at = 0

    def of(self, inlines: Inlines) -> Inlines:
        found: list[Inline] = []
        for inline in inlines:
            match inline:
                case Strong() | Emphasis() | Quiet() | Foreign() | Link() | Shaped() | Inserted():
                    if children := self.of(inline.children):
                        found.append(replace(inline, children=children))
                case Deleted():
                    pass
                case _:
                    found += self._leaf(inline)
        return tuple(found)

    def _leaf(self, leaf: Inline) -> Inlines:
        here, self._at = self._at, self._at + len(_characters(leaf))
        low, high = max(self._start, here) - here, min(self._end, self._at) - here
        if low >= high:
            return ()
        if isinstance(leaf, (Text, Code)):
            return (type(leaf)(leaf.text[low:high]),)
        return (leaf,)
