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
    below = state.skipEmptyLines(start_line + items)
    if not items or _goes_on(state, start_line + items, below):
        return list_block(state, start_line, end_line, silent)
    _push_list(state, start_line, items, below)
    return True


def _can_be_short(state: StateBlock, end_line: int) -> bool:
    """Whether the list stands where its paragraphs would be read, and up to the same line."""
    return end_line == state.lineMax and state.level + 2 < state.md.options.maxNesting


def _short_items(state: StateBlock, start_line: int) -> int:
    """How many short items with one kind of bullet follow one another."""
    bullet = state.src[state.bMarks[start_line] + state.tShift[start_line]]
    line = start_line
    while line < state.lineMax and state.sCount[line] == state.blkIndent:
        item = _SHORT_ITEM.match(state.src, state.bMarks[line] + state.tShift[line])
        if item is None or item[1] != bullet:
            break
        line += 1
    return line - start_line


def _goes_on(state: StateBlock, behind: int, below: int) -> bool:
    """Whether the list may go on behind its short items, in the next line that is not empty."""
    if below >= state.lineMax:
        return False
    if behind == below or state.sCount[below] > state.blkIndent:
        return True
    return state.src[state.bMarks[below] + state.tShift[below]] in "-*+"


def _push_list(state: StateBlock, start_line: int, items: int, below: int) -> None:
    """Push the tokens of a tight list. The last item goes on up to the line `below`."""
    bullet = state.src[state.bMarks[start_line] + state.tShift[start_line]]
    opened = state.push("bullet_list_open", "ul", 1)
    opened.map, opened.markup = [start_line, below], bullet
    for line in range(start_line, start_line + items):
        item = state.push("list_item_open", "li", 1)
        item.map, item.markup = [line, line + 1], bullet
        _push_paragraph(state, line)
        state.push("list_item_close", "li", -1).markup = bullet
    item.map = [line, below]
    state.push("bullet_list_close", "ul", -1).markup = bullet
    state.line = below


def _push_paragraph(state: StateBlock, line: int) -> None:
    """Push the words behind a bullet as a paragraph without space around it."""
    words = state.bMarks[line] + state.tShift[line] + len("- ")
    opened = state.push("paragraph_open", "p", 1)
    opened.map, opened.hidden = [line, line + 1], True
    inline = state.push("inline", "", 0)
    inline.map, inline.children = [line, line + 1], []
    inline.content = mdTrim(state.src[words : state.eMarks[line]])
    state.push("paragraph_close", "p", -1).hidden = True
