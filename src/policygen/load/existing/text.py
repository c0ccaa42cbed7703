"""A plain text or a Markdown file -> lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygen.load.existing.lines import (
    ExistingLine,
    LineKind,
    heading_level,
    is_bullet,
    text_line,
)
from policygen.markdown.parser import block_tokens

_ATX = re.compile(r"#{1,6}\s")
_SETEXT = re.compile(r"^(?![#>|*+\s-])(.+)\n(=+|-{2,})[ \t]*$", re.MULTILINE)
_FRONT = re.compile(r"---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)|<(?=https?:)([^<>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MARKS = re.compile(r"\*+(?=\S)|(?<=\S)\*+|`+|(?<!\w)_+|_+(?!\w)|~~|\\(?=\W)")
_LONGEST = 100_000  # characters of one block that Markdown is looked for in
_ITEM_TOKENS = ("list_item_open", "list_item_close")


def lines_of_text(text: str) -> Iterator[ExistingLine]:
    """Yield the lines of a plain text: paragraphs stand between blank lines."""
    for block in re.split(r"\n[ \t\f]*\n", text.replace("\f", "\n\n")):
        rows = [row for row in block.split("\n") if row.strip()]
        if not rows:
            continue
        if len(rows) == 1:
            yield _alone(rows[0].strip())
        else:
            yield from _block(rows)


def _alone(text: str) -> ExistingLine:
    if _ATX.match(text):
        return ExistingLine(text.lstrip("#").strip(), len(text) - len(text.lstrip("#")))
    return text_line(text, heading_level(text, is_marked=True))


def _block(rows: list[str]) -> Iterator[ExistingLine]:
    """Yield the paragraph or the items that some rows together make."""
    gathered: list[str] = []
    for row in map(str.strip, rows):
        is_start = is_bullet(row) or _ATX.match(row)
        if gathered and (is_start or _ATX.match(gathered[0])):
            yield _made(gathered)
            gathered = []
        gathered.append(row)
    if gathered:
        yield _made(gathered)


def _made(rows: list[str]) -> ExistingLine:
    return _alone(rows[0]) if len(rows) == 1 and _ATX.match(rows[0]) else text_line(" ".join(rows))


def lines_of_markdown(text: str) -> Iterator[ExistingLine]:
    """Yield the lines of a Markdown file, without its marks."""
    source = _FRONT.sub("", text, count=1) if text.startswith("---\n") else text
    source = _SETEXT.sub(lambda m: f"{'#' if m[2][0] == '=' else '##'} {m[1]}", source)
    items = 0
    level = 0
    cells: list[str] = []
    in_row = False
    for token in block_tokens(source, {}):
        match token.type:
            case "list_item_open" | "list_item_close":
                items += token.nesting
            case "heading_open":
                level = int(token.tag[1:])
            case "tr_open":
                in_row, cells = True, []
            case "tr_close":
                in_row = False
                yield ExistingLine("\t".join(cells), kind=LineKind.ROW)
            case "inline" if in_row:
                cells.append(_plain(token.content))
            case "inline" if level:
                yield ExistingLine(_plain(token.content), level)
                level = 0
            case "inline" | "fence" | "code_block" | "html_block":
                yield _paragraph(token.content, is_item=bool(items))


def _paragraph(content: str, *, is_item: bool) -> ExistingLine:
    text = _plain(content)
    if is_item:
        return ExistingLine(text, kind=LineKind.ITEM)
    is_strong = content.startswith(("**", "__")) and content.rstrip().endswith(("**", "__"))
    return text_line(text, heading_level(text, is_marked=True) if is_strong else 0)


def _plain(content: str) -> str:
    """Return the words of a block without marks; of one without an end, the words as they are."""
    if len(content) > _LONGEST:
        return content
    linked = _LINK.sub(lambda m: m[1] or m[2] or "", content)
    return " ".join(_MARKS.sub("", _TAG.sub(" ", linked)).split())
