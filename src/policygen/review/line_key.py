"""A printed line as it is known again: its words, a mark for each fact, no numbers of clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policygen.model.document import Blocks, Gap, Inline, Inlines, List, Paragraph, Text, Value
from policygen.model.document.walk import inner_blocks
from policygen.review.block_lines import own_lines
from policygen.review.printed_line import leaf_text, leaves

_FACT = "⟦⟧"
ITEM, PARAGRAPH, OTHER = "item", "paragraph", "other"


def line_key(inlines: Inlines) -> str:
    """Return what a line says whatever the values of its facts are."""
    facts = (Value, Gap)
    words = (_FACT if isinstance(leaf, facts) else leaf_text(leaf) for leaf in leaves(inlines))
    return " ".join("".join(words).split())


def without_numbers(inlines: Inlines, label: str) -> Inlines:
    """Return a line without the numbers that are printed after links to clauses: ` (clause 3.4)`.

    `label` is what is printed for one, with `{number}` in it. A number that stands otherwise stays.
    """
    before, _, after = label.partition("{number}")
    opening, closing = f" ({before}", f"{after})"
    found = list(_merged(inlines))
    at = 1
    while at < len(found) - 1:
        first, number, last = found[at - 1 : at + 2]
        is_number = isinstance(number, Value) and number.path.startswith("#")
        head = _text(first).removesuffix(opening)
        tail = _text(last).removeprefix(closing)
        if is_number and head != _text(first) and tail != _text(last):
            found[at - 1 : at + 2] = [Text(head + tail)]
        else:
            at += 1
    return tuple(found)


def _text(inline: Inline) -> str:
    return inline.text if isinstance(inline, Text) else ""


def line_kinds(blocks: Blocks) -> Iterator[str]:
    """Yield what each line of some blocks is, in the order of `lines_of`."""
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                first, *others = line_kinds(item.blocks) or [OTHER]
                yield ITEM if first == PARAGRAPH else first
                yield from others
            continue
        kind = PARAGRAPH if isinstance(block, Paragraph) else OTHER
        yield from (kind for _ in own_lines(block))
        yield from line_kinds(inner_blocks(block))


def _merged(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield inlines, neighbouring plain texts as one."""
    waiting: Text | None = None
    for inline in inlines:
        if isinstance(inline, Text):
            waiting = Text(waiting.text + inline.text) if waiting else inline
            continue
        if waiting:
            yield waiting
            waiting = None
        yield inline
    if waiting:
        yield waiting
