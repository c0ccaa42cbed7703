"""The blocks of Markdown that stand in no other block, and the lines where they begin."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.markdown.parser import block_tokens
from policygen.markdown.tables import CAPTION


@dataclass(frozen=True, slots=True)
class TopBlock:
    """What a block is, as markdown-it calls it (`paragraph`, `bullet_list`), and its first line.

    Lines are counted from 0.
    """

    kind: str
    line: int


def top_blocks(source: str) -> list[TopBlock]:
    """Return the blocks that stand in no other, in order."""
    return [
        TopBlock(token.type.removesuffix("_open"), token.map[0])
        for token in block_tokens(source, {})
        if token.level == 0 and token.nesting >= 0 and token.map
    ]


def begins_with_sentence(source: str) -> bool:
    """Tell whether a text begins with a sentence, before which a label can stand."""
    blocks = top_blocks(source)
    return bool(blocks) and blocks[0].kind == "paragraph" and not source.startswith(CAPTION)
