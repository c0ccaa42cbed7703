"""Wording -> blocks and inlines. The one user of markdown-it.

The library's words are parsed once, with a placeholder for each fact, however many organisations print
them; then the values are put in. So a value never passes the parser, and is never markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin

from policygen.model.document import (
    Aside,
    AsideKind,
    Block,
    Blocks,
    Break,
    Code,
    CodeBlock,
    DoDont,
    Emphasis,
    Foreign,
    Gap,
    Inline,
    Inlines,
    Link,
    List,
    ListItem,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
    Value,
)
from policygen.model.policy import Loop, Piece, Printed, Wording, printed_facts
from policygen.model.walk import plain

_OPEN, _CLOSE = "\ue000", "\ue001"  # no wording holds these, `load` refuses them
_SLOT = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_KINDS = {kind.value: kind for kind in AsideKind if kind is not AsideKind.QUOTE}
_CAPTION = "Table: "


def blocks(wording: Wording, labels: Mapping[str, str]) -> Blocks:
    """The blocks of a telling. `labels` name the passages set apart ("Do not", "Worked example")."""
    facts = tuple(printed_facts(wording.pieces))
    parsed = _blocks(
        "".join(_source(wording.pieces, iter(range(len(facts))))), tuple(sorted(labels.items()))
    )
    return _fill(parsed, facts) if facts else parsed


def inlines(wording: Wording) -> Inlines:
    """The inlines of one line, such as a title."""
    facts = tuple(printed_facts(wording.pieces))
    parsed = _line("".join(_source(wording.pieces, iter(range(len(facts))))).replace("\n", " "))
    return _inlines(parsed, facts) if facts else parsed


def _source(pieces: Sequence[Piece], numbers: Iterator[int]) -> Iterator[str]:
    for piece in pieces:
        match piece:
            case str():
                yield piece
            case Printed():
                yield f"{_OPEN}{next(numbers)}{_CLOSE}"
            case Loop():
                yield from _source(piece.pieces, numbers)


# --- Parsing ---------------------------------------------------------------------------------------------


def _parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": True})
    # What wording has no use for is off, so that it stands in the text instead of vanishing from it.
    markdown.enable(["table", "smartquotes"])
    markdown.disable(["image", "heading", "lheading", "code", "hr", "reference", "replacements"])
    markdown.use(attrs_plugin, spans=True)
    for name in _KINDS:
        markdown.use(container_plugin, name)
    # A placeholder in an address stays as it is: what stands for it is checked and encoded by the writers.
    normalize = markdown.normalizeLink
    markdown.normalizeLink = lambda url: url if _OPEN in url else normalize(url)  # type: ignore[method-assign]
    return markdown


_markdown = _parser()


@lru_cache(maxsize=16384)
def _blocks(source: str, labels: tuple[tuple[str, str], ...]) -> Blocks:
    walker = _Walker(_markdown.parse(source), dict(labels))
    return _paired(_captioned(walker.blocks()))


@lru_cache(maxsize=4096)
def _line(source: str) -> Inlines:
    (token,) = _markdown.parseInline(source)
    return _spans(iter(token.children or ()), None)


class _Walker:
    """Reads markdown-it's flat stream of tokens as blocks."""

    def __init__(self, tokens: list[Token], labels: Mapping[str, str]) -> None:
        self.tokens = tokens
        self.labels = labels
        self.at = 0

    def blocks(self, until: str = "") -> Blocks:
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == until:
                break
            found.append(self.block(token))
        return tuple(found)

    def block(self, token: Token) -> Block:
        kind = token.type.removesuffix("_open")
        if kind == "paragraph":
            inner = self.inline()
            self.at += 1
            return Paragraph(inner)
        if kind in ("bullet_list", "ordered_list"):
            start = token.attrGet("start")
            items = tuple(self.items(f"{kind}_close"))
            return List(items, kind == "ordered_list", 1 if start is None else int(start))
        if kind == "blockquote":
            return Aside(
                AsideKind.QUOTE, self.labels.get("quote", ""), self.blocks("blockquote_close")
            )
        if kind.startswith("container_"):
            name = kind.removeprefix("container_")
            inner_blocks = _captioned(self.blocks(f"{kind}_close"))
            return Aside(_KINDS[name], self.labels.get(name, name), inner_blocks)
        if kind == "table":
            return self.table()
        if kind in ("fence", "code_block"):
            return CodeBlock(token.content.rstrip("\n"))
        raise AssertionError(f"markdown-it gave a block that wording cannot hold: {token.type}")

    def inline(self) -> Inlines:
        token = self.tokens[self.at]
        self.at += 1
        return _spans(iter(token.children or ()), None)

    def items(self, until: str) -> Iterator[ListItem]:
        while self.tokens[self.at].type != until:
            self.at += 1  # list_item_open
            yield ListItem(self.blocks("list_item_close"))
        self.at += 1

    def table(self) -> Table:
        rows: list[Row] = []
        while (token := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if token.type == "tr_open":
                rows.append(Row(tuple(self.cells())))
        self.at += 1
        return Table(rows[0], tuple(rows[1:]))

    def cells(self) -> Iterator[Inlines]:
        while (token := self.tokens[self.at]).type != "tr_close":
            self.at += 1
            if token.type in ("th_open", "td_open"):
                yield self.inline()
        self.at += 1


def _spans(tokens: Iterator[Token], until: str | None) -> Inlines:
    found: list[Inline] = []
    for token in tokens:
        match token.type:
            case str(kind) if kind == until:
                break
            case "text" | "text_special":
                found.extend(_slots(token.content))
            case "softbreak":
                found.append(Text(" "))
            case "hardbreak":
                found.append(Break())
            case "code_inline":
                found.append(Code(token.content))
            case "strong_open":
                found.append(Strong(_spans(tokens, "strong_close")))
            case "em_open":
                found.append(Emphasis(_spans(tokens, "em_close")))
            case "link_open":
                found.append(Link(str(token.attrGet("href") or ""), _spans(tokens, "link_close")))
            case "span_open":
                language = str(token.attrGet("lang") or "")
                inner = _spans(tokens, "span_close")
                found.extend([Foreign(language, inner)] if language else inner)
            case _:
                raise AssertionError(
                    f"markdown-it gave an inline that wording cannot hold: {token.type}"
                )
    return _merged(found)


def _slots(text: str) -> Iterator[Inline]:
    """Split text at its placeholders; a Value with a number waits to be filled."""
    for number, part in enumerate(_SLOT.split(text)):
        if number % 2:
            yield Value(part, "")
        elif part:
            yield Text(part)


def _merged(found: Sequence[Inline]) -> Inlines:
    merged: list[Inline] = []
    for inline in found:
        if merged and isinstance(inline, Text) and isinstance(last := merged[-1], Text):
            merged[-1] = Text(last.text + inline.text)
        else:
            merged.append(inline)
    return tuple(merged)


# --- Passages that belong together -------------------------------------------------------------------------


def _captioned(found: Blocks) -> Blocks:
    """A paragraph `Table: ...` straight above a table is its caption."""
    joined: list[Block] = []
    for block in found:
        above = joined[-1] if joined else None
        if (
            isinstance(block, Table)
            and isinstance(above, Paragraph)
            and plain(above.inlines).startswith(_CAPTION)
        ):
            first, rest = above.inlines[0], above.inlines[1:]
            words = (
                (Text(first.text.removeprefix(_CAPTION)),) if isinstance(first, Text) else (first,)
            )
            joined[-1] = replace(block, caption=(*words, *rest))
        else:
            joined.append(block)
    return tuple(joined)


def _paired(found: Blocks) -> Blocks:
    """A do and a do not that follow one another stand side by side."""
    joined: list[Block] = []
    for block in found:
        above = joined[-1] if joined else None
        match above, block:
            case Aside(kind=AsideKind.DO), Aside(kind=AsideKind.DONT):
                joined[-1] = DoDont(above, block)
            case _:
                joined.append(block)
    return tuple(joined)


# --- Filling ---------------------------------------------------------------------------------------------


def _fill(found: Blocks, facts: Sequence[Printed]) -> Blocks:
    return tuple(_block(block, facts) for block in found)


def _block(block: Any, facts: Sequence[Printed]) -> Any:
    match block:
        case Paragraph():
            return replace(block, inlines=_inlines(block.inlines, facts))
        case List():
            return replace(
                block, items=tuple(replace(i, blocks=_fill(i.blocks, facts)) for i in block.items)
            )
        case Table():
            return replace(
                block,
                head=_row(block.head, facts) if block.head else None,
                rows=tuple(_row(row, facts) for row in block.rows),
                caption=_inlines(block.caption, facts),
            )
        case Aside():
            return replace(block, blocks=_fill(block.blocks, facts))
        case DoDont():
            return DoDont(_block(block.do, facts), _block(block.dont, facts))
    return block


def _row(row: Row, facts: Sequence[Printed]) -> Row:
    return replace(row, cells=tuple(_inlines(cell, facts) for cell in row.cells))


def _inlines(found: Inlines, facts: Sequence[Printed]) -> Inlines:
    filled: list[Inline] = []
    for inline in found:
        match inline:
            case Value(path=number):
                fact = facts[int(number)]
                filled.append(
                    Gap(fact.fact, fact.text) if fact.gap else Value(fact.fact, fact.text)
                )
            case Link(href=href, children=children):
                filled.extend(_link(href, _inlines(children, facts), facts))
            case Strong() | Emphasis() | Foreign():
                filled.append(replace(inline, children=_inlines(inline.children, facts)))
            case _:
                filled.append(inline)
    return tuple(filled)


def _link(href: str, children: Inlines, facts: Sequence[Printed]) -> Inlines:
    """A link whose address waits for a fact is its text alone."""
    numbers = [int(n) for n in _SLOT.findall(href)]
    if any(facts[n].gap for n in numbers):
        return children
    return (Link(_SLOT.sub(lambda found: facts[int(found[1])].text, href), children),)
