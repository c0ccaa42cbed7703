"""A line of text as a string of characters, and what each of its leaves occupies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from policygen.model.document import (
    Break,
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
    Tag,
    Text,
    Value,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A leaf of a line: where its characters begin and end."""

    start: int
    end: int
    leaf: Inline


def leaf_text(leaf: Inline) -> str:
    """Return the characters of a leaf, as they are compared."""
    match leaf:
        case Text(text) | Code(text) | Value(text=text) | Tag(text=text):
            return text
        case Gap():
            return f"[{leaf.shown}]"
        case Break():
            return "\n"
    return ""


def spans(inlines: Inlines) -> tuple[Span, ...]:
    """Return the leaves of a line in order, however deep they stand."""
    found: list[Span] = []
    at = 0
    for leaf in leaves(inlines):
        end = at + len(leaf_text(leaf))
        found.append(Span(at, end, leaf))
        at = end
    return tuple(found)


def leaves(inlines: Inlines) -> Iterator[Inline]:
    """Yield what holds no other inline; what is deleted is left out."""
    for inline in inlines:
        match inline:
            case Strong() | Emphasis() | Quiet() | Foreign() | Link() | Shaped() | Inserted():
                yield from leaves(inline.children)
            case Deleted():
                continue
            case _:
                yield inline


def with_leaves(inlines: Inlines, renew: Callable[[Inline], Inlines]) -> Inlines:
    """Return a line with each leaf replaced by what `renew` makes of it, called in order."""
    found: list[Inline] = []
    for inline in inlines:
        match inline:
            case Strong() | Emphasis() | Quiet() | Foreign() | Link() | Shaped() | Inserted():
                found.append(replace(inline, children=with_leaves(inline.children, renew)))
            case Deleted():
                found.append(inline)
            case _:
                found += renew(inline)
    return tuple(found)
