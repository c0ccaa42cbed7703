"""The stretches of a settled line as inlines of a Document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from policygen.model.document.inlines import (
    Break,
    Code,
    Emphasis,
    Gap,
    Inline,
    Inlines,
    Link,
    Quiet,
    Strong,
    Tag,
    Text,
    Value,
)
from policygen.model.returned.line import Stretch, Stretches

_NO_BREAK_SPACE = "\u00a0"  # a tag is padded with one


def inlines_of(stretches: Stretches) -> Inlines:
    """Return inlines: a reference is a value whose path is `#` and an id, a fact one without."""
    return tuple(_linked(tuple(_merged(stretches))))


def _merged(stretches: Stretches) -> Iterator[Stretch]:
    """Yield stretches, those that look alike as one: editors cut words up where they save."""
    waiting: Stretch | None = None
    for stretch in stretches:
        if waiting is not None and waiting.looks_like(stretch):
            waiting = replace(waiting, text=waiting.text + stretch.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = stretch
    if waiting is not None:
        yield waiting


def _linked(stretches: Stretches) -> Iterator[Inline]:
    for href, group in groupby(stretches, key=lambda one: one.href):
        inlines = tuple(inline for one in group for inline in _weighted(one))
        if href:
            yield Link(href, inlines)
        else:
            yield from inlines


def _weighted(stretch: Stretch) -> Iterator[Inline]:
    inlines = tuple(_plain(stretch))
    if stretch.emphasis:
        inlines = (Emphasis(inlines),)
    if stretch.strong:
        inlines = (Strong(inlines),)
    if stretch.style == "Quiet":
        inlines = (Quiet(inlines),)
    yield from inlines


def _plain(stretch: Stretch) -> Iterator[Inline]:
    if stretch.reference:
        yield Value(f"#{stretch.reference}", stretch.text)
        return
    lines = stretch.text.split("\n")
    for at, words in enumerate(lines):
        if at:
            yield Break()
        if words:
            yield _leaf(stretch.style, words)


def _leaf(style: str, words: str) -> Inline:
    match style:
        case "PrintedFact":
            return Value("", words)
        case "Code":
            return Code(words)
        case "Gap":
            return Gap("", words.removeprefix("[").removesuffix("]"))
        case "TagSolid" | "TagHollow":
            return Tag(words.strip(_NO_BREAK_SPACE), style == "TagSolid")
        case _:
            return Text(words)
