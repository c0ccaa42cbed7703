"""Style sheets that may come from a stranger, and what they may say.

A sheet is inlined into documents, so what it does is known before: it fetches nothing, it neither
adds words nor takes any out, it does not leave its `style` element, and no value of it is so large
or so small that the layout engine never ends. Whatever is not on the lists here is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from policygen.model.sheet.fault import SheetFault, fault_at, shown_name
from policygen.model.sheet.selectors import PAGE_SELECTOR, SELECTORS, selector_faults
from policygen.model.sheet.values import value_faults

__all__ = ["SheetFault", "sheet_faults"]

_MARGIN_BOX = re.compile("(top|bottom|left|right)-(left|center|right|top|middle|bottom)(-corner)?")
_MARKUP = re.compile("[<\0]")  # would leave the `style` element, or be read as another character
_DIGITS = re.compile(r"[0-9]{16,}")  # more than a float holds, and Python reads no more than 4,300
_FORM = "Write it like `h2 { color: #1d4f91 }`."


def sheet_faults(css: str) -> list[SheetFault]:
    """Return everything in a style sheet that it may not say, in the order of its lines."""
    import tinycss2  # type: ignore[import-untyped]  # no stubs

    if digits := _DIGITS.search(css):
        return [_at(css, digits.start(), "This number is too long.", "Round it.")]
    markup = [
        _at(css, sign.start(), "A sheet holds no <.", "Take it out.")
        for sign in _MARKUP.finditer(css)
    ]
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    faults = [*markup, *_rule_faults(nodes, in_media=False), *_too_many_selectors(nodes)]
    return sorted(faults, key=lambda fault: (fault.line, fault.column))


def _at(css: str, index: int, what: str, mend: str) -> SheetFault:
    """Return a fault at a character of the sheet, counted from 0."""
    line = css.count("\n", 0, index) + 1
    column = index - css.rfind("\n", 0, index)
    return SheetFault(line, column, what, mend, code="PG405")


def _too_many_selectors(nodes: Iterable[Any]) -> Iterator[SheetFault]:
    """Yield a fault where there are too many: each selector is tried on each element.

    Each rule counts, and each comma, colon, semicolon and block in it.
    """
    count = 0
    for node in nodes:
        count += 1
        for token in _rule_tokens(node):
            if token.type in ("literal", "{} block"):
                count += 1
        if count > SELECTORS:
            what = f"A sheet has at most {SELECTORS} selectors and lines."
            yield fault_at(node, what, "Say it with fewer.", code="PG405")
            return


def _rule_tokens(node: Any) -> list[Any]:
    """Return the tokens of a rule, those of its selectors and of its block; none of an error."""
    if node.type not in ("qualified-rule", "at-rule"):
        return []
    return [*node.prelude, *(node.content or ())]


def _rule_faults(nodes: Iterable[Any], *, in_media: bool) -> Iterator[SheetFault]:
    """Yield the faults of the rules of a sheet, or of those within an `@media`."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield from selector_faults(node)
            yield from _block_faults(node.content, page=False, boxes=False)
        elif node.type == "at-rule":
            yield from _at_rule_faults(node, in_media=in_media)
        else:
            yield fault_at(node, "This is not a rule of CSS.", _FORM, code="PG404")


def _at_rule_faults(node: Any, *, in_media: bool) -> Iterator[SheetFault]:
    """Yield the faults of an at-rule: `@media` and `@page` with a block are known, at the top."""
    import tinycss2

    keyword = node.lower_at_keyword
    is_allowed = not in_media and node.content is not None
    if keyword == "media" and is_allowed:
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        yield from _rule_faults(inner, in_media=True)
    elif keyword == "page" and is_allowed:
        yield from _page_selector_faults(node)
        yield from _block_faults(node.content, page=True, boxes=True)
    elif keyword == "font-face":
        yield fault_at(node, "A sheet brings no fonts.", "Name them in theme.yaml.", code="PG405")
    else:
        what = f'A sheet has no "@{shown_name(keyword)}" here.'
        yield fault_at(node, what, "Use rules, @media and @page only.", code="PG405")


def _page_selector_faults(node: Any) -> Iterator[SheetFault]:
    """Yield a fault where an `@page` chooses its pages in a way that is not known."""
    import tinycss2

    selector = tinycss2.serialize(node.prelude).strip()
    if not PAGE_SELECTOR.fullmatch(selector):
        what = "A sheet does not choose pages like this."
        mend = "Use @page alone, with :first, :left, :right or :blank, or with a name before it."
        yield fault_at(node, what, mend, code="PG405")


def _block_faults(content: Any, *, page: bool, boxes: bool) -> Iterator[SheetFault]:
    """Yield the faults between the braces of a rule.

    `page` says that it is the block of an `@page`, or of a margin box such as `@top-left` within;
    `boxes`, that margin boxes may stand in it.
    """
    import tinycss2

    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        keyword = getattr(node, "lower_at_keyword", "")
        if node.type == "declaration":
            yield from value_faults(node, page=page)
        elif boxes and _MARGIN_BOX.fullmatch(keyword):
            yield from _block_faults(node.content or [], page=page, boxes=False)
        else:
            yield fault_at(node, "This is not a line of `property: value`.", _FORM, code="PG404")
