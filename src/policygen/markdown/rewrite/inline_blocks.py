"""Blocks of a template within one line of the source: `{% if x %} within {{ x }}{% endif %}`.

Whoever edits the other words of such a line leaves the block as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod

from policygen.markdown.braces import Brace, braces_of

_MANY = 16  # ways in which one line may print


@dataclass(frozen=True, slots=True)
class InlineBlock:
    """A block as it is typed, and the source of the branch that is taken."""

    typed: str
    branch: str


@dataclass(frozen=True, slots=True)
class LineBranch:
    """A text in which the blocks of one line (from 0) are replaced by one branch of each."""

    line: int
    text: str
    blocks: tuple[InlineBlock, ...]


def line_branches(text: str) -> Iterator[LineBranch]:
    """Yield every way in which a line that holds blocks may print, line by line.

    Left out are lines with a block that is not closed there, that loops, or that holds another, and
    ways in which a block prints nothing: nobody could say where it stood.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines):
        blocks = _blocks(line) if "{%" in line else []
        if not blocks or prod(map(len, blocks)) > _MANY:
            continue
        for way in product(*blocks):
            taken = tuple(one for one in way if one.typed)
            branch = "".join(one.branch for one in way)
            changed = [*lines[:number], branch, *lines[number + 1 :]]
            yield LineBranch(number, "\n".join(changed), taken)


def _blocks(line: str) -> list[list[InlineBlock]]:
    """Return a line cut into pieces: each plain one as it is, each block by its branches.

    It is empty for a line that cannot be cut so.
    """
    pieces: list[list[InlineBlock]] = []
    at = 0
    tags = [one for one in braces_of(line) if not one.prints]
    while tags:
        found = _first_block(line, tags)
        if found is None:
            return []
        first, last, branches = found
        end = last.column + len(last.text)
        typed = line[first.column : end]
        pieces.append([InlineBlock("", line[at : first.column])])
        pieces.append([InlineBlock(typed, branch) for branch in branches if branch.strip()])
        tags = tags[tags.index(last) + 1 :]
        at = end
    return [*pieces, [InlineBlock("", line[at:])]] if pieces else []


def _first_block(line: str, tags: Sequence[Brace]) -> tuple[Brace, Brace, list[str]] | None:
    """Return the tags that begin and end the first block, and its branches."""
    branches: list[str] = []
    opened = tags[0]
    for before, tag in pairwise(tags):
        branches.append(line[before.column + len(before.text) : tag.column])
        if tag.keyword == "endif" and opened.keyword == "if":
            return opened, tag, branches
        if tag.keyword not in ("elif", "else"):
            return None
    return None
