"""Printed facts put into blocks that were parsed with a placeholder for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from policygen.markdown.braces import VALUE_CLOSE, VALUE_OPEN
from policygen.model.document import (
    Aside,
    Blocks,
    DoDont,
    Emphasis,
    Foreign,
    Gap,
    Inline,
    Inlines,
    Link,
    List,
    Paragraph,
    Row,
    Strong,
    Table,
    Value,
)
from policygen.model.wording import Printed

ShownFact: TypeAlias = Value | Gap
VALUE_SLOT = re.compile(rf"{VALUE_OPEN}(\d+){VALUE_CLOSE}")
_NO_BREAK_SPACE = "\u00a0"
# The spaces of a number, such as a telephone's, and of hours: 8.30am to 5pm.
_HELD_TOGETHER = re.compile(r"(?<=\d) (?=\d)|(?<=\d)(?:[ap]m)? to (?=\d)")


def shown_facts(facts: Iterable[Printed], gaps: Mapping[str, Gap]) -> tuple[ShownFact, ...]:
    """What is shown of printed facts; `gaps` are the marks of those that a draft lacks, by path."""
    return tuple(_shown(fact, gaps) for fact in facts)


def _shown(fact: Printed, gaps: Mapping[str, Gap]) -> ShownFact:
    if not fact.gap:
        return Value(fact.fact, _unbroken(fact.text))
    return gaps.get(fact.fact) or Gap(fact.fact, fact.text)


def _unbroken(text: str) -> str:
    """Return a text in which no number, and no span of hours, is torn over two lines."""
    return _HELD_TOGETHER.sub(lambda found: found[0].replace(" ", _NO_BREAK_SPACE), text)


def fill_blocks(found: Blocks, facts: Sequence[ShownFact]) -> Blocks:
    """Blocks in which each placeholder, a Value with a number for its path, is that fact."""
    return tuple(_block(block, facts) for block in found)


def _block(block: Any, facts: Sequence[ShownFact]) -> Any:
    match block:
        case Paragraph():
            return replace(block, inlines=fill_inlines(block.inlines, facts))
        case List():
            return replace(
                block,
                items=tuple(replace(i, blocks=fill_blocks(i.blocks, facts)) for i in block.items),
            )
        case Table():
            return replace(
                block,
                head=_row(block.head, facts) if block.head else None,
                rows=tuple(_row(row, facts) for row in block.rows),
                caption=fill_inlines(block.caption, facts),
            )
        case Aside():
            return replace(block, blocks=fill_blocks(block.blocks, facts))
        case DoDont():
            return DoDont(_block(block.do, facts), _block(block.dont, facts))
    return block


def _row(row: Row, facts: Sequence[ShownFact]) -> Row:
    return replace(row, cells=tuple(fill_inlines(cell, facts) for cell in row.cells))


def fill_inlines(found: Inlines, facts: Sequence[ShownFact]) -> Inlines:
    """Inlines in which each placeholder is its fact, or the marked gap of one that is not given."""
    filled: list[Inline] = []
    for inline in found:
        match inline:
            case Value(path=number):
                filled.append(facts[int(number)])
            case Link(href=href, children=children):
                filled.extend(_link(href, fill_inlines(children, facts), facts))
            case Strong() | Emphasis() | Foreign():
                filled.append(replace(inline, children=fill_inlines(inline.children, facts)))
            case _:
                filled.append(inline)
    return tuple(filled)


def _link(href: str, children: Inlines, facts: Sequence[ShownFact]) -> Inlines:
    """A link whose address waits for a fact is its text alone."""
    numbers = [int(n) for n in VALUE_SLOT.findall(href)]
    values = {n: fact.text for n in numbers if isinstance(fact := facts[n], Value)}
    if len(values) < len(set(numbers)):
        return children
    return (Link(VALUE_SLOT.sub(lambda found: values[int(found[1])], href), children),)
