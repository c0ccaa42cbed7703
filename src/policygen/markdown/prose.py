"""Wording -> blocks and inlines.

The library's words are parsed once, with a placeholder for each fact, however many organisations
print them; then the values are put in. So a value never passes the parser, and is never markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from markdown_it.token import Token

from policygen.markdown.braces import VALUE_CLOSE, VALUE_OPEN
from policygen.markdown.fill_values import VALUE_SLOT, fill_blocks, fill_inlines, shown_facts
from policygen.markdown.marks import LINE_BREAK
from policygen.markdown.parser import DEPTH, document_tokens, line_tokens
from policygen.markdown.tables import CAPTION
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
    Role,
    Row,
    Strong,
    Table,
    Text,
    Value,
)
from policygen.model.document.walk import plain
from policygen.model.wording import Loop, Piece, Printed, Wording, printed_facts

_KINDS = {kind.value: kind for kind in AsideKind if kind is not AsideKind.QUOTE}
NO_GAPS: Mapping[str, Gap] = MappingProxyType({})


class ProseCache:
    """Parsed words, by their text without the values: many organisations print the same.

    The caller makes one for a run; of more than `most` the least recently used are forgotten.
    """

    def __init__(self, most: int = 8192) -> None:
        self._blocks = lru_cache(maxsize=most)(_blocks)
        self._line = lru_cache(maxsize=most // 2)(_line)

    def blocks(
        self, wording: Wording, labels: Mapping[str, str], gaps: Mapping[str, Gap] = NO_GAPS
    ) -> Blocks:
        """Return the blocks of a telling.

        `labels` name the passages set apart ("Do not", "Worked example"); `gaps` are the marks of
        facts that a draft lacks, by path. One without a mark is named where it stands.
        """
        facts = shown_facts(printed_facts(wording.pieces), gaps)
        parsed: Blocks = self._blocks(_text_of(wording, len(facts)), _titles(labels))
        return fill_blocks(parsed, facts) if facts else parsed

    def inlines(self, wording: Wording, gaps: Mapping[str, Gap] = NO_GAPS) -> Inlines:
        """Return the inlines of one line, such as a title."""
        facts = shown_facts(printed_facts(wording.pieces), gaps)
        parsed: Inlines = self._line(_text_of(wording, len(facts)).replace("\n", " "))
        return fill_inlines(parsed, facts) if facts else parsed


def _titles(labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The labels that a passage set apart may bear, few of all."""
    return tuple((name, labels[name]) for name in (*_KINDS, "quote") if name in labels)


def parse_blocks(wording: Wording, labels: Mapping[str, str]) -> Blocks:
    """Return the blocks of a telling that is read once."""
    return ProseCache().blocks(wording, labels)


def parse_inlines(wording: Wording) -> Inlines:
    """Return the inlines of a line that is read once."""
    return ProseCache().inlines(wording)


def _text_of(wording: Wording, facts: int) -> str:
    """The words of a wording, with a numbered slot for each of its printed facts."""
    return "".join(_source(wording.pieces, iter(range(facts))))


def _source(pieces: Sequence[Piece], numbers: Iterator[int]) -> Iterator[str]:
    for piece in pieces:
        match piece:
            case str():
                yield piece
            case Printed():
                yield f"{VALUE_OPEN}{next(numbers)}{VALUE_CLOSE}"
            case Loop():
                yield from _source(piece.pieces, numbers)


# --- Parsing --------------------------------------------------------------------------------------


def _blocks(source: str, titles: tuple[tuple[str, str], ...]) -> Blocks:
    walker = _Walker(document_tokens(source), dict(titles))
    return (*_paired(_captioned(walker.blocks())), *walker.notes())


def _line(source: str) -> Inlines:
    return _Spans(line_tokens(source)).read()


class _Walker:
    """Reads markdown-it's flat stream of tokens as blocks.

    What no fragment may hold can still stand in a stranger's `policy.json`: it is printed as plain
    text.
    """

    def __init__(self, tokens: list[Token], titles: Mapping[str, str]) -> None:
        self.tokens = tokens
        self.titles = titles
        self.at = 0
        self.spans = _Spans([])

    def blocks(self, until: str = "") -> Blocks:
        """The blocks up to a closing token."""
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == until:
                break
            found += self.block(token)
        return tuple(found)

    def notes(self) -> Blocks:
        """The notes that the text refers to, each as a paragraph with its number."""
        return tuple(
            Paragraph((Text(f"[{number}] "), *note), Role.HINT)
            for number, note in enumerate(self.spans.notes, 1)
        )

    def block(self, token: Token) -> Blocks:
        """What one opening token begins; nothing for a mark that prints nothing."""
        kind = token.type.removesuffix("_open")
        match kind:
            case "paragraph" | "heading" | "note_definition":
                return (self.paragraph(),)
            case "bullet_list" | "ordered_list":
                return (self.listing(token, kind),)
            case "blockquote":
                inner = self.blocks("blockquote_close")
                return (Aside(AsideKind.QUOTE, self.titles.get("quote", ""), inner),)
            case "aside":
                return self.aside(token.info)
            case "table":
                return (self.table(),)
            case "fence" | "code_block":
                return (CodeBlock(token.content.rstrip("\n")),)
            case "html_block":
                return (Paragraph((Text(" ".join(token.content.split())),)),)
        return ()

    def paragraph(self) -> Paragraph:
        """The inlines that follow an opening token."""
        inner = self.inline()
        self.at += 1
        return Paragraph(inner)

    def listing(self, token: Token, kind: str) -> List:
        """A list, numbered from where its first number says."""
        start = token.attrGet("start")
        items = tuple(self.items(f"{kind}_close"))
        return List(items, kind == "ordered_list", 1 if start is None else int(start))

    def aside(self, name: str) -> Blocks:
        """A passage set apart; one whose name nobody knows is just what stands in it."""
        inner = _captioned(self.blocks("aside_close"))
        if name not in _KINDS:
            return inner
        return (Aside(_KINDS[name], self.titles.get(name, name), inner),)

    def inline(self) -> Inlines:
        """The inlines of the next token."""
        token = self.tokens[self.at]
        self.at += 1
        return self.spans.of(token.children or [])

    def items(self, until: str) -> Iterator[ListItem]:
        """The items of a list."""
        while self.tokens[self.at].type != until:
            self.at += 1  # list_item_open
            yield ListItem(self.blocks("list_item_close"))
        self.at += 1

    def table(self) -> Table:
        """A table; its first row is its head."""
        rows: list[Row] = []
        while (token := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if token.type == "tr_open":
                rows.append(Row(tuple(self.cells())))
        self.at += 1
        return Table(rows[0], tuple(rows[1:]))

    def cells(self) -> Iterator[Inlines]:
        """The cells of a row."""
        while (token := self.tokens[self.at]).type != "tr_close":
            self.at += 1
            if token.type in ("th_open", "td_open"):
                yield self.inline()
        self.at += 1


class _Spans:
    """Reads markdown-it's inline tokens. Marks within marks deeper than DEPTH leave no mark.

    `notes` are the texts of the notes that were met, in order.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = iter(tokens)
        self.depth = 0
        self.notes: list[Inlines] = []

    def of(self, tokens: Sequence[Token]) -> Inlines:
        """The inlines of one block, its notes after those of the blocks before."""
        self.tokens = iter(tokens)
        return self.read()

    def read(self) -> Inlines:
        """The inlines up to the closing token of the mark that is open."""
        found: list[Inline] = []
        level = 0  # of marks that are too deep
        for token in self.tokens:
            if token.nesting < 0:
                if not level:
                    break
                level -= 1
            elif token.nesting > 0 and self.depth >= DEPTH:
                level += 1
            elif token.nesting > 0:
                self.depth += 1
                found += self.marked(token, self.read())
                self.depth -= 1
            else:
                found += self.plain(token)
        return _merged(found)

    def marked(self, token: Token, inner: Inlines) -> Inlines:
        """What an opening token makes of the inlines within it."""
        match token.type:
            case "strong_open":
                return (Strong(inner),)
            case "em_open":
                return (Emphasis(inner),)
            case "link_open":
                return (Link(str(token.attrGet("href") or ""), inner),)
            case "span_open":
                language = str(token.attrGet("lang") or "")
                return (Foreign(language, inner),) if language else inner
            case "note_open":
                self.notes.append(inner)
                return (Text(f"[{len(self.notes)}]"),)
        return inner

    def plain(self, token: Token) -> Inlines:
        """A token without anything in it."""
        match token.type:
            case "softbreak":
                return (Text(" "),)
            case "hardbreak":
                return (Break(),)
            case "code_inline":
                return (Code(token.content),)
            case "html_inline" if LINE_BREAK.fullmatch(token.content):
                return (Break(),)
        return tuple(_slots(token.content))


def _slots(text: str) -> Iterator[Inline]:
    """Split text at its placeholders; a Value with a number waits to be filled."""
    for number, part in enumerate(VALUE_SLOT.split(text)):
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


# --- Passages that belong together ----------------------------------------------------------------


def _captioned(found: Blocks) -> Blocks:
    """A paragraph `Table: ...` straight above a table is its caption."""
    joined: list[Block] = []
    for block in found:
        above = joined[-1] if joined else None
        if (
            isinstance(block, Table)
            and isinstance(above, Paragraph)
            and plain(above.inlines).startswith(CAPTION)
        ):
            first = above.inlines[0]
            rest = above.inlines[1:]
            words = (
                (Text(first.text.removeprefix(CAPTION)),) if isinstance(first, Text) else (first,)
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
