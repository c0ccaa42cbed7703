"""The one parser of Markdown.

It is markdown-it with the whole of CommonMark, tables, asides, notes and tagged spans.
`block_tokens` and `inline_tokens` serve whoever needs places in the source; `document_tokens` gives
everything that is printed. Fragments and printed wording pass the same rules.
"""

from __future__ import annotations

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.paragraph import paragraph
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin

from policygen.markdown.braces import VALUE_OPEN
from policygen.markdown.ruler import FirstCharacterRuler
from policygen.markdown.short_list import bullet_or_numbered_list

MAX_NESTING = 20  # of the parser; `faults` refuses what is deeper than DEPTH long before
DEPTH = 12  # blocks within blocks, or marks within marks, that a document prints
# Characters of one paragraph; the time that marks take grows faster than their number.
MAX_INLINE = 8_000
NOTE = "note_definition"
_MARKER = ":::"
_STARTS = {  # by the name of a rule, the characters that its blocks begin with
    "fence": "`~",
    "aside": ":",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    NOTE: "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}


def document_tokens(source: str) -> list[Token]:
    """Blocks with their inlines, typographic quotes set: what is printed."""
    return _markdown.parse(source)


def line_tokens(source: str) -> list[Token]:
    """The inlines of one line, typographic quotes set."""
    (token,) = _markdown.parseInline(source)
    return token.children or []


def block_tokens(source: str, env: dict[str, Any]) -> list[Token]:
    """Blocks with their line maps (from 0), their inlines not yet read.

    `env` gathers references and notes.
    """
    tokens: list[Token] = []
    _markdown.block.parse(source, _markdown, env, tokens)
    return tokens


def inline_tokens(content: str, env: dict[str, Any]) -> list[Token]:
    """The inlines of one block. `meta["at"]` of each is where it begins in the content."""
    tokens: list[Token] = []
    _markdown.inline.parse(content, _markdown, env, tokens)
    return tokens


class _PlacedState(StateInline):
    """Notes where each token begins."""

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.pos
        return token


class _PlacedInline(ParserInline):
    """markdown-it's parser of inlines, whose tokens know their places."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Parse one block's content; what is longer than any paragraph stays plain text."""
        state = _PlacedState(src, md, env, tokens)
        if len(src) > MAX_INLINE:
            state.pending = src
            state.pushPending()
            return state.tokens
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def make_parser() -> MarkdownIt:
    """Return a parser with every rule that wording may use."""
    options = {
        "html": True,
        "typographer": True,
        "maxNesting": MAX_NESTING,
        "store_labels": True,  # tells a reference link from an inline one
    }
    markdown = MarkdownIt("commonmark", options)
    rules = markdown.inline.ruler
    markdown.inline = _PlacedInline()
    markdown.inline.ruler.enableOnly(rules.get_active_rules())
    markdown.enable(["table", "smartquotes"])
    markdown.disable(["lheading", "replacements"])
    markdown.use(attrs_plugin, spans=True)
    block = FirstCharacterRuler(markdown.block.ruler, _STARTS)
    markdown.block.ruler = block
    block.at("list", bullet_or_numbered_list, {"alt": ["paragraph", "reference", "blockquote"]})
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    block.before("fence", "aside", _aside, interrupting)
    block.before("reference", NOTE, _note_definition, {"alt": ["paragraph", "reference"]})
    markdown.inline.ruler.at("link", _link)
    markdown.inline.ruler.before("link", "note", _note)
    markdown.inline.ruler.before("link", "note_reference", _note_reference)
    # markdown-it normalises an address: it encodes what no address may hold, and writes a host in
    # ASCII. A printed fact stands there as a placeholder of private characters; encoded, nobody
    # would find it again, and the link would lead to the placeholder. So an address that holds one
    # stays as it is: the fact is an address that the profile's model has checked, and each writer
    # encodes the whole as its format asks. `validateLink` still looks at every address.
    normalize = markdown.normalizeLink
    markdown.normalizeLink = (  # type: ignore[method-assign]
        lambda url: url if VALUE_OPEN in url else normalize(url)
    )
    return markdown


# --- Asides ---------------------------------------------------------------------------------------


def _aside(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`::: name` up to `:::`. A heading ends it too, and so does the block that holds it.

    One that ended without `:::` is marked as not closed, which is a fault.
    """
    marker = _marker(state, start_line)
    if marker is None:
        return False
    if silent:
        return True
    if marker:
        end, closed = _end_of_aside(state, start_line, end_line)
    else:  # `:::` that closes nothing: an aside of that one line, which is a fault
        end, closed = start_line, True
    state.push("aside_open", "div", 1)
    token = state.tokens[-1]
    token.info = marker
    token.map = [start_line, end]
    token.meta["closed"] = closed
    outer_type, outer_max = state.parentType, state.lineMax
    state.parentType = "container"
    state.lineMax = end
    if marker:
        state.md.block.tokenize(state, start_line + 1, end)
    state.push("aside_close", "div", -1)
    state.parentType, state.lineMax = outer_type, outer_max
    state.line = end + 1 if closed else end
    return True


def _end_of_aside(state: StateBlock, start_line: int, end_line: int) -> tuple[int, bool]:
    """The line that ends an aside, and whether it is a closing `:::`.

    Within code, fenced or indented, neither `:::` nor a heading ends it.
    """
    fence = ""  # what opened the fenced code at hand, such as "```"
    for line in range(start_line + 1, end_line):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < state.blkIndent:  # the block that holds the aside ends
            return line, False
        text = _line_text(state, line)
        if fence:
            if _closes_fence(text, fence):
                fence = ""
        elif state.is_code_block(line):
            continue
        elif text.startswith(("```", "~~~")):
            fence = text[0] * _run_length(text, text[0])
        elif _marker(state, line) == "":
            return line, True
        elif _is_heading(text):
            return line, False
    return end_line, False


def _line_text(state: StateBlock, line: int) -> str:
    """The text of a line, without its indent."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _run_length(text: str, character: str) -> int:
    """How many times a character stands at the start of a text."""
    return len(text) - len(text.lstrip(character))


def _closes_fence(text: str, fence: str) -> bool:
    """Whether a line is a fence that is as long as the opening one, or longer, and nothing else."""
    return text.startswith(fence) and not text.strip().strip(fence[0])


def _marker(state: StateBlock, line: int) -> str | None:
    """What stands after `:::` on a line, nothing for a closing one; None where it is no marker."""
    if state.is_code_block(line):
        return None
    text = _line_text(state, line)
    return text.lstrip(":").strip() if text.startswith(_MARKER) else None


def _is_heading(text: str) -> bool:
    level = _run_length(text, "#")
    return 0 < level <= 6 and text[level : level + 1] in ("", " ", "\t")


# --- Notes ----------------------------------------------------------------------------------------


def _note_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`[^1]: The text of a note`, one paragraph; `env["notes"]` holds its text by its label."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    first = state.src[start : state.eMarks[start_line]]
    label, mark, _ = first.partition("]:")
    if not mark or not label.startswith("[^") or not label[2:].strip() or "[" in label[2:]:
        return False
    if silent:
        return True
    paragraph(state, start_line, end_line, silent)
    opened, inline, closed = state.tokens[-3:]
    opened.type, closed.type = f"{NOTE}_open", f"{NOTE}_close"
    opened.info = label[2:].strip()
    inline.content = inline.content.partition("]:")[2].strip()
    state.env.setdefault("notes", {}).setdefault(opened.info, inline.content)
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """markdown-it's link; the opening token also knows where the whole of it ends."""
    start = state.pos
    before = len(state.tokens)
    if not link(state, silent):
        return False
    if not silent:
        opened = next(token for token in state.tokens[before:] if token.type == "link_open")
        opened.meta.update(at=start, end=state.pos)
    return True


def _note(state: StateInline, silent: bool) -> bool:
    """`^[The text of a note]`."""
    if not state.src.startswith("^[", state.pos):
        return False
    start = state.pos
    outer_max = state.posMax
    end = state.md.helpers.parseLinkLabel(state, start + 1, False)
    if end < 0:
        return False
    if not silent:
        state.pos = start
        state.push("note_open", "note", 1)
        state.pos, state.posMax = start + 2, end
        state.md.inline.tokenize(state)
        state.push("note_close", "note", -1)
    state.pos, state.posMax = end + 1, outer_max
    return True


def _note_reference(state: StateInline, silent: bool) -> bool:
    """`[^1]`, where the fragment says what note 1 is."""
    if not state.src.startswith("[^", state.pos) or "notes" not in state.env:
        return False
    end = state.src.find("]", state.pos, state.posMax)
    label = state.src[state.pos + 2 : end].strip()
    if end < 0 or label not in state.env["notes"]:
        return False
    if not silent:
        token = state.push("note_reference", "note", 0)
        token.info = label
        token.meta["end"] = end + 1
    state.pos = end + 1
    return True


_markdown = make_parser()
