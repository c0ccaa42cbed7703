"""Lists whose items are one line of running text each, such as every slip.

markdown-it reads each item as a document of its own; these need none of that. The tokens are the
same.
"""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, list_block

# A bullet, and a word that begins no block. What stands behind the bullet is the item.
_SHORT_ITEM = re.compile(r"([-*+]) (?=[^\s`~:>*+\-_\[<#\d])")


def bullet_or_numbered_list(
    state: StateBlock, start_line: int, end_line: int, silent: bool
) -> bool:
    """markdown-it's rule of lists, spared where every item is short."""
    if silent or not _can_be_short(state, end_line):
        return list_block(state, start_line, end_line, silent)
    items = _short_items(state, start_line)
    end = start_line + items
    next_line = state.skipEmptyLines(end)
    if not items or _may_go_on(state, end, next_line):
        return list_block(state, start_line, end_line, silent)
    _push_list(state, start_line, items, next_line)
    return True


def _can_be_short(state: StateBlock, end_line: int) -> bool:
    """Whether the list stands where its paragraphs would be read, and up to the same line."""
    return end_line == state.lineMax and state.level + 2 < state.md.options.maxNesting


def _short_items(state: StateBlock, start_line: int) -> int:
    """How many short items with one kind of bullet follow one another."""
    bullet = _first_character(state, start_line)
    line = start_line
    while line < state.lineMax and state.sCount[line] == state.blkIndent:
        item = _SHORT_ITEM.match(state.src, state.bMarks[line] + state.tShift[line])
        if item is None or item[1] != bullet:
            break
        line += 1
    return line - start_line


def _may_go_on(state: StateBlock, end: int, next_line: int) -> bool:
    """Whether a list may hold more than its short items, which end before the line `end`.

    `next_line` is the next one that is not empty. It may belong to the list where it follows
    without a blank line, is indented, or has a bullet.
    """
    if next_line >= state.lineMax:
        return False
    follows_at_once = next_line == end
    is_indented = state.sCount[next_line] > state.blkIndent
    return follows_at_once or is_indented or _first_character(state, next_line) in "-*+"


def _first_character(state: StateBlock, line: int) -> str:
    """The first character of a line that is not empty, behind its indent."""
    return state.src[state.bMarks[line] + state.tShift[line]]


def _push_list(state: StateBlock, start_line: int, items: int, next_line: int) -> None:
    """Push the tokens of a tight list. The last item takes in the empty lines up to `next_line`."""
    bullet = _first_character(state, start_line)
    opened = state.push("bullet_list_open", "ul", 1)
    opened.map, opened.markup = [start_line, next_line], bullet
    for line in range(start_line, start_line + items):
        item = state.push("list_item_open", "li", 1)
        item.map, item.markup = [line, line + 1], bullet
        _push_paragraph(state, line)
        state.push("list_item_close", "li", -1).markup = bullet
    item.map = [line, next_line]
    state.push("bullet_list_close", "ul", -1).markup = bullet
    state.line = next_line


def _push_paragraph(state: StateBlock, line: int) -> None:
    """Push the words behind a bullet as a paragraph without space around it."""
    words = state.bMarks[line] + state.tShift[line] + len("- ")
    opened = state.push("paragraph_open", "p", 1)
    opened.map, opened.hidden = [line, line + 1], True
    inline = state.push("inline", "", 0)
    inline.map, inline.children = [line, line + 1], []
    inline.content = mdTrim(state.src[words : state.eMarks[line]])
    state.push("paragraph_close", "p", -1).hidden = True
