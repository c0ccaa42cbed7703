"""The rules that spare work make the tokens that markdown-it's own rules make."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import list_block
from markdown_it.token import Token

from policygen.markdown.parser import block_tokens, make_parser

INDENT = st.sampled_from(["", "", "", "  ", "    ", "\t"])
MARKERS = st.sampled_from(
    ["", "- ", "- ", "* ", "+ ", "-\t", "-  ", "1. ", "2) ", "> ", "- - ", "-"]
)
WORDS = ["word", "key: value", "a | b", "|---|---|", "---", "***", "# h", "#", "```", ":::"]
WORDS += ["::: note", "<b>", "[a]: b", "[^1]: n", "[^1]", "=", "1", ""]
LINES = st.builds("{}{}{}".format, INDENT, MARKERS, st.sampled_from(WORDS)) | st.just("")
TEXTS = st.lists(LINES, max_size=12).map("\n".join)


AFTER_A_LIST = ("", "\n\n  same item", "\n\n      code", "\n\n- loose", "\n\n* other", "\n\n1. one")
AFTER_A_LIST += (
    "\n\n\ntext",
    "\n\n## h",
    "\n\n\n",
    "\nlazy",
    "\n## h",
    "\n* other",
    "\n  - nested",
)
AFTER_A_LIST += (
    "\n- ",
    "\n- | a |\n  |---|",
    "\n- [a]: b",
    "\n-\ttab",
    "\n---",
    "\n:::",
    "\n> quote",
)


@pytest.mark.parametrize("before", ["", "text\n", "> ", "- - ", "::: note\n", "  ", "1. "])
@pytest.mark.parametrize("after", AFTER_A_LIST)
def test_short_lists_end_where_all_lists_end(before: str, after: str) -> None:
    _has_plain_tokens(f"{before}- one\n- two{after}")


@given(TEXTS)
def test_spared_rules_make_the_same_tokens(text: str) -> None:
    _has_plain_tokens(text)


def _has_plain_tokens(text: str) -> None:
    environment: dict[str, Any] = {}
    tokens: list[Token] = []
    _PLAIN.block.parse(text, _PLAIN, environment, tokens)
    ours: dict[str, Any] = {}
    assert block_tokens(text, ours) == tokens
    assert ours == environment


def _plain_parser() -> MarkdownIt:
    """Return the program's parser with markdown-it's own ruler and list."""
    parser = make_parser()
    ruler = Ruler[RuleFuncBlockType]()
    ruler.__rules__ = parser.block.ruler.__rules__
    ruler.at("list", list_block, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler = ruler
    return parser


_PLAIN = _plain_parser()
